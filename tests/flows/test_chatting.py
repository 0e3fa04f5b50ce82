"""The web chat: a visitor comes in, writes, is answered and told so; nobody reads another's."""

import json
from typing import Any

import pytest

from chalicelib.channels.contract import WebhookRequest
from chalicelib.errors import BadSignature, ChannelNotApproved, InvalidInput, NotFound
from chalicelib.flows.answering.replying import reply
from chalicelib.flows.colleagues.sockets import connect
from chalicelib.flows.desk.queueing import claim
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.flows.taking_in.chatting import Welcome, give_ticket, read, say, welcome
from chalicelib.store import deliveries, directory
from tests.conftest import SANNE, Town, account


@pytest.fixture
def town(town: Town) -> Town:
    town.services.table.write(directory.kept_account(account("chat", "nabij")))
    return town


def shown(visitor: str, body: object = None) -> WebhookRequest:
    """A request of a visitor's page."""
    return WebhookRequest(
        method="POST", headers={"x-visitor": visitor}, body=json.dumps(body or {}).encode()
    )


def says(town: Town, who: Welcome, text: str, id_: str) -> None:
    fields: dict[str, Any] = {"type": "message", "message_id": id_, "session_id": who.session}
    fields["text"] = text
    town.clock.forward(seconds=1)
    say(town.services, "nabij", shown(who.visitor, fields), fields)
    town.work()


def has_read(town: Town, who: Welcome, reply_id: str) -> None:
    fields = {"type": "read", "session_id": who.session, "message_id": reply_id}
    say(town.services, "nabij", shown(who.visitor, fields), fields)
    town.work()


def answer(town: Town, reply_id: str, text: str) -> None:
    town.clock.forward(seconds=1)
    (row,) = view_queue(town.services, SANNE).rows
    claim(town.services, SANNE, row.subject)
    seen = view_conversation(town.services, SANNE, row.subject).newest
    reply(town.services, SANNE, row.subject, reply_id=reply_id, text=text, seen=seen)
    town.work()


def test_five_turns(town: Town) -> None:
    who = welcome(town.services, "nabij")
    assert read(town.services, "nabij", shown(who.visitor)) == []
    for turn in range(5):
        says(town, who, f"Vraag {turn}", f"c-{turn}")
        answer(town, f"r-{turn}", f"Antwoord {turn}")
    texts = [one.text for one in read(town.services, "nabij", shown(who.visitor))]
    assert texts == [f"{what} {turn}" for turn in range(5) for what in ("Vraag", "Antwoord")]


def test_a_visitors_socket_tells_of_an_answer_and_nothing_else(town: Town) -> None:
    who = welcome(town.services, "nabij")
    connect(town.services, give_ticket(town.services, "nabij", shown(who.visitor)), "socket-1")
    says(town, who, "Is er iemand?", "c-1")
    assert town.sockets.told == []
    answer(town, "r-1", "Ja hoor")
    (hint,) = [text for connection, text in town.sockets.told if connection == "socket-1"]
    assert json.loads(hint).keys() == {"changed", "cursor"}
    assert "Ja hoor" not in hint


def test_a_socket_that_is_gone_is_forgotten(town: Town) -> None:
    who = welcome(town.services, "nabij")
    connect(town.services, give_ticket(town.services, "nabij", shown(who.visitor)), "socket-1")
    town.sockets.gone.add("socket-1")
    says(town, who, "Hallo?", "c-1")
    answer(town, "r-1", "Ja")
    says(town, who, "En nu?", "c-2")
    answer(town, "r-2", "Nu ook")
    assert len(town.sockets.told) == 1


def test_a_double_click_is_one_message(town: Town) -> None:
    who = welcome(town.services, "nabij")
    for _ in range(2):
        says(town, who, "Hallo", "c-1")
    assert len(read(town.services, "nabij", shown(who.visitor))) == 1


def test_the_agent_sees_that_it_was_read(town: Town) -> None:
    who = welcome(town.services, "nabij")
    says(town, who, "Hallo", "c-1")
    answer(town, "r-1", "Ja")
    has_read(town, who, "r-1")
    found = deliveries.find(town.services.table, "r-1", town.services.now())
    assert found
    assert found.receipt == "read"


def test_nobody_reads_or_marks_anothers_answers(town: Town) -> None:
    who, other = welcome(town.services, "nabij"), welcome(town.services, "nabij")
    says(town, who, "Hallo", "c-1")
    answer(town, "r-1", "Ja")
    assert read(town.services, "nabij", shown(other.visitor)) == []
    with pytest.raises(NotFound):
        has_read(town, other, "r-1")
    with pytest.raises(NotFound):
        has_read(town, who, "r-9")
    stolen = f"{who.session}.{other.visitor.rpartition('.')[2]}"
    for visitor in (stolen, who.session, "", "é.é", f"{who.visitor}0"):
        with pytest.raises(BadSignature):
            read(town.services, "nabij", shown(visitor))
        with pytest.raises(BadSignature):
            give_ticket(town.services, "nabij", shown(visitor))
    with pytest.raises(BadSignature):
        says(town, Welcome(who.session, other.visitor), "Ik ben een ander", "c-2")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"text": 112}, "text"),
        ({"message_id": ""}, "message_id"),
        ({"message_id": "a#b"}, "message_id"),
    ],
)
def test_what_is_wrong_is_said_in_both_languages(
    town: Town, change: dict[str, Any], field: str
) -> None:
    who = welcome(town.services, "nabij")
    fields = {"type": "message", "message_id": "c-1", "session_id": who.session, "text": "x"}
    with pytest.raises(InvalidInput) as caught:
        say(town.services, "nabij", shown(who.visitor, fields | change), fields | change)
    assert set(caught.value.fields) == {field}
    assert set(caught.value.fields[field]) == {"nl", "en"}


def test_an_account_that_is_not_approved_lets_nobody_in(town: Town) -> None:
    ended = account("chat", "nabij", until="2026-01-01T00:00:00.000Z")
    town.services.table.write(directory.kept_account(ended))
    with pytest.raises(ChannelNotApproved):
        welcome(town.services, "nabij")
    with pytest.raises(NotFound):
        welcome(town.services, "elders")
