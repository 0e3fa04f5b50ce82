"""Mail and text messages come in by notices of AWS, are answered, and receipts find the answers."""

import json
from dataclasses import replace
from typing import Any

import pytest
import urllib3

from chalicelib.domain.delivery import Delivery
from chalicelib.errors import BadPayload
from chalicelib.flows.answering.replying import reply
from chalicelib.flows.desk.queueing import claim
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.flows.running.accounting import balance
from chalicelib.flows.taking_in.intake import take_in
from chalicelib.flows.taking_in.noticing import receive_notice
from chalicelib.store import deliveries, directory
from chalicelib.web.views import conversation_json
from chalicelib.workers.notices import on_notices
from infra.fakes import email, sms
from infra.fakes.notices import as_notice
from infra.fakes.posts import Post
from infra.fakes.state import State
from tests.conftest import MARIJKE, SANNE, Town, account

MAILBOX, NUMBER = "webcare@voorbeeld.example", "+31970000001"
ILSE, PHONE = "ilse@inwoner.example", "+31600000061"


@pytest.fixture
def town(town: Town) -> Town:
    for channel, name in (("email", MAILBOX), ("sms", NUMBER)):
        town.services.table.write(directory.kept_account(account(channel, name)))
    return town


def post(town: Town, channel: str, text: str, **more: Any) -> Post:
    town.written += 1
    town.clock.forward(seconds=1)
    own, author = (MAILBOX, ILSE) if channel == "email" else (NUMBER, PHONE)
    at, id_ = town.clock.at.timestamp(), more.pop("id", f"{channel}-{town.written}")
    return Post(channel=channel, account=own, author=author, text=text, id=id_, at=at, **more)


def mails(town: Town, text: str, **more: Any) -> None:
    """A citizen mails: SES puts it into the bucket and tells the topic."""
    state = State()
    notice = email.arrival(post(town, "email", text, **more), state)
    for address, body in state.objects.items():
        place = address.removeprefix("s3:/")
        urllib3.request("PUT", f"{town.fakes.url}/objects{place}", body=body)
    deliver(town, notice)


def texts(town: Town, text: str, **more: Any) -> None:
    """A citizen sends a text message."""
    deliver(town, sms.arrival(post(town, "sms", text, **more), State()))


def deliver(town: Town, notice: bytes) -> None:
    """The queue hands it over, as SQS does."""
    answer = on_notices({"Records": [{"messageId": "1", "body": notice.decode()}]})
    assert answer == {"batchItemFailures": []}
    town.work()


def answer(town: Town, reply_id: str, text: str) -> dict[str, Any]:
    """An agent answers what waits; what the platform got."""
    town.clock.forward(seconds=1)
    before = len(town.fakes.sent())
    row = view_queue(town.services, SANNE).rows[0]
    claim(town.services, SANNE, row.subject)
    seen = view_conversation(town.services, SANNE, row.subject).newest
    reply(town.services, SANNE, row.subject, reply_id=reply_id, text=text, seen=seen)
    town.work()
    (sent,) = town.fakes.sent(after=before)
    return sent


def delivery(town: Town, reply_id: str) -> Delivery:
    found = deliveries.find(town.services.table, reply_id, town.services.now())
    assert found
    return found


def test_five_turns_by_mail_stay_one_conversation(town: Town) -> None:
    mails(town, "De lantaarn is stuk", where="Lantaarn Dam")
    for turn in range(4):
        sent = answer(town, f"m-{turn}", f"Antwoord {turn}")
        assert sent["to"] == ILSE
        thread = f"email-{1}@mail.example"
        mails(town, f"Vraag {turn}", reply_to=sent["external_id"], thread=thread)
    (row,) = view_queue(town.services, SANNE).rows
    view = view_conversation(town.services, SANNE, row.subject)
    assert [one.message.direction for one in view.messages] == ["in", "out"] * 4 + ["in"]
    assert view.messages[0].message.title == "Lantaarn Dam"
    assert view.messages[0].message.proven is True


def test_an_answer_stands_in_the_thread_of_the_citizens_mail(town: Town) -> None:
    mails(town, "De lantaarn is stuk")
    sent = answer(town, "m-1", "Wij komen.")
    assert (sent["account"], sent["in_reply_to"]) == (MAILBOX, "email-1@mail.example")


def test_another_thread_of_the_same_citizen_is_another_conversation(town: Town) -> None:
    mails(town, "De lantaarn is stuk")
    mails(town, "Mijn fiets is gestolen")
    assert len(view_queue(town.services, SANNE).rows) == 2


def test_an_emergency_that_stands_in_the_subject_only_is_seen(town: Town) -> None:
    mails(town, "zie boven", where="SPOED er wordt nu ingebroken, ze zijn nog binnen")
    (row,) = view_queue(town.services, SANNE).rows
    assert row.emergency


