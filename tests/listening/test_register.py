"""A search is asked with a reason, approved by others, and ends by itself."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.moments import later
from chalicelib.domain.principal import Principal
from chalicelib.errors import InvalidInput, NotAllowed, StaleVersion
from chalicelib.flows.listening import asking_searches
from chalicelib.flows.listening import search_register as register
from chalicelib.flows.listening.asking_searches import Asked
from chalicelib.flows.taking_in.sources import streams_of
from chalicelib.store import searches
from tests.conftest import MARIJKE, SANNE, Town, X
from tests.flows.test_polling import open_account

FATIMA = Principal(id="fatima", name="Fatima Kaya", role="coordinator", team="oost")
PIETER = Principal(id="pieter", name="Pieter Hoekstra", role="privacy_officer")
FIRE = Asked(
    name="Brand in Zutphen",
    query="brand zutphen\nrook zutphen",
    accounts=(f"x#{X}",),
    purpose="help",
    ground="politiewet_3",
    because="Meldingen die niet bij ons binnenkomen.",
    until="2026-12-01",
)


def test_who_asks_does_not_approve_and_one_other_is_enough(town: Town) -> None:
    account = open_account(town)
    search = asking_searches.ask(town.services, FATIMA, FIRE)
    with pytest.raises(NotAllowed):
        register.approve(town.services, FATIMA, search.id, seen=1)
    with pytest.raises(NotAllowed):
        register.approve(town.services, SANNE, search.id, seen=1)
    assert len(streams_of(town.services, account)) == 1
    assert register.approve(town.services, MARIJKE, search.id, seen=1).state == "active"
    assert [one.query for one in streams_of(town.services, account)][1:] == [
        "brand zutphen",
        "rook zutphen",
    ]


@pytest.mark.parametrize("query", ["demonstratie Zutphen", "jandvries88 Zutphen"])
def test_near_a_fundamental_right_or_in_doubt_two_approve(town: Town, query: str) -> None:
    open_account(town)
    search = asking_searches.ask(town.services, SANNE, replace(FIRE, query=query))
    assert register.approve(town.services, FATIMA, search.id, seen=1).state == "asked"
    with pytest.raises(NotAllowed):
        register.approve(town.services, FATIMA, search.id, seen=2)
    found = register.approve(town.services, MARIJKE, search.id, seen=2)
    assert (found.state, [one.by for one in found.approvers]) == ("active", ["fatima", "marijke"])


def test_a_search_for_a_person_cannot_be_asked_and_says_why(town: Town) -> None:
    open_account(town)
    with pytest.raises(InvalidInput) as problem:
        asking_searches.ask(
            town.services, SANNE, replace(FIRE, query="brand\njan de vries zutphen")
        )
    assert "noemt een persoon (jan)" in problem.value.fields["query"]["nl"]
    now = town.services.now()
    assert searches.every(town.services.table, now) == []
    (turned_away,) = searches.turned_away_in(town.services.table, now[:7], now)
    assert (turned_away["by"], turned_away["kinds"]) == ("sanne", ["name"])


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("purpose", "nieuwsgierig"), ("ground", ""), ("accounts", ("telegram#9001",)), ("until", ""),
     ("until", "2027-11-01"), ("because", " "), ("name", ""), ("query", "brand OR (rook)")],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_named(town: Town, field: str, wrong: str) -> None:
    open_account(town)
    with pytest.raises(InvalidInput) as problem:
        asking_searches.ask(town.services, SANNE, replace(FIRE, **{field: wrong}))  # type: ignore[arg-type]
    assert field in problem.value.fields


def test_a_changed_search_is_asked_anew_and_its_past_is_kept(town: Town) -> None:
    account = open_account(town)
    first = asking_searches.ask(town.services, SANNE, FIRE)
    register.approve(town.services, MARIJKE, first.id, seen=1)
    wider = replace(FIRE, query="brand deventer")
    with pytest.raises(StaleVersion):
        asking_searches.change(town.services, MARIJKE, first.id, wider, seen=1)
    changed = asking_searches.change(town.services, MARIJKE, first.id, wider, seen=2)
    assert (changed.state, changed.author, changed.approvers) == ("asked", "marijke", ())
    assert len(streams_of(town.services, account)) == 1
    steps = register.view_search(town.services, PIETER, first.id).steps
    assert [one.what for one in steps] == ["changed", "approved", "asked"]
    assert steps[-1].search.query == FIRE.query


def test_it_ends_by_itself(town: Town) -> None:
    account = open_account(town)
    search = asking_searches.ask(town.services, SANNE, FIRE)
    register.approve(town.services, MARIJKE, search.id, seen=1)
    town.clock.at += timedelta(days=11)
    assert town.services.now() > later(search.until, timedelta())
    assert len(streams_of(town.services, account)) == 1  # not a moment longer, swept or not
    town.sweep()
    view = register.view_search(town.services, SANNE, search.id)
    assert (view.search.state, view.steps[0].what) == ("ended", "expired")


def test_who_refuses_says_why_and_anybody_stops_it(town: Town) -> None:
    open_account(town)
    search = asking_searches.ask(town.services, SANNE, FIRE)
    with pytest.raises(InvalidInput):
        register.refuse(town.services, MARIJKE, search.id, " ", seen=1)
    found = register.refuse(town.services, MARIJKE, search.id, "Te breed.", seen=1)
    assert found.state == "refused"
    other = asking_searches.ask(town.services, MARIJKE, FIRE)
    assert register.end(town.services, SANNE, other.id).state == "ended"
