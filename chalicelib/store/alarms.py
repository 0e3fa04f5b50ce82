"""What of ours is broken right now: shown as a banner until it works again."""

from dataclasses import dataclass

from chalicelib.domain.moments import Moment
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.table import Absent, Delete, Key, Put, Table

PARTITION = "ALARMS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """``text`` is Dutch, for the banner, and holds no citizens' data."""

    about: str
    text: str
    since: Moment


def raised(alarm: Alarm) -> Put:
    """Raise it, once. Fails when it is up already."""
    return Put(to_item(Key(PARTITION, alarm.about), alarm), only_if=Absent("pk"))


def cleared(about: str) -> Delete:
    return Delete(Key(PARTITION, about))


def standing(table: Table) -> list[Alarm]:
    return [from_item(Alarm, item) for item in table.query(PARTITION).items]
