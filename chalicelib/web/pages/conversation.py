"""One conversation: what was said, what is known, and what the reader can do."""

from dataclasses import replace
from functools import partial
from typing import get_args
from uuid import uuid4

from chalice import Response
from chalice.app import Request

from chalicelib import wiring
from chalicelib.domain.assessment import URGENCIES, MatterKind, Topic
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.draft import Draft
from chalicelib.domain.principal import Principal
from chalicelib.flows.answering.attaching import LARGEST_UPLOAD
from chalicelib.flows.citizen.joining import view_contact
from chalicelib.flows.desk import drafting, previewing, proofreading, surroundings, viewing
from chalicelib.flows.desk.canned_replies import Offered, offered
from chalicelib.flows.desk.presence import who_is_here
from chalicelib.flows.desk.viewing import ConversationView
from chalicelib.flows.services import Services
from chalicelib.web import sentences, times
from chalicelib.web.desk_page import desk_page
from chalicelib.web.language import words_for
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import allowing
from chalicelib.web.requests import part, query_of
from chalicelib.web.sessions import signed_in
from chalicelib.web.shown_conversation import (
    Typed,
    delivery_word,
    from_draft,
    regret_until,
    shown_conversation,
)
from chalicelib.web.shown_files import shower
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
    typed = with_draft(typed, drafting.draft_of(services, me, subject))
    if typed.text and typed.preview is None:
        typed = looked_over(me, subject, typed)
    return desk_page(
        request,
        template,
        me,
        busy_with=subject,
        status=typed.status,
        headers=allowing(services.bucket.origin),
        subject=subject,
        shown=shown_conversation(services, me, view, typed),
        teams=surroundings.teams(services, me),
        reply_id=typed.reply_id or uuid4().hex,
        canned=canned_for(request, me, view),
        unsent=drafting.unsent(services, me, except_for=subject),
        regret_until=partial(regret_until, me=me),
        present=who_is_here(services, me, subject),
        earlier=earlier_of(services, me, view) if query_of(request).get("eerder") else None,
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


def earlier_of(services: Services, me: Principal, view: ConversationView) -> list[Conversation]:
    """The contact's other conversations, the last one first. Each look is in the log of use."""
    found = view_contact(services, me, view.conversation.contact).conversations
    others = [one for one in found if one.subject != view.conversation.subject]
    return sorted(others, key=lambda one: one.inbound_at, reverse=True)


def with_draft(typed: Typed, draft: Draft | None) -> Typed:
    """What was typed just now; where that is nothing, what was kept of earlier."""
    if draft is None or typed.text or typed.files:
        return typed
    kept = from_draft(draft)
    return replace(kept, note=typed.note or kept.note, problem=typed.problem)


def looked_over(me: Principal, subject: str, typed: Typed) -> Typed:
    """With how it would go out, and what can be said of it."""
    services = wiring.services()
    return replace(
        typed,
        preview=previewing.preview(services, me, subject, typed.text, privately=typed.privately),
        proof=proofreading.proofread(services, me, subject, typed.text),
    )


def canned_for(request: Request, me: Principal, view: ConversationView) -> list[Offered]:
    """The canned replies, with the day and the channel as this reader's page writes them."""
    services = wiring.services()
    words = words_for(request)
    now = services.now()
    channel = view.conversation.channel
    today = times.day(words, now, now)
    return offered(services, me, view, today, words.known(f"channel.{channel}", channel))


def corrected_now(view: ConversationView, wanted: str) -> str:
    """The message whose assessment is being corrected, when it is one of this conversation."""
    return next((one.message.id for one in view.messages if one.message.id == wanted), "")
