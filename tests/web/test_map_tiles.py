"""Tiles under the map, as PDOK's WMTS has them; a stand-in for it that takes no other address.

BRT achtergrondkaart, EPSG:3857, addressed by level, column and row (service.pdok.nl). The real one
was never asked.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from math import atan, degrees, pi, sinh
from urllib.request import urlopen

import pytest
from aiohttp import web

from chalicelib import wiring
from chalicelib.domain.card import Told
from chalicelib.domain.principal import Principal
from chalicelib.flows.desk import passing_on
from chalicelib.flows.desk.viewing import view_queue
from chalicelib.store import directory
from infra.fakes.serving import serving
from tests.conftest import SANNE, UNIT, Town
from tests.web.visiting import signed_in

ILSE = Principal(id="ilse", name="Ilse Veenstra", role="officer", team=UNIT.id)
LEVELS = range(6, 20)
LAYERS = frozenset({"standaard", "grijs", "pastel", "water"})
ENSCHEDE = (52.22, 6.89)
TILE = re.compile(r'<image href="([^"]+)"')


ADDRESS = "/brt/achtergrondkaart/wmts/v2_0/{layer}/EPSG:3857/{z:[0-9]+}/{x:[0-9]+}/{y:[0-9]+}.png"


async def tile(request: web.Request) -> web.Response:
    """A tile, at a level and in a layer that PDOK has; the world ends where its square does."""
    level, column, row = (int(request.match_info[name]) for name in "zxy")
    known = level in LEVELS and request.match_info["layer"] in LAYERS
    inside = max(column, row) < 2**level
    return web.Response(status=200 if known and inside else 404, content_type="image/png")


def covers(address: str, lat: float, lon: float) -> bool:
    """Whether a point lies on a tile, from the tile's own corners."""
    level, column, row = (int(part) for part in address.removesuffix(".png").split("/")[-3:])
    west, east = (at / 2**level * 360 - 180 for at in (column, column + 1))
    north, south = (degrees(atan(sinh(pi * (1 - 2 * at / 2**level)))) for at in (row, row + 1))
    return west <= lon < east and south < lat <= north


@pytest.fixture(scope="module")
def pdok() -> Iterator[str]:
    """The stand-in's address."""
    application = web.Application()
    application.router.add_get(ADDRESS, tile)
    with serving(application) as host:
        yield host


@pytest.fixture
def card(town: Town) -> None:
    """A report that is on the map, passed on to the unit."""
    town.services.table.write(directory.kept_agent(ILSE))
    town.whatsapp("Er wordt gevochten op de Oude Markt in Enschede")
    town.work()
    told = Told(what="gevecht", where="Oude Markt, Enschede")
    subject = view_queue(town.services, SANNE).rows[0].subject
    passing_on.pass_on(town.services, SANNE, subject, receiver=UNIT.id, told=told, card_id="c1")


@pytest.mark.usefixtures("card")
@pytest.mark.parametrize(("who", "address"), [(SANNE, "/kaart"), (ILSE, "/straat")])
def test_every_tile_is_one_that_pdok_has_and_only_its_host_may_send_images(
    town: Town, pdok: str, who: Principal, address: str
) -> None:
    pattern = f"{pdok}/brt/achtergrondkaart/wmts/v2_0/grijs/EPSG:3857/{{z}}/{{x}}/{{y}}.png"
    visitor = signed_in(town.services, who)
    wiring.use(replace(wiring.in_use(), map_tiles=pattern))
    seen = visitor.get(address)
    found = TILE.findall(seen.html)
    assert any(covers(one, *ENSCHEDE) for one in found)
    for one in found:
        with urlopen(one, timeout=30) as answer:  # noqa: S310 our own stand-in
            assert answer.status == 200
    assert f"img-src 'self' data: {pdok};" in f"{seen.headers['content-security-policy']};"
    assert "Kadaster" in seen.text


@pytest.mark.usefixtures("card")
@pytest.mark.parametrize(("who", "address"), [(SANNE, "/kaart"), (ILSE, "/straat")])
def test_without_tiles_the_map_is_drawn_and_nobody_else_is_asked(
    town: Town, who: Principal, address: str
) -> None:
    seen = signed_in(town.services, who).get(address)
    assert 'class="map' in seen.html
    assert "<circle" in seen.html
    assert not TILE.findall(seen.html)
    assert "img-src 'self' data:;" in f"{seen.headers['content-security-policy']};"
