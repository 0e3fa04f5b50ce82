"""The form and the answer page as a citizen reads them."""

import pytest

from chalicelib.flows.answering.replying import reply
from chalicelib.flows.desk.queueing import claim
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from tests.conftest import SANNE, Town
from tests.pictures import PDF, photo
from tests.web.visiting import Seen, Visitor

MESSAGE = "Er ligt al een week een scooter in de sloot."


@pytest.fixture
def rob(town: Town) -> Visitor:
    assert town
    return Visitor()


def filled(page: Seen, **fields: str) -> dict[str, str]:
    known = {"submission_id": page.page.fields["submission_id"]}
    return {**known, "message": MESSAGE, "consent": "ja", **fields}


def test_the_first_thing_it_says_is_to_call_112(rob: Visitor) -> None:
    text = rob.get("/formulier").text
    assert text.removeprefix("Naar de inhoud ").startswith("Spoed? Bel 112")
    assert "Een bericht is geen aangifte" in text


def test_a_message_without_a_name_is_welcome_and_gets_its_own_page(
    town: Town, rob: Visitor
) -> None:
    sent = rob.post("/formulier", **filled(rob.get("/formulier")))
    page = rob.follow(sent)
    assert "Uw bericht is ontvangen" in page.text
    assert "Dit is een automatische ontvangstbevestiging." in page.text
    assert f"https://nabij.example{sent.place.partition('?')[0]}" in page.html.replace(
        "http:", "https:"
    )
    town.work()
    assert MESSAGE in rob.follow(sent).text
    (row,) = view_queue(town.services, SANNE).rows
    assert row.text == MESSAGE


def test_the_answer_appears_on_the_private_page_and_nowhere_else(town: Town, rob: Visitor) -> None:
    sent = rob.post("/formulier", **filled(rob.get("/formulier"), name="Rob"))
    town.work()
    assert "Nog geen antwoord." in rob.follow(sent).text
    (row,) = view_queue(town.services, SANNE).rows
    claim(town.services, SANNE, row.subject)
    newest = view_conversation(town.services, SANNE, row.subject).newest
    reply(town.services, SANNE, row.subject, reply_id="r-1", text="Dank, we kijken.", seen=newest)
    town.work()
    page = rob.follow(sent)
    assert "Webcareteam" in page.text
    assert "Dank, we kijken." in page.text
    assert "Nog geen antwoord." not in page.text
    assert "Sanne" not in page.text
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["x-robots-tag"] == "noindex, nofollow"
    assert rob.get("/formulier/antwoord/verkeerd").status == 404


def test_the_place_travels_in_the_message(town: Town, rob: Visitor) -> None:
    rob.post("/formulier/nabij", **filled(rob.get("/formulier/nabij"), where="Velperweg 12"))
    town.work()
    (row,) = view_queue(town.services, SANNE).rows
    assert row.text == f"{MESSAGE} Waar: Velperweg 12"


def test_what_is_missing_is_named_and_nothing_typed_is_lost(town: Town, rob: Visitor) -> None:
    page = rob.get("/formulier")
    wrong = rob.post(
        "/formulier",
        submission_id=page.page.fields["submission_id"],
        message="",
        email="rob",
        name="Rob",
        where="Velperweg 12",
    )
    assert wrong.status == 422
    assert "Er zijn 3 dingen die u moet aanpassen" in wrong.text
    assert "Vul uw bericht in." in wrong.text
    assert "Dit is geen e-mailadres." in wrong.text
    assert wrong.page.fields["name"] == "Rob"
    assert wrong.page.fields["email"] == "rob"
    assert wrong.page.fields["where"] == "Velperweg 12"
    assert wrong.page.fields["submission_id"] == page.page.fields["submission_id"]
    assert {"#message", "#email", "#consent"} <= set(wrong.page.links)
    assert wrong.title.startswith("Fout:")
    town.work()
    assert view_queue(town.services, SANNE).rows == []


def test_sending_twice_is_one_message(town: Town, rob: Visitor) -> None:
    fields = filled(rob.get("/formulier"))
    for _ in range(2):
        assert rob.post("/formulier", **fields).status == 303
    town.work()
    (row,) = view_queue(town.services, SANNE).rows
    assert len(view_conversation(town.services, SANNE, row.subject).messages) == 1


def test_in_english_and_it_stays_english(rob: Visitor) -> None:
    seen = rob.get("/formulier?lang=en")
    assert "Emergency? Call 112" in seen.text
    assert '<html lang="en">' in seen.html
    wrong = rob.post("/formulier", submission_id="s-1", message="")
    assert "Enter your message." in wrong.text
    assert "/formulier?lang=nl" in seen.page.links
    assert "Spoed? Bel 112" in rob.get("/formulier?lang=nl").text


def test_a_form_that_does_not_exist(rob: Visitor) -> None:
    assert rob.get("/formulier/elders").status == 404


def test_a_form_sent_from_another_site_is_refused(rob: Visitor) -> None:
    assert rob.post("/formulier", _from="cross-site", message="hoi").status == 403


def test_a_photo_is_brought_before_the_form_and_goes_along(town: Town, rob: Visitor) -> None:
    page = rob.get("/formulier")
    assert "Voeg een bestand toe" in page.text
    key = rob.bring("/formulier/nabij/bestanden", "de sloot.jpg", photo()).json()["id"]
    rob.post("/formulier", **filled(page), file=f"{key}:de sloot.jpg")
    town.work()
    (row,) = view_queue(town.services, SANNE).rows
    (message,) = view_conversation(town.services, SANNE, row.subject).messages
    assert [(one.given.name, one.mime, one.state) for one in message.media] == [
        ("de sloot.jpg", "image/jpeg", "stored")
    ]


@pytest.mark.parametrize("body", [b"MZ\x90\x00", b"<html></html>", b"", PDF + bytes(4_000_000)])
def test_what_may_not_come_along_is_said_at_once(rob: Visitor, body: bytes) -> None:
    seen = rob.bring("/formulier/nabij/bestanden", "x.pdf", body)
    assert seen.status == 422
    assert set(seen.json()["facts"]["fields"]["file"]) == {"nl", "en"}


def test_a_form_that_is_not_complete_keeps_its_files(rob: Visitor) -> None:
    page = rob.get("/formulier")
    fields = filled(page) | {"message": ""}
    again = rob.post("/formulier", **fields, file="0" * 32 + ":de sloot.jpg")
    assert (again.status, "de sloot.jpg" in again.text) == (422, True)


def test_a_key_that_nobody_brought_is_a_file_that_failed(town: Town, rob: Visitor) -> None:
    rob.post("/formulier", **filled(rob.get("/formulier")), file="0" * 32 + ":x.jpg")
    town.work()
    (row,) = view_queue(town.services, SANNE).rows
    (message,) = view_conversation(town.services, SANNE, row.subject).messages
    assert [(one.state, one.reason) for one in message.media] == [
        ("failed", "het bestand is er niet meer")
    ]


def test_a_file_that_no_form_names_is_destroyed_the_next_day(town: Town, rob: Visitor) -> None:
    key = rob.bring("/formulier/nabij/bestanden", "x.jpg", photo()).json()["id"]
    town.clock.forward(hours=25)
    town.sweep()
    rob.post("/formulier", **filled(rob.get("/formulier")), file=f"{key}:x.jpg")
    town.work()
    (row,) = view_queue(town.services, SANNE).rows
    (message,) = view_conversation(town.services, SANNE, row.subject).messages
    assert [one.state for one in message.media] == ["failed"]
