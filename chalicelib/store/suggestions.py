"""Answers to suggest from, and tallies of what agents did with suggestions."""

from collections.abc import Iterator
from typing import Literal

from chalicelib.domain.moments import Moment, later, seconds
from chalicelib.domain.retention import KEPT, expires_at
from chalicelib.domain.suggestion import Answered, Tally, Used
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.reading import alive, each, get
from chalicelib.store.table import Absent, Change, Delete, Is, Present, Put, Table

Deed = Literal["taken", "edited", "rejected", "answers"]


def answered(table: Table, team: str, now: Moment) -> list[Answered]:
    """What a team can be suggested from: a page of 1 MB, some five hundred answers."""
    page = table.query(keys.answered_partition(team))
    return [from_item(Answered, item) for item in page.items if alive(item, now)]


def find_answered(table: Table, team: str, id_: str, now: Moment) -> Answered | None:
    item = get(table, keys.answered(team, id_), now)
    return None if item is None else from_item(Answered, item)


def kept_answered(before: Answered | None, after: Answered, channel: str) -> Put:
    """New, or with one more question. What came from a platform's user ends as its terms say."""
    condition = Absent("pk") if before is None else Is("at", before.at)
    expiry = expires_at("message", after.at, channel)
    return Put(to_item(keys.answered(after.team, after.id), after, expires_at=expiry), condition)


def tallies(table: Table, now: Moment) -> dict[str, Tally]:
    """What was done with each text, by its name."""
    found = each(table, keys.TALLIES, now, prefix="TEXT#")
    return {item["sk"].removeprefix("TEXT#"): from_item(Tally, item) for item in found}


def days(table: Table, now: Moment) -> Iterator[tuple[str, Tally]]:
    """What was done on each day, oldest first."""
    for item in each(table, keys.TALLIES, now, prefix="DAY#"):
        yield item["sk"].removeprefix("DAY#"), from_item(Tally, item)


def counted(name: str, deed: Deed, now: Moment) -> list[Change]:
    """Once more, of the text and of the day; ``name`` is empty for what concerns no text."""
    expiry = seconds(later(now, KEPT["message"]))
    places = [keys.tally("DAY", now[:10]), *([keys.tally("TEXT", name)] if name else [])]
    return [Change(place, set={"expires_at": expiry}, add={deed: 1}) for place in places]


def find_used(table: Table, subject: str, agent: str, now: Moment) -> Used | None:
    item = get(table, keys.used_suggestion(subject, agent), now)
    return None if item is None else from_item(Used, item)


def used(subject: str, one: Used, now: Moment) -> Put:
    expiry = expires_at("draft", now)
    return Put(to_item(keys.used_suggestion(subject, one.agent), one, expires_at=expiry))


def settled(subject: str, agent: str) -> Delete:
    """Fails when it was settled before: a job that runs twice counts once."""
    return Delete(keys.used_suggestion(subject, agent), only_if=Present("pk"))


def turned_down(subject: str, name: str, now: Moment) -> Put:
    """Not for this conversation. Fails when somebody said so before."""
    key = keys.turned_down(subject, name)
    item = {"pk": key.pk, "sk": key.sk, "expires_at": expires_at("event", now)}
    return Put(item, only_if=Absent("pk"))


def all_turned_down(table: Table, subject: str, now: Moment) -> set[str]:
    """The names of what was rejected in a conversation."""
    partition = keys.conversation_partition(subject)
    found = each(table, partition, now, prefix=keys.TURNED_DOWN)
    return {item["sk"].removeprefix(keys.TURNED_DOWN) for item in found}
