"""Text messages: counted as AWS counts, sent through the fake, and what they cost."""

import json
from datetime import UTC, datetime

import pytest

from chalicelib.channels.contract import AccountSettings, Raw, Secrets, WebhookRequest
from chalicelib.channels.http import Http
from chalicelib.channels.sms.channel import Sms
from chalicelib.channels.sms.rules import CLOSING, closed, parts
from chalicelib.channels.sms.send import request_of
from chalicelib.errors import BadSignature, ChannelRefused
from infra.fakes.client import Fakes
from tests.channels import sending

OWN = "+31970000001"
SETTINGS = AccountSettings(account=OWN)
NO_SECRETS = Secrets(current={})


@pytest.fixture
def http(fakes_server: Fakes) -> Http:
    fakes_server.clear_failures()
    return Http({"sms": f"{fakes_server.url}/sms"}, timeout_seconds=1.0)


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("é" * 160, 1),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 152, 3),  # the escape and its sign stay together
        ("ê" * 70, 1),
        ("ê" * 71, 2),
        ("🚨" * 35, 1),
        ("🚨" * 36, 2),
        ("🚨" * 66, 2),  # 33 in a part of 67 units: no emoji is cut in two
        ("🚨" * 67, 3),
    ],
)
def test_parts_are_counted_as_they_are_charged(body: str, count: int) -> None:
    assert parts(body) == count


def test_every_message_says_whom_to_call_in_an_emergency() -> None:
    assert closed("Tot vijf uur.") == f"Tot vijf uur.{CLOSING}"
    assert closed("Bel nu 112!") == "Bel nu 112!"


def test_an_answer_goes_out_under_our_number(fakes_server: Fakes, http: Http) -> None:
    before = len(fakes_server.sent())
    sent = Sms().send(sending.outgoing("+31600000061", "Tot vijf uur."), SETTINGS, NO_SECRETS, http)
    (row,) = fakes_server.sent(after=before)
    assert (row["account"], row["to"], row["reply_id"]) == (OWN, "+31600000061", "reply-1")
    assert row["text"] == closed("Tot vijf uur.")
    assert row["external_id"] == sent.external_id


def test_the_longest_text_fits_and_one_more_does_not(http: Http) -> None:
    rules = Sms().rules
    longest = "a" * (rules.longest_text - len(CLOSING))
    assert rules.measure(longest) == rules.longest_text
    assert Sms().send(sending.outgoing("+31600000061", longest), SETTINGS, NO_SECRETS, http)
    one_more = sending.outgoing("+31600000061", longest + "a")
    assert type(sending.failing(Sms(), http, one_more, SETTINGS, NO_SECRETS)) is ChannelRefused


def test_what_the_account_sets_goes_along() -> None:
    own = {"configuration_set": "nabij", "most_dollars": "0.50"}
    request = request_of(
        sending.outgoing("+31600000061", "x"), AccountSettings(account=OWN, settings=own)
    )
    assert (request["ConfigurationSetName"], request["MaxPrice"]) == ("nabij", "0.50")


def test_the_public_door_is_shut() -> None:
    with pytest.raises(BadSignature):
        Sms().verify(WebhookRequest(method="POST", body=b"{}"), NO_SECRETS)
    with pytest.raises(BadSignature):
        Sms().handshake(WebhookRequest(method="GET"), NO_SECRETS)


@pytest.mark.parametrize(
    ("price", "fee", "rate", "expected"),
    [
        (0.0812, 0.0, None, 74704),
        (0.1, 0.02, "0.5", 60000),
        (0.1, None, "geen", 92000),
        (-1, 0, None, None),
    ],
)
def test_what_a_message_cost_is_kept_in_euros(
    price: float, fee: float | None, rate: str | None, expected: int | None
) -> None:
    event = {"eventType": "TEXT_DELIVERED", "messageId": "m", "totalMessagePrice": price}
    event |= {"totalCarrierFee": fee, "totalMessageParts": 2}
    body = json.dumps({"Records": [{"Sns": {"Message": json.dumps(event)}}]}).encode()
    settings = AccountSettings(account=OWN, settings={"euros_per_usd": rate} if rate else {})
    (receipt,) = Sms().parse(Raw(body=body, received_at=datetime.now(UTC)), settings).statuses
    assert (receipt.microeuros, receipt.parts) == (expected, 2)
