"""A conversation as an agent reads it, and what happens to what they type."""

import re
from datetime import timedelta

import pytest

from chalicelib.flows.desk.queueing import claim
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.store.access_log import lines
from tests.conftest import MARIJKE, SANNE, YOUSSEF, Town
from tests.web.visiting import Seen, Visitor, signed_in

QUESTION = "Is het bureau open?"


@pytest.fixture
def sanne(town: Town) -> Visitor:
    return signed_in(town.services, SANNE)


@pytest.fixture
def youssef(town: Town) -> Visitor:
    return signed_in(town.services, YOUSSEF)


def asked(town: Town, text: str = QUESTION) -> str:
    """A citizen asked something; the address of the conversation."""
    town.whatsapp(text)
    town.work()
    return f"/gesprek/{view_queue(town.services, SANNE).rows[0].subject}"


def answer(visitor: Visitor, address: str, page: Seen, text: str, **more: str) -> Seen:
    """Fill in the answer that the page offers, and send it."""
    fields = {name: page.page.fields[name] for name in ("reply_id", "seen")}
    return visitor.post(f"{address}/antwoord", **fields, text=text, **more)


def test_first_take_it_then_answer_and_see_it_go(town: Town, sanne: Visitor) -> None:
    address = asked(town)
    before = sanne.get(address)
    assert "Pak dit gesprek op om te antwoorden" in before.text
    assert "reply_id" not in before.page.fields
    taken = sanne.follow(sanne.post(f"{address}/oppakken"))
    assert "Opgepakt. Dit gesprek is een kwartier van jou." in taken.text
    sent = sanne.follow(answer(sanne, address, taken, "Ja, tot 17 uur."))
    assert "Je antwoord is onderweg." in sent.text
    assert "In de wachtrij" in sent.text
    town.clock.forward(seconds=6)
    town.work()
    assert "Verstuurd" in sanne.get(address).text


def test_the_loser_of_a_race_reads_who_was_faster(
    town: Town, sanne: Visitor, youssef: Visitor
) -> None:
    address = asked(town)
    sanne.post(f"{address}/oppakken")
    lost = youssef.post(f"{address}/oppakken")
    assert lost.status == 409
    assert "Sanne de Wit was je voor en werkt hieraan tot 21:15." in lost.text
    assert lost.title.startswith("Niet gelukt:")


def test_the_fence_keeps_the_text_shows_what_is_new_and_lets_it_go_then(
    town: Town, sanne: Visitor
) -> None:
    address = asked(town)
    page = sanne.follow(sanne.post(f"{address}/oppakken"))
    town.clock.forward(seconds=30)
    town.whatsapp("Laat maar, ik zie het al")
    town.work()
    stopped = answer(sanne, address, page, "Ja, tot 17 uur.\nTot dan!")
    assert stopped.status == 409
    assert "Er kwam 1 nieuw bericht binnen terwijl je schreef." in stopped.text
    assert "Je tekst staat hieronder en is nog niet verstuurd." in stopped.text
    assert stopped.page.fields["text"] == "Ja, tot 17 uur.\nTot dan!"
    assert "Nieuw Laat maar, ik zie het al" in stopped.text
    assert answer(sanne, address, stopped, stopped.page.fields["text"]).status == 303


def test_a_double_click_sends_once(town: Town, sanne: Visitor) -> None:
    address = asked(town)
    page = sanne.follow(sanne.post(f"{address}/oppakken"))
    sent_before = len(town.fakes.sent())
    for _ in range(2):
        assert answer(sanne, address, page, "Ja.").status == 303
    town.clock.forward(seconds=6)
    town.work()
    assert len(town.fakes.sent()) == sent_before + 1


def test_too_long_a_text_comes_back_with_the_numbers(town: Town, sanne: Visitor) -> None:
    address = asked(town)
    page = sanne.follow(sanne.post(f"{address}/oppakken"))
    stopped = answer(sanne, address, page, "a" * 16_385)
    assert stopped.status == 422
    assert "Je antwoord is 16385 tekens; hoogstens 16384 kan." in stopped.text
    assert stopped.page.fields["text"] == "a" * 16_385


