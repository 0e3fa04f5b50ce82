"""How citizens write on every channel, with a photo where the platform has photos.

A ``Spot`` is a channel, in public or in private; to add a channel, add its spots here.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import urllib3

from chalicelib.channels.contract import WebhookRequest
from chalicelib.flows.taking_in.bringing import bring_along
from chalicelib.flows.taking_in.chatting import bring, say, welcome
from chalicelib.flows.taking_in.forms import submit
from chalicelib.flows.taking_in.receiving import receive_webhook
from chalicelib.store import directory
from chalicelib.workers.notices import on_notices
from infra.fakes import email, sms
from infra.fakes.files import StoredFile
from infra.fakes.posts import Post
from infra.fakes.state import State
from tests.conftest import REDDIT, TELEGRAM, WHATSAPP, Town, X, account, signed

PAGE, MAILBOX, NUMBER = "330000000000001", "webcare@voorbeeld.example", "+31970000001"
DID = "did:plc:wilgaaaaaaaaaaaaaaaaaaaa"


@dataclass
class Talk:
    """One citizen talking with us: their ids so far, and the platform's ids of our answers."""

    town: Town
    spot: "Spot"
    theirs: list[str] = field(default_factory=list)
    ours: list[str] = field(default_factory=list)
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def seconds(self) -> int:
        return int(self.town.clock.at.timestamp())

    def file(self, body: bytes) -> str:
        """The citizen has this photo on the platform; its id there."""
        return self.town.fakes.file(self.spot.channel, body, "image/jpeg")

    def link(self, body: bytes) -> str:
        """Where the photo is for who knows the address, on Meta's channels."""
        return f"{self.town.fakes.url}/{self.spot.channel}/files/{self.file(body)}"


Writes = Callable[[Talk, str, bytes], str]
"""Somebody writes these words with this photo; the platform's id of it."""


@dataclass(frozen=True)
class Spot:
    """Where somebody writes, as which of our accounts it comes in, and how they do it."""

    channel: str
    account: str
    writes: Writes
    where: str = "private"
    settings: dict[str, str] = field(default_factory=dict)

    def open(self, town: Town) -> Talk:
        """A new talk, on an account that may answer."""
        found = account(self.channel, self.account)
        found.settings.update(self.settings)
        town.services.table.write(directory.kept_account(found))
        return Talk(town, self)


def on_whatsapp(talk: Talk, words: str, body: bytes) -> str:
    id_, file = f"wamid.{len(talk.theirs)}", {"id": talk.file(body), "mime_type": "image/jpeg"}
    image = {"id": id_, "type": "image", "image": {**file, "caption": words}}
    talk.town.deliver_whatsapp({**image, "from_user_id": "NL.1001"})
    return id_


def on_telegram(talk: Talk, words: str, body: bytes) -> str:
    chat = {"id": -4400, "type": "group"} if talk.spot.where == "public" else {"id": 4400}
    message = {
        "message_id": len(talk.theirs) + 1,
        "date": talk.seconds,
        "chat": {"type": "private", **chat},
        "from": {"id": 4400, "is_bot": False, "first_name": "Eva"},
        "caption": words,
        "photo": [{"file_id": talk.file(body), "file_size": len(body)}],
    }
    update = {"update_id": 5000 + len(talk.theirs), "message": message}
    headers = {"x-telegram-bot-api-secret-token": "tg-secret-test"}
    request = WebhookRequest(method="POST", headers=headers, body=json.dumps(update).encode())
    receive_webhook(talk.town.services, "telegram", TELEGRAM, request)
    return str(message["message_id"])


def on_meta(talk: Talk, **entry: Any) -> None:
    """What Meta delivers about our account, signed."""
    about = "instagram" if talk.spot.channel == "instagram" else "page"
    body = {"object": about, "entry": [{"id": PAGE, "time": talk.seconds, **entry}]}
    request = signed(json.dumps(body).encode(), "meta-secret-test")
    receive_webhook(talk.town.services, talk.spot.channel, PAGE, request)


def to_a_page(talk: Talk, words: str, body: bytes) -> str:
    mid = f"m_{len(talk.theirs)}"
    shown = [{"type": "image", "payload": {"url": talk.link(body)}}]
    people = {"sender": {"id": "6100000000000007"}, "recipient": {"id": PAGE}}
    message = {"mid": mid, "text": words, "attachments": shown}
    on_meta(talk, messaging=[{**people, "timestamp": talk.seconds * 1000, "message": message}])
    return mid


def below_a_post(talk: Talk, words: str, body: bytes) -> str:
    id_ = f"9_{301 + len(talk.theirs)}"
    about = {"item": "comment", "verb": "add", "comment_id": id_, "post_id": f"{PAGE}_9"}
    written = {"from": {"id": "U7", "name": "Kees"}, "message": words, "photo": talk.link(body)}
    value = {**about, **written, "created_time": talk.seconds}
    on_meta(talk, changes=[{"field": "feed", "value": value}])
    return id_


def below_a_photo(talk: Talk, words: str, body: bytes) -> str:
    del body  # Instagram's comments hold no photos
    id_ = str(1801 + len(talk.theirs))
    value = {"id": id_, "from": {"id": "77", "username": "els"}, "text": words}
    on_meta(talk, changes=[{"field": "comments", "value": {**value, "media": {"id": "1700"}}}])
    return id_


