"""Listening costs are spread over the month, a spike gets more, and what is missed is said."""

from datetime import timedelta

import pytest

from chalicelib.domain.pacing import FASTEST, pace, ration
from chalicelib.domain.rising import Rise
from chalicelib.domain.signal import opened
from chalicelib.flows.listening.coverage import view_coverage
from chalicelib.store import cursors, keys, signals
from tests.conftest import SANNE, Town, X
from tests.flows.test_polling import mention, open_account, shown
from tests.listening.searches import listening_for
from tests.listening.test_feeds import feed, posted
from tests.web.visiting import signed_in

SOURCE = keys.cursor("x", X, "search-s1-0")


@pytest.mark.parametrize(
    ("spent", "today", "rising", "left"),
    [(0, 0, False, 200), (0, 0, True, 500), (150, 150, False, 50), (400, 0, False, 120),
     (1000, 0, True, 0), (990, 90, True, -40), (1100, 100, True, -100)],
)  # fmt: skip
def test_a_day_may_take_twice_its_share_and_a_spike_half_of_all(
    spent: int, today: int, left: int, *, rising: bool
) -> None:
    assert ration("2026-11-21", 1000, spent, today, rising=rising) == left


def test_a_spike_is_looked_at_four_times_as_often() -> None:
    assert pace(timedelta(minutes=2), rising=True) == timedelta(seconds=30)
    assert pace(timedelta(seconds=20), rising=True) == FASTEST
    assert pace(timedelta(minutes=2), rising=False) == timedelta(minutes=2)


def rises(town: Town) -> None:
    """A signal of this search."""
    rise = Rise(count=40, minutes=10, usual=3.0, spread=2.0, sure=5.0)
    town.services.table.write(signals.opened(opened("search/s1", rise, town.services.now())))


def test_the_days_ration_stops_listening_and_not_what_is_written_to_us(town: Town) -> None:
    open_account(town, euros_per_month="0.15")  # a post is 0.0138: twice a tenth is two of them
    listening_for(town, "kermis zutphen")
    for number in range(5):
        posted(town, f"kermis in Zutphen {number}", f"66{number}")
        town.clock.forward(seconds=61)
        town.sweep()
    assert feed(town).volume == 3  # the one that passed the ration is the last
    mention(town, "@PolVoorbeeld wat is er aan de hand?")
    town.clock.forward(seconds=61)
    town.sweep()
    assert shown(town) == [["@PolVoorbeeld wat is er aan de hand?"]]
    view = view_coverage(town.services, SANNE)
    assert "het rantsoen van vandaag is op" in [one.text for one in view.blind]
    rises(town)
    town.clock.forward(minutes=6)
    town.sweep()
    assert feed(town).volume == 5


def test_in_a_spike_the_source_is_due_sooner(town: Town) -> None:
    open_account(town, euros_per_month="100")
    listening_for(town, "kermis zutphen")
    rises(town)
    town.sweep()
    source = cursors.find(town.services.table, SOURCE, town.services.now())
    assert source
    assert source.next_at == "2026-11-21T20:00:15.000Z"


def test_what_we_cannot_see_is_said(town: Town) -> None:
    account = open_account(town, euros_per_month="0")
    account.approvals.pop("answer")
    listening_for(town, "kermis zutphen")
    town.sweep()
    text = signed_in(town.services, SANNE).get("/dekking").text
    assert "het maandbudget is op" in text
    assert "Besloten groepen" in text
