"""Reading that never shows what should be gone: TTL deletes late, so expiry is compared here."""

from collections.abc import Iterator

from chalicelib.domain.moments import Moment, seconds
from chalicelib.store.schema import EXPIRY
from chalicelib.store.table import Item, Key, Table


def alive(item: Item | None, now: Moment) -> Item | None:
    """The item, unless its time to be kept has ended."""
    if item is None or item.get(EXPIRY, seconds(now) + 1) <= seconds(now):
        return None
    return item


def get(table: Table, key: Key, now: Moment, *, strong: bool = True) -> Item | None:
    """The item, when it is there and still to be kept."""
    return alive(table.get(key, strong=strong), now)


def each(
    table: Table,
    pk: str,
    now: Moment,
    *,
    index: str | None = None,
    prefix: str | None = None,
    between: tuple[str, str] | None = None,
    attributes: tuple[str, ...] | None = None,
    strong: bool = False,
) -> Iterator[Item]:
    """Every living item of a partition, page after page.

    ``attributes``, where given, must name the expiry, or what expired is not seen as such.
    """
    after: str | None = None
    while True:
        page = table.query(
            pk,
            index=index,
            prefix=prefix,
            between=between,
            after=after,
            attributes=attributes,
            strong=strong,
        )
        yield from (item for item in page.items if alive(item, now))
        after = page.after
        if after is None:
            return
