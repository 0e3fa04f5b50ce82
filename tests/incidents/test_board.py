"""The board of an incident: stated with a source, versions kept, and whoever answers is warned."""

import pytest

from chalicelib.errors import InvalidInput, NotAllowed, StaleVersion
from chalicelib.flows.incidents.coordinating import found, view_incident
from chalicelib.flows.incidents.stating import Stating, board, state
from tests.conftest import SANNE, TOMASZ, YOUSSEF, Town
from tests.incidents.test_in_the_service import NADIA
from tests.web.visiting import signed_in

INJURED = Stating(standing="confirmed", text="Er zijn drie gewonden", source="OvD brandweer")


def test_a_change_is_a_version_of_its_own_and_the_earlier_one_stays(city: Town, fire: str) -> None:
    first = state(city.services, NADIA, fire, INJURED)
    city.clock.forward(minutes=5)
    more = Stating(
        standing="confirmed", text="Er zijn vier gewonden", source="GHOR", id=first.id, after=1
    )
    state(city.services, SANNE, fire, more)
    (known,) = board(city.services, found(city.services, fire))
    assert (known.now.text, known.now.name) == ("Er zijn vier gewonden", SANNE.name)
    assert [(one.text, one.source) for one in known.before] == [(first.text, "OvD brandweer")]
    assert known.at(first.at) == first
    told = [event.text for event in view_incident(city.services, NADIA, fire).timeline]
    assert "confirmed: Er zijn vier gewonden" in told


def test_who_was_slower_reads_again(city: Town, fire: str) -> None:
    first = state(city.services, NADIA, fire, INJURED)
    change = Stating(standing="denied", text=first.text, source="GHOR", id=first.id, after=1)
    state(city.services, SANNE, fire, change)
    with pytest.raises(StaleVersion):
        state(city.services, YOUSSEF, fire, change)
    unknown = Stating(standing="denied", text="x", source="y", id="elders", after=4)
    with pytest.raises(StaleVersion):
        state(city.services, YOUSSEF, fire, unknown)


def test_without_a_source_or_by_who_does_not_answer_nothing_is_stated(
    city: Town, fire: str
) -> None:
    with pytest.raises(InvalidInput):
        state(city.services, NADIA, fire, Stating(standing="confirmed", text="x", source=" "))
    with pytest.raises(NotAllowed):
        state(city.services, TOMASZ, fire, INJURED)


def test_on_its_page_it_is_stated_changed_and_taken_off(city: Town, fire: str) -> None:
    sanne, page = signed_in(city.services, SANNE), f"/incident/{fire}"
    said = {"stand": "unknown", "tekst": "De oorzaak van de brand", "bron": "nog niemand"}
    seen = sanne.follow(sanne.post(f"{page}/feiten", **said))
    assert "Nog onbekend De oorzaak van de brand" in seen.text
    assert "bron: nog niemand · Sanne de Wit" in seen.text
    (known,) = board(city.services, found(city.services, fire))
    change = {"feit": known.now.id, "na": "1", "tekst": "Kortsluiting", "bron": "recherche"}
    seen = sanne.follow(sanne.post(f"{page}/feiten", stand="confirmed", **change))
    assert "1 eerdere versie" in seen.text
    assert sanne.post(f"{page}/feiten", stand="denied", **change).status == 409
    sanne.post(f"{page}/feiten", stand="confirmed", weg="ja", **{**change, "na": "2"})
    assert "Er staat nog niets vast." in sanne.get(page).text
    kept = sanne.post(f"{page}/feiten", stand="denied", tekst="Er zijn doden", bron="")
    assert kept.status == 422
    assert "Er zijn doden" in kept.html


def test_an_answer_that_contradicts_it_is_asked_about_once(city: Town, fire: str) -> None:
    state(city.services, NADIA, fire, INJURED)
    sanne = signed_in(city.services, SANNE)
    member = view_incident(city.services, NADIA, fire).members[0]
    page = f"/gesprek/{member.subject}"
    sanne.post(f"{page}/oppakken")
    answer = {"text": "Er zijn geen gewonden.", "reply_id": "een", "seen": member.message}
    asked = sanne.post(f"{page}/antwoord", **answer)
    assert asked.status == 422
    assert "Dit spreekt het feitenbord tegen" in asked.text
    assert "Er zijn drie gewonden" in asked.text
    mark = f"against_confirmed:{board(city.services, found(city.services, fire))[0].now.id}"
    assert sanne.post(f"{page}/antwoord", **answer, gezien=mark).status == 303
