"""The log of use: who read or wrote what of citizens' data, when and what for (Wpg 32a, BIO2).

A line says action, object, purpose, actor and moment; never what the citizen wrote.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from chalicelib.domain.moments import Moment
from chalicelib.domain.principal import Principal
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.reading import each
from chalicelib.store.table import Put, Table

Action = Literal[
    "read_queue", "read_conversation", "claim", "release", "hand_over", "snooze", "finish",
    "judge", "reply", "note", "read_answers", "correct", "read_sample", "judge_sample",
    "export_labels", "redetect", "read_file", "fetch_file", "attach_file",
    "approve", "read_contact", "join", "part", "read_use", "pass_on", "read_card", "administer",
    "search", "write_down", "translate", "ask_model", "propose_post", "approve_post", "stop_post",
    "take_back", "assign", "open_case", "read_case", "change_case", "send_link", "erase",
    "share_case", "set_assistant",
    "read_incidents", "read_incident", "join_incidents", "part_incidents", "read_debrief",
    "state", "announce", "stop_announcement",
    "share_with_partner", "read_share",
    "ask_search", "decide_search", "read_feed", "read_searches", "quieten_signal",
    "try_rules", "switch_crisis", "take_card",
    "read_map",
    "volunteer", "propose_appeal", "approve_appeal", "stop_appeal", "find_useful",
]  # fmt: skip

PURPOSES: dict[str, frozenset[Action]] = {
    "answer": frozenset({
        "share_with_partner", "read_share",
        "read_queue", "read_conversation", "claim", "release", "hand_over", "snooze", "finish",
        "judge", "reply", "note", "read_answers", "read_file", "fetch_file", "attach_file",
        "read_contact", "join", "part", "pass_on", "translate", "search", "write_down",
        "ask_model", "read_card", "take_card",
        "read_map", "read_incidents", "read_incident", "join_incidents",
        "part_incidents", "state", "announce", "stop_announcement",
        "volunteer", "propose_appeal", "approve_appeal", "stop_appeal", "find_useful",
        "take_back", "assign", "open_case", "read_case", "change_case", "send_link", "share_case",
    }),
    "detect_better": frozenset({
        "correct", "read_sample", "judge_sample", "export_labels", "redetect",
    }),
    "practise": frozenset({"read_debrief"}),
    "listen": frozenset({"ask_search", "decide_search", "read_feed", "quieten_signal"}),
    "account": frozenset({
        "propose_post", "approve_post", "stop_post",
        "approve", "read_use", "erase", "set_assistant", "administer", "try_rules",
        "read_searches", "switch_crisis",
    }),
}  # fmt: skip
"""What each action is for, where nobody says more: helping the citizen, finding emergencies
better, accounting for our own work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One line of the log."""

    at: Moment
    actor: str
    role: str
    action: Action
    object: str
    purpose: str = ""


def used(principal: Principal, action: Action, object_: str, at: Moment, purpose: str = "") -> Put:
    """A line for something done once: part of the write that it is about.

    ``purpose`` is what somebody gave as one; else it follows from the action.
    """
    use = Use(
        at=at,
        actor=principal.id,
        role=principal.role,
        action=action,
        object=object_,
        purpose=purpose or purpose_of(action),
    )
    key = keys.access(at, principal.id, f"{action}:{object_}")
    return Put(to_item(key, use, expires_at=expires_at("access", at)))


def purpose_of(action: Action) -> str:
    """What an action is for, where nobody says more."""
    return next(purpose for purpose, actions in PURPOSES.items() if action in actions)


def read(principal: Principal, action: Action, object_: str, at: Moment, purpose: str = "") -> Put:
    """A line for reading. A screen that refreshes is one line a minute, not sixty."""
    return used(principal, action, object_, f"{at[:16]}:00.000Z", purpose)


def lines(table: Table, day: str, now: Moment) -> Iterator[Use]:
    """All lines of a day (``2026-11-21``), shard after shard."""
    for number in range(keys.ACCESS_SHARDS):
        for item in each(table, f"ACCESS#{day}#{number}", now):
            yield from_item(Use, item)
