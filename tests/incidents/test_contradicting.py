"""A text that says otherwise than the board is noticed; one that says the same is left alone."""

import pytest

from chalicelib.domain.statement import Standing, Statement
from chalicelib.incidents.contradicting import contradictions


def stated(standing: Standing, text: str) -> Statement:
    return Statement(
        incident="inc-1", id=text, number=1, standing=standing, text=text, source="brandweer",
        by="nadia", name="Nadia", at="2026-11-21T20:00:00.000Z",
    )  # fmt: skip


BOARD = (
    stated("confirmed", "Er zijn drie gewonden"),
    stated("confirmed", "De Textielstraat is dicht"),
    stated("confirmed", "De rook is niet gevaarlijk"),
    stated("denied", "Er is een explosie geweest"),
    stated("denied", "Er zijn doden"),
    stated("unknown", "De oorzaak van de brand"),
)

OTHERWISE = {
    "Er zijn geen gewonden.": "against_confirmed",
    "There are no injured.": "against_confirmed",
    "Er zijn twee gewonden.": "other_number",
    "De Textielstraat is weer open.": "against_confirmed",
    "De rook is gevaarlijk, blijf binnen.": "against_confirmed",
    "Er was een ontploffing in de loods.": "told_denied",
    "Er is een dode.": "told_denied",
    "De oorzaak van de brand is kortsluiting.": "told_unknown",
}

THE_SAME = (
    "Er zijn 3 gewonden, en er is hulp.",
    "Er is brand, maar er zijn drie gewonden.",
    "De Textielstraat is afgesloten.",
    "Kom niet naar de Textielstraat: die is dicht.",
    "De rook is niet gevaarlijk.",
    "Het klopt niet dat er een explosie is geweest.",
    "Heeft u een explosie gehoord?",
    "We weten niet of er doden zijn.",
    "De oorzaak van de brand is nog onbekend.",
    "Bedankt voor uw melding. De brandweer is ter plaatse.",
)


@pytest.mark.parametrize(("text", "kind"), OTHERWISE.items())
def test_what_says_otherwise_is_pointed_out(text: str, kind: str) -> None:
    assert [one.kind for one in contradictions(text, BOARD)] == [kind]


@pytest.mark.parametrize("text", THE_SAME)
def test_what_says_the_same_asks_or_leaves_open_is_left_alone(text: str) -> None:
    assert not contradictions(text, BOARD)


def test_it_tells_which_words_and_against_what() -> None:
    (found,) = contradictions("Dank u. Er zijn geen gewonden, gelukkig.", BOARD)
    assert found.what.startswith("Er zijn geen gewonden")
    assert found.statement.text == "Er zijn drie gewonden"
