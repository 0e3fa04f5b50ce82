"""Reports on a map: what lies together, counts by area, and what comes back there."""

from chalicelib.domain.assessment import Topic
from chalicelib.domain.moments import Moment
from chalicelib.domain.on_map import Placed, Told
from chalicelib.incidents.spread import (
    LEAST,
    block_of,
    by_chance,
    clusters,
    counted_by_area,
    hints,
)

EVENING: Moment = "2026-11-21T20:40:00.000Z"


def told(reporters: int, gemeente: str | None = "Enschede", topic: Topic = "vuurwerk") -> Told:
    return Told(reporters, EVENING, topic, gemeente)


def at_market(subject: str, at: Moment) -> Placed:
    return Placed(
        subject=subject, at=at, topic="brand", name="Oude Markt", gemeente="Enschede",
        lat=52.22, lon=6.89, radius=500,
    )  # fmt: skip


def test_reports_of_one_place_lie_together_in_the_order_of_time() -> None:
    (one,) = clusters([at_market("b", EVENING), at_market("a", "2026-11-21T20:10:00.000Z")])
    assert [report.subject for report in one.reports] == ["a", "b"]


def test_an_area_with_few_reporters_is_not_counted() -> None:
    assert counted_by_area([told(LEAST - 1), told(LEAST, gemeente=None)]) == []
    (area,) = counted_by_area([told(LEAST - 1), told(1)])
    assert (area.gemeente, area.reporters) == ("Enschede", LEAST)


def test_time_is_told_by_six_hours_of_the_dutch_day() -> None:
    assert block_of(EVENING) == "2026-11-21T17:00:00.000Z"
    assert block_of("2026-11-21T23:30:00.000Z") == "2026-11-21T23:00:00.000Z"


def test_what_comes_back_is_told_with_what_chance_alone_gives() -> None:
    (hint,) = hints([told(6), told(3, topic="brand"), told(4, gemeente="Almelo")])
    assert (hint.gemeente, hint.reporters, hint.hour, hint.then) == ("Enschede", 6, 21, 6)
    assert hint.low < hint.reporters < hint.high
    assert by_chance(0) == (0, 4)
