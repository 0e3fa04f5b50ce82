"""Which messages of a team were assessed on a day, and which are to be assessed again.

The list stands in an index, in the order of numbers that nobody chooses. It tells of a message,
beside its key, whether it was raised and how doubtful that was.
"""

from collections.abc import Iterator

from chalicelib.domain.assessment import Assessment
from chalicelib.domain.conversation import KeptMessage
from chalicelib.domain.moments import Moment
from chalicelib.domain.sample import Place, doubt
from chalicelib.store import keys
from chalicelib.store.conversations import message_key
from chalicelib.store.reading import each
from chalicelib.store.table import Item, Table

RAISED, LOW = "raised", "low"


def listed(message: KeptMessage, assessment: Assessment, team: str) -> Item:
    """Its place on the list of the day on which it came."""
    outcome = RAISED if assessment.emergency else LOW
    marks = f"{outcome}#{doubt(assessment):03}"
    return keys.assessed(team, message.accepted_at[:10], message.id, marks)


def to_do_again(message: KeptMessage, at: Moment) -> Item:
    """Part of detection was away: owed a second assessment."""
    return keys.due(keys.REDO_DUE, at, message_key(message))


def of_day(table: Table, team: str, day: str, now: Moment) -> Iterator[Place]:
    """Every message on a team's list of a day (``2026-11-21``)."""
    for number in range(keys.ASSESSED_SHARDS):
        partition = keys.assessed_partition(team, day, number)
        yield from (place(item) for item in each(table, partition, now, index="by_person"))


def place(item: Item) -> Place:
    """An entry of the index."""
    number, outcome, doubtful = item["person_sk"].split("#")
    return Place(
        number=number,
        raised=outcome == RAISED,
        doubt=int(doubtful),
        subject=item["subject"],
        message_sk=item["sk"],
    )
