import json
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.detection.locating.folding import fold, one_slip, shortened
from chalicelib.detection.locating.gazetteer import Entry, Gazetteer
from infra.gazetteer.outlines import polygons
from tests.detection.locating.conftest import OPEN_DATA

WORDS = st.text("abcde", min_size=1, max_size=6)


def test_a_name_is_compared_without_its_marks() -> None:
    assert fold("'s-Gravenhage") == "s gravenhage"
    assert fold("Súdwest-Fryslân") == "sudwest fryslan"


@pytest.mark.parametrize("typed", ["devneter", "devener", "deeventer", "daventer"])
def test_one_slip_of_the_finger(typed: str) -> None:
    assert one_slip(typed, "deventer")
    assert shortened(typed) & shortened("deventer")


@pytest.mark.parametrize("typed", ["deventer", "dventr", "denvetre"])
def test_none_or_two_slips(typed: str) -> None:
    assert not one_slip(typed, "deventer")


@given(st.sets(WORDS, min_size=1), WORDS)
def test_every_name_is_found_and_no_other(names: set[str], wanted: str) -> None:
    lines = [f"{name}\tplace\t{name}\t\t52.0\t5.0\t100\t1" for name in names]
    gazetteer = Gazetteer(b"\n".join(sorted(line.encode() for line in lines)) + b"\n")
    assert [entry.name for entry in gazetteer.named(wanted)] == [wanted] * (wanted in names)
    assert gazetteer.begins(wanted) == any(name.startswith(wanted) for name in names)


def test_the_unit_and_the_province_of_a_gemeente(shipped: Gazetteer) -> None:
    assert shipped.unit_of("Hengelo") == "Oost-Nederland"
    assert shipped.province_of("Hengelo") == "Overijssel"
    assert shipped.unit_of(None) is None


Ring = Sequence[Sequence[float]]
TOWNS = 1_500


def test_every_town_lies_in_the_gemeente_that_we_say(shipped: Gazetteer) -> None:
    borders = borders_of_open_data()
    towns = {(one.name, one.gemeente, one.lat, one.lon) for one in placed(shipped)}
    assert len(towns) > TOWNS
    wrong = {
        (name, gemeente)
        for name, gemeente, lat, lon in towns
        if not holds(borders[gemeente], lat, lon)
        and any(holds(border, lat, lon) for border in borders.values())
    }
    assert not wrong


def placed(gazetteer: Gazetteer) -> Iterator[Entry]:
    """The towns of which we know the gemeente."""
    return (one for one in gazetteer.all_places() if one.kind == "place" and one.gemeente)


def borders_of_open_data() -> dict[str | None, list[Ring]]:
    """The outer rings of each gemeente."""
    path = OPEN_DATA / "gemeenten.geojson"
    if not path.exists():
        pytest.skip(f"NOT MEASURED with open data: {path} is not here")
    return {
        one["properties"]["gemeente"]: [polygon[0] for polygon in polygons(one["geometry"])]
        for one in json.loads(path.read_text("utf-8"))["features"]
    }


def holds(border: list[Ring], lat: float, lon: float) -> bool:
    """Whether a point lies within one of the rings: an odd number of sides lies east of it."""
    return any(sum(passes(*side, lat, lon) for side in pairwise(ring)) % 2 for ring in border)


def passes(one: Sequence[float], other: Sequence[float], lat: float, lon: float) -> bool:
    """Whether this side crosses the line that runs eastward from the point."""
    (x, y), (ahead, above) = one[:2], other[:2]
    if (y > lat) == (above > lat):
        return False
    return lon < x + (ahead - x) * (lat - y) / (above - y)
