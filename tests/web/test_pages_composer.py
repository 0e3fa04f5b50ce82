"""The composer: drafts that stay, second thoughts, what should not go out, public or private."""

from uuid import uuid4

import pytest

from chalicelib.domain.canned import CannedReply
from chalicelib.flows.desk.queueing import claim
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.store import canned
from tests.conftest import MARIJKE, SANNE, YOUSSEF, Town
from tests.flows.test_page import comment_on_page
from tests.web.visiting import Seen, Visitor, signed_in

BSN = "Uw BSN is 111222333."


@pytest.fixture
def sanne(town: Town) -> Visitor:
    return signed_in(town.services, SANNE)


@pytest.fixture
def address(town: Town) -> str:
    """A question that Sanne took."""
    town.whatsapp("Is het bureau open?")
    return taken(town)


def taken(town: Town) -> str:
    town.work()
    subject = view_queue(town.services, SANNE).rows[0].subject
    claim(town.services, SANNE, subject)
    return f"/gesprek/{subject}"


def fields(seen: Seen) -> dict[str, str]:
    return {name: seen.page.fields[name] for name in ("reply_id", "seen")}


def write(visitor: Visitor, address: str, text: str, **more: str) -> Seen:
    return visitor.post(f"{address}/antwoord", **fields(visitor.get(address)), text=text, **more)


def keep(visitor: Visitor, address: str, text: str, **more: str) -> Seen:
    return visitor.post(f"{address}/concept", **fields(visitor.get(address)), text=text, **more)


def sent_texts(town: Town, before: int) -> list[str]:
    return [one["text"] for one in town.fakes.sent()[before:]]


# --- drafts ------------------------------------------------------------------------------------


def test_a_draft_is_there_again_on_any_computer_after_signing_in_again(
    town: Town, sanne: Visitor, address: str
) -> None:
    keep(sanne, address, "Ja, tot vijf", note="Belt vaker")
    town.clock.forward(hours=13)
    assert sanne.get(address).status == 303  # the session ended
    elsewhere = signed_in(town.services, SANNE).get(address)
    assert "Ja, tot vijf" in elsewhere.text
    assert elsewhere.page.fields["note"] == "Belt vaker"
    assert "Concept bewaard" in elsewhere.text


def test_what_is_said_of_a_draft_comes_with_the_page(
    town: Town, sanne: Visitor, address: str
) -> None:
    """What came a moment later would push aside what one reads."""
    assert "Nog 4096 tekens" in sanne.get(address).text
    keep(sanne, address, BSN)
    again = sanne.get(address)
    assert f"Nog {4096 - len(BSN)} tekens" in again.text
    assert "Burgerservicenummer" in again.text


def test_a_draft_is_its_writers_alone(town: Town, sanne: Visitor, address: str) -> None:
    keep(sanne, address, "Wat een zeurpiet")
    for other in (YOUSSEF, MARIJKE):
        assert "zeurpiet" not in signed_in(town.services, other).get(address).html


def test_the_queue_and_other_conversations_remember_it(
    town: Town, sanne: Visitor, address: str
) -> None:
    keep(sanne, address, "Ja, tot")
    town.whatsapp("Help", author="NL.2")
    town.work()
    (other,) = {row.subject for row in view_queue(town.services, SANNE).rows} - {address[9:]}
    assert f"{address}#text" in sanne.get(f"/gesprek/{other}").page.links
    assert f"{address}#text" in sanne.get("/wachtrij").page.links


def test_an_empty_draft_is_none(town: Town, sanne: Visitor, address: str) -> None:
    keep(sanne, address, "Ja")
    keep(sanne, address, "  ")
    assert f"{address}#text" not in sanne.get("/wachtrij").page.links


def test_what_was_sent_is_no_draft_any_more_even_after_a_crash(
    town: Town, sanne: Visitor, address: str
) -> None:
    page = fields(sanne.get(address))
    sanne.post(f"{address}/antwoord", **page, text="Ja, tot vijf")
    assert sanne.get(address).page.fields["text"] == ""
    sanne.post(f"{address}/concept", **page, text="Ja, tot vijf")  # a save that came too late
    assert sanne.get(address).page.fields["text"] == ""


def test_a_lost_claim_shows_the_draft(town: Town, sanne: Visitor, address: str) -> None:
    keep(sanne, address, "Ja, tot vijf")
    town.clock.forward(minutes=16)
    town.sweep()
    claim(town.services, YOUSSEF, address[9:])
    shown = signed_in(town.services, SANNE).get(address)
    assert "Ja, tot vijf" in shown.page.fields.values()


def test_who_gave_it_back_takes_it_again_before_sending_the_draft(
    town: Town, sanne: Visitor, address: str
) -> None:
    keep(sanne, address, "Ja, tot vijf")
    sanne.post(f"{address}/teruggeven")
    given = sanne.get(address)
    assert "Wat je schreef staat dan klaar." in given.text
    assert "Ja, tot vijf" in given.text
    assert "reply_id" not in given.page.fields
    again = sanne.follow(sanne.post(f"{address}/oppakken"))
    assert again.page.fields["text"] == "Ja, tot vijf"


def test_a_saved_note_leaves_the_answer(town: Town, sanne: Visitor, address: str) -> None:
    keep(sanne, address, "Ja", note="Belt vaker")
    sanne.post(f"{address}/notitie", text="Belt vaker")
    seen = sanne.get(address)
    assert (seen.page.fields["text"], seen.page.fields["note"]) == ("Ja", "")


