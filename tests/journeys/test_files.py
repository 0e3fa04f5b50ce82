"""Five turns with files in both directions, as a citizen and an agent live them."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.channels.contract import WebhookRequest
from chalicelib.errors import InvalidInput, TooLong
from chalicelib.flows.answering.attaching import attach
from chalicelib.flows.answering.replying import reply
from chalicelib.flows.desk.opening import open_file
from chalicelib.flows.desk.queueing import claim
from chalicelib.flows.desk.viewing import ConversationView, view_conversation, view_queue
from chalicelib.flows.taking_in.receiving import receive_webhook
from chalicelib.store import directory
from tests.conftest import SANNE, TELEGRAM, YOUSSEF, Town, account
from tests.pictures import EICAR, PDF, VOICE, photo

Sends = Callable[[str, bytes, str, str], None]
"""A citizen sends a file: its kind, bytes, MIME type and the words below it."""


def on_whatsapp(town: Town) -> Sends:
    def sends(kind: str, body: bytes, mime: str, words: str) -> None:
        file = {"id": town.fakes.file("whatsapp", body, mime), "mime_type": mime, "caption": words}
        town.written += 1
        message = {"id": f"wamid.{town.written}", "type": kind, kind: file}
        town.deliver_whatsapp({**message, "from_user_id": "NL.1001"})

    return sends


def on_telegram(town: Town) -> Sends:
    town.services.table.write(directory.kept_account(account("telegram", TELEGRAM)))
    fields = {"image": "photo", "audio": "voice", "document": "document"}

    def sends(kind: str, body: bytes, mime: str, words: str) -> None:
        id_ = town.fakes.file("telegram", body, mime)
        file: Any = {"file_id": id_, "mime_type": mime, "file_size": len(body)}
        town.written += 1
        message = {
            "message_id": town.written,
            "date": int(town.clock.at.timestamp()),
            "chat": {"id": 4400, "type": "private"},
            "from": {"id": 4400, "is_bot": False, "first_name": "Eva"},
            "caption": words,
            fields[kind]: [file] if kind == "image" else file,
        }
        deliver(town, {"update_id": 5000 + town.written, "message": message})

    return sends


def deliver(town: Town, update: dict[str, Any]) -> None:
    headers = {"x-telegram-bot-api-secret-token": "tg-secret-test"}
    request = WebhookRequest(method="POST", headers=headers, body=json.dumps(update).encode())
    receive_webhook(town.services, "telegram", TELEGRAM, request)


@pytest.fixture(params=[on_whatsapp, on_telegram])
def sends(request: pytest.FixtureRequest, town: Town) -> Sends:
    found: Sends = request.param(town)
    return found


@pytest.fixture
def sent(town: Town) -> Callable[[], list[dict[str, Any]]]:
    """What reached the citizen in this test."""
    before = len(town.fakes.sent())
    return lambda: town.fakes.sent()[before:]


def seen(town: Town) -> ConversationView:
    subject = view_queue(town.services, SANNE).rows[0].subject
    return view_conversation(town.services, SANNE, subject)


def answers(town: Town, number: int, text: str, name: str = "", body: bytes = b"") -> None:
    """The agent answers what there is now, with a file when it has a name."""
    view = seen(town)
    subject = view.conversation.subject
    files = [attach(town.services, SANNE, subject, name, body).id] if name else []
    reply(
        town.services, SANNE, subject, reply_id=f"r-{town.written}-{number}", text=text,
        seen=view.newest, files=files,
    )  # fmt: skip
    town.work()
    town.clock.forward(seconds=10)


def test_five_turns_with_files_in_both_directions(
    town: Town, sends: Sends, sent: Callable[[], list[dict[str, Any]]]
) -> None:
    received, flyer, answer_photo = photo(told=True), PDF, photo(size=(640, 480))
    sends("image", received, "image/jpeg", "dit ligt bij de sloot")
    town.work()
    claim(town.services, SANNE, seen(town).conversation.subject)
    answers(town, 1, "Dank u. Hoe lang ligt het er?")
    sends("audio", VOICE, "audio/ogg", "")
    town.work()
    answers(town, 2, "Wat u kunt doen staat hierin.", "folder.pdf", flyer)
    sends("document", PDF, "application/pdf", "de brief van de gemeente")
    town.work()
    answers(town, 3, "", "plek.jpg", answer_photo)
    assert [(one["text"], one["file"]) for one in sent()] == [
        ("Dank u. Hoe lang ligt het er?", None),
        ("Wat u kunt doen staat hierin.", hashlib.sha256(flyer).hexdigest()),
        ("", hashlib.sha256(answer_photo).hexdigest()),
    ]
    shown = seen(town).messages
    assert [one.message.direction for one in shown] == ["in", "out", "in", "out", "in", "out"]
    assert [[file.mime for file in one.media] for one in shown] == [
        ["image/jpeg"], [], ["audio/ogg"], ["application/pdf"], ["application/pdf"], ["image/jpeg"],
    ]  # fmt: skip
    kept = shown[0].media[0]
    assert open_file(town.services, SANNE, kept.subject, kept.id).body == received


def test_a_throttled_answer_with_a_file_waits_and_arrives_once(
    town: Town, sends: Sends, sent: Callable[[], list[dict[str, Any]]]
) -> None:
    sends("image", photo(), "image/jpeg", "kijk")
    town.work()
    claim(town.services, SANNE, seen(town).conversation.subject)
    town.fakes.fail(channel=seen(town).conversation.channel, mode="throttle", retry_after=30)
    answers(town, 1, "Hierbij", "folder.pdf", PDF)
    assert sent() == []
    town.clock.forward(seconds=31)
    town.sweep()
    assert [(one["text"], one["kind"]) for one in sent()] == [("Hierbij", "document")]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("virus.exe", b"MZ\x90\x00"),
        ("pagina.html", b"<html></html>"),
        ("foto.jpg", b"<svg onload='x()'></svg>"),
        ("geluid.ogg", VOICE),
        ("leeg.pdf", b""),
        ("groot.pdf", PDF + bytes(4_000_000)),
        ("test.com", EICAR),
    ],
)
def test_what_the_channel_would_refuse_is_never_kept(
    town: Town, sends: Sends, name: str, body: bytes
) -> None:
    sends("image", photo(), "image/jpeg", "kijk")
    town.work()
    with pytest.raises(InvalidInput) as refused:
        attach(town.services, SANNE, seen(town).conversation.subject, name, body)
    assert set(refused.value.fields["file"]) == {"nl", "en"}


def test_the_text_beside_a_file_is_held_to_its_own_length(town: Town, sends: Sends) -> None:
    sends("image", photo(), "image/jpeg", "kijk")
    town.work()
    claim(town.services, SANNE, seen(town).conversation.subject)
    with pytest.raises(TooLong):
        answers(town, 1, "a" * 1025, "folder.pdf", PDF)
    answers(town, 2, "a" * 1024, "folder.pdf", PDF)


def test_nobody_sends_anothers_upload_nor_one_twice(town: Town, sends: Sends) -> None:
    sends("image", photo(), "image/jpeg", "kijk")
    town.work()
    view = seen(town)
    subject = view.conversation.subject
    claim(town.services, SANNE, subject)
    theirs = attach(town.services, YOUSSEF, subject, "a.pdf", PDF).id
    mine = attach(town.services, SANNE, subject, "b.pdf", PDF).id
    for number, files in enumerate(([theirs], ["onbekend"], [mine, theirs])):
        with pytest.raises(InvalidInput):
            reply(
                town.services, SANNE, subject, reply_id=f"x-{town.written}-{number}", text="hoi",
                seen=view.newest, files=files,
            )  # fmt: skip
    answers(town, 5, "hoi")


def test_an_upload_that_is_never_sent_is_destroyed_the_next_day(town: Town, sends: Sends) -> None:
    sends("image", photo(), "image/jpeg", "kijk")
    town.work()
    subject = seen(town).conversation.subject
    upload = attach(town.services, SANNE, subject, "b.pdf", PDF)
    town.clock.forward(hours=25)
    town.sweep()
    with pytest.raises(Exception, match="no such object"):
        town.services.bucket.get(upload.place)