def posted(talk: Talk, words: str, body: bytes, author: str, **more: Any) -> str:
    """On a platform that we read: it is there when we look."""
    where = {} if talk.spot.where == "public" else {"where": talk.spot.where}
    post = {"account": talk.spot.account, "author": author, "text": words, "at": talk.seconds}
    file = {"files": [talk.file(body)]} if body else {}
    return talk.town.fakes.post(talk.spot.channel, **post, **where, **file, **more)


def on_x(talk: Talk, words: str, body: bytes) -> str:
    if talk.spot.where == "private":
        return posted(talk, words, body, "660001")
    more = {"thread": talk.theirs[0], "reply_to": talk.ours[-1]} if talk.theirs else {}
    return posted(talk, words, body, "660001", **more)


def on_reddit(talk: Talk, words: str, body: bytes) -> str:
    del body  # neither comments nor messages bring us files
    more = {"thread": "t3_q1"} if talk.spot.where == "inbox" else {"where": "inbox"}
    return posted(talk, words, b"", "t2_s1", name="stoeptegel", **more)


def on_mastodon(talk: Talk, words: str, body: bytes) -> str:
    more = {"reply_to": talk.ours[-1]} if talk.ours else {}
    return posted(talk, words, body, "72", **more)


def on_bluesky(talk: Talk, words: str, body: bytes) -> str:
    if talk.spot.where == "private":
        return posted(talk, words, b"", DID)
    root = f"at://{DID}/app.bsky.feed.post/{talk.theirs[0]}" if talk.theirs else ""
    more = {"reply_to": talk.ours[-1], "thread": root} if talk.theirs else {}
    return posted(talk, words, body, DID, **more)


def on_youtube(talk: Talk, words: str, body: bytes) -> str:
    more = {"thread": talk.theirs[0]} if talk.theirs else {}
    return posted(talk, words, body, "UCwilg", **more)


def by_mail(talk: Talk, words: str, body: bytes) -> str:
    state, town = State(), talk.town
    file = state.files.put(StoredFile(channel="email", mime="image/jpeg", body=body, name="a.jpg"))
    id_ = f"email-{len(talk.theirs) + 1}"
    first = "email-1@mail.example"
    more: dict[str, Any] = {"reply_to": talk.ours[-1], "thread": first} if talk.ours else {}
    post = Post(
        channel="email", account=MAILBOX, author="ilse@inwoner.example", text=words, id=id_,
        at=talk.seconds, files=[file], **more,
    )  # fmt: skip
    notice = email.arrival(post, state)
    for address, mail in state.objects.items():
        place = address.removeprefix("s3:/")
        urllib3.request("PUT", f"{town.fakes.url}/objects{place}", body=mail)
    told(notice)
    return id_


def by_text_message(talk: Talk, words: str, body: bytes) -> str:
    del body  # a Dutch number of AWS takes text only
    id_ = f"sms-{len(talk.theirs)}"
    post = Post(channel="sms", account=NUMBER, author="+31600000061", text=words, id=id_)
    post.at = talk.seconds
    told(sms.arrival(post, State()))
    return id_


def told(notice: bytes) -> None:
    answer = on_notices({"Records": [{"messageId": "1", "body": notice.decode()}]})
    assert answer == {"batchItemFailures": []}


def by_form(talk: Talk, words: str, body: bytes) -> str:
    id_, services = f"f-{len(talk.theirs)}", talk.town.services
    files = [{"key": bring_along(services, "form", "nabij", "plek.jpg", body)}]
    filled = {"submission_id": id_, "message": words, "consent": True, "attachments": files}
    submit(services, "nabij", filled)
    return id_


def in_the_chat(talk: Talk, words: str, body: bytes) -> str:
    who = talk.kept.setdefault("who", welcome(talk.town.services, "nabij"))
    id_, headers = f"c-{len(talk.theirs)}", {"x-visitor": who.visitor}
    brings = WebhookRequest(method="POST", headers=headers, body=body)
    files = [{"key": bring(talk.town.services, "nabij", brings, "plek.jpg")}]
    said = {"type": "message", "message_id": id_, "session_id": who.session, "text": words}
    said |= {"attachments": files}
    request = WebhookRequest(method="POST", headers=headers, body=json.dumps(said).encode())
    say(talk.town.services, "nabij", request, said)
    return id_


MONEY = {"euros_per_month": "10", "read_private": "ja"}

SPOTS = (
    Spot("bluesky", "did:plc:ons", on_bluesky, "public", {"private": "ja"}),
    Spot("bluesky", "did:plc:ons", on_bluesky, "private", {"private": "ja"}),
    Spot("chat", "nabij", in_the_chat),
    Spot("email", MAILBOX, by_mail),
    Spot("facebook", PAGE, below_a_post, "public"),
    Spot("facebook", PAGE, to_a_page),
    Spot("form", "nabij", by_form),
    Spot("instagram", PAGE, below_a_photo, "public"),
    Spot("instagram", PAGE, to_a_page),
    Spot("mastodon", "90", on_mastodon, "public"),
    Spot("mastodon", "90", on_mastodon, "direct"),
    Spot("messenger", PAGE, to_a_page),
    Spot("reddit", REDDIT, on_reddit, "inbox"),
    Spot("sms", NUMBER, by_text_message),
    Spot("telegram", TELEGRAM, on_telegram),
    Spot("telegram", TELEGRAM, on_telegram, "public"),
    Spot("whatsapp", WHATSAPP, on_whatsapp),
    Spot("x", X, on_x, "public", MONEY),
    Spot("x", X, on_x, "private", MONEY),
    Spot("youtube", "UCeigen", on_youtube, "public"),
)
