"""A question to a table, with what DynamoDB refuses in one."""

from dataclasses import dataclass
from typing import TypedDict

from chalicelib.store.cursor import from_cursor, to_cursor
from chalicelib.store.limits import check_key_text
from chalicelib.store.schema import INDEXES
from chalicelib.store.table import BadOperation, Item


class Asked(TypedDict, total=False):
    """The keyword arguments of ``Table.query``, as the contract explains them."""

    index: str | None
    prefix: str | None
    between: tuple[str, str] | None
    reverse: bool
    limit: int | None
    after: str | None
    attributes: tuple[str, ...] | None
    strong: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """The arguments of ``Table.query``. Raises ``BadOperation`` when they are wrong."""

    pk: str
    index: str | None = None
    prefix: str | None = None
    between: tuple[str, str] | None = None
    reverse: bool = False
    limit: int | None = None
    after: str | None = None
    attributes: tuple[str, ...] | None = None
    strong: bool = False

    def __post_init__(self) -> None:
        check_key_text("pk", self.pk)
        if self.limit is not None and self.limit < 1:
            raise BadOperation("a page holds at least one item", limit=self.limit)
        self._check_index()
        self._check_bounds()
        self._check_attributes()

    @property
    def key_names(self) -> tuple[str, ...]:
        """Partition and sort attribute; for an index also the item's own, which order equals."""
        if self.index is None:
            return ("pk", "sk")
        return (INDEXES[self.index].pk, INDEXES[self.index].sk, "pk", "sk")

    @property
    def last(self) -> tuple[str, ...] | None:
        """What the sort attributes were where the page before this one ended."""
        if self.after is None:
            return None
        key = from_cursor(self.after, self.key_names, self.pk)
        return tuple(key[name] for name in self.key_names[1:])

    def cursor_after(self, item: Item) -> str:
        """The cursor of a page that ends with this item."""
        return to_cursor({name: item[name] for name in self.key_names})

    def shown(self, item: Item) -> Item:
        """What the question shows of the item: what is asked for, of what the index holds."""
        names = self.attributes or self._projected()
        if names is None:
            return item
        return {name: item[name] for name in names if name in item}

    def _projected(self) -> tuple[str, ...] | None:
        if self.index is None:
            return None
        return (*self.key_names, *INDEXES[self.index].projected)

    def _check_index(self) -> None:
        if self.index is None:
            return
        if self.index not in INDEXES:
            raise BadOperation("no such index", index=self.index)
        if self.strong:
            raise BadOperation("an index may lag, so it has no strong reads", index=self.index)

    def _check_bounds(self) -> None:
        if self.prefix is not None and self.between is not None:
            raise BadOperation("a query has a prefix or two bounds, not both")
        for text in (self.prefix, *(self.between or ())):
            if text is not None:
                check_key_text("sk", text)
        if self.between and self.between[0] > self.between[1]:
            raise BadOperation("the bounds of a query are the wrong way round")

    def _check_attributes(self) -> None:
        if self.attributes is None:
            return
        if not self.attributes or len(set(self.attributes)) < len(self.attributes):
            raise BadOperation("name at least one attribute, and each once")
        held = self._projected()
        if held is not None and not set(held).issuperset(self.attributes):
            raise BadOperation("the index does not hold these attributes", index=self.index)
