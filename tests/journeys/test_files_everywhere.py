"""Five turns with files in both directions on every channel; where one cannot, its rules say so.

What comes in is asked of what the channel refers to, what goes out of ``Rules.files``.
"""

import hashlib
from typing import Any

import pytest

from chalicelib.channels.limits import Rules
from chalicelib.channels.offers import FetchesMedia
from chalicelib.channels.registry import CHANNELS
from chalicelib.errors import InvalidInput
from chalicelib.flows.answering.attaching import attach
from chalicelib.flows.answering.replying import reply
from chalicelib.flows.desk.opening import open_file
from chalicelib.flows.desk.queueing import claim
from chalicelib.flows.desk.viewing import ConversationView, view_conversation, view_queue
from chalicelib.store import deliveries
from tests.conftest import SANNE, Town
from tests.journeys.citizens import SPOTS, Spot, Talk
from tests.pictures import photo

TURNS = 5
LOOKED_AGAIN = 300
"""Seconds: every channel that we read was looked at by then."""

BRING_NOTHING = {
    ("bluesky", "private"), ("instagram", "public"), ("reddit", "inbox"), ("sms", "private"),
}  # fmt: skip
"""Where citizens' files do not reach us: docs/channels tells for each why."""


WORDS_ONLY = frozenset({"news", "partner", "spoken"})
"""What is only heard, what another body reports, and what is said aloud."""


def test_every_channel_of_the_registry_has_its_spots() -> None:
    assert {spot.channel for spot in SPOTS} | WORDS_ONLY == set(CHANNELS)
    taken = {(one.channel, one.where) for one in SPOTS}
    assert taken >= BRING_NOTHING


def comes_in(spot: Spot) -> bool:
    return (spot.channel, spot.where) not in BRING_NOTHING


def turns(limits: Rules) -> int:
    """Where each message stands by itself nobody can go on."""
    return 1 if limits.one_conversation_per == "message" else TURNS


def picture(number: int) -> bytes:
    return photo(size=(320 + number, 240))


def seen(town: Town, subject: str) -> ConversationView:
    return view_conversation(town.services, SANNE, subject)


def writes(talk: Talk, number: int) -> ConversationView:
    """The citizen writes with a photo; it is there, fetched."""
    talk.theirs.append(talk.spot.writes(talk, f"vraag {number}", picture(number)))
    talk.town.work()
    talk.town.sweep()
    (row,) = view_queue(talk.town.services, SANNE).rows
    return seen(talk.town, row.subject)


def answers(talk: Talk, view: ConversationView, number: int, limits: Rules) -> list[dict[str, Any]]:
    """The agent answers with a picture where the channel takes one; what the platform got."""
    town, subject = talk.town, view.conversation.subject
    claim(town.services, SANNE, subject)
    with_file = limits.files is not None
    files = [attach(town.services, SANNE, subject, "plek.jpg", picture(99)).id] if with_file else []
    words = "" if limits.files and not limits.files.longest_caption else f"antwoord {number}"
    id_, before = f"{talk.spot.channel}-{town.written}-{number}", len(town.fakes.sent())
    reply(town.services, SANNE, subject, reply_id=id_, text=words, seen=view.newest, files=files)
    town.work()
    delivery = deliveries.find(town.services.table, id_, town.services.now())
    assert delivery
    assert delivery.state == "sent", delivery.reason
    talk.ours.append(str(delivery.external_id))
    return town.fakes.sent(after=before)


@pytest.mark.parametrize("spot", SPOTS, ids=lambda spot: f"{spot.channel}-{spot.where}")
def test_five_turns_with_files_both_ways(town: Town, spot: Spot) -> None:
    talk, took = spot.open(town), []
    for number in range(TURNS):
        view = writes(talk, number)
        thread = view.conversation.thread
        limits = CHANNELS[spot.channel].rules.within(thread)
        took += answers(talk, view, number, limits)
        town.clock.forward(seconds=LOOKED_AGAIN)
        if number + 1 == turns(limits):
            break
    must_have_come(town, spot, view, turns(limits))
    goes_out = None if limits.files is None else hashlib.sha256(picture(99)).hexdigest()
    on_our_page = spot.channel in ("chat", "form")
    expected = [] if on_our_page else [goes_out] * TURNS
    assert [row["file"] for row in took] == expected


def must_have_come(town: Town, spot: Spot, view: ConversationView, count: int) -> None:
    """All of it in one conversation, in order, each photo as it was sent."""
    shown = seen(town, view.conversation.subject).messages
    assert [one.message.direction for one in shown] == ["in", "out"] * count
    said = [one for one in shown if one.message.direction == "in"]
    assert [one.message.text for one in said] == [f"vraag {number}" for number in range(count)]
    theirs = [file for one in said for file in one.media]
    bodies = [open_file(town.services, SANNE, one.subject, one.id).body for one in theirs]
    expected = [picture(number) for number in range(count)] if comes_in(spot) else []
    assert bodies == expected
    if comes_in(spot):
        channel = CHANNELS[spot.channel]
        assert isinstance(channel, FetchesMedia) or channel.rules.uploads


@pytest.mark.parametrize("spot", SPOTS, ids=lambda spot: f"{spot.channel}-{spot.where}")
def test_a_channel_that_carries_no_file_says_so_before_one_is_kept(town: Town, spot: Spot) -> None:
    talk = spot.open(town)
    view = writes(talk, 0)
    limits = CHANNELS[spot.channel].rules.within(view.conversation.thread)
    subject = view.conversation.subject
    if limits.files is None:
        with pytest.raises(InvalidInput):
            attach(town.services, SANNE, subject, "plek.jpg", picture(1))
    else:
        assert attach(town.services, SANNE, subject, "plek.jpg", picture(1)).state == "stored"
