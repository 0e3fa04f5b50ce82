"""Opening hours, holidays and the deadlines that follow."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from chalicelib.domain.calendar import (
    ROUND_THE_CLOCK,
    Calendar,
    holidays,
    is_open,
    read_hours,
    within_hours,
)
from chalicelib.domain.queue_item import answer_by

HOURS = read_hours("ma-vr 08:00-12:00 13:00-17:00, za 10:00-12:00")
OFFICE = Calendar(hours=HOURS, zone=ZoneInfo("Europe/Amsterdam"))
FOUR = timedelta(hours=4)


def test_round_the_clock_every_hour_counts() -> None:
    assert (
        within_hours(ROUND_THE_CLOCK, "2026-12-25T23:00:00.000Z", FOUR)
        == "2026-12-26T03:00:00.000Z"
    )


@pytest.mark.parametrize(
    ("since", "due"),
    [
        ("2026-11-23T07:00:00.000Z", "2026-11-23T11:00:00.000Z"),  # Monday from opening: until noon
        ("2026-11-23T10:00:00.000Z", "2026-11-23T15:00:00.000Z"),  # over the break
        ("2026-11-23T15:00:00.000Z", "2026-11-24T10:00:00.000Z"),  # over the night
        ("2026-11-21T10:00:00.000Z", "2026-11-23T10:00:00.000Z"),  # Saturday and over the Sunday
        ("2026-11-22T12:00:00.000Z", "2026-11-23T11:00:00.000Z"),  # on a closed day
        ("2026-12-24T15:00:00.000Z", "2026-12-28T10:00:00.000Z"),  # Christmas, then a weekend
    ],
)
def test_only_opening_hours_count(since: str, due: str) -> None:
    assert within_hours(OFFICE, since, FOUR) == due


def test_a_night_in_which_the_clock_changes_counts_as_long_as_it_was() -> None:
    always = Calendar(hours=read_hours("ma-zo 00:00-23:59"), zone=ZoneInfo("Europe/Amsterdam"))
    due = within_hours(always, "2026-10-24T22:00:00.000Z", FOUR)
    assert due == "2026-10-25T02:00:00.000Z"


def test_what_is_urgent_counts_every_minute() -> None:
    night = "2026-11-22T02:00:00.000Z"
    assert answer_by(OFFICE, night, "spoed") == "2026-11-22T02:05:00.000Z"
    assert answer_by(OFFICE, night, "later") == "2026-11-23T11:00:00.000Z"


def test_the_dutch_holidays_of_a_year() -> None:
    assert holidays(2027) >= {date(2027, 3, 28), date(2027, 3, 29), date(2027, 5, 6)}
    assert date(2027, 4, 27) in holidays(2027)
    assert date(2025, 4, 26) in holidays(2025)  # the 27th was a Sunday
    assert date(2025, 5, 5) in holidays(2025)
    assert date(2026, 5, 5) not in holidays(2026)
    assert len(holidays(2026)) == 9


@pytest.mark.parametrize("text", ["ma 17:00-08:00", "maandag 08:00-17:00", "ma 8-17:00"])
def test_hours_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_hours(text)


@pytest.mark.parametrize(
    ("at", "open_"),
    [
        ("2026-11-23T09:00:00.000Z", "open"),
        ("2026-11-23T06:59:59.000Z", "closed"),
        ("2026-11-22T09:00:00.000Z", "closed"),
        ("2026-12-25T09:00:00.000Z", "closed"),
    ],
    ids=["monday morning", "before eight", "sunday", "christmas"],
)
def test_whether_people_answer_at_a_moment(at: str, open_: str) -> None:
    week = Calendar(hours=read_hours("ma-vr 08:00-17:00"), zone=ZoneInfo("Europe/Amsterdam"))
    assert is_open(week, at) is (open_ == "open")
    assert is_open(Calendar(), at), "round the clock"
