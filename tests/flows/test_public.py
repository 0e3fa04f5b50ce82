"""Answering in public and in private: under the right post, to who wrote to us, in its measure."""

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest

from chalicelib.channels.contract import WebhookRequest
from chalicelib.domain.queue_item import QueueRow
from chalicelib.errors import BadSignature, ChannelNotApproved, TooLong
from chalicelib.flows.answering.replying import reply
from chalicelib.flows.desk.queueing import claim
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.flows.taking_in.receiving import answer_handshake, receive_webhook
from chalicelib.store import directory
from tests.conftest import SANNE, TELEGRAM, Town, X, account
from tests.flows.test_polling import mention, open_account
from tests.listening.searches import listening_for

TELEGRAM_HEADERS = {"x-telegram-bot-api-secret-token": "tg-secret-test"}


def answer(town: Town, text: str, row: QueueRow | None = None) -> list[dict[str, Any]]:
    """Claim the item, answer, deliver; what the platform got."""
    before = len(town.fakes.sent())
    (row,) = [row] if row else view_queue(town.services, SANNE).rows
    claim(town.services, SANNE, row.subject)
    seen = view_conversation(town.services, SANNE, row.subject).newest
    reply(town.services, SANNE, row.subject, reply_id=f"p-{before}", text=text, seen=seen)
    town.work()
    return town.fakes.sent(after=before)


def by_text(town: Town, text: str) -> QueueRow:
    (row,) = [row for row in view_queue(town.services, SANNE).rows if row.text == text]
    return row


def on_x(town: Town, event: dict[str, Any]) -> None:
    """One event of X's Activity API, signed."""
    body = json.dumps({"data": event}).encode()
    digest = hmac.new(b"x-consumer-secret-test", body, hashlib.sha256).digest()
    headers = {"x-twitter-webhooks-signature": f"sha256={base64.b64encode(digest).decode()}"}
    receive_webhook(
        town.services, "x", X, WebhookRequest(method="POST", headers=headers, body=body)
    )
    town.work()


def on_telegram(town: Town, number: int, text: str, chat: int = 7700) -> None:
    """One update, with our secret token."""
    town.services.table.write(directory.kept_account(account("telegram", TELEGRAM)))
    kind = "private" if chat > 0 else "supergroup"
    message = {
        "message_id": number,
        "date": int(town.clock.at.timestamp()),
        "chat": {"id": chat, "type": kind},
        "from": {"id": 7700, "is_bot": False, "first_name": "Fenna"},
        "text": text,
    }
    body = json.dumps({"update_id": number, "message": message}).encode()
    request = WebhookRequest(method="POST", headers=TELEGRAM_HEADERS, body=body)
    receive_webhook(town.services, "telegram", TELEGRAM, request)
    town.work()


def test_a_public_answer_goes_under_the_newest_post(town: Town) -> None:
    open_account(town)
    first = mention(town, "is de markt morgen?")
    town.clock.forward(seconds=30)
    newest = mention(town, "of pas zaterdag?", thread=first, reply_to="2000")
    town.sweep()
    (row,) = view_queue(town.services, SANNE).rows
    sent = answer(town, "Zaterdag, van 9 tot 13 uur.", row)
    assert [(one["channel"], one["in_reply_to"], one["to"]) for one in sent] == [
        ("x", newest, "660001")
    ]


def test_the_measure_of_x_counts_not_ours(town: Town) -> None:
    open_account(town)
    mention(town, "waar staat dat?")
    town.sweep()
    with pytest.raises(TooLong) as refused:
        answer(town, "你" * 140 * 8 + "你")
    assert refused.value.facts["length"] == 280 * 8 + 2
    assert answer(town, "Zie https://politie.example/" + "a" * 300)


def test_who_was_only_heard_cannot_be_answered_until_they_write_to_us(town: Town) -> None:
    open_account(town)
    listening_for(town, "brand")
    at = town.clock.at.timestamp()
    text = "help brand, er zit nog iemand binnen!"
    hit = town.fakes.post("x", account="", author="660003", text=text, where="search", at=at)
    town.sweep()
    with pytest.raises(ChannelNotApproved):
        answer(town, "Bel 112.")
    town.clock.forward(seconds=61)
    mention(town, "@PolVoorbeeld kom snel", author="660003", thread=hit)
    town.sweep()
    assert answer(town, "We komen. Blijf op afstand.")


def test_a_private_message_is_answered_in_private_and_may_be_long(town: Town) -> None:
    open_account(town)
    element = {
        "type": "message_create",
        "id": "8001",
        "created_timestamp": str(int(town.clock.at.timestamp() * 1000)),
        "message_create": {"sender_id": "660001", "message_data": {"text": "mijn fiets is weg"}},
    }
    payload = {"direct_message_events": [element]}
    on_x(town, {"event_type": "dm.received", "filter": {"user_id": X}, "payload": payload})
    sent = answer(town, "Wat vervelend. " * 50)
    assert [(one["kind"], one["to"]) for one in sent] == [("private", "660001")]


def test_public_and_private_words_of_one_person_never_mix(town: Town) -> None:
    open_account(town)
    mention(town, "hallo?")
    town.sweep()
    payload = {"id": "ab-1", "sender_id": "660001", "created_at_msec": "1"}
    on_x(town, {"event_type": "chat.received", "filter": {"user_id": X}, "payload": payload})
    rows = view_queue(town.services, SANNE).rows
    assert sorted(row.text for row in rows) == [
        "Versleuteld bericht: alleen op het platform te lezen",
        "hallo?",
    ]


def test_telegram_in_private(town: Town) -> None:
    on_telegram(town, 21, "is het bureau open?")
    sent = answer(town, "Tot 17 uur.")
    assert [(one["channel"], one["to"], one["in_reply_to"]) for one in sent] == [
        ("telegram", "7700", None)
    ]


def test_telegram_in_a_group_is_a_conversation_of_its_own(town: Town) -> None:
    on_telegram(town, 21, "iets persoonlijks")
    on_telegram(town, 22, "iets voor de groep", chat=-100700)
    sent = answer(town, "Dank je.", by_text(town, "iets voor de groep"))
    assert [(one["to"], one["in_reply_to"]) for one in sent] == [("-100700", "-100700:22")]
    sent = answer(town, "Vertel.", by_text(town, "iets persoonlijks"))
    assert [(one["to"], one["in_reply_to"]) for one in sent] == [("7700", None)]


def test_an_update_of_telegram_without_our_token_is_refused(town: Town) -> None:
    town.services.table.write(directory.kept_account(account("telegram", TELEGRAM)))
    with pytest.raises(BadSignature):
        receive_webhook(
            town.services, "telegram", TELEGRAM, WebhookRequest(method="POST", body=b"{}")
        )


def test_whatsapp_quotes_nothing(town: Town) -> None:
    town.whatsapp("is het bureau open?", author="31600000041")
    town.work()
    assert [one["in_reply_to"] for one in answer(town, "Ja.")] == [None]


def test_xs_check_is_answered_with_its_own_token(town: Town) -> None:
    open_account(town)
    request = WebhookRequest(method="GET", query={"crc_token": "abc_DEF-123"})
    # Written out: the value of the platform's own example secret and token.
    expected = {"response_token": "sha256=r0vGLdpHTOVVbAvu+FDBH3mtbEudt8W4YT5LfqjK8M0="}
    assert answer_handshake(town.services, "x", X, request) == expected
