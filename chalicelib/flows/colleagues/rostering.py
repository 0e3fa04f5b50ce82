"""Shifts, opening hours and skills, as colleagues set them up on a page."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import time

from chalicelib.domain.administered import Record
from chalicelib.domain.calendar import Calendar, read_hours
from chalicelib.domain.principal import Principal
from chalicelib.domain.shift import Shift
from chalicelib.domain.skills import Skills
from chalicelib.flows.services import Services
from chalicelib.store import administered
from chalicelib.store.table import Item


def shifts_of(services: Services, team: str) -> list[Shift]:
    """Those of a team; of every team where none is named."""
    found = [shift_in(item) for item in administered.all_of(services.table, "shift").values()]
    return [one for one in found if team in ("", one.team)]


def shift_in(item: Item) -> Shift:
    return Shift(
        team=str(item["team"]),
        days=tuple(item["days"]),
        begins=time.fromisoformat(str(item["begins"])),
        ends=time.fromisoformat(str(item["ends"])),
        people=int(item["people"]),
    )


def skills_of(services: Services, agent: Principal) -> Skills:
    """What this colleague can do, as far as somebody wrote it down."""
    item = administered.find(services.table, "agent", agent.id) or {}
    return Skills(langs=tuple(item.get("langs", ())), topics=tuple(item.get("topics", ())))


def calendars_in(teams: Mapping[str, Item], usual: Calendar) -> dict[str, Calendar]:
    """Of the teams with hours of their own, otherwise as usual (its zone and holidays)."""
    told = {id_: str(item["opening"]) for id_, item in teams.items() if item.get("opening")}
    return {id_: replace(usual, hours=read_hours(text)) for id_, text in told.items()}


def has_hours(record: Record) -> bool:
    """Whether the hours of a team can be read; none at all are those of the whole service."""
    try:
        read_hours(str(record.get("opening", "")))
    except (ValueError, IndexError):
        return False
    return True
