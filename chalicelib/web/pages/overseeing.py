"""The privacy officer's page: the log of use."""

from chalice import Response

from chalicelib import wiring
from chalicelib.flows.running import overseeing
from chalicelib.flows.running.overseeing import ACTIONS, AT_ONCE, Wanted
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import page
from chalicelib.web.requests import query_of
from chalicelib.web.sessions import signed_in


@pages.route("/gebruikslog")
def use() -> Response:
    """Who read or did what on a day; today's, where none is asked for."""
    request = pages.current_request
    services = wiring.services()
    me = signed_in(request)
    query = query_of(request)
    now = services.now()
    start = query.get("vanaf", "")
    wanted = Wanted(
        day=query.get("dag") or now[:10],
        actor=query.get("wie", ""),
        action=query.get("wat", ""),
        object=query.get("over", "").strip(),
        start=int(start) if start.isascii() and start.isdigit() else 0,
    )
    found = overseeing.view_use(services, me, wanted)
    following = wanted.start + AT_ONCE
    return page(
        request,
        "use.html",
        now=now,
        me=me,
        wanted=wanted,
        found=found,
        actions=ACTIONS,
        following=following if following < found.total else None,
    )
