"""Pages go to a topic, hints to sockets; neither ever stops what called them."""

import json
from typing import Any
from uuid import uuid4

from botocore.stub import Stubber

from chalicelib.aws.hints import GatewayHints
from chalicelib.aws.pager import SnsPager
from chalicelib.domain.queue_item import QueueItem
from tests.emulator import NOWHERE, emulator

ITEM = QueueItem(
    subject="conv-1", team="oost", channel="whatsapp", account="1", text="ze zijn nog binnen",
    urgency="spoed", emergency=True, because="inbraak, nu", lang="nl", pages=2,
    waiting_since="2026-11-21T20:00:00.000Z", due_at="2026-11-21T20:05:00.000Z", priority="0",
    author_name="Bo",
)  # fmt: skip


class Roster:
    """A topic that somebody listens to."""

    def __init__(self) -> None:
        self.sns, self.sqs = emulator().client("sns"), emulator().client("sqs")
        self.topic = self.sns.create_topic(Name=uuid4().hex)["TopicArn"]
        self.queue = self.sqs.create_queue(QueueName=uuid4().hex)["QueueUrl"]
        asked = self.sqs.get_queue_attributes(QueueUrl=self.queue, AttributeNames=["QueueArn"])
        arn = asked["Attributes"]["QueueArn"]
        self.sns.subscribe(TopicArn=self.topic, Protocol="sqs", Endpoint=arn)

    def heard(self) -> list[dict[str, Any]]:
        answer = self.sqs.receive_message(QueueUrl=self.queue, MaxNumberOfMessages=10)
        return [json.loads(message["Body"]) for message in answer.get("Messages", [])]


def test_a_page_leads_to_the_conversation_and_quotes_nobody() -> None:
    roster = Roster()
    SnsPager(roster.sns, roster.topic, "https://nabij.example").page(ITEM)
    (heard,) = roster.heard()
    assert "https://nabij.example/gesprek/conv-1" in heard["Message"]
    assert "Oproep 2" in heard["Message"]
    assert "binnen" not in str(heard)
    assert "Bo" not in heard["Message"].split()


def test_an_alarm_says_what_is_broken() -> None:
    roster = Roster()
    SnsPager(roster.sns, roster.topic, "https://nabij.example").alarm("Geen toegang tot whatsapp")
    assert "Geen toegang tot whatsapp" in roster.heard()[0]["Message"]


def test_a_page_that_cannot_be_sent_stops_nobody() -> None:
    SnsPager(Roster().sns, "arn:aws:sns:eu-west-1:000000000000:none", "https://n").page(ITEM)


def sockets() -> tuple[GatewayHints, Stubber]:
    client = emulator().session.client("apigatewaymanagementapi", endpoint_url=NOWHERE)
    return GatewayHints(client), Stubber(client)


def test_a_hint_goes_to_its_socket() -> None:
    hints, gateway = sockets()
    gateway.add_response("post_to_connection", {}, {"ConnectionId": "c-1", "Data": b"changed"})
    with gateway:
        assert hints.send("c-1", "changed")


def test_a_socket_that_is_gone_is_told_as_gone() -> None:
    hints, gateway = sockets()
    gateway.add_client_error("post_to_connection", "GoneException", http_status_code=410)
    with gateway:
        assert not hints.send("c-1", "changed")


def test_any_other_failure_loses_a_hint_and_keeps_the_socket() -> None:
    hints, gateway = sockets()
    gateway.add_client_error("post_to_connection", "LimitExceededException", http_status_code=429)
    with gateway:
        assert hints.send("c-1", "changed")
