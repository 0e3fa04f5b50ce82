"""Many messages, one fire: how the team sees it, works on it, and takes it apart again."""

from urllib.parse import urlencode

import pytest

from chalicelib.domain.queue_item import QueueItem
from chalicelib.flows.desk.queueing import claim
from chalicelib.flows.incidents.coordinating import view_incident
from chalicelib.store import queue
from tests.conftest import NOOR, SANNE, TOMASZ, YOUSSEF, Town
from tests.incidents.test_in_the_service import (
    CHATTER,
    FIRE,
    MORE,
    NADIA,
    OTHER_TOWN,
    SMOKE,
    open_ones,
    tell,
)
from tests.web.visiting import Seen, Visitor, signed_in

OTHER_SMOKE = "nu ook vlammen bij die schuur Textielstraat Oldenzaal"


@pytest.fixture
def fire(fire: str) -> str:
    """The address of its page."""
    return f"/incident/{fire}"


def members(city: Town, page: str) -> list[str]:
    subject = page.rpartition("/")[2]
    return [one.message for one in view_incident(city.services, NADIA, subject).members]


def test_the_queue_shows_the_incident_once_and_its_conversations(city: Town, fire: str) -> None:
    seen = signed_in(city.services, SANNE).get("/wachtrij")
    assert seen.page.links.count(fire) == 1
    assert "Brand, Textielstraat, Enschede" in seen.text
    assert "2 melders, 2 berichten" in seen.text
    assert "Waarom: 2 mensen melden hetzelfde voorval." in seen.text
    assert SMOKE in seen.text
    english = signed_in(city.services, SANNE).get("/wachtrij?lang=en")
    assert "Fire, Textielstraat, Enschede" in english.text
    assert "2 reporters, 2 messages" in english.text


def test_take_the_next_gives_the_incident_in_its_turn(city: Town, fire: str) -> None:
    sanne = signed_in(city.services, SANNE)
    places = [sanne.post("/wachtrij/volgende").place for _ in range(3)]
    assert f"{fire}?gedaan=incident_opgepakt" in places
    assert "Van jou" in sanne.get(fire).text


def test_its_page_tells_who_reports_what_and_why_it_belongs(city: Town, fire: str) -> None:
    seen = signed_in(city.services, SANNE).get(fire)
    assert seen.title.startswith("Brand, Textielstraat, Enschede")
    for told in ("Melders 2", "Berichten 2", "Eerste melding 21:00", "Laatste melding 21:01"):
        assert told in seen.text
    assert seen.text.index(SMOKE) < seen.text.index(FIRE)
    assert "Waarom: dezelfde " in seen.text or "Waarom: gaat ook over" in seen.text
    conversations = {link for link in seen.page.links if link.startswith("/gesprek/")}
    assert len(conversations) == 2
    for link in conversations:
        assert fire in signed_in(city.services, SANNE).get(link).page.links


def test_a_conversation_about_something_else_leads_to_no_incident(city: Town, fire: str) -> None:
    tell(city, CHATTER)
    sanne = signed_in(city.services, SANNE)
    queue = sanne.get("/wachtrij").page.links
    told = [sanne.get(link).page.links for link in queue if link.startswith("/gesprek/")]
    assert sum(fire in links for links in told) == 2
    assert len(told) == 3


def test_one_claim_for_all_then_finished_until_somebody_reports_again(
    city: Town, fire: str
) -> None:
    sanne, youssef = signed_in(city.services, SANNE), signed_in(city.services, YOUSSEF)
    assert "Opgepakt." in sanne.follow(sanne.post(f"{fire}/oppakken")).text
    assert "Sanne de Wit" in youssef.get(fire).text
    refused = youssef.post(f"{fire}/oppakken")
    assert refused.status == 409
    assert "Sanne de Wit" in refused.text
    assert "Teruggegeven." in sanne.follow(sanne.post(f"{fire}/teruggeven")).text
    assert "er wacht niets op het team" in youssef.follow(youssef.post(f"{fire}/afronden")).text
    assert fire not in youssef.get("/wachtrij").page.links
    tell(city, MORE)
    assert fire in youssef.get("/wachtrij").page.links


def test_what_does_not_belong_is_taken_out_and_put_back(
    city: Town, fire: str, nadia: Visitor
) -> None:
    tell(city, MORE)
    wrong = members(city, fire)[-1]
    seen = nadia.follow(nadia.post(f"{fire}/uithalen", kies=wrong, doe="uit"))
    assert "Melders 2" in seen.text
    assert "Nadia Kaya haalde eruit: 1 bericht" in seen.text
    seen = nadia.follow(nadia.post(f"{fire}/terugzetten", kies=wrong))
    assert "Melders 3" in seen.text
    assert "Nadia Kaya voegde toe: 1 bericht" in seen.text


