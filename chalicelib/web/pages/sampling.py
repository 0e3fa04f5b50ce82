"""Judging blind: one message at a time, and nothing of what detection said of it."""

from chalice import Response

from chalicelib import wiring
from chalicelib.flows.assessing import sampling
from chalicelib.flows.assessing.correcting import opinion
from chalicelib.web.desk_page import desk_page
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import see
from chalicelib.web.requests import FORM, form_of, query_of
from chalicelib.web.sessions import signed_in, who_sent

CANNOT_TELL = "weet_niet"


@pages.route("/steekproef")
def sample() -> Response:
    """The next message that waits for a judge."""
    request = pages.current_request
    services = wiring.services()
    me = signed_in(request)
    query = query_of(request)
    gone = query.get("gesprek", "")
    return desk_page(
        request,
        "sample.html",
        me,
        found=sampling.next_to_judge(services, me),
        blind=True,  # the strip says that somebody waits, not what detection heard
        emergency=query.get("spoed", ""),
        conversation=gone if gone.isalnum() else "",
    )


@pages.route("/steekproef", methods=["POST"], content_types=FORM)
def judge() -> Response:
    """What the judge says; then the next. After "an emergency" it says what came of it."""
    request = pages.current_request
    me = who_sent(request)
    form = form_of(request)
    told = form.get("urgency", "")
    urgency = None if told == CANNOT_TELL else opinion({"urgency": told}).urgency
    services = wiring.services()
    judged = sampling.judge_lot(services, me, form.get("dag", ""), form.get("lot", ""), urgency)
    if urgency != "spoed":
        return see("/steekproef")
    outcome = "gemeld" if judged.raised else "gezien"
    return see("/steekproef", spoed=outcome, gesprek=judged.lot.subject)