def test_lines_count_as_one_character_each(town: Town, sanne: Visitor) -> None:
    address = asked(town)
    page = sanne.follow(sanne.post(f"{address}/oppakken"))
    assert answer(sanne, address, page, "\r\n".join(["a"] * 2048)).status == 303


def test_who_lost_the_claim_keeps_the_text_and_can_take_it_back(town: Town, sanne: Visitor) -> None:
    address = asked(town)
    page = sanne.follow(sanne.post(f"{address}/oppakken"))
    town.clock.forward(minutes=16)
    stopped = answer(sanne, address, page, "Ja.")
    assert "Dit gesprek is niet meer van jou" in stopped.text
    assert "Oppakken en versturen" in stopped.text
    assert stopped.page.fields["text"] == "Ja."
    assert stopped.page.fields["oppakken"] == "ja"
    assert answer(sanne, address, stopped, "Ja.", oppakken="ja").status == 303


def test_a_colleague_who_took_over_is_named_and_the_text_can_be_copied(
    town: Town, sanne: Visitor
) -> None:
    address = asked(town)
    page = sanne.follow(sanne.post(f"{address}/oppakken"))
    town.clock.forward(minutes=16)
    claim(town.services, YOUSSEF, address.rpartition("/")[2])
    stopped = answer(sanne, address, page, "Ja.")
    assert "Youssef Amrani heeft dit gesprek intussen opgepakt." in stopped.text
    assert stopped.page.fields["kept"] == "Ja."
    assert "reply_id" not in stopped.page.fields


def test_the_window_runs_down_and_says_what_to_do_when_it_is_shut(
    town: Town, sanne: Visitor
) -> None:
    address = asked(town)
    town.clock.forward(hours=3)
    page = sanne.follow(sanne.post(f"{address}/oppakken"))
    assert "Nog 21 u 00 min te beantwoorden via WhatsApp" in page.text
    town.clock.forward(hours=21, minutes=1)
    again = signed_in(town.services, SANNE)
    shut = again.follow(again.post(f"{address}/oppakken"))
    assert "Via WhatsApp kan dit sinds 21:00 niet meer beantwoord worden." in shut.text
    stopped = answer(again, address, shut, "Te laat")
    assert stopped.status == 422
    assert stopped.page.fields["text"] == "Te laat"


def test_send_and_finish_returns_to_the_queue(town: Town, sanne: Visitor) -> None:
    address = asked(town)
    page = sanne.follow(sanne.post(f"{address}/oppakken"))
    done = sanne.follow(answer(sanne, address, page, "Ja.", daarna="rond_af"))
    assert "Je antwoord is onderweg en het gesprek is afgerond." in done.text
    assert QUESTION not in done.text
    assert "Afgerond" in sanne.get(address).text


def test_an_edit_shows_the_earlier_text_on_demand(town: Town, sanne: Visitor) -> None:
    address = asked(town, "De inbraak was in de Kerkstraat")
    (first,) = view_conversation(town.services, SANNE, address.rpartition("/")[2]).messages
    town.clock.forward(minutes=1)
    said = {"type": "text", "text": {"body": "De inbraak was in de Dorpsstraat"}}
    edit = {"original_message_id": first.message.external_id, "message": said}
    town.deliver_whatsapp({"type": "edit", "edit": edit, "id": "e", "from_user_id": "NL.1001"})
    town.work()
    text = sanne.get(address).text
    assert "Gewijzigd 21:01" in text
    assert "De inbraak was in de Dorpsstraat" in text
    assert "Eerdere tekst tonen De inbraak was in de Kerkstraat (tot 21:01)" in text


def test_a_deletion_leaves_a_mark_and_no_words(town: Town, sanne: Visitor) -> None:
    address = asked(town, "Vergeet dit")
    (first,) = view_conversation(town.services, SANNE, address.rpartition("/")[2]).messages
    revoke = {"original_message_id": first.message.external_id}
    town.deliver_whatsapp(
        {"type": "revoke", "revoke": revoke, "id": "d", "from_user_id": "NL.1001"}
    )
    town.work()
    text = sanne.get(address).text
    assert "Verwijderd door de afzender, 21:00" in text
    assert "Vergeet dit" not in text


