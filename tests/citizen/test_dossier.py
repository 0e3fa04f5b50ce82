"""A citizen follows their matter: adds to it, shares it, goes on elsewhere, takes it back."""

import json
import re

from chalicelib.flows.answering.replying import reply
from chalicelib.flows.citizen.erasing import decide, requests
from chalicelib.flows.desk.queueing import claim, finish
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.store import contacts, kept_messages
from tests.citizen.conftest import NUMBER, Square
from tests.conftest import SANNE, Town
from tests.pictures import photo
from tests.web.visiting import Visitor, signed_in

STOLEN = "Mijn zwarte fiets is gisteren gestolen in Enschede"


def subjects(town: Town) -> list[str]:
    return [row.subject for row in view_queue(town.services, SANNE).rows]


def test_the_link_on_the_channel_opens_the_dossier(square: Square) -> None:
    answer = square.writes(STOLEN)
    assert "automatische assistent" in answer
    visitor = square.inside()
    page = visitor.get("/melding")
    assert square.number() in page.text
    assert "Wij hebben uw bericht" in page.text
    assert STOLEN in page.text
    assert "Webcare Oost" in page.text
    assert SANNE.name not in page.text


def test_a_preview_that_fetches_the_link_opens_nothing(square: Square) -> None:
    square.writes(STOLEN)
    preview = Visitor().get(square.link())
    assert preview.status == 200
    assert STOLEN not in preview.html
    assert square.number() not in preview.html
    assert "nabij_melding" not in preview.headers.get("set-cookie", "")


def test_the_number_and_the_code_that_comes_on_the_channel_open_it(square: Square) -> None:
    square.writes(STOLEN)
    visitor = Visitor()
    visitor.post("/melding/code", nummer=square.number())
    square.town.work()
    code = square.received()[-1].splitlines()[-1]
    assert re.fullmatch(r"\d{4} \d{4}", code)
    assert visitor.post("/melding/open", nummer=square.number(), code=code).place == "/melding"
    assert STOLEN in visitor.get("/melding").text


def test_no_link_or_code_is_kept_in_what_was_said(square: Square) -> None:
    square.writes(STOLEN)
    (subject,) = subjects(square.town)
    kept = [
        one.text
        for one in kept_messages.listing(
            square.town.services.table, subject, square.town.services.now()
        )
    ]
    assert not any("/melding/link/" in text for text in kept)


def test_what_is_added_waits_for_the_team_as_any_message(square: Square) -> None:
    square.writes(STOLEN)
    visitor = square.inside()
    body = photo()
    key = visitor.bring("/melding/bestanden", "slot.jpg", body).json()["id"]
    page = visitor.get("/melding")
    square.town.clock.forward(seconds=5)
    added = visitor.post(
        "/melding/toevoegen",
        text="Het slot lag er nog",
        soort="correction",
        message_id=page.page.fields["message_id"],
        file=f"{key}:slot.jpg",
    )
    square.town.work()
    page = visitor.follow(added)
    assert "Verbetering: Het slot lag er nog" in page.text
    assert "slot.jpg" in page.text
    link = next(one for one in page.page.links if one.startswith("/melding/bestand/"))
    assert "attachment" in visitor.get(link).headers["content-disposition"]
    assert len(subjects(square.town)) == 2
    whose = {
        view_conversation(square.town.services, SANNE, one).conversation.contact
        for one in subjects(square.town)
    }
    first, second = sorted(whose)
    assert contacts.find(square.town.services.table, first, second, square.town.services.now())


def test_where_it_stands_follows_what_people_do(square: Square) -> None:
    square.writes(STOLEN)
    services, (subject,) = square.town.services, subjects(square.town)
    visitor = square.inside()
    claim(services, SANNE, subject)
    assert "Een medewerker is ermee bezig" in visitor.get("/melding").text
    seen = view_conversation(services, SANNE, subject).newest
    reply(services, SANNE, subject, reply_id="r1", text="Doe aangifte op politie.nl", seen=seen)
    square.town.work()
    assert "Doe aangifte op politie.nl" in visitor.get("/melding").text
    finish(services, SANNE, subject)
    square.town.work()
    assert "Wij zijn klaar" in visitor.get("/melding").text
    told = square.received()
    assert any("een medewerker is ermee bezig" in one for one in told)
    assert any("wij zijn klaar" in one for one in told)
    assert not any("fiets" in one for one in told if "Nummer" in one)


def test_who_wants_no_news_gets_none(square: Square) -> None:
    square.writes(STOLEN)
    assert "geen berichten meer" in square.writes("STOP")
    (subject,) = subjects(square.town)
    before = len(square.received())
    claim(square.town.services, SANNE, subject)
    square.town.work()
    assert len(square.received()) == before


def test_the_matter_goes_on_on_another_channel_after_a_yes(square: Square) -> None:
    square.writes(STOLEN)
    visitor = square.inside()
    page = visitor.post("/melding/verder")
    code = re.search(r"NABIJ-\w{4}-\w{4}", page.html)
    assert code
    waiting = len(subjects(square.town))
    assert "bevestig" in square.writes(code.group().lower(), author="NL.2002")
    assert len(subjects(square.town)) == waiting
    assert "Was u dit?" in visitor.get("/melding").text
    visitor.post("/melding/verder/antwoord", ja="ja")
    square.writes("Ik weet nog iets: het was bij het station", author="NL.2002")
    assert "bij het station" in visitor.get("/melding").text


