"""One state per account, from what was recorded and nothing else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.account import Account, Approval
from chalicelib.domain.health import Because, Gap, State, Watch, judge, readable, recovery_of
from chalicelib.domain.polling import Source

NOW = "2026-11-21T20:00:00.000Z"
EARLIER = "2026-11-21T19:00:00.000Z"
LONG_AGO = "2026-11-20T08:00:00.000Z"
LATER = "2027-01-01T00:00:00.000Z"

ACCOUNT = Account(
    channel="instagram",
    account="1",
    name="Politie",
    team="oost",
    approvals={"answer": Approval(until=LATER, by="M. Bos", ground="brief")},
    settings={"quiet_hours": "24"},
)
WELL = Watch(
    channel="instagram", account="1", reached_at=NOW, readable_at=NOW, inbound_at=EARLIER,
    subscribed=True,
)  # fmt: skip
READ = Source(channel="x", account="1", stream="mentions", use="answer", next_at=NOW)


def test_with_everything_in_order_it_is_healthy() -> None:
    assert judge(WELL, ACCOUNT, (READ,), NOW, budget_left=5).because == ()
    assert judge(WELL, ACCOUNT, (READ,), NOW, budget_left=5).state == "healthy"


@pytest.mark.parametrize(
    ("recorded", "state", "because"),
    [
        ({"lost_at": EARLIER}, "access_lost", "key_refused"),
        ({"token_until": NOW}, "access_lost", "key_ended"),
        ({"refused_at": "2026-11-21T19:56:00.000Z"}, "access_lost", "sending_refused"),
        ({"canary_sent_at": EARLIER}, "silent", "canary_lost"),
        ({"canary_sent_at": EARLIER, "canary_seen_at": LONG_AGO}, "silent", "canary_lost"),
        ({"inbound_at": LONG_AGO}, "silent", "nothing_came"),
        ({"subscribed": False}, "degraded", "unsubscribed"),
        ({"failing_since": EARLIER}, "degraded", "unreachable"),
        ({"trouble": "5 wachten"}, "degraded", "trouble"),
        ({"token_until": "2026-11-30T00:00:00.000Z"}, "degraded", "key_ends"),
        ({"used_percent": 91}, "degraded", "quota_low"),
    ],
)
def test_each_thing_that_can_be_wrong_has_its_state(
    recorded: dict[str, object], state: State, because: Because
) -> None:
    found = judge(replace(WELL, **recorded), ACCOUNT, (), NOW)  # type: ignore[arg-type]
    assert (found.state, found.because) == (state, (because,))


@pytest.mark.parametrize(
    "recorded",
    [
        {"refused_at": "2026-11-21T19:54:59.000Z"},
        {"canary_sent_at": "2026-11-21T19:59:00.000Z"},
        {"canary_sent_at": EARLIER, "canary_seen_at": "2026-11-21T19:00:03.000Z"},
        {"token_until": "2026-12-21T00:00:00.000Z"},
        {"used_percent": 89},
        {"inbound_at": None},
    ],
)
def test_what_is_past_or_not_yet_due_is_no_fault(recorded: dict[str, object]) -> None:
    assert judge(replace(WELL, **recorded), ACCOUNT, (), NOW).state == "healthy"  # type: ignore[arg-type]


def test_without_any_approval_nothing_else_counts() -> None:
    lost = replace(WELL, lost_at=EARLIER)
    never = replace(ACCOUNT, approvals={})
    assert judge(lost, never, (), NOW).because == ("never_approved",)
    assert judge(lost, ACCOUNT, (), LATER).because == ("approval_ended",)
    assert judge(lost, ACCOUNT, (), LATER).state == "not_approved"


def test_one_closed_source_of_two_degrades_and_both_are_lost_access() -> None:
    lost = replace(READ, lost=True, error="geen toegang")
    assert judge(WELL, ACCOUNT, (READ, lost), NOW).because == ("source_closed",)
    assert judge(WELL, ACCOUNT, (lost, lost), NOW).state == "access_lost"


def test_a_source_that_fails_or_that_nobody_reads_degrades() -> None:
    failing = replace(READ, error="storing")
    overdue = replace(READ, next_at=EARLIER)
    assert judge(WELL, ACCOUNT, (failing,), NOW).because == ("source_failing",)
    assert judge(WELL, ACCOUNT, (overdue,), NOW).because == ("source_overdue",)
    assert judge(WELL, ACCOUNT, (READ,), NOW, budget_left=0).because == ("no_budget",)


def test_the_gravest_reason_decides_and_the_others_are_told() -> None:
    found = judge(replace(WELL, lost_at=EARLIER, used_percent=95), ACCOUNT, (), NOW)
    assert found.state == "access_lost"
    assert found.because == ("key_refused", "quota_low")


def test_without_a_key_nobody_knows_whether_we_are_subscribed() -> None:
    found = judge(replace(WELL, lost_at=EARLIER, subscribed=False), ACCOUNT, (), NOW)
    assert found.because == ("key_refused",)


def test_we_know_that_all_comes_in_only_without_a_fault_in_between() -> None:
    assert readable(judge(replace(WELL, used_percent=95), ACCOUNT, (), NOW))
    assert not readable(judge(replace(WELL, subscribed=False), ACCOUNT, (), NOW))


def test_what_became_of_a_gap_says_lost_when_in_doubt() -> None:
    gap = Gap(channel="instagram", account="1", since=EARLIER, because="unsubscribed")
    day = timedelta(hours=24)
    assert recovery_of(gap, NOW, read=True, keeps=None, inbound_at=None) == "read_on"
    assert recovery_of(gap, NOW, read=False, keeps=day, inbound_at=None) == "delivered_again"
    assert recovery_of(gap, LATER, read=False, keeps=day, inbound_at=None) == "lost"
    assert recovery_of(gap, NOW, read=False, keeps=None, inbound_at=NOW) == "lost"
    refused = replace(gap, because="key_refused")
    assert recovery_of(refused, NOW, read=False, keeps=None, inbound_at=NOW) == "came_in"
    assert recovery_of(refused, NOW, read=False, keeps=None, inbound_at=EARLIER) == "lost"
