"""Why a message stands where it stands: the points say what the list does."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.assessment import URGENCIES
from chalicelib.domain.moments import later
from chalicelib.domain.placing import light, points
from chalicelib.domain.queue_item import QueueRow

NOW = "2026-11-21T20:00:00.000Z"
ROW = QueueRow(
    subject="a",
    team="oost",
    channel="whatsapp",
    account="1",
    text="Is het bureau open?",
    urgency="later",
    emergency=False,
    because="niets",
    lang="nl",
    waiting_since=NOW,
    due_at=later(NOW, timedelta(hours=4)),
)


def row(number: int, urgency: int, minutes: int, *, answered: bool) -> QueueRow:
    return replace(
        ROW,
        subject=f"s{number}",
        urgency=URGENCIES[urgency],
        due_at=later(NOW, timedelta(minutes=minutes)),
        answered=answered,
    )


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(-550, 1440), st.booleans()),
        min_size=2,
        max_size=20,
        unique_by=lambda one: one[1],
    )
)
def test_the_order_of_the_points_is_the_order_of_the_list(
    told: list[tuple[int, int, bool]],
) -> None:
    rows = [row(n, u, m, answered=a) for n, (u, m, a) in enumerate(told)]
    listed = sorted(rows, key=lambda one: one.order)
    scored = sorted(rows, key=lambda one: -points(one, NOW).total)
    assert [one.subject for one in listed] == [one.subject for one in scored]


def test_the_two_parts_add_up_and_are_readable() -> None:
    found = points(row(1, 1, 9, answered=False), NOW)
    assert (found.urgency, found.time, found.minutes) == (6000, 1431, 9)
    assert found.total == 7431


def test_waiting_never_makes_it_more_urgent_than_the_next_kind() -> None:
    old = points(row(1, 3, -100_000, answered=False), NOW)
    assert old.total < points(row(2, 2, 1440, answered=False), NOW).total


def test_the_light_is_amber_in_the_last_fifth() -> None:
    def at(minutes: int) -> str:
        return light(ROW, later(NOW, timedelta(minutes=minutes)))

    assert [at(0), at(191), at(192), at(239), at(240)] == ["fine", "fine", "soon", "soon", "late"]
