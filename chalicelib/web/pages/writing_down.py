"""By phone, at the counter, in the street: what the citizen told before, and what they say now.

One form, so that looking up loses nothing of what was typed.
"""

from uuid import uuid4

from chalice import Response

from chalicelib import wiring
from chalicelib.domain.principal import Principal
from chalicelib.domain.spoken import ENDINGS, WAYS
from chalicelib.errors import InvalidInput, NotFound
from chalicelib.flows.desk import finding_earlier
from chalicelib.flows.desk.finding_earlier import EarlierView
from chalicelib.flows.taking_in import writing_down
from chalicelib.flows.taking_in.writing_down import Heard
from chalicelib.web.desk_page import desk_page
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import see
from chalicelib.web.requests import FORM, Fields, form_of, query_of
from chalicelib.web.sessions import signed_in, who_sent

FIELDS = ("way", "text", "name", "reach", "answer", "earlier", "ground", "ending", "message_id")


@pages.route("/telefoon")
def begin() -> Response:
    """An empty page; or one that goes on from a conversation."""
    request = pages.current_request
    me, subject = signed_in(request), query_of(request).get("gesprek", "")
    me.must_be_allowed_to("answer")
    if not subject:
        return shown(me, {}, None)
    return shown(me, {"earlier": subject}, finding_earlier.chosen(wiring.services(), me, subject))


@pages.route("/telefoon", methods=["POST"], content_types=FORM)
def write() -> Response:
    """Look something up, or write down what was said."""
    request = pages.current_request
    me, form = who_sent(request), form_of(request)
    services = wiring.services()
    try:
        if form.get("doen") == "zoek":
            return shown(me, form, finding_earlier.find_earlier(services, me, form.get("find", "")))
        done = writing_down.write_down(services, me, heard_in(form))
    except InvalidInput as problem:
        return shown(me, form, looked_at(me, form), problem)
    asked_to_close = form.get("ending", "") and not done.closed
    told = "opgeschreven_spoed" if asked_to_close else "opgeschreven"
    return see(f"/gesprek/{done.subject}", gedaan=told)


def heard_in(form: Fields) -> Heard:
    return Heard(**{name: form.get(name, "") for name in FIELDS})


def looked_at(me: Principal, form: Fields) -> EarlierView | None:
    """Whom the colleague had chosen, so that a mistake elsewhere does not undo that."""
    try:
        subject = form.get("earlier", "")
        return finding_earlier.chosen(wiring.services(), me, subject) if subject else None
    except NotFound:
        return None


def shown(
    me: Principal, form: Fields, earlier: EarlierView | None, problem: InvalidInput | None = None
) -> Response:
    return desk_page(
        pages.current_request,
        "spoken.html",
        me,
        status=problem.status if problem else 200,
        form=form,
        earlier=earlier,
        message_id=form.get("message_id") or uuid4().hex,
        wrong=problem.fields if problem else {},
        ways=WAYS,
        endings=ENDINGS,
    )
