"""What is one event and what are two: by place, by subject, in whatever order it is told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.detection import classifier
from chalicelib.domain.moments import Moment, later
from chalicelib.flows.assessing.locating import told_nearest
from chalicelib.incidents.likeness import likeness
from chalicelib.incidents.matching import BUT, because
from chalicelib.incidents.picture import Picture, picture_of
from chalicelib.incidents.report import Report, Spot
from chalicelib.incidents.scoring import weights
from infra.incidents.measuring import reports_of, shuffled
from infra.incidents.stream import matched

HOOK = Spot(name="hoek van holland", kind="place", gemeente="Rotterdam", lat=51.98, lon=4.13)
OTHER_HOOK = Spot(name="hoek", kind="place", gemeente="Leeuwarden", lat=53.2, lon=5.8)
TOWN = Spot(name="leeuwarden", kind="place", gemeente="Leeuwarden", lat=53.2, lon=5.8)

WATER = "Er ligt een man in het water bij de IJsselkade in Zutphen, hij komt niet boven!"
ALSO_WATER = "drenkeling in het water ijsselkade zutphen, mensen gooien een boei"
AT_HOME = "Huiselijk geweld Lijsterlaan in Zutphen, hij slaat haar en de kinderen gillen"
FIRE = "Brand in de school aan de Parkstraat in Enschede, vlammen uit het dak"
ALSO_FIRE = "School in brand in Enschede, Parkstraat, veel rook"
OTHER_FIRE = "Brand in een schuur aan de Kerkstraat in Goor, vlammen uit het dak"
CHATTER = "Wat een gezellige markt vandaag in Zutphen, tot volgende week!"


def report(number: int, *spots: Spot) -> Report:
    """A child is missed; said by one citizen after another."""
    return Report(
        message=f"m{number}", subject=f"s{number}", reporter=f"r{number}",
        at=Moment(f"2026-06-12T14:{number:02}:00.000Z"), topic="vermissing", kind="melding",
        urgency="spoed", spots=spots, words=("^vermist", "^kind"),
    )  # fmt: skip


def told(messages: int) -> Picture:
    return picture_of([report(number, HOOK) for number in range(messages)])


def evening(*texts: str) -> list[Report]:
    """One citizen after another, a minute apart; read without the encoder."""
    begin = datetime(2026, 6, 12, 18, tzinfo=UTC)
    lines = [
        {"id": text, "at": (begin + timedelta(minutes=number)).isoformat(), "channel": "x",
         "author": f"@{number}", "text": text}
        for number, text in enumerate(texts)
    ]  # fmt: skip
    return reports_of(lines, classifier())


def test_a_short_name_is_no_other_place() -> None:
    assert likeness(report(9, OTHER_HOOK), told(6))["far"] == 0
    assert likeness(report(9, TOWN), told(6))["far"] == 1


def test_one_village_of_a_gemeente_tells_more_than_its_town() -> None:
    hook, city = (replace(HOOK, name=name) for name in ("hoek van holland", "rotterdam"))
    assert likeness(report(9, hook), told(6))["village"] == 1
    assert likeness(report(9, city), told(6))["other_village"] == 1
    in_city = picture_of([report(number, city) for number in range(6)])
    found = likeness(report(9, city), in_city)
    assert (found["town"], found["village"], found["other_village"]) == (1, 0, 0)


def test_nothing_that_both_have_in_common_is_told_against_it() -> None:
    first, second = evening(FIRE, ALSO_FIRE)
    told_because = because(second, picture_of([first]), weights())
    assert "dezelfde plek (parkstraat, enschede)" in told_because
    assert not [reason for reason in told_because if reason.startswith(BUT)]


@pytest.mark.parametrize("texts", [(WATER, AT_HOME), (AT_HOME, WATER), (WATER, CHATTER)])
def test_two_matters_in_one_town_are_two(texts: tuple[str, str]) -> None:
    first, second = evening(*texts)
    assert weights().score(likeness(second, picture_of([first]))) < weights().join
    assert set(matched([first, second], weights()).values()) == {None}


def test_what_one_citizen_tells_twice_takes_in_no_other_matter_of_the_town() -> None:
    first, second = evening(AT_HOME, "de kinderen slapen boven, lijsterlaan 8 zutphen")
    twice = replace(second, subject=first.subject, reporter=first.reporter)
    (*_, water) = evening(CHATTER, CHATTER, WATER)
    found = matched([first, twice, water], weights())
    assert found[WATER] is None


def test_the_order_in_which_it_is_told_changes_nothing() -> None:
    reports = evening(WATER, FIRE, AT_HOME, ALSO_WATER, OTHER_FIRE, ALSO_FIRE, CHATTER)
    for seed in range(10):
        found = matched(shuffled(reports, seed), weights())
        assert found[WATER] == found[ALSO_WATER] is not None
        assert found[FIRE] == found[ALSO_FIRE] is not None
        assert found[AT_HOME] is found[OTHER_FIRE] is found[CHATTER] is None


def test_who_told_of_it_stays_with_it_hours_later() -> None:
    late = replace(report(3, HOOK), at=later(report(3).at, timedelta(hours=5)))
    stranger = replace(late, subject="s99", reporter="r99")
    assert weights().score(likeness(late, told(6))) > weights().join
    assert likeness(late, told(6))["gap"] == 0 < likeness(stranger, told(6))["gap"]


def test_one_report_of_many_does_not_say_where_it_is() -> None:
    nowhere = [report(number) for number in range(6)]
    assert told_nearest(nowhere[0].at, [*nowhere, report(9, TOWN)]) is None
    several = [*nowhere, report(8, TOWN), report(9, TOWN)]
    assert told_nearest(nowhere[0].at, several) == "Leeuwarden"
    assert told_nearest(nowhere[0].at, [nowhere[0], report(9, TOWN)]) == "Leeuwarden"


def test_thanks_of_several_citizens_are_no_event_and_belong_to_one_that_is_known() -> None:
    thanks = [replace(report(n, HOOK), kind="compliment", urgency="geen") for n in (7, 8)]
    assert set(matched(thanks, weights()).values()) == {None}
    found = matched([report(1, HOOK), report(2, HOOK), *thanks], weights())
    assert len(set(found.values())) == 1
