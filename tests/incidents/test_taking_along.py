"""An incident goes to another team, and what waits of it follows, whoever dies meanwhile."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from chalicelib.domain.queue_item import QueueItem
from chalicelib.flows.desk.handing_over import hand_over
from chalicelib.flows.desk.queueing import claim, judge, snooze
from chalicelib.flows.incidents import taking_along
from chalicelib.flows.incidents.coordinating import view_incident
from chalicelib.flows.incidents.taking_along import take_along
from chalicelib.store import directory, due, keys, queue, timeline
from chalicelib.store.directory import Team
from chalicelib.store.table import Operation
from tests.conftest import NOOR, SANNE, YOUSSEF, Town
from tests.dying import dying
from tests.incidents.test_in_the_service import (
    FIRE,
    MORE,
    NADIA,
    SMOKE,
    Meanwhile,
    open_ones,
    tell,
)
from tests.web.visiting import signed_in

ZUID = "zuid"


@pytest.fixture
def fire(city: Town) -> str:
    """Four people report it; none of them is in danger."""
    city.services.table.write(directory.kept_team(Team(id=ZUID, name="Webcare Zuid")))
    tell(city, FIRE, SMOKE, MORE, MORE + "!")
    (incident,) = open_ones(city)
    for subject in subjects(city, incident.subject):
        if item(city, subject).emergency:
            judge(city.services, NADIA, subject, emergency=False)
    city.work()
    return incident.subject


def subjects(city: Town, fire: str) -> list[str]:
    """Its conversations, the first reporter's first."""
    members = view_incident(city.services, NADIA, fire).members
    return list(dict.fromkeys(one.subject for one in members))


def item(city: Town, subject: str) -> QueueItem:
    found = queue.find(city.services.table, subject, city.services.now())
    assert found
    return found


def teams(city: Town, fire: str) -> list[str]:
    """Where the incident is, then each of its conversations."""
    return [item(city, one).team for one in (fire, *subjects(city, fire))]


def moves(city: Town, subject: str) -> list[str]:
    """To which teams it was handed over, in turn."""
    events = timeline.events(city.services.table, subject, city.services.now())
    return [one.text for one in events if one.what == "handed_over"]


def nothing_is_owed(city: Town) -> bool:
    return due.owed(city.services.table, keys.HANDOVER_DUE) == 0


def at_conversation(number: int) -> Callable[[Operation], bool]:
    """At the nth conversation that is moved."""
    seen = [0]

    def dies(operation: Operation) -> bool:
        seen[0] += operation.key.pk.startswith("CONV#") and operation.key.sk == "QUEUE"
        return seen[0] == number

    return dies


@pytest.mark.parametrize("number", [1, 2, 4])
def test_killed_between_two_conversations_all_follow_once(
    city: Town, fire: str, number: int
) -> None:
    hand_over(city.services, SANNE, fire, "noord", "jullie gebied")
    with dying(city, at_conversation(number)):
        city.work()
    assert teams(city, fire).count("oost") == 5 - number
    city.clock.forward(minutes=2)
    city.sweep()
    assert teams(city, fire) == ["noord"] * 5
    assert [moves(city, one) for one in subjects(city, fire)] == [["Webcare Noord"]] * 4
    assert moves(city, fire) == ["Webcare Noord: jullie gebied"]
    assert nothing_is_owed(city)


def test_killed_before_its_job_was_sent_the_sweep_finds_what_is_owed(
    city: Town, fire: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(city.services.jobs, "send", lambda *_, **__: None)
    hand_over(city.services, SANNE, fire, "noord")
    monkeypatch.undo()
    city.work()
    assert teams(city, fire) == ["noord", *["oost"] * 4]
    city.clock.forward(minutes=2)
    city.sweep()
    assert teams(city, fire) == ["noord"] * 5


def test_what_another_team_hands_on_meanwhile_is_not_brought_back(city: Town, fire: str) -> None:
    hand_over(city.services, SANNE, fire, "noord")
    with dying(city, at_conversation(3)):
        city.work()
    city.clock.forward(seconds=5)
    hand_over(city.services, NOOR, fire, ZUID)
    city.work()
    city.clock.forward(minutes=2)
    city.sweep()
    assert teams(city, fire) == [ZUID] * 5
    went = sorted(moves(city, one) for one in subjects(city, fire))
    assert went == [["Webcare Noord", "Webcare Zuid"]] * 2 + [["Webcare Zuid"]] * 2
    assert nothing_is_owed(city)


def test_handed_on_at_the_very_write_nothing_more_goes_the_first_way(city: Town, fire: str) -> None:
    hand_over(city.services, SANNE, fire, "noord")

    def goes_on() -> None:
        hand_over(city.services, NOOR, fire, ZUID)
        city.work()

    late = Meanwhile(city.services.table, goes_on)
    take_along(replace(city.services, table=late), keys.handover(fire))
    assert teams(city, fire) == [ZUID] * 5
    assert [moves(city, one) for one in subjects(city, fire)] == [["Webcare Zuid"]] * 4


def test_from_the_list_it_takes_along_what_waits_as_well(city: Town, fire: str) -> None:
    sanne = signed_in(city.services, SANNE)
    seen = sanne.post("/wachtrij/samen", kies=fire, doe="overdragen", team="noord")
    assert "gelukt=1" in seen.place
    city.work()
    assert teams(city, fire) == ["noord"] * 5


def test_what_a_colleague_has_or_nobody_waits_for_stays(city: Town, fire: str) -> None:
    held, later, risk, free = subjects(city, fire)
    claim(city.services, YOUSSEF, held)
    snooze(city.services, SANNE, later, "2026-11-21T23:00:00.000Z")
    judge(city.services, SANNE, risk, emergency=True)
    hand_over(city.services, SANNE, fire, "noord")
    city.work()
    stays = {held: "oost", later: "oost", risk: "oost", free: "noord"}
    assert {one: item(city, one).team for one in stays} == stays
    assert nothing_is_owed(city)


def test_many_follow_in_steps_and_back_again(
    city: Town, fire: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_along, "AT_ONCE", 1)
    hand_over(city.services, SANNE, fire, "noord")
    take_along(city.services, keys.handover(fire))
    assert teams(city, fire).count("noord") == 2
    hand_over(city.services, NOOR, fire, "oost")
    city.work()
    assert teams(city, fire) == ["oost"] * 5
    assert view_incident(city.services, NADIA, fire).incident.team == "oost"
    assert nothing_is_owed(city)
