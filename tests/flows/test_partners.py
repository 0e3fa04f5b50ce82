"""Other bodies and companies report: signed, taken in like a citizen's message, marked as such."""

import json
from typing import Any

import pytest

from chalicelib.flows.answering.replying import reply
from chalicelib.flows.desk.queueing import claim
from chalicelib.flows.desk.viewing import view_conversation, view_rows
from chalicelib.store import directory
from tests.conftest import SANNE, Town, account, signed
from tests.web.visiting import Seen, Visitor, signed_in

SECRET = "partner-secret-test"
REPORT = {"report_id": "r-1", "message": "Boom op de weg in Enschede", "organisation": "Rijdend BV"}


@pytest.fixture(autouse=True)
def partner(town: Town) -> None:
    town.services.table.write(directory.kept_account(account("partner", "rijdend")))


def sent(body: object, secret: str = SECRET, to: str = "rijdend") -> Seen:
    raw = body if isinstance(body, str) else json.dumps(body)
    headers = dict(signed(raw.encode(), secret).headers)
    return Visitor().send(f"/webhooks/partner/{to}", raw, headers)


def link_in(seen: Seen) -> str:
    address: str = seen.json()["answers"]
    return address.removeprefix("https://nabij.example")


def test_a_report_waits_on_the_queue_under_the_partner_s_name(town: Town) -> None:
    assert sent(REPORT).status == 200
    town.work()
    (row,) = view_rows(town.services, SANNE)
    assert (row.channel, row.author_name) == ("partner", "Rijdend BV")
    assert row.about.gemeente == "Enschede"
    text = signed_in(town.services, SANNE).get("/wachtrij").text
    assert "Rijdend BV Partner" in text


def test_the_same_report_is_taken_once_and_another_is_a_conversation_of_its_own(
    town: Town,
) -> None:
    for report in (REPORT, REPORT, REPORT | {"report_id": "r-2"}):
        assert sent(report).status == 200
        town.work()
    assert len(view_rows(town.services, SANNE)) == 2


def test_our_answer_is_read_by_the_link(town: Town) -> None:
    link = link_in(sent(REPORT))
    town.work()
    (row,) = view_rows(town.services, SANNE)
    claim(town.services, SANNE, row.subject)
    newest = view_conversation(town.services, SANNE, row.subject).newest
    reply(town.services, SANNE, row.subject, reply_id="a", text="We komen.", seen=newest)
    town.work()
    assert "We komen." in Visitor().get(link).text
    assert Visitor().get("/formulier/antwoord/zomaar").status == 404


@pytest.mark.parametrize(
    ("body", "secret", "to", "status"),
    [
        (REPORT, "another secret", "rijdend", 403),
        (REPORT, SECRET, "onbekend", 404),
        ({"report_id": "r-1"}, SECRET, "rijdend", 422),
        ("geen json", SECRET, "rijdend", 422),
    ],
)
def test_what_is_not_taken(town: Town, body: Any, secret: str, to: str, status: int) -> None:
    assert sent(body, secret, to).status == status
    town.work()
    assert not view_rows(town.services, SANNE)


def test_a_partner_that_is_not_approved_is_refused(town: Town) -> None:
    ended = account("partner", "rijdend", until="2026-01-01T00:00:00.000Z")
    town.services.table.write(directory.kept_account(ended))
    assert sent(REPORT).status == 403
