"""Judging blind: one message, four answers, and nothing that gives an answer away."""

import pytest

from chalicelib.flows.desk.queueing import finish
from chalicelib.flows.desk.viewing import view_queue
from tests.conftest import MARIJKE, SANNE, TOMASZ, Town
from tests.flows.detecting import Scripted, detected_by
from tests.flows.test_sampling import night
from tests.web.visiting import Seen, Visitor, signed_in


@pytest.fixture
def sanne(town: Town) -> Visitor:
    return signed_in(town.services, SANNE)


def drawn(town: Town, *texts: str) -> None:
    """These were written, by one citizen each; the night after, they are drawn."""
    detected_by(town, Scripted())
    for number, text in enumerate(texts):
        town.whatsapp(text, author=f"NL.{number}")
    town.work()
    night(town)


def say(visitor: Visitor, page: Seen, urgency: str) -> Seen:
    """Press one of the buttons."""
    fields = {name: page.page.fields[name] for name in ("dag", "lot")}
    return visitor.follow(visitor.post("/steekproef", **fields, urgency=urgency))


def test_one_at_a_time_until_all_is_done(town: Town, sanne: Visitor) -> None:
    drawn(town, "Hoe laat open?", "Dank u wel")
    page = sanne.get("/steekproef")
    assert "Berichten van 21 nov 0 gedaan, 2 te gaan" in page.text
    assert ("Hoe laat open?" in page.text) != ("Dank u wel" in page.text)
    page = say(sanne, page, "later")
    assert "1 gedaan, 1 te gaan" in page.text
    page = say(sanne, page, "weet_niet")
    assert "Alles is beoordeeld" in page.text


def test_what_detection_said_is_nowhere_on_the_page(town: Town, sanne: Visitor) -> None:
    drawn(town, "er is brand")
    page = sanne.get("/steekproef")
    assert "er is brand" in page.text
    assert "Er wacht een bericht: leven in gevaar." in page.text
    for told in ("Om te testen.", "test-1", "raised", "uncertain", ">Bo<"):
        assert told not in page.html


def test_what_the_citizen_wrote_before_is_there_and_our_answers_are_not(
    town: Town, sanne: Visitor
) -> None:
    detected_by(town, Scripted())
    town.whatsapp("eerst dit")
    town.work()
    town.clock.forward(seconds=2)
    town.whatsapp("en dan dat")
    town.work()
    night(town)
    pages = [sanne.get("/steekproef")]
    pages.append(say(sanne, pages[0], "later"))
    (later,) = [page for page in pages if "en dan dat" in page.text]
    assert "Eerder schreef deze inwoner eerst dit" in later.text
    (first,) = [page for page in pages if "en dan dat" not in page.text]
    assert "Eerder schreef" not in first.text


def test_a_missed_emergency_says_that_it_is_on_top_now(town: Town, sanne: Visitor) -> None:
    drawn(town, "Hoe laat open?")
    page = say(sanne, sanne.get("/steekproef"), "spoed")
    assert "Je zei: spoed. Het gesprek staat nu bovenaan" in page.text
    assert any(link.startswith("/gesprek/") for link in page.page.links)


def test_one_that_was_finished_is_left_to_the_judge_to_look_at(town: Town, sanne: Visitor) -> None:
    drawn(town, "Hoe laat open?")
    page = sanne.get("/steekproef")
    (row,) = view_queue(town.services, SANNE).rows
    finish(town.services, SANNE, row.subject)
    page = say(sanne, page, "spoed")
    assert "een collega heeft het al behandeld" in page.text


def test_before_the_first_night_it_says_what_will_come(sanne: Visitor) -> None:
    page = sanne.get("/steekproef")
    assert "Er is niets te beoordelen" in page.text
    assert "Elke nacht" in page.text


def test_what_cannot_be_said_is_refused(town: Town, sanne: Visitor) -> None:
    drawn(town, "Hoe laat open?")
    page = sanne.get("/steekproef")
    fields = {name: page.page.fields[name] for name in ("dag", "lot")}
    assert sanne.post("/steekproef", **fields, urgency="heel").status == 422
    assert sanne.post("/steekproef", dag="x", lot="y", urgency="nu").status == 404
    refused = sanne.post("/steekproef", _from="cross-site", **fields, urgency="nu")
    assert refused.status == 403


def test_only_who_answers_for_a_team_is_asked(town: Town) -> None:
    for other in (MARIJKE, TOMASZ):
        visitor = signed_in(town.services, other)
        assert visitor.get("/steekproef").status == 403
        assert "/steekproef" not in visitor.get("/beheer").page.links
    assert "/steekproef" in signed_in(town.services, SANNE).get("/wachtrij").page.links


def test_the_manager_reads_recall_with_its_range(town: Town, sanne: Visitor) -> None:
    marijke = signed_in(town.services, MARIJKE)
    assert "Er is nog geen steekproef beoordeeld." in marijke.get("/beheer").text
    drawn(town, "er is brand", "Hoe laat open?", "Dank u wel")
    page = sanne.get("/steekproef")
    while "lot" in page.page.fields:
        page = say(sanne, page, "spoed" if "brand" in page.text else "later")
    told = marijke.get("/beheer").text
    assert "Naar schatting 100% met 95% zekerheid tussen 100% en 100%" in told
    assert "1 van 1 beoordeeld" in told
    assert "0 van 2 beoordeeld" in told