def test_a_code_that_somebody_else_sent_joins_nothing_after_a_no(square: Square) -> None:
    square.writes(STOLEN)
    visitor = square.inside()
    code = re.search(r"NABIJ-\w{4}-\w{4}", visitor.post("/melding/verder").html)
    assert code
    square.writes(code.group(), author="NL.3003")
    visitor.post("/melding/verder/antwoord", ja="nee")
    square.writes("van een ander", author="NL.3003")
    page = visitor.get("/melding").text
    assert "van een ander" not in page
    assert "Was u dit?" not in page


def test_a_part_is_shared_read_only_until_it_ends(square: Square) -> None:
    square.writes(STOLEN)
    visitor = square.inside()
    page = visitor.post("/melding/delen", dagen="7")
    path = re.search(r"https://nabij\.example(/melding/gedeeld/[\w-]+)", page.html)
    assert path
    friend = Visitor()
    assert STOLEN not in friend.get(path.group(1)).html
    seen = friend.post(path.group(1))
    assert square.number() in seen.text
    assert STOLEN not in seen.text
    assert "/melding/toevoegen" not in seen.page.actions
    shares = visitor.get("/melding")
    assert "Gedeeld tot" in shares.text
    assert "met de berichten" not in shares.text
    visitor.post("/melding/delen/stop", id=shares.page.fields["id"])
    assert friend.post(path.group(1)).status == 404
    visitor.post("/melding/delen", dagen="7", berichten="ja")
    assert re.search("Gedeeld tot [^,]+, met de berichten", visitor.get("/melding").text)


def test_everything_can_be_taken_along(square: Square) -> None:
    square.writes(STOLEN)
    visitor = square.inside()
    told = json.loads(visitor.get("/melding/download").html)
    assert told["number"] == square.number()
    assert STOLEN in [one["text"] for one in told["messages"]]
    assert STOLEN in visitor.get("/melding/leesbaar").html


def test_withdrawing_is_read_by_a_person(square: Square) -> None:
    square.writes(STOLEN)
    visitor = square.inside()
    page = visitor.get("/melding")
    square.town.clock.forward(seconds=5)
    visitor.post("/melding/intrekken", message_id=page.page.fields["message_id"])
    square.town.work()
    assert "U hebt dit ingetrokken" in visitor.get("/melding").text
    texts = [row.text for row in view_queue(square.town.services, SANNE).rows]
    assert "Ik trek mijn melding in." in texts


def test_a_person_decides_to_erase_and_then_it_is_gone(square: Square) -> None:
    square.writes(STOLEN)
    visitor = square.inside()
    (subject,) = subjects(square.town)
    visitor.post("/melding/wissen")
    services = square.town.services
    (request,) = requests(services, SANNE)
    assert request.due_at > services.now()
    decide(services, SANNE, request.case.number, erase=True, ground="")
    square.town.work()
    page = visitor.get("/melding").text
    assert STOLEN not in page
    assert "gewist" in page
    assert requests(services, SANNE) == []
    kept = kept_messages.listing(services.table, subject, services.now())
    assert kept
    assert not any(one.text or one.author_name or one.author_id for one in kept)
    square.writes("Hallo, iets nieuws")
    assert subjects(square.town)[0] != subject


def test_the_way_out_is_out_at_once(square: Square) -> None:
    square.writes(STOLEN)
    visitor = square.inside()
    kept = dict(visitor.cookies)
    gone = visitor.post("/melding/weg")
    assert "knmi.nl" in gone.html
    assert "Nabij" not in gone.html
    assert STOLEN not in Visitor(kept).get("/melding").text


def test_an_agent_sends_a_link_that_they_never_see(square: Square) -> None:
    square.writes("Hoe laat is het bureau open?")
    services, subject = square.town.services, subjects(square.town)[0]
    claim(services, SANNE, subject)
    before = len(square.received())
    sanne = signed_in(services, SANNE)
    assert sanne.post(f"/gesprek/{subject}/melding").status == 303
    square.town.work()
    assert any("/melding/link/" in one for one in square.received()[before:])
    page = sanne.get(f"/gesprek/{subject}")
    assert "/melding/link/" not in page.html
    assert square.number() in page.text


def test_what_was_gathered_stands_beside_the_conversation(square: Square) -> None:
    square.writes(STOLEN)
    page = signed_in(square.town.services, SANNE).get(f"/gesprek/{subjects(square.town)[0]}")
    assert "zwarte fiets" in page.text
    assert "Enschede" in page.text


def test_a_refusal_to_erase_needs_a_ground_that_the_citizen_reads(square: Square) -> None:
    square.writes(STOLEN)
    visitor = square.inside()
    visitor.post("/melding/wissen")
    sanne = signed_in(square.town.services, SANNE)
    action = next(
        one for one in sanne.get("/verzoeken").page.actions if one.startswith("/verzoeken/")
    )
    assert sanne.post(action, wissen="nee").status == 422
    assert sanne.post(action, wissen="nee", ground="Er loopt een onderzoek.").status == 303
    assert "Er loopt een onderzoek." in visitor.get("/melding").text
    assert STOLEN in visitor.get("/melding").text


def test_who_filled_in_the_form_has_a_number_and_a_dossier(square: Square) -> None:
    rob = Visitor()
    fields = rob.get("/formulier").page.fields
    place = rob.post(
        "/formulier", submission_id=fields["submission_id"], message=STOLEN, consent="ja"
    ).place
    square.town.work()
    page = rob.get(place)
    number = NUMBER.search(page.text)
    assert number
    action = next(one for one in page.page.actions if one.endswith("/melding"))
    assert rob.post(action).place == "/melding"
    inside = rob.get("/melding").text
    assert number.group() in inside
    assert STOLEN in inside
