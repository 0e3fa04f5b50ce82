"""A page's private messages and comments, the whole way: five turns, windows, echoes, seen."""

import hashlib
import json
import time
from typing import Any

import pytest

from chalicelib.domain.delivery import Delivery
from chalicelib.errors import ChannelNotApproved, TooLong, WindowClosed
from chalicelib.flows.answering.answering_privately import reply_privately
from chalicelib.flows.answering.attaching import attach
from chalicelib.flows.answering.delivering import mark_read
from chalicelib.flows.answering.replying import keep_and_send, reply
from chalicelib.flows.answering.writing_out import Said
from chalicelib.flows.desk.queueing import claim
from chalicelib.flows.desk.viewing import ConversationView, view_conversation, view_queue
from chalicelib.flows.taking_in.receiving import receive_webhook
from chalicelib.store import deliveries, directory, kept_messages, media
from tests.conftest import SANNE, Town, account, signed
from tests.pictures import photo

PAGE, CITIZEN = "330000000000001", "6100000000000007"
NAMES = pytest.mark.parametrize("channel", ["messenger", "instagram"])


def delivered(town: Town, channel: str, **entry: Any) -> None:
    """What Meta delivers about our account, signed."""
    town.services.table.write(directory.kept_account(account(channel, PAGE)))
    about = "instagram" if channel == "instagram" else "page"
    now = int(town.clock.at.timestamp())
    body = {"object": about, "entry": [{"id": PAGE, "time": now, **entry}]}
    request = signed(json.dumps(body).encode(), "meta-secret-test")
    receive_webhook(town.services, channel, PAGE, request)
    town.work()


def element(town: Town, **parts: Any) -> dict[str, Any]:
    now = int(town.clock.at.timestamp() * 1000)
    return {"sender": {"id": CITIZEN}, "recipient": {"id": PAGE}, "timestamp": now, **parts}


def write(town: Town, channel: str, text: str, mid: str) -> None:
    message = element(town, message={"mid": mid, "text": text})
    delivered(town, channel, messaging=[message])


def comment_on_page(town: Town, text: str, id: str) -> None:
    about = {"item": "comment", "verb": "add", "comment_id": id, "post_id": f"{PAGE}_9"}
    written = {"from": {"id": "U7", "name": "Kees"}, "message": text}
    value = {**about, **written, "created_time": int(town.clock.at.timestamp())}
    delivered(town, "facebook", changes=[{"field": "feed", "value": value}])


def shown(town: Town) -> ConversationView:
    (row,) = view_queue(town.services, SANNE).rows
    return view_conversation(town.services, SANNE, row.subject)


def answer(
    town: Town, text: str, reply_id: str, subject: str | None = None
) -> list[dict[str, Any]]:
    """Claim, answer, deliver; what the platform got."""
    before = len(town.fakes.sent())
    subject = subject or shown(town).conversation.subject
    claim(town.services, SANNE, subject)
    seen = view_conversation(town.services, SANNE, subject).newest
    reply(town.services, SANNE, subject, reply_id=reply_id, text=text, seen=seen)
    town.work()
    return town.fakes.sent(after=before)


def delivery(town: Town, reply_id: str) -> Delivery:
    found = deliveries.find(town.services.table, reply_id, town.services.now())
    assert found
    return found


@NAMES
def test_a_conversation_of_five_turns(town: Town, channel: str) -> None:
    for turn in range(5):
        write(town, channel, f"vraag {turn}", f"m_in_{turn}")
        (row,) = answer(town, f"antwoord {turn}", f"{channel}-{turn}")
        assert (row["to"], row["text"], row["kind"]) == (CITIZEN, f"antwoord {turn}", "text")
        town.clock.forward(minutes=3)
    view = view_conversation(town.services, SANNE, delivery(town, f"{channel}-0").subject)
    said = [one.message.text for one in view.messages]
    assert said == [f"{who} {turn}" for turn in range(5) for who in ("vraag", "antwoord")]


@NAMES
def test_after_a_day_an_agents_answer_still_goes_out_marked_as_written_by_hand(
    town: Town, channel: str
) -> None:
    write(town, channel, "Is het bureau open?", "m_in_1")
    town.clock.forward(hours=23)
    assert [row["kind"] for row in answer(town, "Ja", f"{channel}-h1")] == ["text"]
    town.clock.forward(hours=2)
    subject = delivery(town, f"{channel}-h1").subject
    (late,) = answer(town, "Nog iets", f"{channel}-h2", subject)
    assert late["kind"] == "human_agent"


@NAMES
def test_after_a_week_nothing_is_kept_to_send(town: Town, channel: str) -> None:
    write(town, channel, "Is het bureau open?", "m_in_1")
    town.clock.forward(days=7, minutes=1)
    with pytest.raises(WindowClosed):
        answer(town, "Ja", f"{channel}-w")
    assert deliveries.find(town.services.table, f"{channel}-w", town.services.now()) is None


def test_an_echo_settles_an_answer_of_which_nobody_knew(town: Town) -> None:
    write(town, "messenger", "Is het bureau open?", "m_in_1")
    town.fakes.fail(channel="messenger", mode="timeout_after_acceptance")
    (row,) = answer(town, "Ja", "messenger-e")
    assert delivery(town, "messenger-e").state == "uncertain"
    echo = {"mid": row["external_id"], "is_echo": True, "metadata": row["reply_id"], "text": "Ja"}
    from_us = element(town, message=echo) | {"sender": {"id": PAGE}, "recipient": {"id": CITIZEN}}
    delivered(town, "messenger", messaging=[from_us])
    settled = delivery(town, "messenger-e")
    assert (settled.state, settled.external_id) == ("sent", row["external_id"])


