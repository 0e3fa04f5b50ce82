import pytest

from chalicelib.detection.places import mentioned


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Buurman slaat zijn vrouw. Lijsterstraat 14 Almere", "Lijsterstraat 14"),
        ("bij de sloetsweg in hengelo", "sloetsweg"),
        ("ongeluk op de A2 bij Breukelen", "A2 bij Breukelen"),
        ("hij loopt op de a15, hectometerpaal 62,4", "hectometerpaal 62,4"),
        ("wij wonen op 3512 AB", "3512 AB"),
        ("gevecht in Den Haag nu", "Den Haag"),
        ("vechtpartij station lelylaan", "station lelylaan"),
    ],
)
def test_a_place_as_written(text: str, place: str) -> None:
    assert any(place in found for found in mentioned(text))


@pytest.mark.parametrize("text", ["ik ben onderweg", "loop naar de markt", "hij is weg", ""])
def test_an_ordinary_word_is_no_place(text: str) -> None:
    assert mentioned(text) == ()