def test_two_fires_in_one_are_taken_apart(city: Town, fire: str, nadia: Visitor) -> None:
    tell(city, MORE, FIRE + " Nu!")
    chosen = urlencode([("kies", one) for one in members(city, fire)[2:]] + [("doe", "apart")])
    seen = nadia.follow(nadia.send(f"{fire}/uithalen", chosen))
    links = {link for link in seen.page.links if link.startswith("/incident/inc-")}
    (other,) = {link for link in links if not link.startswith(fire)}
    assert "Nu in een ander incident" in seen.text
    assert "Melders 2" in nadia.get(other).text


def test_two_incidents_are_joined_on_evidence_and_parted_again(
    city: Town, fire: str, nadia: Visitor
) -> None:
    tell(city, OTHER_TOWN, OTHER_SMOKE)
    other = next(one for one in open_ones(city) if one.subject not in fire)
    seen = nadia.get(fire)
    assert "Is dit hetzelfde als…? Andere lopende incidenten" in seen.text
    assert "Brand, Textielstraat, Oldenzaal 2 melders" in seen.text
    assert "Waarom: " in seen.text.partition("Is dit hetzelfde als")[2]
    joined = nadia.follow(nadia.post(f"{fire}/samenvoegen", ander=other.subject))
    assert "Melders 4" in joined.text
    assert fire in nadia.get(f"/incident/{other.subject}").page.links
    parted = nadia.follow(nadia.post(f"{fire}/losmaken", ander=other.subject))
    assert "Melders 2" in parted.text


def test_who_does_not_coordinate_reads_without_those_buttons(city: Town, fire: str) -> None:
    sanne = signed_in(city.services, SANNE)
    assert set(sanne.get(fire).page.actions) == {
        "/uitloggen", f"{fire}/oppakken", f"{fire}/afronden", f"{fire}/feiten",
        f"{fire}/bruikbaar", f"{fire}/overdragen",
    }  # fmt: skip
    wrong = members(city, fire)[-1]
    assert sanne.post(f"{fire}/uithalen", kies=wrong, doe="uit").status == 403
    assert signed_in(city.services, TOMASZ).get(fire).status == 403
    assert sanne.get("/incident/inc-unknown").status == 404


def test_what_a_citizen_wrote_is_never_markup(city: Town) -> None:
    tell(city, FIRE + " <b>vet</b>", SMOKE)
    (incident,) = open_ones(city)
    page: Seen = signed_in(city.services, SANNE).get(f"/incident/{incident.subject}")
    assert "<b>" not in page.html
    assert "<b>vet</b>" in page.text


def test_many_reports_are_read_page_by_page(
    city: Town, fire: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.flows.incidents.incident_desk.PAGE", 1)
    sanne = signed_in(city.services, SANNE)
    first = sanne.get(fire)
    assert SMOKE in first.text
    assert FIRE not in first.text
    assert FIRE in sanne.get(f"{fire}?vanaf=1").text


def test_other_programs_read_the_same(city: Town, fire: str) -> None:
    sanne = signed_in(city.services, SANNE)
    told = sanne.get(f"/api/v1/incidents/{fire.rpartition('/')[2]}").json()
    assert (told["title"], told["reporters"], told["messages"]) == (
        "Brand, Textielstraat, Enschede", 2, 2,
    )  # fmt: skip
    assert [one["text"] for one in told["reports"]] == [SMOKE, FIRE]
    assert told["reports"][0]["because"]
    assert told["item"]["claimed_by"] is None
    assert told["next"] is None


def test_another_team_takes_it_with_what_waits_and_nobody_has(city: Town, fire: str) -> None:
    tell(city, MORE)
    sanne, noor = signed_in(city.services, SANNE), signed_in(city.services, NOOR)
    held, *free = subjects(city, fire)
    claim(city.services, YOUSSEF, held)
    assert fire not in noor.get("/wachtrij").page.links
    assert sanne.post(f"{fire}/overdragen", team="zuid").status == 422
    seen = sanne.follow(sanne.post(f"{fire}/overdragen", team="noord", note="jullie gebied"))
    assert "Ligt bij Webcare Noord" in seen.text
    assert "Webcare Noord: jullie gebied" in seen.text
    assert fire in noor.get("/wachtrij").page.links
    city.work()
    assert {one: item(city, one).team for one in free} == {
        one: "oost" if item(city, one).emergency else "noord" for one in free
    }
    assert item(city, held).team == "oost"
    assert view_incident(city.services, NADIA, fire.rpartition("/")[2]).incident.team == "noord"


def subjects(city: Town, page: str) -> list[str]:
    """Its conversations, the first reporter's first."""
    seen = view_incident(city.services, NADIA, page.rpartition("/")[2])
    return list(dict.fromkeys(one.subject for one in seen.members))


def item(city: Town, subject: str) -> QueueItem:
    found = queue.find(city.services.table, subject, city.services.now())
    assert found
    return found
