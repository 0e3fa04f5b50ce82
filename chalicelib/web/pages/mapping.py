"""The map: reports by place over time, with a table of the same beside it."""

from dataclasses import replace

from chalice import Response

from chalicelib import wiring
from chalicelib.domain.incident import place_name
from chalicelib.flows.incidents import mapping
from chalicelib.flows.incidents.mapping import PERIODS, Asked
from chalicelib.web.desk_page import desk_page
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import showing_images_of
from chalicelib.web.requests import Fields, query_of
from chalicelib.web.sessions import signed_in
from chalicelib.web.shown_map import shown_map


@pages.route("/kaart")
def map_page() -> Response:
    """Where is reported what."""
    request = pages.current_request
    services = wiring.services()
    me = signed_in(request)
    view = mapping.view_map(services, me, asked_in(query_of(request)))
    now = services.now()
    tiles = wiring.map_tiles()
    return desk_page(
        request,
        "map.html",
        me,
        headers=showing_images_of(tiles),
        view=view,
        drawn=shown_map(view, now, tiles),
        periods=PERIODS,
        place_name=place_name,
    )


def asked_in(query: Fields) -> Asked:
    """What the address asks for; what makes no sense is left out."""
    asked = Asked(topic=query.get("onderwerp", "")[:40], unit=query.get("eenheid", "")[:40])
    hours = query.get("uren", "")
    known = hours.isdecimal() and int(hours[:3]) in PERIODS
    return replace(asked, hours=int(hours[:3])) if known else asked
