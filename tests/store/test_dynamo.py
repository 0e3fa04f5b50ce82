"""When DynamoDB does not do what was asked: botocore's Stubber plays its part."""

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError, ReadTimeoutError
from botocore.stub import ANY, Stubber

from chalicelib.errors import StoreUnavailable
from chalicelib.store.dynamo import DynamoTable
from chalicelib.store.dynamo_failures import Patience
from chalicelib.store.table import BadOperation, Check, ConditionFailed, Is, Key, Present, Put
from tests.emulator import emulator

HERE = Key("CONV#1", "QUEUE")
ITEM = {"pk": "CONV#1", "sk": "QUEUE", "team": "haven"}
TYPED = {"pk": {"S": "CONV#1"}, "sk": {"S": "QUEUE"}, "claimed_by": {"S": "youssef"}}
TWO = (Put(ITEM), Check(Key("CONV#2", "META"), only_if=Present("pk")))


class Stage:
    """A table whose DynamoDB says what it is told to, and a sleep that only counts."""

    def __init__(self) -> None:
        client = emulator().session.client("dynamodb")
        client.meta.events.register_first("before-parameter-build.*.*", self.fail)
        self.broken: list[Exception] = []
        self.slept: list[float] = []
        self.dynamo = Stubber(client)
        self.client = client
        self.table = DynamoTable(client, "nabij", Patience(sleep=self.slept.append))

    def fails(self, what: str, code: str, times: int = 1, **more: Any) -> None:
        for _ in range(times):
            self.dynamo.add_client_error(what, code, modeled_fields=more)

    def cancels(self, *codes: str, times: int = 1) -> None:
        reasons = [{"Code": code} for code in codes]
        self.fails(
            "transact_write_items",
            "TransactionCanceledException",
            times,
            CancellationReasons=reasons,
        )

    def breaks(self, error: Exception) -> None:
        """The connection fails, once, before DynamoDB can say anything."""
        self.broken.append(error)

    def fail(self, **_: Any) -> None:
        if self.broken:
            raise self.broken.pop()


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage()
    with stage.dynamo:
        yield stage
    stage.dynamo.assert_no_pending_responses()


def test_a_write_that_meets_a_transaction_is_tried_again(stage: Stage) -> None:
    stage.fails("put_item", "TransactionConflictException", times=3)
    stage.dynamo.add_response("put_item", {})
    stage.table.write(Put(ITEM))
    assert len(stage.slept) == 3


def test_a_transaction_that_meets_another_is_tried_again_under_the_same_token(stage: Stage) -> None:
    tokens: list[str] = []
    stage.client.meta.events.register(
        "provide-client-params.dynamodb.TransactWriteItems",
        lambda params, **_: tokens.append(params["ClientRequestToken"]),
    )
    stage.cancels("TransactionConflict", "None", times=2)
    stage.dynamo.add_response("transact_write_items", {})
    stage.table.write(*TWO)
    assert len(tokens) == 3
    assert len(set(tokens)) == 1


def test_waits_differ_and_are_bounded() -> None:
    patience = Patience()
    waits = [patience.wait("conflict", attempt) for attempt in range(1, 20) for _ in range(20)]
    assert len(set(waits)) > 300
    assert max(waits) <= patience.longest
    assert max(patience.wait("conflict", 1) for _ in range(50)) <= patience.shortest


def test_throttled_for_too_long_is_told_apart_from_conflicts(stage: Stage) -> None:
    stage.fails("get_item", "ProvisionedThroughputExceededException", times=8)
    with pytest.raises(StoreUnavailable) as failed:
        stage.table.get(HERE)
    assert failed.value.facts == {
        "failure": "throttled", "code": "ProvisionedThroughputExceededException", "attempts": 8,
    }  # fmt: skip
    stage.cancels("None", "TransactionConflict", times=8)
    with pytest.raises(StoreUnavailable) as failed:
        stage.table.write(*TWO)
    assert failed.value.facts["failure"] == "conflict"


def test_one_throttled_part_throttles_the_transaction(stage: Stage) -> None:
    stage.cancels("TransactionConflict", "ThrottlingError", times=8)
    with pytest.raises(StoreUnavailable) as failed:
        stage.table.write(*TWO)
    assert failed.value.facts["failure"] == "throttled"


def test_the_loser_of_a_single_write_learns_who_won(stage: Stage) -> None:
    stage.fails("put_item", "ConditionalCheckFailedException", Item=TYPED)
    with pytest.raises(ConditionFailed) as failed:
        stage.table.write(Put(ITEM, only_if=Is("claimed_by", "sanne")))
    assert failed.value.item == {"pk": "CONV#1", "sk": "QUEUE", "claimed_by": "youssef"}
    assert stage.slept == []


def test_a_lost_condition_counts_more_than_a_conflict_beside_it(stage: Stage) -> None:
    stage.cancels("TransactionConflict", "ConditionalCheckFailed")
    with pytest.raises(ConditionFailed) as failed:
        stage.table.write(*TWO)
    assert failed.value.failed == {1: None}


def test_what_dynamodb_refuses_is_a_bug_of_ours_and_not_tried_again(stage: Stage) -> None:
    stage.cancels("ValidationError", "None")
    with pytest.raises(BadOperation):
        stage.table.write(*TWO)
    stage.fails("put_item", "ValidationException")
    with pytest.raises(BadOperation):
        stage.table.write(Put(ITEM))


@pytest.mark.parametrize("code", ["AccessDeniedException", "ResourceNotFoundException"])
def test_what_will_not_pass_is_not_tried_again(stage: Stage, code: str) -> None:
    stage.fails("get_item", code)
    with pytest.raises(StoreUnavailable) as failed:
        stage.table.get(HERE)
    assert failed.value.facts["code"] == code
    assert stage.slept == []


# --- when the answer never comes ---------------------------------------------------------------

SILENCE = ReadTimeoutError(endpoint_url="https://dynamodb.eu-west-1.amazonaws.com")
NO_CONNECTION = EndpointConnectionError(endpoint_url="https://dynamodb.eu-west-1.amazonaws.com")


def test_a_read_without_an_answer_is_asked_again(stage: Stage) -> None:
    stage.breaks(SILENCE)
    stage.dynamo.add_response("get_item", {})
    assert stage.table.get(HERE) is None


def test_a_transaction_without_an_answer_is_asked_again_under_its_token(stage: Stage) -> None:
    stage.breaks(SILENCE)
    stage.dynamo.add_response("transact_write_items", {}, None)
    stage.table.write(*TWO)
    assert len(stage.slept) == 1


def test_a_single_write_without_an_answer_may_have_arrived_and_is_left(stage: Stage) -> None:
    stage.breaks(SILENCE)
    with pytest.raises(StoreUnavailable) as failed:
        stage.table.write(Put(ITEM, only_if=Present("pk")))
    assert failed.value.facts == {"failure": "unknown", "code": "ReadTimeoutError", "attempts": 1}


def test_a_write_that_never_left_is_sent_again(stage: Stage) -> None:
    stage.breaks(NO_CONNECTION)
    stage.dynamo.add_response("put_item", {}, {"TableName": "nabij", "Item": ANY})
    stage.table.write(Put(ITEM))


def test_strong_reads_are_asked_for_as_such(stage: Stage) -> None:
    key = {"pk": {"S": "CONV#1"}, "sk": {"S": "QUEUE"}}
    for strong in (True, False):
        asked = {"TableName": "nabij", "Key": key, "ConsistentRead": strong}
        stage.dynamo.add_response("get_item", {}, asked)
        stage.table.get(HERE, strong=strong)
