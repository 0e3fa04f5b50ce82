"""The queue as an agent reads it."""

from dataclasses import asdict, fields
from urllib.parse import parse_qsl, urlencode

import pytest

from chalicelib.domain.moments import later
from chalicelib.domain.queue_filter import QueueFilter
from chalicelib.flows.desk.queueing import claim, snooze
from chalicelib.flows.desk.viewing import view_queue
from chalicelib.web.queue_address import as_query, filter_in
from tests.conftest import MARIJKE, NOOR, SANNE, TOMASZ, YOUSSEF, Town
from tests.web.visiting import Visitor, signed_in

DANGER = "help er is brand in de flat, er zijn nog kinderen binnen"
QUESTION = "Hoe laat gaat het bureau open?"


@pytest.fixture
def sanne(town: Town) -> Visitor:
    return signed_in(town.services, SANNE)


def subjects(town: Town) -> list[str]:
    return [row.subject for row in view_queue(town.services, SANNE).rows]


def test_the_front_door_leads_everybody_to_their_own_work(town: Town) -> None:
    assert signed_in(town.services, SANNE).get("/").place == "/wachtrij"
    assert signed_in(town.services, TOMASZ).get("/").place == "/beheer"


def test_danger_stands_on_top_with_the_reason_why(town: Town, sanne: Visitor) -> None:
    town.whatsapp(QUESTION, author="NL.1")
    town.whatsapp(DANGER, author="NL.2")
    town.work()
    seen = sanne.get("/wachtrij")
    assert "1 bericht: leven in gevaar" in seen.text
    assert seen.text.index(DANGER) < seen.text.index("Berichten van het team")
    assert seen.text.index("Berichten van het team") < seen.text.index(QUESTION)
    row = view_queue(town.services, SANNE).rows[0]
    assert f"Waarom: {row.because}" in seen.text
    assert "om op te pakken" in seen.text
    assert seen.title.startswith("(1!) Wachtrij")


def test_after_two_minutes_it_says_that_nobody_took_it(town: Town, sanne: Visitor) -> None:
    town.whatsapp(DANGER)
    town.work()
    town.clock.forward(minutes=2, seconds=1)
    town.sweep()
    assert "Opgeroepen 21:02" in sanne.get("/wachtrij").text
    town.clock.forward(minutes=2, seconds=1)
    assert 'class="ack is-over"' in sanne.get("/wachtrij").html


def test_an_empty_queue_is_friendly(sanne: Visitor) -> None:
    text = sanne.get("/wachtrij").text
    assert "Geen meldingen van levensgevaar" in text
    assert "Alles is opgepakt" in text


def test_a_held_message_names_its_holder(town: Town, sanne: Visitor) -> None:
    town.whatsapp(QUESTION)
    town.work()
    claim(town.services, YOUSSEF, subjects(town)[0])
    seen = sanne.get("/wachtrij")
    assert "Youssef Amrani tot 21:15" in seen.text
    assert not any("oppakken" in action for action in seen.page.actions)
    assert "Van jou tot 21:15" in signed_in(town.services, YOUSSEF).get("/wachtrij").text


def test_filters_count_truly_and_show_what_they_say(town: Town, sanne: Visitor) -> None:
    for number in range(3):
        town.whatsapp(f"Vraag {number}?", author=f"NL.{number}")
    town.work()
    claim(town.services, YOUSSEF, subjects(town)[0])
    claim(town.services, SANNE, subjects(town)[1])
    assert "Alles 3 Vrij 1 Van mij 1" in sanne.get("/wachtrij").text
    mine = sanne.get("/wachtrij?toon=mijn")
    assert mine.html.count("row__link") == 1
    assert "Van jou" in mine.text


