"""AWS on this machine: the emulator ministack, in this very process, behind boto3 itself.

boto3 builds, signs and reads each request as always; only the last step, the socket, is replaced
by a call of the emulator's ASGI application. No port, no child process, nothing leaves.
"""

import asyncio
import json
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import uuid4

import boto3
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from ministack import app
from ministack.services import sqs
from urllib3 import HTTPHeaderDict

from chalicelib.aws.clients import client
from chalicelib.jobs.jobs import LANES, MAX_ATTEMPTS, VISIBILITY, Lane
from chalicelib.jobs.sqs import Queue
from chalicelib.store.dynamo import DynamoTable
from chalicelib.store.dynamo_schema import described_table

NOWHERE = "http://127.0.0.1:1"
"""An address that nobody listens on: a request that escapes the emulator fails."""

REGION = "eu-west-1"


@dataclass(slots=True)
class Passing:
    """The emulator's clock, which a test may put forward."""

    ahead: float = 0.0

    def time(self) -> float:
        return time.time() + self.ahead

    def __getattr__(self, name: str) -> Any:
        return getattr(time, name)


@dataclass(slots=True)
class Emulator:
    """The emulator with a session of boto3 that leads to it."""

    call: Callable[..., Any]
    clock: Passing
    session: boto3.Session = field(init=False)
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    def __post_init__(self) -> None:
        threading.Thread(target=self.loop.run_forever, daemon=True, name="emulator").start()
        self.session = boto3.Session("test", "test", region_name=REGION)
        self.session.events.register("before-send", self.answer)

    def client(self, service: str) -> Any:
        """As ``wiring`` makes it, but leading here."""
        return client(service, self.session, tries=1, endpoint_url=NOWHERE)

    def answer(self, request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        """What boto3 gets back instead of what a socket would give."""
        future: Future[Any] = asyncio.run_coroutine_threadsafe(self.served(request), self.loop)
        status, headers, body = future.result(30)
        return AWSResponse(request.url, status, headers, Body(body))

    async def served(self, request: AWSPreparedRequest) -> tuple[int, HTTPHeaderDict, bytes]:
        """One request through the application."""
        answered: list[dict[str, Any]] = []
        asked = [{"type": "http.request", "body": body_of(request), "more_body": False}]

        async def receive() -> Mapping[str, Any]:
            return asked.pop() if asked else {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            answered.append(message)

        await self.call(scope_of(request), receive, send)
        begin = answered[0]
        headers = HTTPHeaderDict([(k.decode(), v.decode()) for k, v in begin["headers"]])
        return begin["status"], headers, b"".join(m.get("body", b"") for m in answered[1:])

    def table(self) -> DynamoTable:
        """A new, empty table."""
        return self.table_with_client()[0]

    def table_with_client(self) -> tuple[DynamoTable, Any]:
        """A new, empty table, and the client that it speaks through."""
        name = f"table-{uuid4().hex}"
        dynamo = self.client("dynamodb")
        dynamo.create_table(TableName=name, **described_table())
        return DynamoTable(dynamo, name), dynamo

    def queues(self) -> dict[Lane, Queue]:
        """New, empty queues with their dead letters."""
        lanes, stack = self.client("sqs"), uuid4().hex
        return {lane: made_queue(lanes, f"{stack}-{lane}") for lane in LANES}

    def bucket(self) -> str:
        """The name of a new, empty bucket."""
        name = f"bucket-{uuid4().hex}"
        place = {"LocationConstraint": REGION}
        self.client("s3").create_bucket(Bucket=name, CreateBucketConfiguration=place)
        return name


def made_queue(client: Any, name: str) -> Queue:
    """A lane's queue as the deployed template makes it."""
    dead = client.create_queue(QueueName=f"{name}-dead")["QueueUrl"]
    asked = client.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])
    policy = {
        "deadLetterTargetArn": asked["Attributes"]["QueueArn"],
        "maxReceiveCount": MAX_ATTEMPTS,
    }
    visibility = str(int(VISIBILITY.total_seconds()))
    made = client.create_queue(
        QueueName=name,
        Attributes={"VisibilityTimeout": visibility, "RedrivePolicy": json.dumps(policy)},
    )
    return Queue(url=made["QueueUrl"], dead_url=dead)


def body_of(request: AWSPreparedRequest) -> bytes:
    """The bytes, whether text, bytes or a file."""
    body = request.body
    if body is None or isinstance(body, bytes):
        return body or b""
    found: bytes = body.encode() if isinstance(body, str) else body.read()
    return found


def scope_of(request: AWSPreparedRequest) -> dict[str, Any]:
    """The request as ASGI has it."""
    parts = urlsplit(request.url)
    headers = [(k.lower().encode(), as_bytes(v)) for k, v in request.headers.items()]
    headers.append((b"host", parts.netloc.encode()))
    return {
        "type": "http",
        "method": request.method,
        "path": unquote(parts.path),
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "headers": headers,
        "scheme": "http",
        "client": ("127.0.0.1", 1),
    }


def as_bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode()


@dataclass(slots=True)
class Body:
    """The raw body as botocore reads it."""

    content: bytes

    def stream(self, **_: Any) -> Any:
        yield self.content

    def read(self, *_: Any) -> bytes:
        content, self.content = self.content, b""
        return content


@cache
def emulator() -> Emulator:
    """The one emulator of this process, started when first asked for."""
    clock = Passing()
    sqs.time = clock
    return Emulator(app.app, clock)
