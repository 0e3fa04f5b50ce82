"""What DynamoDB says when it does not do what was asked, and which of it is tried again.

condition    somebody was first: ``ConditionFailed`` with what is there now
bad          what was asked is wrong: ``BadOperation``
conflict     another transaction holds the item at this very moment: soon again
throttled    too much at once: again, after a longer wait
not sent     no connection was made: again
unknown      the answer never came, or DynamoDB failed: again only where twice is harmless
other        no table, no permission: ``StoreUnavailable`` at once
"""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
)

from chalicelib.errors import StoreUnavailable
from chalicelib.store.dynamo_values import plain_item
from chalicelib.store.table import BadOperation, ConditionFailed, Item

Answer = dict[str, Any]
Failure = Literal["condition", "bad", "conflict", "throttled", "not sent", "unknown", "other"]

FAILURES: dict[str, Failure] = {
    "ConditionalCheckFailedException": "condition",
    "ConditionalCheckFailed": "condition",
    "ValidationException": "bad",
    "ValidationError": "bad",
    "TransactionConflictException": "conflict",
    "TransactionConflict": "conflict",
    "TransactionInProgressException": "conflict",
    "ProvisionedThroughputExceededException": "throttled",
    "ProvisionedThroughputExceeded": "throttled",
    "RequestLimitExceeded": "throttled",
    "ThrottlingException": "throttled",
    "ThrottlingError": "throttled",
    "InternalServerError": "unknown",
    "ServiceUnavailable": "unknown",
}
"""DynamoDB's codes, those of a whole request and those of one reason of a cancelled transaction."""

BY_WEIGHT: tuple[Failure, ...] = ("condition", "bad", "throttled", "conflict", "unknown", "other")
"""Of several reasons the first of these decides: it will not go away by trying again."""

NO_REASON = "None"
"""The code of an operation that did not fail itself."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long something is tried again.

    Waits are drawn evenly from zero to a bound that doubles ("full jitter"), so that writers who
    met once do not meet again: ``shortest`` seconds after the first conflict, four times that
    when throttled, at most ``longest``. In all some three seconds: within the patience of a
    platform that waits for its 200.
    """

    tries: int = 8
    shortest: float = 0.025
    longest: float = 0.8
    sleep: Callable[[float], None] = time.sleep

    def asked(self, ask: Callable[[], Answer], *, again: bool) -> Answer:
        """The answer. ``again``: to ask twice is harmless.

        Raises ``ConditionFailed``, ``BadOperation`` or ``StoreUnavailable``.
        """
        for attempt in range(1, self.tries + 1):
            try:
                return ask()
            except (ClientError, BotoCoreError) as error:
                failure = failure_of(error)
                raise_answer(failure, error)
                if attempt == self.tries or not worth_trying(failure, again=again):
                    raise unavailable(failure, error, attempt) from error
            self.sleep(self.wait(failure, attempt))
        raise AssertionError("unreachable: the last try raises")

    def wait(self, failure: Failure, attempt: int) -> float:
        """Seconds until the next attempt."""
        first = self.shortest * (4 if failure == "throttled" else 1)
        bound: float = min(first * 2 ** (attempt - 1), self.longest)
        return random.uniform(0, bound)  # noqa: S311 jitter needs no cryptography


def worth_trying(failure: Failure, *, again: bool) -> bool:
    """Whether nothing was done yet, or doing it twice is harmless."""
    return failure in ("conflict", "throttled", "not sent") or (again and failure == "unknown")


def failure_of(error: ClientError | BotoCoreError) -> Failure:
    """Which kind it is."""
    if isinstance(error, ClientError):
        codes = [code for code, _ in reasons(error)] or [code_of(error)]
        found = {FAILURES.get(code, "other") for code in codes if code != NO_REASON}
        return next((failure for failure in BY_WEIGHT if failure in found), "other")
    if isinstance(error, EndpointConnectionError | ConnectTimeoutError):
        return "not sent"
    return "unknown"


def raise_answer(failure: Failure, error: ClientError | BotoCoreError) -> None:
    """Raise what is an answer, and no failure of DynamoDB."""
    if failure == "condition" and isinstance(error, ClientError):
        raise ConditionFailed(losers(error)) from None
    if failure == "bad" and isinstance(error, ClientError):
        raise BadOperation("DynamoDB refuses this", why=message_of(error)) from error


def losers(error: ClientError) -> dict[int, Item | None]:
    """The positions that lost, each with what is there now."""
    found = {
        position: winner
        for position, (code, winner) in enumerate(reasons(error))
        if FAILURES.get(code) == "condition"
    }
    return found or {0: item_in(error.response)}


def reasons(error: ClientError) -> list[tuple[str, Item | None]]:
    """Why each operation of a transaction failed, in their order; none for a single write."""
    given: list[Mapping[str, Any]] = error.response.get("CancellationReasons") or []
    return [(reason.get("Code", NO_REASON), item_in(reason)) for reason in given]


def item_in(said: Mapping[str, Any]) -> Item | None:
    """The item that DynamoDB sends along with a condition that failed."""
    return plain_item(said["Item"]) if said.get("Item") else None


def unavailable(
    failure: Failure, error: ClientError | BotoCoreError, attempts: int
) -> StoreUnavailable:
    """What the caller gets; the facts tell throttling, conflicts and time-outs apart."""
    code = code_of(error) if isinstance(error, ClientError) else type(error).__name__
    return StoreUnavailable(
        "the table did not do it", failure=failure, code=code, attempts=attempts
    )


def code_of(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", "unknown"))


def message_of(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Message", ""))