def test_a_long_queue_goes_on_on_a_next_page_with_danger_on_each(
    town: Town, sanne: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.web.shown_queue.PAGE", 2)
    town.whatsapp(DANGER, author="NL.0")
    for number in range(1, 5):
        town.whatsapp(f"Vraag {number}?", author=f"NL.{number}")
    town.work()
    first = sanne.get("/wachtrij")
    assert "Alles 4" in first.text
    (onwards,) = [link for link in first.page.links if "vanaf=" in link]
    second = sanne.get(onwards)
    assert DANGER in second.text
    assert second.html.count("row__link") == 3


def test_set_aside_is_shown_apart_with_its_return(town: Town, sanne: Visitor) -> None:
    town.whatsapp(QUESTION)
    town.work()
    (subject,) = subjects(town)
    until = later(town.services.now(), by=town.clock.at - town.clock.at.replace(hour=18))
    snooze(town.services, SANNE, subject, until)
    text = sanne.get("/wachtrij").text
    assert "1 bericht uitgesteld" in text
    assert "komt terug om 23:00" in text


def test_take_the_next_takes_danger_first_and_skips_who_is_faster(
    town: Town, sanne: Visitor
) -> None:
    town.whatsapp(QUESTION, author="NL.1")
    town.whatsapp(DANGER, author="NL.2")
    town.work()
    danger, question = subjects(town)
    assert sanne.post("/wachtrij/volgende").place == f"/gesprek/{danger}?gedaan=opgepakt"
    assert sanne.post("/wachtrij/volgende").place == f"/gesprek/{question}?gedaan=opgepakt"
    nothing = sanne.follow(sanne.post("/wachtrij/volgende"))
    assert "Er is nu niets vrij om op te pakken" in nothing.text


def test_a_manager_reads_along_without_buttons(town: Town) -> None:
    town.whatsapp(QUESTION)
    town.work()
    seen = signed_in(town.services, MARIJKE).get("/wachtrij")
    assert QUESTION in seen.text
    assert seen.page.actions == ["/uitloggen", "/wachtrij", "/wachtrij/weergave"]
    assert "Beheer" in seen.text


def test_an_operator_reads_no_queue(town: Town) -> None:
    seen = signed_in(town.services, TOMASZ).get("/wachtrij")
    assert seen.status == 403
    assert "Dit mag je niet doen" in seen.text


def test_an_open_page_fetches_the_list_alone(town: Town, sanne: Visitor) -> None:
    town.whatsapp(QUESTION)
    town.work()
    fragment = sanne.get("/wachtrij/lijst?toon=vrij")
    assert QUESTION in fragment.text
    assert "<html" not in fragment.html


def test_an_open_conversation_fetches_danger_elsewhere(town: Town, sanne: Visitor) -> None:
    town.whatsapp(DANGER)
    town.work()
    (subject,) = subjects(town)
    assert "Er wacht een bericht: leven in gevaar." in sanne.get("/wachtrij/spoed").text
    assert sanne.get(f"/wachtrij/spoed?behalve={subject}").text == ""
    claim(town.services, YOUSSEF, subject)
    assert sanne.get("/wachtrij/spoed").text == ""


def test_what_citizens_write_is_never_markup(town: Town, sanne: Visitor) -> None:
    town.whatsapp("<img src=x onerror=alert(1)> hoi")
    town.work()
    assert "<img" not in sanne.get("/wachtrij").html
    (subject,) = subjects(town)
    assert "<img" not in sanne.get(f"/gesprek/{subject}").html


def test_danger_of_another_team_says_whose_it_is(town: Town) -> None:
    town.whatsapp(DANGER)
    town.work()
    assert "Webcare Oost" in signed_in(town.services, NOOR).get("/wachtrij/lijst").text
    assert "Webcare Oost" not in signed_in(town.services, SANNE).get("/wachtrij/lijst").text


def test_a_row_says_why_it_stands_where_it_stands(town: Town, sanne: Visitor) -> None:
    town.whatsapp(QUESTION)
    town.work()
    text = sanne.get("/wachtrij").text
    assert "Waarom hier? 5200 punten" in text
    assert "Urgentie ‘Later’ 4000" in text  # noqa: RUF001
    assert "+ 1200 Samen 5200" in text


def test_filters_narrow_and_count_what_is_left(town: Town, sanne: Visitor) -> None:
    town.whatsapp(QUESTION, author="NL.1")
    town.whatsapp("Mijn fiets is gestolen bij het station", author="NL.2")
    town.work()
    subject = subjects(town)[0]
    claim(town.services, SANNE, subject)
    seen = sanne.get("/wachtrij?onderwerp=diefstal")
    assert "Alles 1 Vrij" in seen.text
    assert seen.html.count("row__link") == 1
    assert "diefstal (1)" in seen.text
    nothing = sanne.get("/wachtrij?kanaal=telegram")
    assert "Niets past bij dit filter" in nothing.text


def test_late_and_closing_can_be_asked_for(town: Town, sanne: Visitor) -> None:
    town.whatsapp(QUESTION)
    town.work()
    assert sanne.get("/wachtrij?laat=ja").html.count("row__link") == 0
    assert sanne.get("/wachtrij?sluit=ja").html.count("row__link") == 0
    town.clock.forward(hours=13)  # the session has ended by now as well
    town.clock.forward(hours=9, minutes=30)
    again = signed_in(town.services, SANNE)
    assert "1 te laat" in again.get("/wachtrij?laat=ja").text
    assert "Kanaal sluit over 1 u 30 min" in again.get("/wachtrij?sluit=ja").text


def test_a_view_is_kept_for_its_agent_alone_and_thrown_away(town: Town, sanne: Visitor) -> None:
    kept = sanne.follow(sanne.post("/wachtrij/weergave", naam="Fietsen", hier="onderwerp=diefstal"))
    assert "Weergave bewaard." in kept.text
    assert "/wachtrij?toon=alles&onderwerp=diefstal" in kept.page.links
    assert "Fietsen" not in signed_in(town.services, YOUSSEF).get("/wachtrij").text
    sanne.post("/wachtrij/weergave", weg="Fietsen")
    assert "Fietsen" not in sanne.get("/wachtrij").text


def test_an_address_asks_for_all_that_a_filter_does() -> None:
    asked = QueueFilter(
        show="vrij",
        channel="x",
        topic="diefstal",
        lang="en",
        unit="Oost-Nederland",
        area="Zutphen",
        waiting=30,
        closing=True,
        late=True,
        skilled=True,
    )
    limits = asdict(asked).items() - asdict(QueueFilter()).items()
    assert {name for name, _ in limits} == {one.name for one in fields(QueueFilter)}
    assert filter_in(dict(parse_qsl(as_query(asked)))) == asked


def test_several_are_handled_together_each_by_its_own_condition(town: Town, sanne: Visitor) -> None:
    for number in range(3):
        town.whatsapp(f"Vraag {number}?", author=f"NL.{number}")
    town.work()
    first, second, third = subjects(town)
    claim(town.services, YOUSSEF, first)
    chosen = urlencode([("kies", one) for one in (first, second, third)] + [("doe", "oppakken")])
    told = sanne.follow(sanne.send("/wachtrij/samen", chosen))
    assert "2 gedaan. 1 niet:" in told.text
    assert "Van mij 2" in told.text


def test_several_are_given_to_a_colleague_or_finished(town: Town, sanne: Visitor) -> None:
    town.whatsapp(QUESTION, author="NL.1")
    town.whatsapp(DANGER, author="NL.2")
    town.work()
    danger, question = subjects(town)
    sanne.post("/wachtrij/samen", kies=question, doe="toewijzen", collega="youssef")
    assert "Van jou" in signed_in(town.services, YOUSSEF).get("/wachtrij?toon=mijn").text
    assert (
        sanne.post("/wachtrij/samen", kies=question, doe="toewijzen", collega="noor").status == 422
    )
    told = sanne.follow(sanne.post("/wachtrij/samen", kies=danger, doe="afronden"))
    assert "0 gedaan. 1 niet:" in told.text
    assert DANGER in told.text
