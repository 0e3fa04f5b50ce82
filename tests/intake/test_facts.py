"""Slots: short phrases of what was said, the last correction, and nothing else."""

import pytest

from chalicelib.intake.facts import Facts


def slots(*texts: str, danger: bool = False) -> dict[str, str]:
    facts = Facts()
    for text in texts:
        facts.hear(text, "nl")
    return facts.slots(None, danger=danger)


def test_a_theft_in_three_messages() -> None:
    said = slots(
        "hoi mn fatbike is gejat",
        "gistermiddag ergens tussen 2 en 5. station hengelo bij de rekken aan de voorkant",
        "zwarte doppio met gele stickers op de bagagedrager. ik ben 15",
    )
    assert said["where"] == "station Hengelo bij de rekken aan de voorkant"
    assert said["when"] == "gistermiddag tussen 14 en 17 uur"
    assert said["who"] == "melder is 15 jaar"
    assert said["what"].startswith("fatbike is gejat, zwarte doppio met gele stickers")


def test_the_last_correction_of_a_day_wins() -> None:
    said = slots(
        "Het was woensdagavond in Utrecht.", "Sorry, ik vergis me, het was donderdagavond."
    )
    assert said["when"] == "donderdagavond"
    assert said["where"] == "Utrecht"


def test_the_last_correction_of_a_street_wins_and_the_town_stays() -> None:
    said = slots("eikenlaan 12 in emmen. nee wacht eikenlaan 21")
    assert said["where"] == "Eikenlaan 21 in Emmen"


def test_a_number_to_call_and_when() -> None:
    said = slots("Kan iemand me bellen? Liefst na 18 uur.", "06-00123450")
    assert said["callback"] == "06-00123450, na 18.00 uur"
    assert "when" not in said


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("hij loopt nu weg naar een witte auto", "loopt weg naar een witte auto"),
        ("hij rent richting het park", "richting het park"),
    ],
)
def test_where_somebody_went(text: str, direction: str) -> None:
    said = slots(text)
    assert said["suspect_direction"] == direction
    assert "where" not in said


@pytest.mark.parametrize("text", ["ik loop naar huis", "Nee", "dank je wel", "", "hallo daar"])
def test_nothing_is_made_up(text: str) -> None:
    assert not slots(text).keys() - {"what"}


def test_nobody_hurt_is_said_too() -> None:
    assert slots("nee niemand gewond gelukkig")["injured"] == "niemand gewond"


def test_danger_is_now() -> None:
    assert slots("er is brand", danger=True)["when"] == "nu"
