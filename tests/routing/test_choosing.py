"""Where a message goes by the rules: always to one team, and always with its because."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.administered import Record
from chalicelib.routing import basisteams
from chalicelib.routing.choosing import CENTRE, choose
from chalicelib.routing.records import in_order, problems, rule_of
from chalicelib.routing.rule import Broken, Known, Route, Rule

TEAMS = ("oost", "noord", "rsc-oost", "rsc-noord")
KNOWN = Known(
    topic="vuurwerk",
    urgency="later",
    emergency=False,
    channel="whatsapp",
    lang="nl",
    open=True,
    gemeente="Enschede",
    unit="Oost-Nederland",
)


def rule(id_: str = "a", **record: Any) -> Rule:
    found = rule_of(id_, {"name": "Vuurwerk", "order": "10", "team": "noord"} | record)
    assert isinstance(found, Rule)
    return found


def sent(
    *rules: Rule | Broken, known: Known = KNOWN, waiting: dict[str, int] | None = None
) -> Route:
    return choose(
        in_order(rules),
        known,
        default="oost",
        teams=TEAMS,
        basisteams=basisteams.at_hand(),
        waiting=lambda team: (waiting or {}).get(team, 0),
    )


def test_without_a_rule_that_holds_the_default_team_has_it() -> None:
    assert sent(rule(topics=["diefstal"])) == Route(team="oost")


@pytest.mark.parametrize(
    ("condition", "because"),
    [
        ({"topics": ["vuurwerk"]}, "onderwerp vuurwerk"),
        ({"places": ["Oost-Nederland"]}, "plaats Oost-Nederland"),
        ({"places": ["Zwolle", "enschede"]}, "plaats Enschede"),
        ({"langs": ["nl"], "channels": ["whatsapp"]}, "taal nl, kanaal whatsapp"),
        ({"urgencies": ["later"], "hours": "open"}, "urgentie later, binnen openingstijd"),
    ],
)
def test_a_rule_that_holds_says_because_of_what(condition: dict[str, Any], because: str) -> None:
    found = sent(rule(**condition))
    assert (found.team, found.because) == ("noord", f"regel 'Vuurwerk': {because}")


def test_the_lowest_order_decides() -> None:
    first, second = rule("a", order="20"), rule("b", order="5", team="rsc-oost", name="Alles")
    found = sent(first, second)
    assert (found.team, found.rule) == ("rsc-oost", "b:0")


def test_a_full_service_centre_overflows_to_another() -> None:
    full = rule(team="rsc-oost", overflow="rsc-noord", full_at="40")
    assert sent(full, waiting={"rsc-oost": 39}).team == "rsc-oost"
    found = sent(full, waiting={"rsc-oost": 40})
    assert found.team == "rsc-noord"
    assert found.because.endswith("bij rsc-oost wachten er al 40")


def test_a_big_city_has_several_basisteams_and_an_unlisted_gemeente_one_of_its_own_name() -> None:
    to_basisteam = rule(desk="basisteam")
    north = sent(to_basisteam, known=replace(KNOWN, postcode="7521"))
    assert north.desk.id == "verzonnen-enschede-noord"
    south = sent(to_basisteam, known=replace(KNOWN, quarter="Enschede-Zuid"))
    assert south.desk.id == "verzonnen-enschede-zuid"
    assert sent(to_basisteam).desk.id == "verzonnen-enschede"
    other = sent(to_basisteam, known=replace(KNOWN, gemeente="Ommen"))
    assert other.desk.name == "Basisteam Ommen (nog te vullen)"
    assert sent(to_basisteam, known=replace(KNOWN, gemeente=None)).desk.id == ""


def test_an_emergency_is_proposed_to_the_centre_whatever_a_rule_says() -> None:
    urgent = replace(KNOWN, emergency=True, urgency="spoed")
    assert sent(rule(desk="basisteam"), known=urgent).desk == CENTRE
    assert sent(known=urgent).desk == CENTRE


def test_what_a_broken_rule_might_have_taken_goes_to_the_default_team() -> None:
    broken = rule_of("x", {"name": "Kapot", "order": "5"})
    assert isinstance(broken, Broken)
    found = sent(broken, rule())
    assert found.team == "oost"
    assert found.broken == broken
    assert sent(replace(broken, order=20), rule()).team == "noord", "an earlier rule decided"
    assert sent(rule(team="weg")).broken


RECORDS = st.dictionaries(
    st.sampled_from(
        ("name", "order", "team", "overflow", "full_at", "topics", "places", "hours", "desk")
    ),
    st.sampled_from(["", "7", "noord", "weg", "open", "vuurwerk", "-3", "²", "basisteam"])
    | st.lists(st.sampled_from(["vuurwerk", "Enschede"]), max_size=2)
    | st.integers(-5, 50)
    | st.none(),
)
MATTERS = st.builds(
    replace,
    st.just(KNOWN),
    topic=st.sampled_from(["vuurwerk", "anders"]),
    gemeente=st.sampled_from([None, "Enschede", "Ommen"]),
    emergency=st.booleans(),
    open=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(RECORDS, max_size=4), MATTERS, st.integers(0, 60))
def test_every_message_has_exactly_one_team_whatever_the_rules_hold(
    records: list[dict[str, Any]], known: Known, there: int
) -> None:
    rules = [rule_of(f"r{number}", record) for number, record in enumerate(records)]
    found = sent(*rules, known=known, waiting=dict.fromkeys(TEAMS, there))
    assert found.team in TEAMS
    assert found.rule or found.team == "oost", "without a rule it is the default team"


@pytest.mark.parametrize(
    ("record", "field", "said"),
    [
        ({"places": ["Enschede", "Nergenshuizen"]}, "places", "eenheid: Nergenshuizen"),
        ({"order": "5"}, "order", "heeft al volgorde 5"),
        ({"topics": ["vuurwerk"], "places": ["enschede"]}, "order", "Komt nooit aan de beurt"),
        ({"overflow": "noord", "full_at": "5"}, "overflow", "ander team"),
        ({"overflow": "oost"}, "full_at", "hoeveel wachtende"),
        ({"full_at": "5"}, "overflow", "het team dat het dan overneemt"),
    ],
)
def test_a_rule_that_makes_no_sense_is_told_why(
    record: dict[str, Any], field: str, said: str
) -> None:
    before = rule("eerder", order="5", topics=["vuurwerk"], name="Eerder")
    draft = {"name": "Nieuw", "order": "10", "team": "noord"} | record
    wrong = problems("nieuw", draft, [before], lambda place: place == "enschede")
    assert said in wrong.fields[field]["nl"]


def test_a_wider_rule_after_a_narrow_one_is_fine() -> None:
    narrow = rule("smal", order="5", topics=["vuurwerk"], hours="closed")
    draft: Record = {"name": "Alles", "order": "10", "team": "noord", "topics": ["vuurwerk"]}
    assert not problems("alles", draft, [narrow], lambda _: True).fields


@pytest.mark.parametrize(
    "line", ["t,Naam,,,", "t,Naam,Enschede,75x1,", ",Naam,Enschede,,"], ids=str
)
def test_a_table_of_basisteams_that_cannot_be_read_names_the_line(line: str) -> None:
    with pytest.raises(ValueError, match="line 2"):
        basisteams.read(["team_id,naam,gemeente,pc4,wijk", line])
    with pytest.raises(ValueError, match="pc4"):
        basisteams.read(["team_id,naam,gemeente,wijk"])
