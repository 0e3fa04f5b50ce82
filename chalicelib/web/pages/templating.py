"""An answer by template, also after the window: choose one, fill it in, look at it, send it."""

from uuid import uuid4

from chalice import Response

from chalicelib import wiring
from chalicelib.domain.delivery import REGRET
from chalicelib.domain.principal import Principal
from chalicelib.domain.template import shown
from chalicelib.errors import WebcareError
from chalicelib.flows.answering import templating
from chalicelib.flows.desk import viewing
from chalicelib.web import sentences
from chalicelib.web.desk_page import desk_page
from chalicelib.web.language import words_for
from chalicelib.web.pages.answering import NOT_TAKEN
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import see
from chalicelib.web.requests import FORM, Fields, form_of, part
from chalicelib.web.sessions import signed_in, who_sent

VALUE = "veld_"
"""What the name of a field begins with that fills in a place of the template."""


@pages.route("/gesprek/{subject}/sjabloon")
def choose(subject: str) -> Response:
    """The templates that can be sent here."""
    return offer(signed_in(pages.current_request), part(subject), {})


@pages.route("/gesprek/{subject}/sjabloon", methods=["POST"], content_types=FORM)
def send(subject: str) -> Response:
    """Send the chosen one or, when that was asked, show how it would read."""
    request = pages.current_request
    me, one, form = who_sent(request), part(subject), form_of(request)
    if form.get("bekijken"):
        return offer(me, one, form)
    try:
        templating.reply_with_template(
            wiring.services(),
            me,
            one,
            reply_id=form.get("reply_id", ""),
            name=form.get("sjabloon", ""),
            language=form.get("taal", ""),
            values=values_in(form),
            seen=form.get("seen", ""),
            hold=REGRET,
        )
    except NOT_TAKEN as problem:
        return offer(me, one, form, problem)
    return see(f"/gesprek/{one}", gedaan="verstuurd")


def values_in(form: Fields) -> dict[str, str]:
    return {name.removeprefix(VALUE): text for name, text in form.items() if name.startswith(VALUE)}


def offer(
    me: Principal, subject: str, form: Fields, problem: WebcareError | None = None
) -> Response:
    """All templates, and the chosen one as it was filled in. Raises ``NotFound``."""
    request, services = pages.current_request, wiring.services()
    view = viewing.view_conversation(services, me, subject)
    now = services.now()
    return desk_page(
        request,
        "templates.html",
        me,
        busy_with=subject,
        status=problem.status if problem else 200,
        subject=subject,
        view=view,
        offered=templating.offered(services, view.conversation),
        chosen=(form.get("sjabloon"), form.get("taal")),
        values=values_in(form),
        reads=shown,
        reply_id=form.get("reply_id") or uuid4().hex,
        problem=sentences.problem(words_for(request), now, problem) if problem else "",
    )
