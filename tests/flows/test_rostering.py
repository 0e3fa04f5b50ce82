"""Shifts, opening hours and skills as colleagues set them up, and where they count."""

from datetime import UTC, datetime

import pytest

from chalicelib.domain.administered import Record
from chalicelib.domain.principal import Principal
from chalicelib.errors import InvalidInput
from chalicelib.flows.assessing.routing import calendar_of
from chalicelib.flows.colleagues.administering import keep, undo
from chalicelib.flows.colleagues.rostering import shifts_of, skills_of
from chalicelib.flows.desk.viewing import view_queue
from chalicelib.store import directory
from tests.conftest import MARIJKE, SANNE, Town
from tests.web.visiting import signed_in

FATIMA = Principal(id="fatima", name="Fatima Kaya", role="coordinator", team="oost")
EARLY: Record = {
    "name": "Vroeg",
    "team": "oost",
    "days": ["ma"],
    "begins": "07:00",
    "ends": "15:00",
}


def test_a_shift_is_kept_and_counted_for_its_team(town: Town) -> None:
    keep(town.services, FATIMA, "shift", "vroeg", EARLY | {"people": "4"}, seen=0)
    (shift,) = shifts_of(town.services, "oost")
    assert (shift.people, shift.days) == (4, ("ma",))
    assert shifts_of(town.services, "noord") == []
    with pytest.raises(InvalidInput) as caught:
        keep(town.services, FATIMA, "shift", "laat", EARLY | {"begins": "laat"}, seen=0)
    assert set(caught.value.fields) == {"begins", "people"}


def test_a_team_has_hours_of_its_own_until_that_is_undone(town: Town) -> None:
    record: Record = {"name": "Webcare Oost", "opening": "ma-vr 08:00-17:00"}
    keep(town.services, MARIJKE, "team", "oost", record, seen=0)
    assert not calendar_of(town.services, "oost").always_open
    assert calendar_of(town.services, "noord").always_open
    town.clock.at = datetime(2026, 11, 20, 19, tzinfo=UTC)
    town.whatsapp("Hoe laat is het bureau open?")
    town.work()
    (row,) = view_queue(town.services, SANNE).rows
    assert row.due_at > "2026-11-23", "who writes on Friday night is answered after the weekend"
    with pytest.raises(InvalidInput):
        keep(town.services, MARIJKE, "team", "oost", record | {"opening": "altijd"}, seen=1)
    undo(town.services, MARIJKE, "team", "oost", seen=1)
    assert calendar_of(town.services, "oost").always_open


def test_who_speaks_a_language_finds_what_fits(town: Town) -> None:
    town.services.table.write(directory.kept_agent(FATIMA))
    sanne: Record = {"name": "Sanne de Wit", "role": "agent", "team": "oost", "langs": ["en"]}
    keep(town.services, MARIJKE, "agent", "sanne", sanne, seen=0)
    assert skills_of(town.services, SANNE).langs == ("en",)
    town.whatsapp("Mijn fiets is gestolen bij het station, wat moet ik doen?", author="NL.1")
    town.whatsapp("My bicycle was stolen near the station, what should I do?", author="NL.2")
    town.work()
    shown = signed_in(town.services, SANNE).get("/wachtrij?toon=alles&past=ja").text
    assert "My bicycle" in shown
    assert "Mijn fiets" not in shown
    assert "Past bij mijn talen" not in signed_in(town.services, FATIMA).get("/wachtrij").text
