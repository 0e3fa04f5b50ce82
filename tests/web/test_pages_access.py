"""Who may come in, for how long, and who reads what was seen."""

from datetime import timedelta

import pytest

from chalicelib.domain.principal import MAY, Principal
from chalicelib.flows.colleagues.signing_in import IDLE
from chalicelib.store import directory, keys
from chalicelib.store.table import Delete
from tests.conftest import MARIJKE, SANNE, TOMASZ, Town
from tests.web.visiting import Visitor, signed_in

PIETER = Principal(id="pieter", name="Pieter Hoekstra", role="privacy_officer")


@pytest.fixture
def pieter(town: Town) -> Visitor:
    town.services.table.write(directory.kept_agent(PIETER))
    return signed_in(town.services, PIETER)


def dossier(town: Town) -> str:
    """A citizen wrote; where their conversation stands."""
    town.whatsapp("Mijn fiets is gestolen bij Bo thuis")
    town.work()
    seen = signed_in(town.services, SANNE).get("/wachtrij")
    return next(link for link in seen.page.links if link.startswith("/gesprek/")).partition("#")[0]


def test_signing_in_leads_back_to_the_page_that_was_wanted(town: Town) -> None:
    assert town
    visitor = Visitor()
    away = visitor.get("/inloggen?next=/steekproef")
    back = visitor.get(away.place.replace("http://nabij.example", ""))
    assert back.place == "/steekproef"
    assert visitor.get("/steekproef").status == 200


@pytest.mark.parametrize("wrong", ["", "a.b.c", "a.b.c.", "x.n.v.%2F"])
def test_a_way_back_that_was_not_begun_here_leads_nowhere(town: Town, wrong: str) -> None:
    assert town
    visitor = Visitor({"nabij_state": wrong})
    seen = visitor.get("/inloggen/terug?state=s&code=sanne")
    assert seen.place.startswith("/inloggen?next=")
    assert "nabij_session" not in visitor.cookies


def test_over_a_closed_line_a_cookie_stays_on_it(town: Town) -> None:
    assert town
    open_, closed = Visitor(), Visitor()
    assert "Secure" not in open_.get("/inloggen").headers["set-cookie"]
    cookie = closed.get("/inloggen", **{"x-forwarded-proto": "https"}).headers["set-cookie"]
    assert "; Secure" in cookie
    assert "HttpOnly" in cookie


def test_who_does_nothing_for_an_hour_signs_in_again(town: Town) -> None:
    sanne = signed_in(town.services, SANNE, idle=True)
    for _ in range(3):
        town.clock.forward(minutes=50)
        assert sanne.get("/wachtrij").status == 200, "who works stays"
    town.clock.at += IDLE
    assert sanne.get("/wachtrij").place.startswith("/inloggen")


def test_an_open_page_that_refreshes_itself_keeps_no_session(town: Town) -> None:
    sanne = signed_in(town.services, SANNE, idle=True)
    town.clock.at += IDLE - timedelta(minutes=10)
    by_itself = {"sec-fetch-dest": "empty"}
    assert sanne.get("/wachtrij/lijst", **by_itself).status == 200
    town.clock.forward(minutes=10)
    assert sanne.get("/wachtrij/lijst", **by_itself).place.startswith("/inloggen")


def test_who_leaves_the_directory_is_out_at_once(town: Town) -> None:
    sanne = signed_in(town.services, SANNE)
    town.services.table.write(Delete(keys.agent("sanne")))
    assert sanne.get("/wachtrij").place.startswith("/inloggen")


def test_a_changed_role_holds_at_once(town: Town) -> None:
    sanne = signed_in(town.services, SANNE)
    now_manager = Principal(id="sanne", name="Sanne de Wit", role="manager")
    town.services.table.write(directory.kept_agent(now_manager))
    assert sanne.post("/wachtrij/volgende").status == 403


def test_the_privacy_officer_reads_who_opened_a_dossier_and_what_for(
    town: Town, pieter: Visitor
) -> None:
    address = dossier(town)
    signed_in(town.services, SANNE).get(address)
    home = pieter.follow(pieter.get("/"))
    assert "Gebruikslog" in home.title
    assert "Sanne de Wit Gesprek geopend" in home.text
    assert "Inwoners helpen" in home.text
    assert "fiets" not in home.html, "what citizens wrote is not in it"
    only = pieter.get(f"/gebruikslog?wie=sanne&wat=read_conversation&over={address[9:]}")
    assert "1 regel" in only.text
    assert "Sanne de Wit Medewerker webcare 1 1" in only.text
    assert "Op deze dag is niets" in pieter.get("/gebruikslog?dag=2026-11-20").text


def test_reading_the_log_is_in_the_log(pieter: Visitor) -> None:
    pieter.get("/gebruikslog")
    assert "Pieter Hoekstra Gebruikslog gelezen" in pieter.get("/gebruikslog").text


def test_a_day_that_is_none_is_explained(pieter: Visitor) -> None:
    assert pieter.get("/gebruikslog?dag=gisteren").status == 422


def test_the_privacy_officer_opens_no_dossier(town: Town, pieter: Visitor) -> None:
    address = dossier(town)
    assert pieter.get(address).status == 403
    assert pieter.get("/wachtrij").status == 403


@pytest.mark.parametrize("who", [SANNE, MARIJKE, TOMASZ], ids=lambda who: who.role)
def test_nobody_else_reads_the_log(town: Town, who: Principal) -> None:
    assert signed_in(town.services, who).get("/gebruikslog").status == 403


def test_who_keeps_the_service_running_or_oversees_it_reads_no_conversation() -> None:
    for role in ("operator", "privacy_officer", "system"):
        assert not {"read_queue", "read_conversation", "answer"} & MAY[role]