def test_what_came_late_says_so(town: Town, sanne: Visitor) -> None:
    address = asked(town)
    town.clock.forward(minutes=10)
    at = str(int((town.clock.at - timedelta(minutes=8)).timestamp()))
    town.whatsapp("Dit schreef ik eerder", timestamp=at)
    town.work()
    assert "Kwam later binnen, om 21:10" in sanne.get(address).text


def test_a_photo_that_the_platform_does_not_give_says_so(town: Town, sanne: Visitor) -> None:
    image = {"id": "404404", "mime_type": "image/jpeg", "caption": "kijk"}
    town.deliver_whatsapp({"type": "image", "image": image, "id": "i", "from_user_id": "NL.1001"})
    town.work()
    address = f"/gesprek/{view_queue(town.services, SANNE).rows[0].subject}"
    page = sanne.get(address)
    assert "kijk Foto: niet opgehaald:" in page.text
    assert "Probeer opnieuw" in page.text


def test_a_note_is_for_colleagues_and_looks_it(town: Town, sanne: Visitor) -> None:
    address = asked(town)
    sent_before = len(town.fakes.sent())
    noted = sanne.follow(sanne.post(f"{address}/notitie", text="Belt vaker, blijf vriendelijk"))
    town.work()
    assert re.search("Notitie, alleen voor collega.s · Sanne de Wit", noted.text)
    assert "Belt vaker, blijf vriendelijk" in noted.text
    assert "entry--note" in noted.html
    assert len(town.fakes.sent()) == sent_before


def test_too_long_a_note_comes_back(town: Town, sanne: Visitor) -> None:
    address = asked(town)
    stopped = sanne.post(f"{address}/notitie", text="n" * 10_001)
    assert stopped.status == 422
    assert stopped.page.fields["note"] == "n" * 10_001
    assert "1 tot 10.000 tekens" in stopped.text


def test_the_advice_to_call_112_comes_without_a_script_too(town: Town, sanne: Visitor) -> None:
    address = asked(town, "help er is brand in de flat, er zijn nog kinderen binnen")
    page = sanne.follow(sanne.post(f"{address}/oppakken"))
    assert "Leven in gevaar? Wijs de inwoner eerst op 112." in page.text
    advised = answer(sanne, address, page, "Ik help u.", invoegen="112")
    assert advised.status == 200
    assert advised.page.fields["text"].startswith("Ik help u.\n\nIs er nu gevaar? Bel direct 112.")


def test_a_person_decides_what_it_is(town: Town, sanne: Visitor) -> None:
    address = asked(town)
    raised = sanne.follow(sanne.post(f"{address}/beoordelen", spoed="ja"))
    assert "Sanne de Wit beoordeelde: spoed" in raised.text
    assert "Geen levensgevaar" in raised.text
    lowered = sanne.follow(sanne.post(f"{address}/beoordelen", spoed="nee"))
    assert "Dit is levensgevaar" in lowered.text


def test_hand_over_with_a_word_for_the_other_team(town: Town, sanne: Visitor) -> None:
    address = asked(town)
    seen = sanne.get(address)
    assert "Webcare Noord" in seen.text
    over = sanne.follow(sanne.post(f"{address}/overdragen", team="noord", note="Hoort bij jullie"))
    assert "Overgedragen." in over.text
    timeline = sanne.get(address).text
    assert "Sanne de Wit droeg het over aan Webcare Noord: Hoort bij jullie" in timeline
    assert "onbekend team" in sanne.post(f"{address}/overdragen", team="nergens").text


@pytest.mark.parametrize(
    ("preset", "returns"),
    [("half_uur", "21:30"), ("twee_uur", "23:00"), ("morgen", "morgen 09:00")],
)
def test_set_aside_with_one_click(town: Town, sanne: Visitor, preset: str, returns: str) -> None:
    address = asked(town)
    aside = sanne.follow(sanne.post(f"{address}/uitstellen", tot=preset))
    assert f"komt terug om {returns}" in aside.text


