"""Who is planned to be there, by the Dutch clock."""

from datetime import time

import pytest

from chalicelib.domain.shift import Shift, people_at

DAY = Shift(team="oost", days=("ma", "di"), begins=time(8), ends=time(16, 30), people=3)
NIGHT = Shift(team="oost", days=("ma",), begins=time(22), ends=time(6), people=2)


@pytest.mark.parametrize(
    ("at", "people"),
    [
        ("2026-11-23T07:00:00.000Z", 3),  # Monday, eight o'clock
        ("2026-11-23T15:30:00.000Z", 0),  # it just ended
        ("2026-11-23T21:00:00.000Z", 2),  # ten in the evening
        ("2026-11-24T04:59:00.000Z", 2),  # on Tuesday before six
        ("2026-11-24T05:00:00.000Z", 0),
        ("2026-11-24T21:00:00.000Z", 0),  # no night on Tuesday
        ("2026-07-06T06:00:00.000Z", 3),  # in summer two hours later than UTC
    ],
)
def test_shifts_are_by_the_dutch_clock_and_go_on_past_midnight(at: str, people: int) -> None:
    assert people_at([DAY, NIGHT], at) == people
