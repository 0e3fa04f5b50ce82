"""What DynamoDB would charge for a step: the units that the emulator reports for each call.

Of a query it reports one read whatever came back, so those are counted by the size of what did.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from chalicelib.store.dynamo_values import plain_item
from infra.benchmarks.metered import read_units

WRITES = frozenset({"PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems"})


@dataclass
class Bill:
    """Write and read request units, and for each call what it cost on which index."""

    write: float = 0.0
    read: float = 0.0
    calls: list[str] = field(default_factory=list)

    def add(self, operation: str, consumed: dict[str, Any]) -> None:
        units = float(consumed["CapacityUnits"])
        if operation in WRITES:
            self.write += units
        else:
            self.read += units
        indexes = {
            name: used["CapacityUnits"]
            for name, used in consumed.get("GlobalSecondaryIndexes", {}).items()
        }
        self.calls.append(f"{operation} {units:g} {indexes or ''}".strip())


class Meter:
    """Asks DynamoDB to say what each call of this client costs, and keeps the bills."""

    def __init__(self, client: Any) -> None:
        self._bill = Bill()
        client.meta.events.register("provide-client-params.dynamodb.*", self.ask)
        client.meta.events.register("after-call.dynamodb.*", self.note)

    def ask(self, params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        params["ReturnConsumedCapacity"] = "INDEXES"
        context["strong"] = params.get("ConsistentRead", False)

    def note(self, model: Any, parsed: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        if model.name == "Query" and "Items" in parsed:
            items = map(plain_item, parsed["Items"])
            units = read_units(items, strong=context["strong"])
            parsed["ConsumedCapacity"] = {"CapacityUnits": units}
        consumed = parsed.get("ConsumedCapacity", [])
        for one in consumed if isinstance(consumed, list) else [consumed]:
            self._bill.add(model.name, one)

    @contextmanager
    def bill(self) -> Iterator[Bill]:
        """Of what is done inside."""
        self._bill = bill = Bill()
        yield bill
        self._bill = Bill()
