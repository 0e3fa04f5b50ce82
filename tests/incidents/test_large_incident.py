"""A look at an incident of thousands costs as much as at one of some hundreds."""

from dataclasses import replace

import pytest

from chalicelib.domain.incident import Member
from chalicelib.flows.incidents import coordinating, incident_desk
from chalicelib.flows.incidents.claiming_together import LONGER
from chalicelib.flows.incidents.coordinating import FEW, found, join, put_back, take_out
from chalicelib.flows.incidents.incident_desk import PAGE, DeskView, view_desk
from chalicelib.flows.incidents.previewing_all import Preview, hearing, preview
from chalicelib.flows.incidents.rolling_up import roll_up
from chalicelib.store import conversations, incidents, keys, queue
from infra.benchmarks.metered import Metered
from tests.conftest import Town
from tests.incidents.test_answering_all import told
from tests.incidents.test_in_the_service import (
    FIRE,
    MORE,
    NADIA,
    OTHER_TOWN,
    SMOKE,
    open_ones,
    tell,
)
from tests.incidents.test_pages_incident import OTHER_SMOKE
from tests.web.visiting import Visitor

HUNDREDS, THOUSANDS = 250, 2_000
"""Reports; the first is just above what is read as a whole."""


def grow(city: Town, fire: str, to: int) -> None:
    """It has so many reports, each of someone with life at risk, and is counted."""
    now, table = city.services.now(), city.services.table
    first = incidents.members(table, fire, now)[0]
    item = queue.find(table, first.subject, now)
    talk = conversations.find(table, first.subject, now)
    assert item
    assert talk
    before = found(city.services, fire).messages
    for number in range(before, to):
        one = one_more(first, number)
        waits = replace(item, subject=one.subject)
        begun = conversations.opened(replace(talk, subject=one.subject), now)
        table.write(incidents.added(one, now), queue.saved(None, waits, now), begun)
    roll_up(city.services, keys.incident(fire))


def one_more(first: Member, number: int) -> Member:
    message, reporter = f"whatsapp#wamid.g{number:05}", f"whatsapp#NL.g{number}"
    return replace(first, message=message, subject=f"{number:032x}", reporter=reporter)


def test_reads_of_a_look_do_not_grow_with_the_reports(city: Town, fire: str) -> None:
    few = read_units_of_a_look(city, fire, HUNDREDS)
    assert read_units_of_a_look(city, fire, THOUSANDS) <= few + 1


def read_units_of_a_look(city: Town, fire: str, reports: int) -> float:
    """With so many reports, by the sizes of what is read."""
    grow(city, fire, reports)
    metered = Metered(city.services.table, lambda: 0)
    desk = view_desk(replace(city.services, table=metered), NADIA, fire)
    assert (desk.incident.messages, len(desk.reports), desk.more) == (reports, PAGE, PAGE)
    assert len(desk.waiting.at_risk) == PAGE
    return metered.all_read()


def test_reads_of_a_preview_are_those_of_whom_it_looks_at(city: Town, fire: str) -> None:
    few, each_of_few = look_of_an_answer(city, fire, 50)
    many, each_of_many = look_of_an_answer(city, fire, THOUSANDS)
    assert (few.looked, few.everybody, few.reached) == (50, 50, 50)
    assert (many.looked, many.everybody, many.reached) == (FEW, THOUSANDS, FEW)
    assert each_of_many <= each_of_few + 2, "their report, read by itself, for each of two looks"


def look_of_an_answer(city: Town, fire: str, reports: int) -> tuple[Preview, float]:
    """Whom an answer would reach, and the read units of that for each person looked at."""
    grow(city, fire, reports)
    metered = Metered(city.services.table, lambda: 0)
    services, answer = replace(city.services, table=metered), told(city, fire)
    seen = preview(services, NADIA, answer)
    assert hearing(services, NADIA, answer).looked == seen.looked
    return seen, metered.all_read() / seen.looked


def test_what_waits_of_a_small_one_does_not_cost_more_when_another_storms(
    city: Town, fire: str
) -> None:
    grow(city, fire, PAGE + 5)
    alone = view_desk(city.services, NADIA, fire).waiting
    first = incidents.members(city.services.table, fire, city.services.now())[0]
    item = queue.find(city.services.table, first.subject, city.services.now())
    assert item
    for number in range(3 * LONGER * (PAGE + 5)):
        elsewhere = replace(item, subject=f"f{number:031x}")
        city.services.table.write(queue.saved(None, elsewhere, city.services.now()))
    metered, whole = (Metered(city.services.table, lambda: 0) for _ in range(2))
    seen = view_desk(replace(city.services, table=metered), NADIA, fire)
    queue.whole_list(whole, queue.LIFE, city.services.now())
    assert seen.waiting == alone
    life = keys.list_partition(queue.LIFE)
    assert sum(metered.reads[life].values()) < sum(whole.reads[life].values()) / 2


def pages(city: Town, fire: str) -> list[DeskView]:
    """All pages of it, one after another."""
    seen = [view_desk(city.services, NADIA, fire)]
    while seen[-1].more is not None:
        seen.append(view_desk(city.services, NADIA, fire, seen[-1].more))
    return seen


def test_pages_of_a_large_one_show_what_the_whole_has(
    city: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(city, FIRE, OTHER_TOWN, SMOKE, OTHER_SMOKE, MORE, FIRE + " Help!")
    one, other = sorted(open_ones(city), key=lambda found: -found.messages)
    join(city.services, NADIA, one.subject, other.subject)
    wrong = incidents.members(city.services.table, one.subject, city.services.now())[1]
    take_out(city.services, NADIA, one.subject, [wrong.message], apart=False)
    whole = view_desk(city.services, NADIA, one.subject)
    assert (len(whole.reports), len(whole.out), whole.counted_all) == (5, 1, True)
    monkeypatch.setattr(coordinating, "FEW", 0)
    large = view_desk(city.services, NADIA, one.subject)
    assert (large.reports, large.out, large.more) == (whole.reports, whole.out, None)
    assert (large.waiting, large.counted_all) == (whole.waiting, False)
    monkeypatch.setattr(coordinating, "AT_ONCE", 2)
    monkeypatch.setattr(incident_desk, "PAGE", 2)
    seen = pages(city, one.subject)
    assert [len(one.reports) for one in seen] == [2, 2, 1]
    assert [report for one in seen for report in one.reports] == whole.reports
    counted = view_desk(city.services, NADIA, one.subject, count_all=True)
    assert (counted.waiting, counted.counted_all) == (whole.waiting, True)
    put_back(city.services, NADIA, one.subject, [wrong.message])
    assert sum(len(one.reports) for one in pages(city, one.subject)) == 6


def test_what_waits_of_all_is_counted_when_that_is_asked(
    city: Town, fire: str, nadia: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f"/incident/{fire}"
    assert ASK not in nadia.get(page).text
    monkeypatch.setattr(coordinating, "FEW", 1)
    seen = nadia.get(page)
    assert f"Geteld over de meldingen op deze bladzijde. {ASK}" in seen.text
    assert f"{page}?wachtend=alles" in seen.page.links
    counted = nadia.get(f"{page}?wachtend=alles")
    assert ASK not in counted.text
    assert "2 gesprekken wachten en zijn van niemand" in counted.text


ASK = "Tel alles wat wacht"
