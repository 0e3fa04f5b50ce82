"""The operator's page: what it tells, and the two repairs it offers."""

import pytest

from chalicelib.domain.moments import Moment
from chalicelib.errors import BadSignature
from chalicelib.flows.taking_in.receiving import receive_webhook
from chalicelib.jobs.jobs import MAX_ATTEMPTS
from tests.conftest import MARIJKE, SANNE, TOMASZ, WHATSAPP, Town, signed
from tests.flows.test_polling import mention, open_account
from tests.web.visiting import Visitor, signed_in


@pytest.fixture
def tomasz(town: Town) -> Visitor:
    return signed_in(town.services, TOMASZ)


def dead_letter(town: Town) -> None:
    """A job that fails until it is given up."""
    town.services.jobs.send("deliver", "no such job")
    for _ in range(MAX_ATTEMPTS):
        for job in town.services.jobs.receive("deliver"):
            town.services.jobs.fail(job, "KeyError: geen bezorging")
        town.clock.forward(minutes=20)


def test_a_quiet_house_says_so(tomasz: Visitor) -> None:
    text = tomasz.get("/beheer").text
    assert "Nog te doen 0" in text
    assert "Alles van het laatste etmaal is gelezen." in text
    assert "Niets is opgegeven." in text
    assert "Vandaag is niets geweigerd." in text


def test_the_ledger_counts_what_came_in(town: Town, tomasz: Visitor) -> None:
    for _ in range(2):
        town.whatsapp("Hoi", id_="wamid.1")
    town.work()
    text = tomasz.get("/beheer").text
    assert "Ontvangen 2 Gelezen 2 Berichten 1 Dubbel 1" in text
    assert "WhatsApp 2 2 1 1 0 0" in text


def test_each_source_says_how_fresh_it_is_and_what_it_costs(town: Town, tomasz: Visitor) -> None:
    assert "Wat we zelf ophalen" not in tomasz.get("/beheer").text
    open_account(town)
    mention(town, "hallo?")
    town.sweep()
    assert "X vermeldingen" in tomasz.get("/beheer").text
    assert "in orde € 0,01 € 9,99" in tomasz.get("/beheer").text
    town.fakes.fail(channel="x", mode="expired_token", reads=True)
    town.clock.forward(seconds=61)
    town.sweep()
    assert "geen toegang: X aanvaardt onze sleutel niet" in tomasz.get("/beheer").text


def test_an_unreadable_delivery_can_be_read_again(town: Town, tomasz: Visitor) -> None:
    town.deliver_bytes(b"geen json")
    town.work()
    page = tomasz.get("/beheer")
    assert "Onleesbaar 1" in page.text
    again = tomasz.follow(tomasz.post("/beheer/opnieuw-inlezen", id=page.page.fields["id"]))
    assert "De levering wordt opnieuw ingelezen." in again.text
    assert tomasz.post("/beheer/opnieuw-inlezen", id="x|y").status == 404


def test_work_that_was_given_up_can_be_tried_again(town: Town, tomasz: Visitor) -> None:
    dead_letter(town)
    page = tomasz.get("/beheer")
    assert "Bezorgen: 1 keer opgegeven" in page.text
    assert "KeyError: geen bezorging" in page.text
    (letter,) = town.services.jobs.dead("deliver")
    again = tomasz.follow(tomasz.post("/beheer/opnieuw", lane="deliver", id=letter.id))
    assert "Niets is opgegeven." in again.text
    assert tomasz.post("/beheer/opnieuw", lane="nergens").status == 404


def test_refused_deliveries_are_told_with_their_reason(town: Town, tomasz: Visitor) -> None:
    with pytest.raises(BadSignature):
        receive_webhook(town.services, "whatsapp", WHATSAPP, signed(b"{}", secret="fout"))
    assert "WhatsApp 700100200300 Handtekening klopt niet 1 21:00" in tomasz.get("/beheer").text


def test_approvals_are_shown_by_use_with_end_and_ground(tomasz: Visitor) -> None:
    text = tomasz.get("/beheer").text
    assert "Tot 1 jan 2027 M. Bos: proef Uit Uit" in text


def test_an_ended_approval_is_told(town: Town, tomasz: Visitor) -> None:
    ended: Moment = "2026-11-01T00:00:00.000Z"
    assert ended < town.services.now()
    town.clock.forward(days=60)
    assert "Verlopen op 1 jan" in signed_in(town.services, TOMASZ).get("/beheer").text


def test_a_manager_sees_it_without_the_buttons_and_an_agent_not_at_all(town: Town) -> None:
    town.deliver_bytes(b"geen json")
    town.work()
    seen = signed_in(town.services, MARIJKE).get("/beheer")
    assert "Onleesbaar 1" in seen.text
    assert seen.page.actions == ["/uitloggen"]
    assert signed_in(town.services, SANNE).get("/beheer").status == 403
