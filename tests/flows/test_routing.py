"""Messages go where the rules say, in the real flow; and people have the last word."""

from typing import Any

import pytest

from chalicelib.domain.administered import Record
from chalicelib.domain.principal import Principal
from chalicelib.domain.queue_item import QueueRow
from chalicelib.errors import InvalidInput, NotAllowed
from chalicelib.flows.assessing.routing import ALARM
from chalicelib.flows.assessing.trying_rules import try_rules
from chalicelib.flows.colleagues.administering import keep, take_away
from chalicelib.flows.desk.handing_over import hand_over
from chalicelib.flows.desk.queueing import claim, finish
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.store import access_log, alarms
from chalicelib.store.table import Put
from tests.conftest import MARIJKE, SANNE, Town

NOOR = Principal(id="noor", name="Noor", role="agent", team="noord")
BIKE = "Mijn fiets is gestolen bij het station in Enschede, wat nu?"
OPEN = "Wanneer is het bureau open?"


def kept(town: Town, id_: str = "fietsen", seen: int = 0, **fields: Any) -> None:
    record: Record = {"name": "Diefstal", "order": "10", "topics": ["diefstal"], "team": "noord"}
    keep(town.services, MARIJKE, "rule", id_, record | fields, seen=seen)


def rows(town: Town, who: Principal) -> list[QueueRow]:
    return view_queue(town.services, who).rows


def written(town: Town, text: str, author: str = "NL.1") -> None:
    town.clock.forward(seconds=30)
    town.whatsapp(text, author=author)
    town.work()


def test_a_new_rule_holds_for_the_next_message_and_says_why(town: Town) -> None:
    written(town, BIKE, "NL.1")
    kept(town, places=["Enschede"], desk="basisteam")
    written(town, BIKE, "NL.2")
    (before,), (row,) = rows(town, SANNE), rows(town, NOOR)
    assert before.about.routed == ""
    assert row.about.routed == "regel 'Diefstal': onderwerp diefstal, plaats Enschede"
    assert (row.about.rule, row.about.gemeente) == ("fietsen:1", "Enschede")
    assert row.about.desk.startswith("Verzonnen basisteam")
    assert view_conversation(town.services, NOOR, row.subject).conversation.team == "noord"


def test_a_second_message_leaves_it_where_a_rule_sent_it(town: Town) -> None:
    kept(town)
    written(town, BIKE)
    written(town, "Dank alvast, ik hoor het graag.")
    (row,) = rows(town, NOOR)
    assert row.about.routed


def test_a_second_message_brings_it_to_its_team_where_no_rule_had_spoken(town: Town) -> None:
    kept(town)
    written(town, "Hallo, bent u daar?")
    assert rows(town, SANNE)
    written(town, BIKE)
    assert not rows(town, SANNE)
    assert rows(town, NOOR)


def test_from_so_many_waiting_on_it_goes_to_the_team_that_takes_over(town: Town) -> None:
    kept(town, overflow="oost", full_at="1")
    written(town, BIKE, "NL.1")
    assert len(rows(town, NOOR)) == 1
    written(town, BIKE, "NL.2")
    (row,) = rows(town, SANNE)
    assert row.about.routed.endswith("bij noord wachten er al 1")
    assert len(rows(town, NOOR)) == 1


def test_what_a_person_moved_or_holds_stays_there(town: Town) -> None:
    kept(town)
    written(town, BIKE, "NL.1")
    hand_over(town.services, NOOR, rows(town, NOOR)[0].subject, "oost")
    written(town, f"Nogmaals: {BIKE}", "NL.1")
    (moved,) = rows(town, SANNE)
    assert moved.about.moved
    written(town, "Hallo, bent u daar?", "NL.2")
    held = next(row for row in rows(town, SANNE) if row.subject != moved.subject)
    claim(town.services, SANNE, held.subject)
    written(town, BIKE, "NL.2")
    assert {row.subject for row in rows(town, SANNE)} == {moved.subject, held.subject}
    assert not rows(town, NOOR)


def test_what_begins_anew_is_routed_anew(town: Town) -> None:
    written(town, OPEN)
    finish(town.services, SANNE, rows(town, SANNE)[0].subject)
    kept(town)
    written(town, BIKE)
    assert rows(town, NOOR)


def test_a_rule_that_cannot_be_followed_raises_an_alarm_and_loses_nothing(town: Town) -> None:
    kept(town)
    spoilt = {"pk": "DIRECTORY", "sk": "RULE#fietsen", "name": "Diefstal", "order": "10"}
    town.services.table.write(Put(spoilt))
    written(town, BIKE)
    (row,) = rows(town, SANNE)
    assert "werkt niet" in row.about.routed
    assert [alarm.about for alarm in alarms.standing(town.services.table)] == [ALARM]
    assert len(town.pager.alarms) == 1
    kept(town)
    assert not alarms.standing(town.services.table), "a rule that was mended is no alarm"


def test_a_dry_run_tells_where_last_week_would_go_and_moves_nothing(town: Town) -> None:
    written(town, OPEN, "NL.1")
    town.clock.forward(days=8)
    written(town, BIKE, "NL.2")
    written(town, OPEN, "NL.3")
    draft: Record = {"name": "D", "order": "10", "topics": ["diefstal"], "team": "noord"}
    found = try_rules(town.services, MARIJKE, "nieuw", draft)
    assert (found.tried, found.moved) == (2, 1)
    assert found.counts == {("oost", "noord"): 1, ("oost", "oost"): 1}
    assert [one.route.team for one in found.differing] == ["noord"]
    assert try_rules(town.services, MARIJKE).moved == 0
    assert not rows(town, NOOR)
    day = town.services.now()[:10]
    lines = access_log.lines(town.services.table, day, town.services.now())
    assert any(line.action == "try_rules" and line.actor == MARIJKE.id for line in lines)


def test_a_dry_run_gives_what_then_happens(town: Town) -> None:
    """The same message, tried out first and then really sent."""
    written(town, BIKE, "NL.1")
    draft: Record = {"name": "Diefstal", "order": "10", "places": ["Enschede"], "team": "noord"}
    (tried,) = try_rules(town.services, MARIJKE, "fietsen", draft).differing
    keep(town.services, MARIJKE, "rule", "fietsen", draft, seen=0)
    written(town, BIKE, "NL.2")
    assert rows(town, NOOR)[0].about.routed == tried.route.because


def test_an_agent_sets_up_and_tries_nothing(town: Town) -> None:
    with pytest.raises(NotAllowed):
        try_rules(town.services, SANNE)
    with pytest.raises(NotAllowed):
        take_away(town.services, SANNE, "rule", "fietsen", seen=0)


def test_a_place_that_is_none_is_refused_by_name(town: Town) -> None:
    with pytest.raises(InvalidInput) as refused:
        kept(town, places=["Nergenshuizen"])
    assert "Nergenshuizen" in refused.value.fields["places"]["nl"]
