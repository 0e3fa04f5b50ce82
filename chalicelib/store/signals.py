"""Signals that are open and past, what is usual, and what other systems are still to be told."""

from chalicelib.domain.call import Call
from chalicelib.domain.moments import Moment
from chalicelib.domain.retention import expires_at
from chalicelib.domain.signal import Signal
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.reading import each, get
from chalicelib.store.table import Absent, Delete, Is, Item, Key, Operation, Put, Table


def opened(signal: Signal) -> Put:
    """Fails when it is open already."""
    key, expiry = keys.signal(signal.series), expires_at("signal", signal.since)
    return Put(to_item(key, signal, expires_at=expiry), only_if=Absent("pk"))


def changed(before: Signal, after: Signal) -> Put:
    """Fails when it changed meanwhile."""
    key, expiry = keys.signal(after.series), expires_at("signal", after.since)
    return Put(to_item(key, after, expires_at=expiry), only_if=Is("number", before.number))


def ended(signal: Signal) -> tuple[Operation, Operation]:
    """From the open ones to those of its month."""
    key = keys.past_signal(signal.series, signal.since)
    past = Put(to_item(key, signal, expires_at=expires_at("signal", signal.since)))
    return Delete(keys.signal(signal.series), only_if=Is("number", signal.number)), past


def standing(table: Table, now: Moment) -> list[Signal]:
    """Everything that rises now."""
    return [from_item(Signal, item) for item in each(table, keys.SIGNALS, now)]


def find(table: Table, series: str, now: Moment) -> Signal | None:
    item = get(table, keys.signal(series), now)
    return None if item is None else from_item(Signal, item)


def past(table: Table, month: str, now: Moment) -> list[Signal]:
    """Those of a month, newest first."""
    return [from_item(Signal, item) for item in each(table, keys.past_signals(month), now)][::-1]


# --- what is usual -------------------------------------------------------------------------------


def habits(table: Table, day: str, now: Moment) -> str | None:
    """What was learned for a day, as text."""
    item = get(table, keys.habits(day), now, strong=False)
    return None if item is None else str(item["habits"])


def learned(day: str, text: str, now: Moment) -> Put:
    key = keys.habits(day)
    return Put({"pk": key.pk, "sk": key.sk, "habits": text, "expires_at": expires_at("slot", now)})


# --- what others are told ------------------------------------------------------------------------


def owed(call: Call) -> Put:
    """With its due marker; fails when it was made already."""
    return Put(call_item(call), only_if=Absent("pk"))


def called(before: Call, after: Call) -> Put:
    """What came of an attempt; fails when somebody else made it meanwhile."""
    return Put(call_item(after), only_if=Is("attempts", before.attempts))


def call_item(call: Call) -> Item:
    key = keys.call(call.id)
    due = keys.due(keys.CALL_DUE, call.next_at, key) if call.state == "owed" else {}
    return to_item(key, call, expires_at=expires_at("call", call.made_at), **due)


def find_call(table: Table, key: Key, now: Moment) -> Call | None:
    item = get(table, key, now)
    return None if item is None else from_item(Call, item)


def dead_calls(table: Table, now: Moment) -> list[Call]:
    """What was given up."""
    found = (from_item(Call, item) for item in each(table, keys.CALLS, now))
    return [one for one in found if one.state == "dead"]
