"""The packaged functions themselves: a citizen writes, an agent answers, the citizen gets it."""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from botocore.config import Config

from chalicelib.store import directory, sessions
from chalicelib.store.directory import Team
from infra.fakes.client import Fakes
from tests.conftest import (
    APP_SECRET,
    SANNE,
    TOMASZ,
    WHATSAPP,
    account,
    signed,
    whatsapp_body,
)
from tests.deployed.stack import Stack

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

TOKENS = {"sanne": "token-of-sanne-for-tests", "tomasz": "token-of-tomasz-for-tests"}
FOREVER = "2099-01-01T00:00:00.000Z"
X = "555000111"
NUMBER = "+31970000001"
PATIENCE = 30.0
"""Seconds; a first call of a function starts it, which takes a second here."""


@pytest.fixture(scope="module")
def town(stack: Stack) -> Stack:
    """A team, colleagues with tokens, an approved account with its secret."""
    table = stack.table()
    table.write(directory.kept_team(Team(id="oost", name="Webcare Oost")))
    for colleague in (SANNE, TOMASZ):
        table.write(directory.kept_agent(colleague))
        table.write(sessions.api_token(TOKENS[colleague.id], colleague))
    table.write(directory.kept_account(account("whatsapp", WHATSAPP, until=FOREVER)))
    values = {"app_secret": APP_SECRET, "verify_token": "wa-verify", "access_token": "t"}
    stack.client("secretsmanager").create_secret(
        Name=f"nabij/whatsapp/{WHATSAPP}", SecretString=json.dumps(values)
    )
    mentions = replace(account("x", X, until=FOREVER), settings={"euros_per_month": "25"})
    table.write(directory.kept_account(mentions))
    stack.client("secretsmanager").create_secret(
        Name=f"nabij/x/{X}", SecretString=json.dumps({"access_token": "sleutel"})
    )
    return stack


def deliver(town: Stack, text: str, secret: str = APP_SECRET) -> int:
    """WhatsApp delivers a message, signed."""
    message = {
        "id": f"wamid.{time.monotonic_ns()}",
        "from_user_id": "NL.1001",
        "timestamp": str(int(time.time())),
        "type": "text",
        "text": {"body": text},
    }
    request = signed(whatsapp_body([message]), secret)
    path = f"/webhooks/whatsapp/{WHATSAPP}"
    status, _ = town.request("POST", path, dict(request.headers), request.body)
    return status


def call(
    town: Stack, method: str, path: str, body: Any = None, who: str = "sanne"
) -> tuple[int, Any]:
    headers = {"authorization": f"Bearer {TOKENS[who]}", "content-type": "application/json"}
    sent = None if body is None else json.dumps(body).encode()
    return town.request(method, f"/api/v1{path}", headers, sent)


