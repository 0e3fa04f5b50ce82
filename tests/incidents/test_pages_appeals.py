"""Two coordinators and an appeal: written, looked at, laid before, approved, followed, stopped."""

import pytest

from chalicelib.store import directory
from tests.conftest import SANNE, Town
from tests.incidents.test_appeals import (
    SALMA,
    TEXT,
    VOLUNTEERS,
    goes_out,
    street,
    subject_of,
    writes,
)
from tests.web.visiting import Visitor, signed_in

__all__ = ["street"]


@pytest.fixture
def salma(street: Town) -> Visitor:
    """The other coordinator."""
    street.services.table.write(directory.kept_agent(SALMA))
    return signed_in(street.services, SALMA)


def form(seen: Visitor, page: str) -> dict[str, str]:
    shown = seen.get(page).page.fields
    return {
        "id": shown["id"], "gemeente": shown["gemeente"], "onderwerp": "brand",
        "soort": "witness", "tekst": TEXT,
    }  # fmt: skip


def test_it_is_laid_before_a_colleague_who_sends_it_and_both_follow_it(
    street: Town, fire: str, nadia: Visitor, salma: Visitor
) -> None:
    page = f"/incident/{fire}/oproep"
    assert page in nadia.get(f"/incident/{fire}").page.links
    filled = form(nadia, page)
    assert filled["gemeente"] == "Enschede"
    looked = nadia.post(page, **filled, doe="bekijk")
    assert "4 mensen krijgen dit" in looked.text
    named = {f"/gesprek/{subject_of(street, one)}" for one in VOLUNTEERS}
    assert not named & {*looked.page.links}
    sent = nadia.post(page, **filled, doe="leg_voor")
    mine = nadia.follow(sent)
    assert "Wacht op goedkeuring" in mine.text
    assert "Getuigenoproep: Nadia Kaya" in nadia.get(f"/incident/{fire}").text
    assert f"{sent.place.partition('?')[0]}/goedkeuren" not in mine.page.actions
    assert nadia.post(f"{page}/{filled['id']}/goedkeuren").status == 403
    approved = salma.follow(salma.post(f"{page}/{filled['id']}/goedkeuren"))
    assert "goedgekeurd door Salma Idrissi" in approved.text
    goes_out(street)
    writes(street, "Ja, een man met een rode jas", VOLUNTEERS[0])
    writes(street, "STOP", VOLUNTEERS[1])
    seen = nadia.get(f"{page}/{filled['id']}").text
    assert "Verstuurd 4" in seen
    assert "Mensen die antwoordden 1" in seen
    assert "Daarna gestopt 1" in seen
    desk = nadia.get(f"/incident/{fire}").text
    assert "Getuigenoproep: Nadia Kaya" in desk
    assert "1 antwoordde" in desk
    assert "antwoord op een oproep" in desk


def test_what_is_wrong_is_said_and_a_proposal_can_be_kept_back(
    street: Town, fire: str, nadia: Visitor
) -> None:
    assert street
    page = f"/incident/{fire}/oproep"
    filled = form(nadia, page)
    wrong = nadia.post(page, **filled | {"gemeente": "Nergens", "tekst": ""}, doe="leg_voor")
    assert wrong.status == 422
    assert wrong.page.fields["gemeente"] == "Nergens"
    nadia.post(page, **filled, doe="leg_voor")
    stopped = nadia.follow(nadia.post(f"{page}/{filled['id']}/stop"))
    assert "Gestopt door Nadia Kaya" in stopped.text
    assert not stopped.page.actions or not any("/stop" in one for one in stopped.page.actions)


def test_who_does_not_coordinate_only_follows(street: Town, fire: str) -> None:
    sanne = signed_in(street.services, SANNE)
    assert sanne.get(f"/incident/{fire}/oproep").status == 403
    assert f"/incident/{fire}/oproep" not in sanne.get(f"/incident/{fire}").page.links
