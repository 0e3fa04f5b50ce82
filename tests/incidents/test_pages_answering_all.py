"""A coordinator answers everyone on the page: written, looked at, sent, followed and stopped."""

import pytest

from chalicelib.flows.incidents import circles
from chalicelib.flows.incidents.coordinating import view_incident
from tests.conftest import SANNE, Town
from tests.incidents.test_answering_all import TEXT, goes_out
from tests.incidents.test_in_the_service import MORE, NADIA, tell
from tests.web.visiting import Visitor, signed_in


@pytest.fixture
def fire(fire: str) -> str:
    """The address of its page."""
    return f"/incident/{fire}"


def fields(seen: Visitor, page: str) -> dict[str, str]:
    found = seen.get(page).page.fields
    return {name: found[name] for name in ("id", "verbetert", "gezien_tot")}


def test_it_is_written_looked_at_sent_and_followed(city: Town, fire: str, nadia: Visitor) -> None:
    page = f"{fire}/antwoord"
    assert page in nadia.get(fire).page.links
    form = {**fields(nadia, page), "private:": TEXT}
    looked = nadia.post(page, **form, doe="bekijk")
    assert "2 mensen krijgen dit" in looked.text
    assert "WhatsApp 2 privé" in looked.text
    sent = nadia.post(page, **form, doe="verstuur")
    followed = nadia.follow(sent)
    assert "Staat klaar. Je kunt het nog terughalen." in followed.text
    goes_out(city)
    done = nadia.get(sent.place)
    assert "Klaar" in done.text
    assert "Verstuurd 2" in done.text
    assert "Nadia Kaya antwoordde iedereen" in nadia.get(fire).text


def test_of_thousands_some_are_looked_at_and_all_are_answered(
    city: Town, fire: str, nadia: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(circles, "FEW", 1)
    page = f"{fire}/antwoord"
    assert "Geteld over de laatste 1 van ongeveer 2 mensen." in nadia.get(page).text
    form = {**fields(nadia, page), "private:": TEXT}
    looked = nadia.post(page, **form, doe="bekijk").text
    assert "1 persoon krijgt dit" in looked
    assert "Verstuur aan iedereen van deze ongeveer 2 mensen" in looked
    sent = nadia.post(page, **form, doe="verstuur")
    goes_out(city)
    assert "Verstuurd 2" in nadia.get(sent.place).text


def test_it_is_stopped_and_a_mistake_is_asked_about_first(
    city: Town, fire: str, nadia: Visitor
) -> None:
    page = f"{fire}/antwoord"
    form = {**fields(nadia, page), "private:": f"{TEXT} Vraag naar Jan de Vries."}
    asked = nadia.post(page, **form, doe="verstuur")
    assert asked.status == 422
    assert "Jan de Vries" in asked.text
    sent = nadia.post(page, **form | {"private:": TEXT}, doe="verstuur")
    city.work()
    stopped = nadia.follow(nadia.post(f"{page}/{form['id']}/stop"))
    assert sent.status == 303
    assert "Gestopt door Nadia Kaya" in stopped.text
    assert "Teruggehaald 2" in stopped.text


def test_who_reports_late_finds_the_answer_in_the_composer_of_an_agent(
    city: Town, fire: str, nadia: Visitor
) -> None:
    page = f"{fire}/antwoord"
    nadia.post(page, **fields(nadia, page), **{"private:": TEXT}, doe="verstuur")
    goes_out(city)
    tell(city, MORE)
    late = view_incident(city.services, NADIA, fire.rpartition("/")[2]).members[-1]
    sanne, talk = signed_in(city.services, SANNE), f"/gesprek/{late.subject}"
    sanne.post(f"{talk}/oppakken")
    seen = sanne.get(talk)
    assert "Anderen kregen over dit incident dit antwoord: " + TEXT in seen.text
    typed = {"text": "Dag.", "reply_id": "een", "seen": late.message, "invoegen": "incident"}
    assert TEXT in sanne.post(f"{talk}/antwoord", **typed).html


def test_who_does_not_coordinate_only_follows(city: Town, fire: str, nadia: Visitor) -> None:
    sanne = signed_in(city.services, SANNE)
    assert sanne.get(f"{fire}/antwoord").status == 403
    form = fields(nadia, f"{fire}/antwoord")
    nadia.post(f"{fire}/antwoord", **form, **{"private:": TEXT}, doe="verstuur")
    seen = sanne.get(f"{fire}/antwoord/{form['id']}")
    assert TEXT in seen.text
    assert not any(action.endswith("/stop") for action in seen.page.actions)
    assert "Geen: alle antwoorden kloppen nog met het bord." in sanne.get(f"{fire}/nakijken").text
