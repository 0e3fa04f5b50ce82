"""The map as a team sees it: its own reports where they are, of others only counts."""

import pytest

from chalicelib.flows.incidents.mapping import Asked, place_of, view_map
from chalicelib.store import access_log
from tests.conftest import NOOR, SANNE, Town
from tests.incidents.test_in_the_service import FIRE, SMOKE, tell
from tests.web.visiting import signed_in

ALONE = "er brandt een container op het marktplein in Almelo"


@pytest.fixture
def fire(city: Town) -> Town:
    """Two citizens tell of one fire, a third of another."""
    tell(city, FIRE, SMOKE, ALONE)
    return city


def test_incidents_and_single_reports_are_on_it_and_in_the_tables_beside_it(fire: Town) -> None:
    seen = signed_in(fire.services, SANNE).get("/kaart")
    assert seen.title.startswith("Kaart")
    assert "Brand, Textielstraat, Enschede" in seen.text
    assert "Almelo 1 losse melding" in seen.text
    assert "Meldingen, geen criminaliteit" in seen.text
    (incident,) = view_map(fire.services, SANNE, Asked()).incidents
    assert seen.page.links.count(f"/incident/{incident.subject}") == 2


def test_a_topic_or_a_shorter_time_leaves_the_rest_out(fire: Town) -> None:
    sanne = signed_in(fire.services, SANNE)
    assert "Textielstraat" not in sanne.get("/kaart?onderwerp=vermissing").text
    fire.clock.forward(minutes=4 * 60)
    assert "Textielstraat" not in sanne.get("/kaart?uren=3").text
    assert "Textielstraat" in sanne.get("/kaart?uren=24").text
    assert "Textielstraat" in sanne.get("/kaart?uren=zo").text


def test_single_reports_of_every_day_looked_back_on_are_on_it(fire: Town) -> None:
    fire.clock.forward(minutes=30 * 60)
    (alone,) = view_map(fire.services, SANNE, Asked(hours=72)).single
    assert alone.first.gemeente == "Almelo"


def test_of_other_teams_only_counts_of_five_reporters_and_more_are_told(city: Town) -> None:
    tell(city, FIRE, SMOKE)
    assert view_map(city.services, NOOR, Asked()).areas == []
    tell(city, *(f"{SMOKE} {number}" for number in range(4)))
    view = view_map(city.services, NOOR, Asked())
    (area,) = view.areas
    assert (area.gemeente, area.reporters) == ("Enschede", 6)
    assert not view.incidents
    assert not view.single
    seen = signed_in(city.services, NOOR).get("/kaart")
    assert "Brand, Textielstraat" not in seen.text
    assert not [link for link in seen.page.links if link.startswith("/incident/")]


def test_looking_is_in_the_log_of_use(fire: Town) -> None:
    view_map(fire.services, SANNE, Asked(topic="brand"))
    now = fire.services.now()
    uses = list(access_log.lines(fire.services.table, now[:10], now))
    assert ("read_map", "brand", SANNE.id) in {(one.action, one.object, one.actor) for one in uses}


def test_a_conversation_shows_where_it_is_about(fire: Town) -> None:
    (incident,) = view_map(fire.services, SANNE, Asked()).incidents
    sanne = signed_in(fire.services, SANNE)
    (conversation, *_) = (
        link
        for link in sanne.get(f"/incident/{incident.subject}").page.links
        if link.startswith("/gesprek/")
    )
    assert "Textielstraat, Enschede Naar de kaart" in sanne.get(conversation).text
    assert place_of([]) is None
