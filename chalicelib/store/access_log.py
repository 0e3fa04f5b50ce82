"""The log of use: who read or wrote what of citizens' data, when and what for (Wpg 32a, BIO2).

A line says action, object, result, actor and moment; never what the citizen wrote.
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
    "approve", "read_contact", "join", "part",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One line of the log."""

    at: Moment
    actor: str
    role: str
    action: Action
    object: str


def used(principal: Principal, action: Action, object_: str, at: Moment) -> Put:
    """A line for something done once: part of the write that it is about."""
    use = Use(at=at, actor=principal.id, role=principal.role, action=action, object=object_)
    key = keys.access(at, principal.id, f"{action}:{object_}")
    return Put(to_item(key, use, expires_at=expires_at("access", at)))


def read(principal: Principal, action: Action, object_: str, at: Moment) -> Put:
    """A line for reading. A screen that refreshes is one line a minute, not sixty."""
    return used(principal, action, object_, f"{at[:16]}:00.000Z")


def lines(table: Table, day: str, now: Moment) -> Iterator[Use]:
    """All lines of a day (``2026-11-21``), shard after shard."""
    for number in range(keys.ACCESS_SHARDS):
        for item in each(table, f"ACCESS#{day}#{number}", now):
            yield from_item(Use, item)
