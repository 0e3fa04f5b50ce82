"""What each day of deliveries came to: one small item a day."""

from chalicelib.domain.audit import Audit
from chalicelib.domain.moments import Moment
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.reading import each
from chalicelib.store.table import Put, Table


def kept(audit: Audit) -> Put:
    return Put(to_item(keys.audit(audit.day), audit, expires_at=expires_at("figure", audit.at)))


def since(table: Table, day: str, now: Moment) -> list[Audit]:
    """From a (UTC) day on, oldest first."""
    found = each(table, keys.audit(day).pk, now, between=(day, now[:10]))
    return [from_item(Audit, item) for item in found]
