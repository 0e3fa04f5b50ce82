"""One conversation: what was said, what is known, and what the reader can do."""

from functools import partial
from typing import get_args
from uuid import uuid4

from chalice import Response
from chalice.app import Request

from chalicelib import wiring
from chalicelib.domain.assessment import URGENCIES, MatterKind, Topic
from chalicelib.domain.principal import Principal
from chalicelib.flows import surroundings, viewing
from chalicelib.flows.attaching import LARGEST_UPLOAD
from chalicelib.flows.viewing import ConversationView
from chalicelib.web import sentences
from chalicelib.web.language import words_for
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import allowing, page
from chalicelib.web.requests import part, query_of
from chalicelib.web.sessions import signed_in
from chalicelib.web.shown_conversation import Typed, delivery_word, shown_conversation
from chalicelib.web.shown_files import shower
from chalicelib.web.shown_queue import life_at_risk
from chalicelib.web.times import tomorrow_morning

NOTHING_TYPED = Typed()

CHOICES: dict[str, tuple[str, ...]] = {
    "urgency": URGENCIES,
    "kind": get_args(MatterKind),
    "topic": get_args(Topic),
}
"""What an agent can say of a message; its languages are those that have a name on the screen."""


@pages.route("/gesprek/{subject}")
def conversation(subject: str) -> Response:
    """The whole page."""
    request = pages.current_request
    return show(request, signed_in(request), part(subject))


@pages.route("/gesprek/{subject}/berichten")
def messages(subject: str) -> Response:
    """Only what changes, for a page that is open."""
    request = pages.current_request
    return show(request, signed_in(request), part(subject), template="conversation_parts.html")


def show(
    request: Request,
    me: Principal,
    subject: str,
    *,
    typed: Typed = NOTHING_TYPED,
    template: str = "conversation.html",
) -> Response:
    """The conversation, with what was typed and not taken, and why. Raises ``NotFound``."""
    services = wiring.services()
    view = viewing.view_conversation(services, me, subject)
    now = services.now()
    words = words_for(request)
    return page(
        request,
        template,
        status=typed.problem.status if typed.problem else 200,
        headers=allowing(services.bucket.origin),
        now=now,
        me=me,
        subject=subject,
        shown=shown_conversation(services, me, view, typed),
        life=life_at_risk(services, me, except_for=subject),
        teams=surroundings.teams(services, me),
        alarms=surroundings.standing_alarms(services, me),
        reply_id=typed.reply_id or uuid4().hex,
        tomorrow=tomorrow_morning(now),
        done=query_of(request).get("gedaan"),
        told=partial(sentences.told, words, now),
        problem=partial(sentences.problem, words, now),
        call_112=sentences.call_112,
        verdict=partial(sentences.verdict, words, now),
        correcting=corrected_now(view, query_of(request).get("verbeter", "")),
        choices=CHOICES,
        show_file=shower(request, services),
        largest_upload=LARGEST_UPLOAD,
        delivery_word=delivery_word,
    )


def corrected_now(view: ConversationView, wanted: str) -> str:
    """The message whose assessment is being corrected, when it is one of this conversation."""
    return next((one.message.id for one in view.messages if one.message.id == wanted), "")
