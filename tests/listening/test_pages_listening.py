"""The pages of listening: asking, approving, reading a feed, the month's report."""

import re

from chalicelib.domain.principal import Principal
from chalicelib.store import directory
from tests.conftest import MARIJKE, SANNE, Town, X
from tests.flows.test_polling import open_account
from tests.listening.searches import listening_for
from tests.listening.test_feeds import posted
from tests.web.visiting import signed_in

PIETER = Principal(id="pieter", name="Pieter Hoekstra", role="privacy_officer")
ASKED = {
    "name": "Kermis", "query": "kermis zutphen", "accounts": f"x#{X}", "purpose": "event",
    "ground": "politiewet_3", "because": "Drukte op het plein.", "until": "2026-12-01",
}  # fmt: skip


def test_one_asks_another_approves_and_the_register_tells_it(town: Town) -> None:
    open_account(town)
    sanne, marijke = signed_in(town.services, SANNE), signed_in(town.services, MARIJKE)
    done = sanne.follow(sanne.post("/luisteren/nieuw", **ASKED))
    assert "Wacht op goedkeuring" in done.text
    (id_,) = set(re.findall(r'href="/luisteren/([0-9a-f]{10})\?wijzig', done.html))
    place = f"/luisteren/{id_}"
    shown = marijke.follow(marijke.post(place, doe="goedkeuren", versie="1"))
    assert "De zoekopdracht loopt vanaf nu." in shown.text
    assert "Goedgekeurd door Marijke Bos" in shown.text
    assert "Afgelopen" in sanne.follow(sanne.post(place, doe="stoppen")).text


def test_what_was_typed_stays_and_the_refusal_says_why(town: Town) -> None:
    open_account(town)
    sanne = signed_in(town.services, SANNE)
    answer = sanne.post("/luisteren/nieuw", **{**ASKED, "query": "dhr. Visser Zutphen"})
    assert answer.status == 422
    assert "Deze zoekopdracht noemt een persoon (dhr Visser)" in answer.text
    assert "dhr. Visser Zutphen" in answer.html


def test_a_feed_shows_figures_and_words_but_no_writer(town: Town) -> None:
    open_account(town, euros_per_month="100")
    listening_for(town, "kermis zutphen")
    posted(town, "Wat een drukte op de kermis in Zutphen!", "661", name="Roos Roddelaar")
    town.sweep()
    town.sweep()
    text = signed_in(town.services, SANNE).get("/luisteren/s1?uren=1").text
    assert "Wat een drukte" in text
    assert "Roos" not in text


def test_the_privacy_officer_reads_the_month_and_no_message(town: Town) -> None:
    open_account(town)
    listening_for(town, "kermis zutphen")
    posted(town, "De kermis in Zutphen is open", "661")
    town.sweep()
    town.sweep()
    town.services.table.write(directory.kept_agent(PIETER))
    sanne, pieter = signed_in(town.services, SANNE), signed_in(town.services, PIETER)
    sanne.post("/luisteren/nieuw", **{**ASKED, "query": "@jandevries"})
    report = pieter.get("/luisterverslag").text
    assert "kermis zutphen" in report
    assert "volgt een account 1" in report
    assert "jandevries" not in report
    assert "is open" not in pieter.get("/luisteren/s1").text