# --- second thoughts ---------------------------------------------------------------------------


def test_an_answer_is_taken_back_into_the_draft(town: Town, sanne: Visitor, address: str) -> None:
    before = len(town.fakes.sent())
    first = fields(sanne.get(address))
    sent = sanne.follow(write(sanne, address, "Nee"))
    assert "Haal terug" in sent.text
    back = sanne.follow(sanne.post(f"{address}/terughalen", antwoord=sent_id(town, address)))
    assert "De inwoner heeft niets ontvangen" in back.text
    assert back.page.fields["text"] == "Nee"
    assert back.page.fields["reply_id"] != first["reply_id"]
    assert write(sanne, address, "Ja").status == 303
    town.clock.forward(seconds=6)
    town.work()
    assert sent_texts(town, before) == ["Ja"]


def sent_id(town: Town, address: str) -> str:
    view = view_conversation(town.services, SANNE, address[9:])
    return view.messages[-1].message.external_id


def test_who_finished_as_well_can_take_back_from_the_queue(
    town: Town, sanne: Visitor, address: str
) -> None:
    queue = sanne.follow(write(sanne, address, "Nee", daarna="rond_af"))
    assert f"{address}/terughalen" in queue.page.actions
    town.clock.forward(seconds=6)
    town.work()
    late = sanne.post(f"{address}/terughalen", antwoord=sent_id(town, address))
    assert (late.status, "al onderweg" in late.text) == (409, True)


def test_life_at_risk_can_go_at_once(town: Town, sanne: Visitor) -> None:
    town.whatsapp("help er is brand in de flat, er zijn nog kinderen binnen")
    address = taken(town)
    before = len(town.fakes.sent())
    assert "Verstuur nu, zonder wachten" in sanne.get(address).text
    write(sanne, address, "Bel 112. We sturen hulp.", daarna="meteen")
    town.work()
    assert len(town.fakes.sent()) == before + 1


# --- what should not go out --------------------------------------------------------------------


def test_a_bsn_is_asked_about_once(town: Town, sanne: Visitor, address: str) -> None:
    asked = write(sanne, address, BSN)
    assert asked.status == 422
    assert "Burgerservicenummer (klopt met de elfproef): 111222333" in asked.text
    assert asked.page.fields["text"] == BSN
    assert write(sanne, address, BSN, gezien="bsn:111222333").status == 303


def test_agreeing_to_one_is_no_leave_for_another(town: Town, sanne: Visitor, address: str) -> None:
    other = write(sanne, address, "Of 123456782?", gezien="bsn:111222333")
    assert (other.status, view_count(town, address)) == (422, 1)


def view_count(town: Town, address: str) -> int:
    return len(view_conversation(town.services, SANNE, address[9:]).messages)


def test_the_citizens_own_name_is_no_warning(town: Town, sanne: Visitor, address: str) -> None:
    assert write(sanne, address, "Dag Bo, tot vijf. Groet, Sanne de Wit").status == 303


def test_while_writing_the_page_hears_the_same(town: Town, sanne: Visitor, address: str) -> None:
    said = keep(sanne, address, f"{BSN} Uw aangelegenheid wordt te zijner tijd behandeld.")
    assert "111222333" in said.text
    assert "te zijner tijd → later" in said.text
    assert "<html" not in said.html


# --- canned replies ----------------------------------------------------------------------------


def test_a_canned_reply_is_filled_in_and_put_in_without_a_script(
    town: Town, sanne: Visitor, address: str
) -> None:
    reply = CannedReply(id="open", title="Open", text="Dag {naam}, {medewerker} hier. [tijd]")
    town.services.table.write(canned.kept(None, reply))
    assert "Dag Bo, Sanne hier. [tijd]" in sanne.get(address).text
    put_in = write(sanne, address, "Hoi.", invoegen="standaard:open")
    assert put_in.page.fields["text"] == "Hoi.\n\nDag Bo, Sanne hier. [tijd]"
    asked = write(sanne, address, put_in.page.fields["text"])
    assert "Nog niet ingevuld: [tijd]" in asked.text


# --- public or private -------------------------------------------------------------------------


def test_a_public_comment_is_answered_in_private_when_that_is_chosen(
    town: Town, sanne: Visitor
) -> None:
    comment_on_page(town, "Jullie doen niks!", f"9_{uuid4().hex[:6]}")
    address = taken(town)
    page = sanne.get(address)
    assert "Openbaar antwoord Iedereen kan dit lezen" in page.text
    assert "Privéantwoord Alleen Kees leest dit" in page.text
    before = len(town.fakes.sent())
    write(sanne, address, "Dag Kees", gehoor="prive")
    write(sanne, address, "We kijken ernaar", gehoor="openbaar")
    town.clock.forward(seconds=6)
    town.work()
    sent = {one["text"]: one for one in town.fakes.sent()[before:]}
    assert set(sent) == {"Dag Kees", "We kijken ernaar"}
    view = view_conversation(town.services, SANNE, address[9:])
    ours = [one.message for one in view.messages if one.message.direction == "out"]
    assert {one.state for one in ours} == {"sent"}


def test_a_private_conversation_has_no_choice(sanne: Visitor, address: str) -> None:
    seen = sanne.get(address)
    assert "Privé: alleen de afzender leest dit" in seen.text
    assert 'name="gehoor"' not in seen.html