def test_give_back_and_finish(town: Town, sanne: Visitor) -> None:
    address = asked(town)
    sanne.post(f"{address}/oppakken")
    assert "Teruggegeven" in sanne.follow(sanne.post(f"{address}/teruggeven")).text
    done = sanne.follow(sanne.post(f"{address}/afronden"))
    assert "Afgerond." in done.text
    assert (
        "Dit gesprek is afgerond. Pak het op om toch nog te schrijven." in sanne.get(address).text
    )


def test_finishing_past_a_new_message_is_stopped(town: Town, sanne: Visitor) -> None:
    address = asked(town)
    seen = sanne.get(address).page.fields["seen"]
    town.whatsapp("Nog iets")
    town.work()
    assert "1 nieuw bericht" in sanne.post(f"{address}/afronden", seen=seen).text


def test_a_manager_reads_along(town: Town) -> None:
    address = asked(town)
    seen = signed_in(town.services, MARIJKE).get(address)
    assert "Je leest mee." in seen.text
    assert seen.page.actions == ["/uitloggen"]


def test_nothing_is_done_on_behalf_of_another_site(town: Town, sanne: Visitor) -> None:
    address = asked(town)
    assert sanne.post(f"{address}/oppakken", _from="cross-site").status == 403
    subject = address.rpartition("/")[2]
    item = view_conversation(town.services, SANNE, subject).item
    assert item is not None
    assert item.claimed_by is None


def test_an_open_page_fetches_what_changes_alone(town: Town, sanne: Visitor) -> None:
    fragment = sanne.get(f"{asked(town)}/berichten")
    assert QUESTION in fragment.text
    assert "<html" not in fragment.html


def test_no_such_conversation(sanne: Visitor) -> None:
    seen = sanne.get("/gesprek/nergens")
    assert seen.status == 404
    assert "Deze pagina is er niet" in seen.text


def test_a_long_answer_shows_in_which_messages_it_goes_out(town: Town, sanne: Visitor) -> None:
    address = asked(town)
    page = sanne.follow(sanne.post(f"{address}/oppakken"))
    long = "Een zin van een woord of wat. " * 200
    shown = sanne.post(f"{address}/voorbeeld", text=long)
    assert "Dit gaat weg in 2 berichten, na elkaar" in shown.text
    assert "Nog " in shown.html.partition('data-counted="')[2][:10]
    without_script = answer(sanne, address, page, long, bekijken="ja")
    assert "Dit gaat weg in 2 berichten, na elkaar" in without_script.text
    assert without_script.page.fields["text"].strip() == long.strip()


def test_the_preview_counts_as_the_platform_does_and_says_what_is_too_long(
    town: Town, sanne: Visitor
) -> None:
    address = asked(town)
    shown = sanne.post(f"{address}/voorbeeld", text="a" * (4 * 4096 + 5))
    assert "5 tekens te lang" in shown.html
    assert "Hoogstens 4 kan." in shown.text
    assert "data-over" in shown.html


def test_earlier_conversations_are_shown_when_asked_and_that_is_logged(
    town: Town, sanne: Visitor
) -> None:
    address = asked(town)
    closed = sanne.get(address)
    assert "Eerdere gesprekken tonen" in closed.text
    assert "gebruikslog" not in closed.text
    before = list(lines(town.services.table, "2026-11-21", town.services.now()))
    opened = sanne.get(f"{address}?eerder=ja")
    assert "Geen andere gesprekken bekend." in opened.text
    after = list(lines(town.services.table, "2026-11-21", town.services.now()))
    assert [one.action for one in after if one not in before] == ["read_contact"]


def test_who_else_is_there_is_shown(town: Town, sanne: Visitor, youssef: Visitor) -> None:
    address = asked(town)
    sanne.post(f"{address}/aanwezig", ik="typ")
    assert "Sanne de Wit typt" in youssef.get(address).text
    assert "Sanne de Wit" in youssef.post(f"{address}/aanwezig", ik="kijk").text
    sanne.post(f"{address}/aanwezig", ik="ga")
    assert "Sanne de Wit" not in youssef.get(address).text
