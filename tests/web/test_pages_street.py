"""An officer on the street: the cards of their unit, receipt and status, and no more of persons."""

import pytest

from chalicelib.domain.card import Told
from chalicelib.domain.principal import Principal
from chalicelib.flows.desk import passing_on
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.store import access_log, directory
from tests.conftest import CENTRE, MARIJKE, SANNE, UNIT, Town
from tests.web.visiting import Visitor, signed_in

ILSE = Principal(id="ilse", name="Ilse Veenstra", role="officer", team=UNIT.id)
TOLD = Told(
    what="gevecht op het plein",
    where="Oude Markt, Enschede",
    who="Jan uit de Lipperkerkstraat",
    callback="06-12345678",
)


@pytest.fixture
def ilse(town: Town) -> Visitor:
    town.services.table.write(directory.kept_agent(ILSE))
    return signed_in(town.services, ILSE)


@pytest.fixture
def subject(town: Town) -> str:
    """A conversation that was passed on to the unit, and another matter to the centre."""
    town.whatsapp("Er wordt gevochten op de Oude Markt in Enschede")
    town.work()
    found = view_queue(town.services, SANNE).rows[0].subject
    for number, (to, told) in enumerate(((UNIT, TOLD), (CENTRE, Told(what="iets", where="x")))):
        town.clock.forward(seconds=1)
        passing_on.pass_on(
            town.services, SANNE, found, receiver=to.id, told=told, card_id=f"card{number}"
        )
    town.work()
    return found


def test_an_officer_sees_how_fresh_the_cards_are(town: Town, ilse: Visitor, subject: str) -> None:
    assert subject
    before = ilse.get("/straat").text
    town.clock.forward(minutes=2)
    assert "Bijgewerkt om 21:00" in before
    assert "Bijgewerkt om 21:02" in ilse.get("/straat").text


def test_receipt_and_status_are_two_taps_and_the_team_reads_them(
    town: Town, ilse: Visitor, subject: str
) -> None:
    assert ilse.get("/").place == "/straat"
    (act,) = [one for one in ilse.get("/straat").page.actions if one.startswith("/straat/")]
    for tap, said in (
        ("neem", "Je hebt deze kaart"),
        ("onderweg", "Onderweg sinds"),
        ("klaar", "Afgehandeld"),
    ):
        town.clock.forward(seconds=30)
        assert said in ilse.follow(ilse.post(act, doe=tap)).text
    timeline = view_conversation(town.services, SANNE, subject).timeline
    assert [(one.what, one.name) for one in timeline if one.by == ILSE.id] == [
        ("passed_received", "Ilse Veenstra"),
        ("passed_under_way", "Ilse Veenstra"),
        ("passed_done", "Ilse Veenstra"),
    ]
    lines = access_log.lines(town.services.table, town.services.now()[:10], town.services.now())
    assert [one.action for one in lines if one.actor == ILSE.id].count("take_card") == 3


def test_persons_are_shown_to_who_took_it_and_nobody_before(
    town: Town, ilse: Visitor, subject: str
) -> None:
    seen = ilse.get("/straat").text
    assert "gevecht op het plein" in seen
    assert ": Oude Markt, Enschede" in seen, "below a small map, of what the card says"
    assert "Lipperkerkstraat" not in seen
    assert "06-12345678" not in seen
    assert "iets" not in seen, "the centre's own card"
    ilse.post(f"/straat/{subject}/card0", doe="neem")
    assert "06-12345678" in ilse.get("/straat").text
    town.clock.forward(days=2)
    ilse.post(f"/straat/{subject}/card0", doe="klaar")
    town.clock.forward(hours=13)
    assert "gevecht op het plein" not in ilse.get("/straat").text, "a shift later"


def test_another_unit_s_card_and_every_other_page_are_closed(ilse: Visitor, subject: str) -> None:
    assert ilse.post(f"/straat/{subject}/card1", doe="neem").status == 404
    assert ilse.post(f"/straat/{subject}/card0", doe="zomaar").status == 422
    assert ilse.post(f"/straat/{subject}/card0", "cross-site", doe="neem").status == 403
    for address in (f"/gesprek/{subject}", "/wachtrij", "/zoeken", "/crisis", "/inrichting"):
        assert ilse.get(address).status == 403, address


def test_an_agent_has_no_cards_of_a_unit(town: Town) -> None:
    assert signed_in(town.services, SANNE).get("/straat").status == 403


def test_an_officer_belongs_to_a_unit_and_not_to_a_team(town: Town) -> None:
    marijke = signed_in(town.services, MARIJKE)
    person = {"id": "tom", "name": "Tom", "role": "officer"}
    address = "/inrichting/agent/nieuw"
    assert marijke.post(address, versie="0", **person, team="oost").status == 422
    assert marijke.post(address, versie="0", **person, team=UNIT.id).status == 303
    assert "Basisteam Enschede" in marijke.get(address).text
