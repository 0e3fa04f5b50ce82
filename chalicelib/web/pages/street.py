"""For officers on the street, made for a telephone: the cards of their unit. No logic."""

from chalice import Response

from chalicelib import wiring
from chalicelib.domain.card import Status
from chalicelib.errors import InvalidInput
from chalicelib.flows.desk import street
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import page, see, showing_images_of
from chalicelib.web.requests import FORM, form_of, part, query_of
from chalicelib.web.sessions import signed_in, who_sent
from chalicelib.web.shown_map import shown_spot

ACTS: dict[str, Status | None] = {"neem": None, "onderweg": "under_way", "klaar": "done"}


@pages.route("/straat")
def cards() -> Response:
    """The cards."""
    request, services = pages.current_request, wiring.services()
    me, tiles = signed_in(request), wiring.map_tiles()
    found = street.view_street(services, me)
    return page(
        request,
        "street.html",
        headers=showing_images_of(tiles),
        now=services.now(),
        me=me,
        cards=found,
        maps={
            one.card.id: shown_spot(one.place.lat, one.place.lon, one.place.radius, tiles)
            for one in found
            if one.place
        },
        done=query_of(request).get("gedaan"),
    )


@pages.route("/straat/{subject}/{id}", methods=["POST"], content_types=FORM)
def act(subject: str, id: str) -> Response:
    """One tap: I have it, am under way, or dealt with it."""
    request = pages.current_request
    me, wanted = who_sent(request), form_of(request).get("doe", "")
    if wanted not in ACTS:
        raise InvalidInput("no act", {"doe": {"nl": "Kies een knop.", "en": "Choose a button."}})
    street.act(wiring.services(), me, part(subject), part(id), ACTS[wanted])
    return see("/straat", gedaan=f"straat_{wanted}")
