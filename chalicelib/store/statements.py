"""What is stated of incidents: every version an item of its own, in the incident's partition."""

from chalicelib.domain.moments import Moment
from chalicelib.domain.retention import expires_at
from chalicelib.domain.statement import Statement
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.reading import each
from chalicelib.store.table import Absent, Check, Operation, Present, Put, Table


def stated(statement: Statement) -> tuple[Operation, ...]:
    """A next version. Fails when somebody made that version just now, or there is none before."""
    key = keys.statement(statement.incident, statement.id, statement.number)
    expiry = expires_at("incident", statement.at)
    put = Put(to_item(key, statement, expires_at=expiry), only_if=Absent("pk"))
    if statement.number == 1:
        return (put,)
    earlier = keys.statement(statement.incident, statement.id, statement.number - 1)
    return (put, Check(earlier, only_if=Present("pk")))


def of_incident(table: Table, subject: str, now: Moment) -> list[Statement]:
    """All versions of all statements, those that were dropped included."""
    partition = keys.conversation_partition(subject)
    found = each(table, partition, now, prefix=keys.STATEMENTS, strong=True)
    return [from_item(Statement, item) for item in found]
