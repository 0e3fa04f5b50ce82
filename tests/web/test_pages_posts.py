"""Own posts on the screen: seen as each channel shows them, and never approved by their writer."""

from chalicelib.domain.dutch_time import local
from chalicelib.domain.principal import Principal
from chalicelib.store import directory
from tests.conftest import SANNE, TOMASZ, Town, account
from tests.web.visiting import Visitor, signed_in

PLACE = "/eigen-berichten"
TEXT = "Vanavond staan we op de Grote Markt. " * 10
FATIMA = Principal(id="fatima", name="Fatima Kaya", role="coordinator", team="oost")


def writer_and_approver(town: Town) -> tuple[Visitor, Visitor]:
    """Both signed in, with an account that may publish."""
    ours = account("x", "50")
    ours.approvals["publish"] = ours.approvals["answer"]
    town.services.table.write(directory.kept_account(ours), directory.kept_agent(FATIMA))
    return signed_in(town.services, SANNE), signed_in(town.services, FATIMA)


def test_one_writes_another_approves(town: Town) -> None:
    sanne, fatima = writer_and_approver(town)
    looked = sanne.post(PLACE, doen="bekijk", text=TEXT, accounts="x/50")
    assert "Deel 1 van 2" in looked.text
    empty = sanne.post(PLACE, text="", accounts="x/50", post_id="p1")
    assert empty.status == 422
    late = sanne.post(PLACE, text=TEXT, accounts="x/50", planned="2020-01-01T10:00", post_id="p1")
    assert "Dat moment is voorbij" in late.text
    sanne.post(PLACE, text=TEXT, accounts="x/50", planned="2031-01-01T10:00", post_id="p1")
    assert f"{PLACE}/p1/goedkeuren" not in sanne.get(PLACE).page.actions
    assert f"{PLACE}/p1/goedkeuren" in fatima.get(PLACE).page.actions
    assert sanne.post(f"{PLACE}/p1/goedkeuren").status == 403
    assert "Goedgekeurd, gaat uit" in fatima.follow(fatima.post(f"{PLACE}/p1/goedkeuren")).text
    assert "Tegengehouden" in fatima.follow(fatima.post(f"{PLACE}/p1/tegenhouden")).text
    assert fatima.post(f"{PLACE}/p1/goedkeuren").status == 409


def test_what_went_out_says_when(town: Town) -> None:
    sanne, fatima = writer_and_approver(town)
    sanne.post(PLACE, text=TEXT, accounts="x/50", post_id="p1")
    fatima.post(f"{PLACE}/p1/goedkeuren")
    town.clock.forward(minutes=5)
    town.work()
    assert f"Gegaan {local(town.services.now()):%H:%M}" in sanne.get(PLACE).text


def test_who_reads_no_conversations_sees_no_posts(town: Town) -> None:
    assert signed_in(town.services, TOMASZ).get(PLACE).status == 403
