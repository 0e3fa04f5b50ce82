"""Lawful by default: everything goes one day, every look is logged, no words in the logs."""

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from chalicelib import wiring
from chalicelib.flows.answering.replying import reply
from chalicelib.flows.colleagues.signing_in import begin_session
from chalicelib.flows.colleagues.sockets import connect, give_ticket
from chalicelib.flows.desk.handing_over import hand_over
from chalicelib.flows.desk.noting import note
from chalicelib.flows.desk.queueing import claim, finish, judge
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.flows.taking_in.forms import submit, view_answers
from chalicelib.store import access_log
from chalicelib.store.sqlite import SqliteTable
from tests.conftest import NOOR, SANNE, NobodySignsIn, Town, furnish

WORDS = "mijn buurman Quirijn slaat zijn hond"
STAYS = ("DIRECTORY", "ALARMS")
"""What is kept until somebody changes it: who works here, and what is broken now."""


def evening(town: Town) -> str:
    """A bit of everything; the subject of the main conversation."""
    services = town.services
    town.whatsapp(WORDS)
    town.deliver_bytes(b"not json")
    form = {"submission_id": "f-1", "message": WORDS, "name": "Rob", "consent": True}
    secret = submit(services, "nabij", form)
    town.work()
    view_answers(services, secret)
    begin_session(services, "sanne")
    connect(services, give_ticket(services, SANNE), "connection-1")
    row = next(row for row in view_queue(services, SANNE).rows if row.channel == "whatsapp")
    claim(services, SANNE, row.subject)
    judge(services, SANNE, row.subject, emergency=True)
    note(services, SANNE, row.subject, f"zegt: {WORDS}")
    seen = view_conversation(services, SANNE, row.subject).newest
    reply(services, SANNE, row.subject, reply_id=f"law-{row.subject}", text=WORDS, seen=seen)
    town.work()
    hand_over(services, SANNE, row.subject, "noord", "over Quirijn")
    finish(services, NOOR, row.subject, seen)
    return row.subject


def test_everything_that_is_written_has_its_end(town: Town, tmp_path: Path) -> None:
    file = tmp_path / "table.sqlite"
    town.services = replace(town.services, table=SqliteTable(file))
    wiring.use(wiring.House(services=town.services, sign_in=NobodySignsIn()))
    furnish(town.services)
    evening(town)
    with sqlite3.connect(file) as connection:
        items = [json.loads(body) for (body,) in connection.execute("SELECT body FROM items")]
    connection.close()
    endless = {item["pk"] for item in items if "expires_at" not in item}
    assert len({item["pk"].partition("#")[0] for item in items}) > 10
    assert {pk for pk in endless if not pk.startswith(STAYS)} == set()


def test_no_word_of_a_citizen_reaches_the_logs(
    town: Town, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    town.fakes.fail(channel="whatsapp", status=503)
    evening(town)
    logged = capsys.readouterr()
    assert caplog.records, "the test sees the logs"
    everything = logged.out + logged.err + caplog.text + str([r.__dict__ for r in caplog.records])
    assert "Quirijn" not in everything
    assert "NL.1001" not in everything


def test_every_act_and_every_look_is_in_the_log_of_use(town: Town) -> None:
    subject = evening(town)
    now = town.services.now()
    lines = list(access_log.lines(town.services.table, now[:10], now))
    mine = {(line.actor, line.action) for line in lines if line.object == subject}
    assert mine >= {
        ("sanne", "claim"),
        ("sanne", "judge"),
        ("sanne", "note"),
        ("sanne", "read_conversation"),
        ("sanne", "reply"),
        ("sanne", "hand_over"),
        ("noor", "finish"),
    }
    assert ("citizen", "read_answers") in {(line.actor, line.action) for line in lines}
    assert ("sanne", "read_queue") in {(line.actor, line.action) for line in lines}
    assert not any(WORDS in repr(line) for line in lines)
