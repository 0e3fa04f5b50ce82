"""The rules of what waits, held for any order of events."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import queue_rules as rules
from chalicelib.domain.assessment import URGENCIES, Urgency
from chalicelib.domain.moments import Moment, later, moment
from chalicelib.domain.principal import Principal
from chalicelib.domain.queue_item import ANSWER_WITHIN, EXCERPT, QueueItem, excerpt, rank
from chalicelib.errors import AlreadyClaimed, ClaimLost, NotAllowed, WebcareError

BEGIN: Moment = "2026-11-21T20:00:00.000Z"
SANNE = Principal(id="sanne", name="Sanne", role="agent", team="oost")
YOUSSEF = Principal(id="youssef", name="Youssef", role="agent", team="oost")


def fresh(urgency: Urgency, *, emergency: bool = False, at: Moment = BEGIN) -> QueueItem:
    return QueueItem(
        subject="s",
        team="oost",
        channel="whatsapp",
        account="1",
        author_name="Bo",
        text="tekst",
        urgency="spoed" if emergency else urgency,
        emergency=emergency,
        because="daarom",
        lang="nl",
        waiting_since=at,
        due_at=later(at, ANSWER_WITHIN[urgency]),
        priority=rank(urgency, emergency=emergency),
    )


arrivals = st.builds(
    lambda urgency, emergency: ("arrive", urgency, emergency),
    st.sampled_from(URGENCIES),
    st.booleans(),
)
acts = st.tuples(
    st.sampled_from(["claim", "release", "answer", "snooze", "page", "wake"]),
    st.sampled_from([SANNE, YOUSSEF]),
)
steps = st.lists(st.tuples(st.integers(0, 900), arrivals | acts), min_size=1, max_size=25)


Step = tuple[Any, ...]

ACTS: dict[str, Callable[[QueueItem, Any, Moment], QueueItem]] = {
    "claim": rules.claim,
    "release": lambda item, agent, now: rules.release(rules.must_be_held(item, agent, now), now),
    "answer": lambda item, _, __: rules.answer(item),
    "snooze": lambda item, _, now: rules.snooze(item, later(now, timedelta(minutes=30)), now),
    "page": lambda item, _, now: rules.page(item, now),
    "wake": lambda item, _, __: rules.wake(item),
}


def follow(item: QueueItem, step: Step, now: Moment) -> QueueItem:
    """The item after a step. Raises when the rules refuse it."""
    if step[0] == "arrive":
        return rules.arrived(item, fresh(step[1], emergency=step[2], at=now), now)
    return ACTS[step[0]](item, step[1], now)


@given(steps)
def test_whatever_happens_the_item_makes_sense(
    evening: list[tuple[int, Step]],
) -> None:
    at = datetime(2026, 11, 21, 20, tzinfo=UTC)
    item = fresh("later")
    for seconds, step in evening:
        at += timedelta(seconds=seconds)
        before, now = item, moment(at)
        try:
            item = follow(item, step, now)
        except WebcareError:
            continue
        assert item.version == before.version + 1
        assert not (item.emergency and item.snoozed_until), "danger is never put away"
        assert (item.claimed_by is None) == (item.claim_until is None)
        if step[0] == "arrive":
            assert item.claimed_by == before.claimed_by, "detection never touches a claim"
            assert item.emergency or not before.emergency, "detection only raises"
            if not before.answered:
                assert item.rank <= before.rank, "detection only raises"
            assert not item.answered
        held = (item.claim_until or "") > now
        if item.emergency and not held and not item.answered and step[0] != "wake":
            assert item.wakes_at, "somebody will be called"


@given(st.integers(0, 14 * 60 + 59))
def test_a_running_claim_keeps_others_out_and_names_its_holder(seconds: int) -> None:
    held = rules.claim(fresh("nu"), SANNE, BEGIN)
    now = later(BEGIN, timedelta(seconds=seconds))
    with pytest.raises(AlreadyClaimed) as refused:
        rules.claim(held, YOUSSEF, now)
    assert (refused.value.by, refused.value.name) == ("sanne", "Sanne")


def test_after_the_lease_anybody_may_take_it_and_the_first_has_lost_it() -> None:
    held = rules.claim(fresh("nu"), SANNE, BEGIN)
    now = later(BEGIN, rules.LEASE)
    assert rules.claim(held, YOUSSEF, now).claimed_by == "youssef"
    with pytest.raises(ClaimLost):
        rules.must_be_held(held, SANNE, now)


def test_claiming_stops_the_acknowledgement_clock_and_releasing_starts_it() -> None:
    waiting = rules.arrived(None, fresh("spoed", emergency=True), BEGIN)
    assert waiting.acknowledge_by == later(BEGIN, rules.ACKNOWLEDGE_WITHIN)
    held = rules.claim(waiting, SANNE, BEGIN)
    assert held.acknowledge_by is None
    assert rules.release(held, BEGIN).acknowledge_by is not None


def test_an_answered_question_starts_anew_when_the_citizen_writes_again() -> None:
    answered = rules.answer(fresh("nu"))
    again = rules.arrived(answered, fresh("geen"), BEGIN)
    assert (again.urgency, again.answered) == ("geen", False)


def test_an_answered_emergency_stays_one_until_a_person_says_otherwise() -> None:
    answered = rules.answer(fresh("spoed", emergency=True))
    assert rules.arrived(answered, fresh("geen"), BEGIN).emergency
    assert not rules.judge(answered, emergency=False, now=BEGIN).emergency


def test_what_waits_longest_within_an_urgency_stands_first() -> None:
    early, late = fresh("nu", at=BEGIN), fresh("nu", at=later(BEGIN, timedelta(minutes=1)))
    urgent = fresh("spoed", at=later(BEGIN, timedelta(hours=1)))
    assert sorted([late.order, early.order, urgent.order]) == [
        urgent.order,
        early.order,
        late.order,
    ]


def test_an_emergency_cannot_be_put_away() -> None:
    with pytest.raises(NotAllowed):
        rules.snooze(fresh("spoed", emergency=True), later(BEGIN, timedelta(hours=1)), BEGIN)


def test_a_long_message_is_shown_on_one_line_and_short() -> None:
    shown = excerpt("een\n\n  twee " + "lang " * 200)
    assert shown.startswith("een twee lang")
    assert len(shown) == EXCERPT
    assert shown.endswith("…")