def test_seen_is_shown_to_who_wrote_in_private_only(town: Town) -> None:
    write(town, "messenger", "Is het bureau open?", "m_in_1")
    (message,) = shown(town).messages
    before = len(town.fakes.read())
    mark_read(town.services, kept_messages.key_of(message.message))
    shown_to_citizen = [row["external_id"] for row in town.fakes.read()[before:]]
    assert shown_to_citizen == [f"mark_seen:{CITIZEN}", f"typing_on:{CITIZEN}"]


def test_a_comment_is_answered_below_it_and_never_marked_as_seen(town: Town) -> None:
    comment_on_page(town, "Waarom vloog die er?", "9_301")
    view = shown(town)
    assert view.window_until is None
    before = len(town.fakes.read())
    mark_read(town.services, kept_messages.key_of(view.messages[0].message))
    assert town.fakes.read()[before:] == []
    (row,) = answer(town, "Een oefening.", "facebook-1")
    assert (row["kind"], row["in_reply_to"]) == ("comment", "9_301")


def test_a_photo_comes_in_and_another_goes_out(town: Town) -> None:
    body = photo()
    id = town.fakes.file("messenger", body, "image/jpeg")
    url = f"{town.services.http.base_urls['messenger']}/files/{id}"
    sent = {"mid": "m_p", "attachments": [{"type": "image", "payload": {"url": url}}]}
    delivered(town, "messenger", messaging=[element(town, message=sent)])
    subject = shown(town).conversation.subject
    (kept,) = media.of_conversation(town.services.table, subject, town.services.now())
    assert (kept.state, kept.sha256) == ("stored", hashlib.sha256(body).hexdigest())
    claim(town.services, SANNE, subject)
    ours = photo(size=(40, 30))
    upload = attach(town.services, SANNE, subject, "kaart.jpg", ours)
    before, seen = len(town.fakes.sent()), view_conversation(town.services, SANNE, subject).newest
    reply(town.services, SANNE, subject, reply_id="m-p", text="", seen=seen, files=(upload.id,))
    town.work()
    (row,) = town.fakes.sent(after=before)
    assert (row["to"], row["file"]) == (CITIZEN, hashlib.sha256(ours).hexdigest())


def privately(town: Town, text: str, reply_id: str) -> list[dict[str, Any]]:
    """Answer the public comment in private; what the platform got."""
    before, view = len(town.fakes.sent()), shown(town)
    subject = view.conversation.subject
    claim(town.services, SANNE, subject)
    reply_privately(town.services, SANNE, subject, reply_id=reply_id, text=text, seen=view.newest)
    town.work()
    return town.fakes.sent(after=before)


def test_a_comment_is_answered_in_private_when_that_is_asked(town: Town) -> None:
    comment_on_page(town, "Mijn nummer is 0600000000", "9_401")
    (row,) = privately(town, "We bellen u.", "facebook-p1")
    assert (row["kind"], row["in_reply_to"], row["text"]) == (
        "private_reply",
        "9_401",
        "We bellen u.",
    )
    assert privately(town, "We bellen u.", "facebook-p1") == []  # a double click


def test_a_second_private_answer_to_one_comment_is_refused_and_the_agent_reads_why(
    town: Town,
) -> None:
    comment_on_page(town, "Waarom vloog die er?", "9_402")
    privately(town, "Een oefening.", "facebook-p2")
    assert privately(town, "Nog iets.", "facebook-p3") == []
    refused = delivery(town, "facebook-p3")
    assert (refused.state, "al privé" in (refused.reason or "")) == ("refused", True)


def test_a_private_answer_comes_within_a_week_and_has_private_length(town: Town) -> None:
    comment_on_page(town, "Waarom vloog die er?", "9_403")
    with pytest.raises(TooLong):
        privately(town, "a" * 2001, "facebook-p4")
    town.clock.forward(days=7, minutes=1)
    with pytest.raises(WindowClosed):
        privately(town, "Een oefening.", "facebook-p5")


def test_what_is_private_already_has_no_private_answer(town: Town) -> None:
    write(town, "messenger", "Is het bureau open?", "m_in_1")
    with pytest.raises(ChannelNotApproved):
        privately(town, "Ja", "messenger-p")


@NAMES
def test_what_nobody_wrote_by_hand_never_bears_the_tag(town: Town, channel: str) -> None:
    write(town, channel, "Is het bureau open?", "m_in_1")
    conversation = shown(town).conversation
    claim(town.services, SANNE, conversation.subject)
    wrote = time.time() - 2 * 86_400
    town.fakes.post(channel, account=PAGE, author=CITIZEN, text="Is het bureau open?", at=wrote)
    town.clock.forward(days=2)
    claim(town.services, SANNE, conversation.subject)
    to_everyone = Said(f"{channel}-all", ("De brand is geblust.",))
    keep_and_send(town.services, SANNE, conversation, to_everyone)
    town.work()
    refused = delivery(town, f"{channel}-all")
    assert (refused.after_window, refused.state) == (False, "refused")
    assert "venster" in (refused.reason or "")
