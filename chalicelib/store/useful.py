"""Which messages of incidents were found useful, each an item in the incident's partition.

The figures count it by this very item, so what is taken back is not counted any more.
"""

from collections.abc import Iterable

from chalicelib.domain.fact import Fact
from chalicelib.domain.moments import Moment
from chalicelib.domain.retention import expires_at
from chalicelib.domain.useful import Useful
from chalicelib.store import facts, keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.reading import each
from chalicelib.store.table import Absent, Delete, Is, Put, Table


def marked(one: Useful, fact: Fact) -> Put:
    """From now on. Fails when somebody found it useful before."""
    key = keys.useful(one.incident, one.message)
    expiry = expires_at("incident", one.at)
    return Put(to_item(key, one, expires_at=expiry, **facts.listed(fact)), only_if=Absent("pk"))


def unmarked(one: Useful) -> Delete:
    """No longer. Fails when that was said, or it was marked anew, meanwhile."""
    return Delete(keys.useful(one.incident, one.message), only_if=Is("at", one.at))


def of_incidents(table: Table, subjects: Iterable[str], now: Moment) -> list[Useful]:
    """All of these incidents."""
    return [
        from_item(Useful, item)
        for subject in subjects
        for item in each(table, keys.conversation_partition(subject), now, prefix=keys.USEFUL)
    ]
