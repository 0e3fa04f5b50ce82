"""Suggestions for an answer: a list beside the conversation, and what the agent does with each."""

from chalice import Response

from chalicelib import wiring
from chalicelib.errors import DrafterAway
from chalicelib.flows.desk import proposing, suggesting
from chalicelib.flows.desk.proposing import Proposal
from chalicelib.web.desk_page import desk_page
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import see
from chalicelib.web.requests import FORM, form_of, part, query_of
from chalicelib.web.sessions import signed_in, who_sent


@pages.route("/gesprek/{subject}/voorstellen")
def suggestions(subject: str) -> Response:
    """The whole page, for who has no JavaScript."""
    return shown(subject, "suggestions.html")


@pages.route("/gesprek/{subject}/voorstellen/lijst")
def suggestion_list(subject: str) -> Response:
    """Only the list, for a conversation that is open."""
    return shown(subject, "suggestion_list.html")


@pages.route("/gesprek/{subject}/voorstellen", methods=["POST"], content_types=FORM)
def decide(subject: str) -> Response:
    """Take one into the draft, or say that it is not this one."""
    request = pages.current_request
    me, one, form = who_sent(request), part(subject), form_of(request)
    services = wiring.services()
    if form.get("model"):
        return proposed(one)
    if form.get("tekst"):
        proposing.take(services, me, one, form["tekst"])
        return see(f"/gesprek/{subject}#text")
    if form.get("gebruik"):
        suggesting.take(services, me, one, form["gebruik"])
        return see(f"/gesprek/{subject}#text")
    suggesting.reject(services, me, one, form.get("niet", ""))
    return see(f"/gesprek/{subject}", gedaan="voorstel_niet")


def proposed(subject: str) -> Response:
    """A language model writes a proposal, from our articles."""
    me = signed_in(pages.current_request)
    try:
        proposal = proposing.propose(wiring.services(), me, subject)
    except DrafterAway:
        return shown(subject, "suggestions.html", failed=True)
    return shown(subject, "suggestions.html", proposal)


def shown(
    subject: str, template: str, proposal: Proposal | None = None, *, failed: bool = False
) -> Response:
    request = pages.current_request
    services = wiring.services()
    me = signed_in(request)
    one = part(subject)
    return desk_page(
        request,
        template,
        me,
        busy_with=one,
        subject=one,
        proposal=proposal,
        failed=failed,
        has_model=services.drafter is not None,
        offers=suggesting.suggest(services, me, one),
        tally=suggesting.acceptance(services, me),
        done=query_of(request).get("gedaan"),
    )
