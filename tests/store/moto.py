"""DynamoDB by moto, one thread at a time (it loses updates under threads), nothing patched."""

from functools import cache
from typing import Any
from uuid import uuid4

import boto3
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from moto.core.botocore_stubber import BotocoreStubber, MockRawResponse

from chalicelib.aws.clients import client
from chalicelib.store.dynamo import DynamoTable
from chalicelib.store.dynamo_schema import described_table
from tests.emulator import REGION


def moto_table() -> DynamoTable:
    """A new, empty table."""
    dynamo, name = moto_client(), f"table-{uuid4().hex}"
    dynamo.create_table(TableName=name, **described_table())
    return DynamoTable(dynamo, name)


@cache
def moto_client() -> Any:
    session = boto3.Session("test", "test", region_name=REGION)
    session.events.register("before-send", answer)
    return client("dynamodb", session, tries=1)


def answer(request: AWSPreparedRequest, **_: Any) -> AWSResponse:
    """What moto says; a request that it does not know goes nowhere."""
    said = BotocoreStubber().process_request(request)
    if said is None:
        raise ConnectionError(f"moto does not answer {request.url}")
    status, headers, body = said
    return AWSResponse(request.url, status, headers, MockRawResponse(body))