def soon(look: Callable[[], Any]) -> Any:
    """What is seen as soon as there is something."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("it did not come")


def test_a_message_is_queued_claimed_answered_and_delivered(
    town: Stack, fakes_server: Fakes
) -> None:
    sent_before = len(fakes_server.sent())
    assert deliver(town, "Is het bureau vandaag open?") == 200
    (row,) = soon(lambda: call(town, "GET", "/queue")[1]["items"])
    assert row["text"] == "Is het bureau vandaag open?"
    subject = row["subject"]

    status, claimed = call(town, "POST", f"/queue/{subject}/claim")
    assert (status, claimed["claimed_by"]) == (200, "sanne")
    seen = call(town, "GET", f"/conversations/{subject}")[1]["newest"]
    body = {"reply_id": "deployed-1", "text": "Ja, tot 17 uur.", "seen": seen}
    assert call(town, "POST", f"/conversations/{subject}/replies", body)[0] in (200, 202)

    (sent,) = soon(lambda: fakes_server.sent()[sent_before:])
    assert (sent["to"], sent["text"]) == ("NL.1001", "Ja, tot 17 uur.")
    soon(lambda: states(town, subject) == [None, "sent"])


def states(town: Stack, subject: str) -> list[str | None]:
    messages = call(town, "GET", f"/conversations/{subject}")[1]["messages"]
    return [message.get("state") for message in messages]


def test_the_operator_sees_the_lanes_and_their_dead_letters(town: Stack) -> None:
    status, shown = call(town, "GET", "/operations", who="tomasz")
    assert (status, shown["dead"]) == (200, [])


def test_a_mention_on_x_is_read_queued_answered_and_delivered(
    town: Stack, fakes_server: Fakes
) -> None:
    text = "@PolVoorbeeld er staat al een uur een hond in een warme auto"
    fakes_server.post("x", account=X, author="660001", text=text)
    the_minute_passes(town)
    row = soon(lambda: [one for one in queued(town) if one["channel"] == "x"])[0]
    assert row["text"] == text
    subject = row["subject"]
    assert call(town, "POST", f"/queue/{subject}/claim")[0] == 200
    seen = call(town, "GET", f"/conversations/{subject}")[1]["newest"]
    body = {"reply_id": "deployed-2", "text": "We gaan kijken.", "seen": seen}
    assert call(town, "POST", f"/conversations/{subject}/replies", body)[0] in (200, 202)
    soon(lambda: "We gaan kijken." in [one["text"] for one in fakes_server.sent()])


def test_a_text_message_comes_in_by_notice_and_is_answered_signed(
    town: Stack, fakes_server: Fakes
) -> None:
    town.table().write(directory.kept_account(account("sms", NUMBER, until=FOREVER)))
    told = {"originationNumber": "+31600000061", "destinationNumber": NUMBER}
    told |= {"messageBody": "Is er nog iemand?", "inboundMessageId": "in-1"}
    topics = town.client("sns").list_topics()["Topics"]
    (topic,) = [one["TopicArn"] for one in topics if "NoticesTopic" in one["TopicArn"]]
    town.client("sns").publish(TopicArn=topic, Message=json.dumps(told))
    row = soon(lambda: [one for one in queued(town) if one["channel"] == "sms"])[0]
    subject = row["subject"]
    assert call(town, "POST", f"/queue/{subject}/claim")[0] == 200
    seen = call(town, "GET", f"/conversations/{subject}")[1]["newest"]
    body = {"reply_id": "deployed-3", "text": "Ja hoor.", "seen": seen}
    assert call(town, "POST", f"/conversations/{subject}/replies", body)[0] in (200, 202)
    soon(lambda: [one for one in fakes_server.sent() if one["text"].startswith("Ja hoor.")])


def queued(town: Stack) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = call(town, "GET", "/queue")[1]["items"]
    return items


def test_the_minute_sweeps(town: Stack) -> None:
    the_minute_passes(town)


def the_minute_passes(town: Stack) -> None:
    """The clock's function, with what EventBridge gives it; the first time it starts cold."""
    patient = Config(read_timeout=PATIENCE)
    functions = town.session.client("lambda", endpoint_url=town.url, config=patient)
    names = [one["FunctionName"] for one in functions.list_functions()["Functions"]]
    (sweeper,) = [name for name in names if "OnMinute" in name]
    minute = {"source": "aws.events", "detail-type": "Scheduled Event", "detail": {}}
    event = minute | {"version": "0", "id": "1", "account": "0", "region": "eu-west-1"}
    event |= {"time": "2026-11-22T00:00:00Z", "resources": []}
    answer = functions.invoke(FunctionName=sweeper, Payload=json.dumps(event).encode())
    assert "FunctionError" not in answer, answer["Payload"].read()


def test_a_forged_delivery_is_refused(town: Stack) -> None:
    assert deliver(town, "vals", secret="another") == 403


def test_a_line_of_the_log_says_which_request_it_belongs_to(town: Stack) -> None:
    deliver(town, "vals", secret="another")
    logs = town.client("logs")

    def refusals() -> list[dict[str, Any]]:
        found = logs.filter_log_events(
            logGroupName="/nabij/APIHandler", filterPattern='"delivery refused"'
        )
        texts = [event["message"] for event in found["events"]]
        return [json.loads(text) for text in texts if text.startswith("{")]

    line = soon(refusals)[-1]
    assert line["correlation_id"]
    assert "vals" not in json.dumps(line)