def test_a_notice_twice_is_one_message(town: Town) -> None:
    for _ in range(2):
        mails(town, "De lantaarn is stuk", id="same")
    (row,) = view_queue(town.services, SANNE).rows
    assert len(view_conversation(town.services, SANNE, row.subject).messages) == 1
    assert balance(town.services, MARIJKE).total.duplicates == 1


def test_a_mail_that_is_not_in_the_bucket_is_unreadable_not_lost(town: Town) -> None:
    deliver(town, email.arrival(post(town, "email", "x", id="weg"), State()))
    assert balance(town.services, MARIJKE).total.unreadable == 1


def test_a_bucket_that_is_away_leaves_the_notice_owed(town: Town) -> None:
    away = replace(town.services.http, base_urls={"objects": "http://127.0.0.1:9"})
    services = replace(town.services, http=away)
    kept = receive_notice(services, email.arrival(post(town, "email", "x"), State()))
    assert kept
    with pytest.raises(Exception, match="geen verbinding"):
        take_in(services, kept.key)
    assert balance(town.services, MARIJKE).owed == 1


def test_a_bounce_tells_the_agent(town: Town) -> None:
    mails(town, "De lantaarn is stuk")
    sent = answer(town, "m-1", "Wij komen.")
    bounce = {"bounceType": "Permanent", "timestamp": "2026-11-21T20:00:05.000Z"}
    mail = {"source": MAILBOX, "messageId": sent["external_id"]}
    deliver(
        town, as_notice(json.dumps({"notificationType": "Bounce", "mail": mail, "bounce": bounce}))
    )
    assert delivery(town, "m-1").state == "refused"
    assert "bestaat niet" in (delivery(town, "m-1").reason or "")


def test_five_turns_by_text_message(town: Town) -> None:
    texts(town, "De lantaarn is stuk")
    for turn in range(4):
        sent = answer(town, f"s-{turn}", f"Antwoord {turn}")
        assert (sent["to"], sent["text"]) == (PHONE, f"Antwoord {turn}\nSpoed? Bel 112.")
        texts(town, f"Vraag {turn}", reply_to=sent["external_id"])
    (row,) = view_queue(town.services, SANNE).rows
    view = view_conversation(town.services, SANNE, row.subject)
    assert len(view.messages) == 9


def test_a_receipt_of_a_text_message_tells_what_it_cost(town: Town) -> None:
    texts(town, "De lantaarn is stuk")
    sent = answer(town, "s-1", "Wij komen 🚨")
    event = {"eventType": "TEXT_DELIVERED", "messageId": sent["external_id"], "context": {}}
    event |= {"originationPhoneNumber": NUMBER, "totalMessageParts": 1, "totalMessagePrice": 0.08}
    deliver(town, as_notice(json.dumps(event)))
    found = delivery(town, "s-1")
    assert found.receipt == "delivered"
    assert found.cost
    assert (found.cost.microeuros, found.cost.parts) == (73600, 1)


def test_who_said_stop_is_not_written_to(town: Town) -> None:
    texts(town, "STOP")
    body = {"__type": "ConflictException", "Reason": "DESTINATION_PHONE_NUMBER_OPTED_OUT"}
    town.fakes.fail(channel="sms", status=400, body=body)
    row = view_queue(town.services, SANNE).rows[0]
    claim(town.services, SANNE, row.subject)
    seen = view_conversation(town.services, SANNE, row.subject).newest
    reply(town.services, SANNE, row.subject, reply_id="s-1", text="Tot ziens", seen=seen)
    town.work()
    assert "STOP" in (delivery(town, "s-1").reason or "")


def test_a_notice_for_nobody_of_ours_is_counted_and_dropped(town: Town) -> None:
    other = replace(post(town, "sms", "x"), account="+31970000099")
    assert receive_notice(town.services, sms.arrival(other, State())) is None
    assert receive_notice(town.services, as_notice('{"AlarmName": "x"}')) is None
    assert balance(town.services, MARIJKE).total.received == 0


def test_an_account_that_is_not_approved_takes_nothing_in(town: Town) -> None:
    ended = account("sms", NUMBER, until="2026-01-01T00:00:00.000Z")
    town.services.table.write(directory.kept_account(ended))
    assert receive_notice(town.services, sms.arrival(post(town, "sms", "x"), State())) is None


def test_what_is_no_notice_at_all_is_set_aside(town: Town) -> None:
    with pytest.raises(BadPayload):
        receive_notice(town.services, b"[1]")
    deliver(town, b"geen json")


def test_the_agent_sees_the_subject_and_whether_the_sender_is_proven(town: Town) -> None:
    mails(town, "Zie boven", where="Lantaarn Dam")
    (row,) = view_queue(town.services, SANNE).rows
    view = view_conversation(town.services, SANNE, row.subject)
    shown = conversation_json(view, town.services.now())["messages"][0]
    assert (shown["title"], shown["proven"], shown["text"]) == ("Lantaarn Dam", True, "Zie boven")
