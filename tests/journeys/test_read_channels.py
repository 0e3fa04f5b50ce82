"""What we read ourselves on Mastodon, Bluesky and YouTube: a talk of five turns stays one talk."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from chalicelib.flows.answering.replying import reply
from chalicelib.flows.desk.queueing import claim
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.store import conversations, directory
from chalicelib.store.deliveries import find as find_delivery
from tests.conftest import SANNE, Town, account

CITIZEN = "did:plc:wilgaaaaaaaaaaaaaaaaaaaa"


@dataclass(frozen=True)
class Talk:
    """How somebody talks with us.

    ``next`` says, from our last answer and their first post, how their next one refers to it.
    """

    channel: str
    account: str
    author: str
    first: dict[str, Any]
    next: Callable[[str, str], dict[str, Any]]
    every: float


def _under(answer: str, first: str) -> dict[str, Any]:
    return {"reply_to": answer, "thread": f"at://{CITIZEN}/app.bsky.feed.post/{first}"}


TALKS = (
    Talk("mastodon", "90", "72", {}, lambda answer, _: {"reply_to": answer}, 60),
    Talk(
        "mastodon",
        "90",
        "73",
        {"where": "direct"},
        lambda answer, _: {"reply_to": answer, "where": "direct"},
        60,
    ),
    Talk("bluesky", "did:plc:ons", CITIZEN, {}, _under, 60),
    Talk(
        "bluesky",
        "did:plc:ons",
        CITIZEN,
        {"where": "private"},
        lambda *_: {"where": "private"},
        60,
    ),
    Talk("youtube", "UCeigen", "UCwilg", {}, lambda _, first: {"thread": first}, 300),
)


def write(town: Town, talk: Talk, text: str, **more: Any) -> str:
    at = town.clock.at.timestamp()
    post = {"account": talk.account, "author": talk.author, "text": text, "at": at, **more}
    return town.fakes.post(talk.channel, **post)


def answer(town: Town, text: str) -> str:
    """Take what waits, answer it; the platform's id of our answer."""
    (row,) = view_queue(town.services, SANNE).rows
    claim(town.services, SANNE, row.subject)
    seen = view_conversation(town.services, SANNE, row.subject).newest
    id = f"r-{text}"
    reply(town.services, SANNE, row.subject, reply_id=id, text=text, seen=seen)
    town.work()
    delivery = find_delivery(town.services.table, id, town.services.now())
    assert delivery
    assert delivery.state == "sent", delivery.reason
    return str(delivery.external_id)


def open_account(town: Town, talk: Talk) -> None:
    found = account(talk.channel, talk.account)
    found.settings["private"] = "ja"
    town.services.table.write(directory.kept_account(found))


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: f"{talk.channel}-{talk.first}")
def test_five_turns_are_one_conversation(town: Town, talk: Talk) -> None:
    open_account(town, talk)
    said = [f"vraag {number}" for number in range(5)]
    first = write(town, talk, said[0], **talk.first)
    town.sweep()
    ours = [answer(town, "antwoord-0")]
    for number in range(1, 5):
        town.clock.forward(seconds=talk.every)
        write(town, talk, said[number], **talk.next(ours[-1], first))
        town.sweep()
        ours.append(answer(town, f"antwoord-{number}"))
    view = view_conversation(town.services, SANNE, subject_of(town, "r-antwoord-4"))
    texts = [one.message.text for one in view.messages]
    assert [text for text in texts if text.startswith("vraag")] == said
    assert len(texts) == 10
    assert len(set(ours)) == 5


def subject_of(town: Town, reply_id: str) -> str:
    delivery = find_delivery(town.services.table, reply_id, town.services.now())
    assert delivery
    assert conversations.find(town.services.table, delivery.subject, town.services.now())
    return delivery.subject


def test_who_answers_what_we_told_another_is_another(town: Town) -> None:
    talk = TALKS[0]
    open_account(town, talk)
    write(town, talk, "is het bureau open?")
    town.sweep()
    ours = answer(town, "ja")
    town.clock.forward(seconds=60)
    other = Talk("mastodon", "90", "74", {}, talk.next, 60)
    write(town, other, "en bij mij?", reply_to=ours)
    town.sweep()
    subjects = {row.subject for row in view_queue(town.services, SANNE).rows}
    assert len(subjects - {subject_of(town, "r-ja")}) == 1


def test_silence_on_mastodon_settles_itself_and_nothing_goes_out_twice(town: Town) -> None:
    talk = TALKS[0]
    open_account(town, talk)
    write(town, talk, "is het bureau open?")
    town.sweep()
    before = len(town.fakes.sent())
    town.fakes.fail(channel="mastodon", mode="timeout_after_acceptance")
    (row,) = view_queue(town.services, SANNE).rows
    claim(town.services, SANNE, row.subject)
    seen = view_conversation(town.services, SANNE, row.subject).newest
    reply(town.services, SANNE, row.subject, reply_id="r-stil", text="ja", seen=seen)
    town.work()
    town.clock.forward(seconds=60)
    town.sweep()
    delivery = find_delivery(town.services.table, "r-stil", town.services.now())
    assert delivery
    (sent,) = town.fakes.sent(after=before)
    assert (delivery.state, delivery.external_id) == ("sent", sent["external_id"])
