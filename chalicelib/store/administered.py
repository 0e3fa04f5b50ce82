"""Records that colleagues set up, each with all its versions."""

from typing import Any

from chalicelib.domain.administered import KINDS, KindName, Record, Version
from chalicelib.domain.moments import Moment
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.directory import listed
from chalicelib.store.reading import each
from chalicelib.store.table import Absent, Delete, Is, Item, Operation, Present, Put, Table, any_of

PREFIX: dict[KindName, str] = {
    "canned": keys.CANNED,
    "article": "ARTICLE#",
    "rule": "RULE#",
    "agent": "AGENT#",
    "team": "TEAM#",
    "shift": "SHIFT#",
    "receiver": "RECEIVER#",
}
"""Where the records of a kind stand in the directory."""


def all_of(table: Table, kind: KindName) -> dict[str, Item]:
    """The items of a kind by their id."""
    prefix = PREFIX[kind]
    return {item["sk"].removeprefix(prefix): item for item in listed(table, prefix)}


def find(table: Table, kind: KindName, id_: str) -> Item | None:
    return table.get(keys.administered(PREFIX[kind], id_))


def record_in(kind: KindName, item: Item) -> Record:
    """What a person set up of an item."""
    empty: dict[str, str | list[str]] = {}
    for one in KINDS[kind].fields:
        several = one.type in ("choices", "lines")
        empty[one.name] = item.get(one.name) or ([] if several else "")
    return empty


def number_of(item: Item | None) -> int:
    """Its version; one that nobody changed on a page yet is at 0, or where it came from."""
    return int(item.get("version", 0)) if item else 0


def changed(before: Item | None, version: Version, **extra: Any) -> list[Operation]:
    """The record and its version in one write; fails when somebody changed it meanwhile."""
    key = keys.administered(PREFIX[version.kind], version.id)
    number = number_of(before)
    same = Absent("pk") if before is None else any_of(Is("version", number), Absent("version"))
    if version.record is None:
        write: Operation = Delete(key, only_if=Present("pk"))
    else:
        kept = {**version.record, "id": version.id, "version": version.number, **extra}
        write = Put({"pk": key.pk, "sk": key.sk, **with_value(kept)}, only_if=same)
    return [write, noted(version)]


def noted(version: Version) -> Put:
    """The version itself; there is one of each number."""
    key = keys.version(version.kind, version.id, version.number)
    item = to_item(key, version, expires_at=expires_at("approval", version.at))
    return Put(item, only_if=Absent("pk"))


def with_value(kept: dict[str, Any]) -> Item:
    """Absent and empty are the same."""
    return {name: value for name, value in kept.items() if value not in ("", None)}


def versions(table: Table, kind: KindName, id_: str, now: Moment) -> list[Version]:
    """All changes of a record, newest first."""
    partition = keys.versions_partition(kind, id_)
    return [from_item(Version, item) for item in each(table, partition, now)][::-1]
