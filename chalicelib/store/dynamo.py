"""The deployed engine: the Table contract on DynamoDB."""

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Unpack

from chalicelib.store.dynamo_failures import Patience
from chalicelib.store.dynamo_requests import KINDS, get_request, query_request, request
from chalicelib.store.dynamo_values import Typed, plain_item
from chalicelib.store.limits import check_key, check_write
from chalicelib.store.queries import Asked, Query
from chalicelib.store.table import Change, Check, Delete, Item, Key, Operation, Page, Put

if TYPE_CHECKING:
    from botocore.client import BaseClient


class DynamoTable:
    """A table in DynamoDB. For any number of threads, processes and machines at once.

    ``client`` is boto3's for ``dynamodb``, with its own retries off (``aws/clients.py``): what
    may be tried again is known here. A lost race for a lock of DynamoDB's own is tried again
    with jitter, and so is what was throttled; then ``StoreUnavailable`` is raised, which names
    DynamoDB's code. A write of which nobody knows whether it arrived is tried again only as a
    transaction, whose token makes the second time harmless.
    """

    def __init__(self, client: "BaseClient", name: str, patience: Patience | None = None) -> None:
        self._client = client
        self._name = name
        self._patience = patience or Patience()

    def get(self, key: Key, *, strong: bool = True) -> Item | None:
        check_key(key)
        answer = self._ask("get_item", get_request(key, strong=strong), again=True)
        return plain_item(answer["Item"]) if "Item" in answer else None

    def query(self, pk: str, **asked: Unpack[Asked]) -> Page:
        query = Query(pk=pk, **asked)
        answer = self._ask("query", query_request(query), again=True)
        items = [plain_item(item) for item in answer["Items"]]
        last: Mapping[str, Typed] | None = answer.get("LastEvaluatedKey")
        return Page(items, query.cursor_after(plain_item(last)) if last else None)

    def write(self, *operations: Operation) -> None:
        check_write(operations)
        if len(operations) > 1 or isinstance(operations[0], Check):
            self._write_all(operations)
        else:
            self._write_one(operations[0])

    def _write_one(self, operation: Put | Change | Delete | Check) -> None:
        self._ask(_ALONE[type(operation)], request(operation), again=False)

    def _write_all(self, operations: tuple[Operation, ...]) -> None:
        parts = [
            {KINDS[type(one)]: {"TableName": self._name, **request(one)}} for one in operations
        ]
        said = {"TransactItems": parts, "ClientRequestToken": uuid.uuid4().hex}
        self._patience.asked(lambda: self._client.transact_write_items(**said), again=True)

    def _ask(self, what: str, said: Mapping[str, Any], *, again: bool) -> dict[str, Any]:
        ask = getattr(self._client, what)
        return self._patience.asked(lambda: ask(TableName=self._name, **said), again=again)


_ALONE = {Put: "put_item", Change: "update_item", Delete: "delete_item"}
