"""Which messages of a team were assessed on a day, and which are to be assessed again.

A message's fact tells, beside its key, whether it was raised and how doubtful that was.
"""

from collections.abc import Iterator

from chalicelib.domain.conversation import KeptMessage
from chalicelib.domain.moments import Moment
from chalicelib.domain.sample import Place
from chalicelib.store import facts, keys
from chalicelib.store.kept_messages import key_of
from chalicelib.store.table import Item, Table


def to_do_again(message: KeptMessage, at: Moment) -> Item:
    """Part of detection was away: owed a second assessment."""
    return keys.due(keys.REDO_DUE, at, key_of(message))


def of_day(table: Table, team: str, day: str, now: Moment) -> Iterator[Place]:
    """Every message with words that a team got on a day (``2026-11-21``)."""
    for found in facts.of_day(table, day, now):
        fact = found.fact
        if fact.what == "arrived" and fact.team == team and fact.doubt is not None:
            yield Place(
                number=keys.digest("number", fact.id),
                raised=fact.emergency,
                doubt=fact.doubt,
                subject=found.subject,
                message_sk=found.key.sk,
            )
