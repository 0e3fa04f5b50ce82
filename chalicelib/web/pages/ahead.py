"""The page that looks ahead: what is coming, and what if there were so many people."""

from chalice import Response

from chalicelib import wiring
from chalicelib.domain.figures import ALL_TEAMS
from chalicelib.errors import InvalidInput
from chalicelib.flows.figures.looking_ahead import LIMITS, Supposed, view_ahead
from chalicelib.web import charts, numbers
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import page
from chalicelib.web.requests import Fields, query_of
from chalicelib.web.sessions import signed_in
from chalicelib.web.times import seconds_between

NAMES = {"people": "mensen", "within": "binnen", "level": "doel", "patience": "geduld",
         "together": "tegelijk", "busier": "drukker"}  # fmt: skip


@pages.route("/vooruit")
def ahead() -> Response:
    """The coming eight hours."""
    request = pages.current_request
    services = wiring.services()
    me = signed_in(request)
    view = view_ahead(services, me, supposed(query_of(request)))
    return page(
        request,
        "ahead.html",
        now=services.now(),
        me=me,
        view=view,
        charts=charts,
        n=numbers,
        seconds=seconds_between,
        names=NAMES,
        limits=LIMITS,
    )


def supposed(query: Fields) -> Supposed:
    """What the reader filled in. Raises ``InvalidInput`` for what is no number."""
    given: dict[str, int] = {}
    for name, word in NAMES.items():
        text = query.get(word, "")
        if text and not (text.isascii() and text.isdigit()):
            number = {"nl": "moet een getal zijn", "en": "must be a number"}
            raise InvalidInput("not a number", {word: number})
        if text:
            given[name] = int(text[:6])
    return Supposed(team=query.get("team") or ALL_TEAMS, **given)
