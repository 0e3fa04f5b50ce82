"""Listening is about places and topics: a search for a person is never read."""

import pytest

from chalicelib.flows.taking_in.freshness import freshness
from tests.conftest import Town
from tests.flows.test_polling import open_account
from tests.listening.searches import listening_for


def told(town: Town, query: str) -> str:
    """What the source of this search says after the minute passed, however it got in."""
    account = open_account(town)
    listening_for(town, query)
    town.sweep()
    (found,) = [s for s in freshness(town.services, [account]) if s.stream == "search-s1-0"]
    return found.error or ""


def test_a_search_for_a_place_is_read(town: Town) -> None:
    assert told(town, "brand zutphen") == ""


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("jan de vries zutphen", "noemt een persoon"),
        ("from:piet123", "volgt een account"),
        ("appgroep Zutphen Oost", "kijkt in een besloten groep"),
    ],
)
def test_a_search_for_a_person_is_not_and_says_why(town: Town, query: str, why: str) -> None:
    assert why in told(town, query)
