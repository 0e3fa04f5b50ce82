"""The crisis switch: proposed by a rise, on and off by a person, and honest to who must wait."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.crisis import Crisis, unusual
from chalicelib.domain.moments import instant
from chalicelib.domain.principal import Principal
from chalicelib.domain.queue_item import QueueRow
from chalicelib.errors import InvalidInput, NotAllowed, NotFound
from chalicelib.flows.assessing.triage import triage
from chalicelib.flows.desk.queueing import finish
from chalicelib.flows.desk.viewing import view_conversation, view_life, view_rows
from chalicelib.flows.hinting import tell_everybody, tell_teams
from chalicelib.flows.incidents.crises import Wanted, turn_off, turn_on
from chalicelib.flows.incidents.proposing_crises import propose
from chalicelib.flows.incidents.standing_crises import turned_on
from chalicelib.flows.incidents.viewing_crises import view_crises
from chalicelib.store import access_log, changes, directory, kept_messages
from tests.conftest import SANNE, Town
from tests.dying import dying

FATIMA = Principal(id="fatima", name="Fatima Kaya", role="coordinator", team="oost")
NOOR = Principal(id="noor", name="Noor", role="agent", team="noord")
FIRE = "Grote brand in de loods aan de Textielstraat in Enschede, vlammen uit het dak!"
OPEN = "Wanneer is het bureau open? Ik wil een gevonden portemonnee brengen."
WANTED = Wanted(
    area="Enschede",
    topic="brand",
    because="grote brand",
    statement={"nl": "We weten van de brand.", "en": "We know of the fire."},
    wait={"nl": "Het is druk. U krijgt antwoord uiterlijk {uiterlijk}."},
    hours=4,
    teams=("noord",),
)


@pytest.fixture(autouse=True)
def account_for_incidents(town: Town) -> None:
    for account in directory.accounts(town.services.table):
        approvals = account.approvals | {"incident": account.approvals["answer"]}
        town.services.table.write(directory.kept_account(replace(account, approvals=approvals)))


def on(town: Town, **changed: Any) -> Crisis:
    return turn_on(town.services, FATIMA, replace(WANTED, **changed))


def written(town: Town, text: str, author: str = "NL.1") -> QueueRow | None:
    town.clock.forward(seconds=5)
    town.whatsapp(text, author=author)
    town.work()
    rows = view_rows(town.services, SANNE)
    return next((row for row in rows if row.text == text), None)


def said(town: Town, row: QueueRow) -> list[str]:
    view = view_conversation(town.services, SANNE, row.subject)
    return [one.message.text for one in view.messages if one.message.direction == "out"]


@pytest.mark.parametrize(
    ("count", "usual", "because"),
    [
        (7, 0, ""),
        (12, 5, ""),
        (8, 0, "8 meldingen in een uur over brand, Enschede; gewoonlijk geen"),
        (15, 5, "15 meldingen in een uur over brand, Enschede; gewoonlijk 5"),
    ],
)
def test_a_rise_is_eight_within_the_hour_and_three_times_what_is_usual(
    count: int, usual: int, because: str
) -> None:
    found = unusual("Enschede", "brand", count, usual)
    assert (found.because if found else "") == because


def test_many_reports_of_one_fire_propose_a_crisis_once(town: Town) -> None:
    for number in range(10):
        written(town, f"{FIRE} ({number})", f"NL.{number}")
    (found,) = view_crises(town.services, FATIMA).now
    assert (found.state, found.area, found.topic) == ("proposed", "Enschede", "brand")
    assert found.because.startswith("8 meldingen in een uur")
    turn_off(town.services, FATIMA, found.id)
    written(town, f"{FIRE} nog een", "NL.99")
    view = view_crises(town.services, FATIMA)
    assert not view.now, "declined for today"
    assert [one.state for one in view.over] == ["declined"]


def test_a_coordinator_turns_it_on_and_off_and_all_of_it_is_on_record(town: Town) -> None:
    found = unusual("Enschede", "brand", 20, 2)
    assert found
    propose(town.services, found)
    (proposed,) = view_crises(town.services, SANNE).now
    town.clock.forward(minutes=5)
    crisis = turn_on(town.services, FATIMA, WANTED, proposed.id)
    assert turned_on(town.services) == [crisis]
    with pytest.raises(NotAllowed):
        turn_off(town.services, SANNE, crisis.id)
    town.clock.forward(minutes=5)
    changed = turn_on(town.services, FATIMA, replace(WANTED, hours=8), crisis.id)
    assert (changed.at, changed.hours) == (crisis.at, 8)
    town.clock.forward(minutes=5)
    turn_off(town.services, FATIMA, crisis.id)
    view = view_crises(town.services, SANNE)
    assert not view.now
    (over,) = view.over
    assert (over.state, over.ended_by) == ("off", "Fatima Kaya")
    assert [one.what for one in view.events[over.id]] == [
        "crisis_proposed", "crisis_on", "crisis_changed", "crisis_off",
    ]  # fmt: skip
    now = town.services.now()
    lines = access_log.lines(town.services.table, now[:10], now)
    assert sum(line.action == "switch_crisis" for line in lines) == 3
    with pytest.raises(InvalidInput):
        on(town, area="Nergenshuizen")


def test_what_can_wait_is_put_off_and_told_so_once(town: Town) -> None:
    usual = written(town, OPEN, "NL.1")
    crisis = on(town)
    row = written(town, f"Dag! {OPEN}", "NL.2")
    assert usual
    assert row
    assert usual.about.put_off == ""
    assert row.about.put_off == crisis.id
    late = instant(row.due_at) - instant(row.waiting_since)
    assert late >= instant(usual.due_at) - instant(usual.waiting_since) + timedelta(hours=4)
    (text,) = said(town, row)
    assert text.startswith("Het is druk. U krijgt antwoord uiterlijk zo")
    assert not said(town, usual)
    again = written(town, "Nog een vraag daarover.", "NL.2")
    assert again
    assert len(said(town, again)) == 1
    turn_off(town.services, FATIMA, crisis.id)
    after = written(town, f"Goedenavond. {OPEN}", "NL.3")
    assert after
    assert after.about.put_off == ""


@pytest.mark.parametrize(("answered", "told"), [(False, 1), (True, 0)])
def test_who_dies_before_it_is_told_tells_it_when_the_job_comes_back(
    town: Town, *, answered: bool, told: int
) -> None:
    on(town)
    with dying(town, lambda operation: operation.key.pk.startswith("DELIVERY#")):
        written(town, OPEN)
    (row,) = view_rows(town.services, SANNE)
    assert not said(town, row)
    if answered:
        finish(town.services, SANNE, row.subject)
    (message,) = view_conversation(town.services, SANNE, row.subject).messages
    for _ in range(2):
        triage(town.services, kept_messages.key_of(message.message))
    assert len(said(town, row)) == told


def test_what_is_urgent_or_about_the_crisis_itself_is_not_put_off(town: Town) -> None:
    on(town, topic="", area="Enschede")
    row = written(town, "Mijn fiets is gestolen bij het station in Enschede.", "NL.4")
    assert row
    assert row.about.put_off == ""
    assert not said(town, row)


def test_who_is_at_risk_is_not_told_to_wait_when_a_calm_question_follows(town: Town) -> None:
    on(town)
    written(town, "help mijn vader ademt niet meer", "NL.5")
    (first,) = view_life(town.services, SANNE)
    written(town, OPEN, "NL.5")
    (later,) = view_life(town.services, SANNE)
    assert (later.text, later.due_at) == (OPEN, first.due_at)
    assert later.about.put_off == ""
    assert not said(town, later)


def test_a_team_that_joins_sees_what_the_crisis_is_about_and_nothing_else(town: Town) -> None:
    mine = "Er is een brandje geweest in Enschede, wie ruimt dat op?"
    written(town, mine, "NL.1")
    written(town, OPEN, "NL.2")
    assert not view_rows(town.services, NOOR)
    crisis = on(town)
    assert [row.text for row in view_rows(town.services, NOOR)] == [mine]
    turn_off(town.services, FATIMA, crisis.id)
    assert not view_rows(town.services, NOOR)


def test_teams_in_one_crisis_are_each_told_once_of_life_at_risk(town: Town) -> None:
    on(town)
    for team in ("oost", "noord"):
        town.services.table.write(changes.connected(team, f"page-{team}", town.services.now()))
    town.sockets.told.clear()
    tell_everybody(town.services, "one")
    tell_teams(town.services, "two", "oost", "noord")
    told = [(connection, json.loads(text)["subject"]) for connection, text in town.sockets.told]
    assert sorted(told) == [
        ("page-noord", "one"),
        ("page-noord", "two"),
        ("page-oost", "one"),
        ("page-oost", "two"),
    ]


def test_two_coordinators_turn_one_crisis_off_once(town: Town) -> None:
    crisis = on(town)
    turn_on(town.services, FATIMA, WANTED, crisis.id)
    turn_off(town.services, FATIMA, crisis.id)
    with pytest.raises(NotFound):
        turn_off(town.services, FATIMA, crisis.id)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"area": "Nergenshuizen"}, "area"),
        ({"because": " "}, "because"),
        ({"statement": {"en": "only"}}, "statement_nl"),
        ({"wait": {"nl": "Even geduld."}}, "wait_nl"),
        ({"hours": 100}, "hours"),
        ({"teams": ("oost",)}, "teams"),
    ],
)
def test_what_is_missing_is_named(town: Town, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        on(town, **changed)
    assert set(refused.value.fields) == {field}
