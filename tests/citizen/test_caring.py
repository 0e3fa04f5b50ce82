"""Who was harmed is asked about help, says what they want to be told, and knows a name."""

from chalicelib.flows.desk.viewing import view_queue
from tests.citizen.conftest import Square
from tests.conftest import SANNE
from tests.web.visiting import signed_in

STOLEN = "Mijn zwarte fiets is gisteren gestolen in Enschede"
HERE = "/melding/slachtoffer"


def test_rights_are_shown_to_who_was_harmed_and_to_nobody_else(square: Square) -> None:
    square.writes(STOLEN)
    assert "U hebt rechten" in square.inside().get("/melding").text
    square.writes("Hoe laat is het bureau in Almelo open?", author="NL.9009")
    square.writes("medewerker graag", author="NL.9009")
    assert "U hebt rechten" not in square.inside("NL.9009").get("/melding").text


def test_what_they_want_is_seen_by_the_team_and_honoured(square: Square) -> None:
    square.writes(STOLEN)
    visitor = square.inside()
    assert "Slachtofferhulp is gratis" in visitor.get(HERE).text
    square.town.clock.forward(seconds=5)
    for _ in range(2):
        visitor.post(HERE, tell="main", how="dossier", help="ja", message_id="wens")
    square.town.work()
    waiting = view_queue(square.town.services, SANNE).rows
    assert sum("hulp van Slachtofferhulp" in row.text for row in waiting) == 1
    page = signed_in(square.town.services, SANNE).get(f"/gesprek/{waiting[0].subject}").text
    assert "Alleen wat belangrijk is; Alleen in Mijn melding" in page
    assert "U krijgt geen berichten" in visitor.get("/melding").text
    assert visitor.post(HERE, tell="alles", how="x").status == 422


def test_a_contact_by_name(square: Square) -> None:
    square.writes(STOLEN)
    subject = view_queue(square.town.services, SANNE).rows[0].subject
    sanne = signed_in(square.town.services, SANNE)
    assert sanne.post(f"/gesprek/{subject}/contact").status == 303
    visitor = square.inside()
    assert f"Uw vaste contact: {SANNE.name}" in visitor.get("/melding").text
    assert f"Vraag bij ons naar {SANNE.name}" in visitor.get(HERE).text
