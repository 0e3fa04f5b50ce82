"""The crisis switch on its page, and its banner on every screen of the desk."""

import json

import pytest

from chalicelib.domain.principal import Principal
from chalicelib.flows.desk.viewing import view_rows
from chalicelib.flows.incidents.viewing_crises import view_crises
from chalicelib.store import directory, sessions
from tests.conftest import MARIJKE, SANNE, Town
from tests.web.visiting import Visitor, signed_in

FATIMA = Principal(id="fatima", name="Fatima Kaya", role="coordinator", team="oost")
FILLED = {
    "topic": "brand",
    "area": "Enschede",
    "because": "grote brand",
    "statement_nl": "We weten van de brand.",
    "statement_en": "We know of the fire.",
    "wait_nl": "Het is druk: uiterlijk {uiterlijk}.",
    "hours": "4",
    "teams": "noord",
}
FIRE = "Er is een brandje geweest in Enschede, wie ruimt dat op?"


@pytest.fixture
def fatima(town: Town) -> Visitor:
    town.services.table.write(directory.kept_agent(FATIMA))
    return signed_in(town.services, FATIMA)


def turned_on(fatima: Visitor) -> str:
    return fatima.follow(fatima.post("/crisis", doe="aan", **FILLED)).text


def test_it_is_turned_on_and_every_screen_of_the_desk_says_so(town: Town, fatima: Visitor) -> None:
    assert "De schakelaar staat uit." in fatima.get("/crisis").text
    text = turned_on(fatima)
    assert "De crisisstand staat aan." in text
    assert "Aan sinds" in text
    sanne = signed_in(town.services, SANNE)
    for screen in ("/wachtrij", "/zoeken", "/steekproef", "/wachtrij/lijst"):
        assert "Crisisstand aan: Brand, Enschede" in sanne.get(screen).text, screen
    (crisis,) = view_crises(town.services, SANNE).now
    assert "staat uit" in fatima.follow(fatima.post(f"/crisis/{crisis.id}/uit")).text
    assert "Crisisstand aan" not in sanne.get("/wachtrij").text


def test_its_queue_has_what_it_is_about_and_the_answer_stands_ready(
    town: Town, fatima: Visitor
) -> None:
    turned_on(fatima)
    town.whatsapp(FIRE, author="NL.1")
    town.whatsapp("Wanneer is het bureau open?", author="NL.2")
    town.work()
    sanne = signed_in(town.services, SANNE)
    (link,) = {one for one in sanne.get("/wachtrij").page.links if "gebied=Enschede" in one}
    text = sanne.get(link).text
    assert FIRE in text
    assert "bureau open" not in text
    about = next(row for row in view_rows(town.services, SANNE) if row.text == FIRE)
    sanne.post(f"/gesprek/{about.subject}/oppakken")
    assert "We weten van de brand." in sanne.get(f"/gesprek/{about.subject}").html


def test_what_is_wrong_is_named_and_what_was_typed_stays(fatima: Visitor) -> None:
    seen = fatima.post("/crisis", doe="aan", **FILLED | {"area": "Nergenshuizen", "hours": "x"})
    assert seen.status == 422
    assert "Geen gemeente of eenheid" in seen.text
    assert seen.page.fields["because"] == "grote brand"


def test_the_text_is_previewed_by_channel(fatima: Visitor) -> None:
    text = fatima.post("/crisis", doe="voorbeeld", **FILLED | {"statement_nl": "Brand! " * 90}).text
    assert "Zo gaat het uit, per kanaal" in text
    assert "WhatsApp 1 bericht" in text
    assert "3 berichten" in text


def test_a_proposal_is_shown_to_who_may_turn_it_on(town: Town, fatima: Visitor) -> None:
    marijke = signed_in(town.services, MARIJKE)
    assert "Grote" not in fatima.get("/crisis?id=nieuw").text
    assert "We krijgen veel berichten" in marijke.get("/crisis?id=nieuw").html
    sanne = signed_in(town.services, SANNE)
    assert "Aanzetten" not in sanne.get("/crisis?id=nieuw").text
    assert sanne.post("/crisis", doe="aan", **FILLED).status == 403


def test_programs_turn_it_on_and_off(town: Town) -> None:
    town.services.table.write(sessions.api_token("token", FATIMA))
    program, key = Visitor(), {"authorization": "Bearer token", "content-type": "application/json"}
    body = {"area": "Enschede", "because": "brand", "statement": {"nl": "We weten ervan."}}
    made = program.send("/api/v1/crises", json.dumps(body), key)
    assert made.status == 201
    assert program.send("/api/v1/crises", '{"hours": "veel"}', key).status == 422
    assert [one["state"] for one in program.get("/api/v1/crises", **key).json()["now"]] == ["on"]
    off = program.send(f"/api/v1/crises/{made.json()['id']}/off", "{}", key)
    assert off.json()["state"] == "off"
