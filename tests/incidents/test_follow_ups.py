"""What names no town goes to what is talked about; a place is known by its short name, too."""

from chalicelib.domain.moments import Moment
from chalicelib.incidents.likeness import likeness
from chalicelib.incidents.matching import AHEAD, likeliest
from chalicelib.incidents.picture import Picture, picture_of
from chalicelib.incidents.report import Report, Spot
from chalicelib.incidents.scoring import weights

HOOK = Spot(name="hoek van holland", kind="place", gemeente="Rotterdam", lat=51.98, lon=4.13)
OTHER_HOOK = Spot(name="hoek", kind="place", gemeente="Leeuwarden", lat=53.2, lon=5.8)
TOWN = Spot(name="leeuwarden", kind="place", gemeente="Leeuwarden", lat=53.2, lon=5.8)
LOW = weights().nameless


def report(number: int, *spots: Spot) -> Report:
    """A child is missed; said by one citizen after another."""
    return Report(
        message=f"m{number}", subject=f"s{number}", reporter=f"r{number}",
        at=Moment(f"2026-06-12T14:{number:02}:00.000Z"), topic="vermissing", kind="melding",
        urgency="spoed", spots=spots, words=("^vermist", "^kind"),
    )  # fmt: skip


def told(messages: int) -> Picture:
    return picture_of([report(number, HOOK) for number in range(messages)])


def test_without_a_town_it_is_about_what_is_talked_about() -> None:
    assert likeliest(report(9), [(LOW, told(6)), (LOW - AHEAD, told(6))], weights()) == 0


def test_between_two_that_fit_it_stands_alone() -> None:
    assert likeliest(report(9), [(LOW, told(6)), (LOW - AHEAD / 2, told(6))], weights()) is None


def test_with_a_town_of_its_own_or_too_little_told_it_stands_alone() -> None:
    assert likeliest(report(9, TOWN), [(LOW, told(6))], weights()) is None
    assert likeliest(report(9), [(LOW, told(3))], weights()) is None


def test_a_short_name_is_no_other_place() -> None:
    assert likeness(report(9, OTHER_HOOK), told(6))["far"] == 0
    assert likeness(report(9, TOWN), told(6))["far"] == 1
