"""An answer by template, as an agent sees it; and buttons below an answer."""

import pytest

from chalicelib.store import directory
from tests.conftest import SANNE, WHATSAPP, Town, account
from tests.web.test_pages_conversation import answer, asked
from tests.web.visiting import Visitor, signed_in


@pytest.fixture
def sanne(town: Town) -> Visitor:
    return signed_in(town.services, SANNE)


@pytest.fixture
def address(town: Town, sanne: Visitor) -> str:
    """A conversation that Sanne took up, on an account with templates."""
    known = account("whatsapp", WHATSAPP)
    known.settings["business_account"] = "900300400500"
    town.services.table.write(directory.kept_account(known))
    town.clock.at = town.clock.at.replace(minute=7)
    town.sweep()
    found = asked(town)
    sanne.post(f"{found}/oppakken")
    return found


def fields(sanne: Visitor, address: str) -> dict[str, str]:
    page = sanne.get(f"{address}/sjabloon").page
    wanted = {name: page.fields[name] for name in ("reply_id", "seen")}
    return {**wanted, "sjabloon": "antwoord_klaar", "taal": "nl"}


def test_it_is_shown_with_what_was_filled_in_before_it_goes(
    town: Town, sanne: Visitor, address: str
) -> None:
    typed = {**fields(sanne, address), "veld_1": "mevrouw Bos", "veld_2": "uw vraag"}
    looked = sanne.post(f"{address}/sjabloon", **typed, bekijken="ja")
    assert "Hallo mevrouw Bos, ons antwoord op uw vraag staat klaar." in looked.text
    assert "Lees het antwoord" in looked.text
    before = len(town.fakes.sent())
    assert sanne.post(f"{address}/sjabloon", **typed).status == 303
    town.clock.forward(seconds=6)
    town.work()
    assert [one["kind"] for one in town.fakes.sent(after=before)] == ["template"]


def test_what_is_not_filled_in_comes_back(sanne: Visitor, address: str) -> None:
    stopped = sanne.post(f"{address}/sjabloon", **fields(sanne, address), veld_1="Bo", veld_2="")
    assert (stopped.status, "vul dit in" in stopped.text) == (422, True)
    assert stopped.page.fields["veld_1"] == "Bo"


def test_only_what_can_be_sent_is_offered(sanne: Visitor, address: str) -> None:
    shown = sanne.get(f"{address}/sjabloon").text
    assert "gesloten" in shown
    assert "gepauzeerd" not in shown
    assert "met_foto" not in shown


def test_after_the_window_the_composer_leads_to_the_templates(town: Town, address: str) -> None:
    town.clock.forward(hours=25)
    tomorrow = signed_in(town.services, SANNE)
    tomorrow.post(f"{address}/oppakken")
    shown = tomorrow.get(address)
    assert "Een sjabloon kan nog wel." in shown.text
    assert f"{address}/sjabloon" in shown.page.links


def test_buttons_go_below_the_answer(town: Town, sanne: Visitor, address: str) -> None:
    page = sanne.get(address)
    before = len(town.fakes.sent())
    assert answer(sanne, address, page, "Klopt dat?", choices="Ja\n\n Nee \n").status == 303
    town.clock.forward(seconds=6)
    town.work()
    assert [one["choices"] for one in town.fakes.sent(after=before)] == [["Ja", "Nee"]]


def test_buttons_that_do_not_fit_come_back(sanne: Visitor, address: str) -> None:
    stopped = answer(sanne, address, sanne.get(address), "Kies", choices="a" * 21)
    assert stopped.status == 422
    assert "tekens per keuze" in stopped.text
    assert stopped.page.fields["choices"] == "a" * 21
