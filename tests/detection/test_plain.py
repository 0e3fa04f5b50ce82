"""What the encoder is given to read: the message without disguises, and what came before it."""

import pytest

from chalicelib.detection.encoder import before, by_word, plain
from chalicelib.domain.assessment import Context


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("HELP ER STAAT IEMAND BINNEN", "help er staat iemand binnen"),
        ("heeeeelp", "heelp"),
        ("er is h e l p nodig", "er is help nodig"),
        ("h.e.l.p", "help"),
        ("hij heeft een m3s", "hij heeft een mes"),
        ("me\u200bs", "mes"),
        ("bel 112", "bel 112"),
        ("OK", "ok"),
        ("A", "A"),
        ("Kerkstraat 4 a", "Kerkstraat 4 a"),
    ],
)
def test_a_disguise_is_taken_off(sent: str, read: str) -> None:
    assert plain(sent) == read


def test_ten_thousand_characters_are_read_at_their_ends() -> None:
    assert len(plain("a b " * 10_000)) < 20_000


def test_what_came_before_is_one_text_with_the_last_said_last() -> None:
    context = Context(
        channel="whatsapp", earlier=("hoi", "er is brand"), quoted="oude film", media="video"
    )
    assert before(context) == "[video] . > oude film . hoi . er is brand"
    assert not before(Context(channel="whatsapp"))


def test_what_a_word_brought_is_what_its_pieces_brought() -> None:
    spans = [(0, 0), (0, 2), (2, 4), (5, 8), (0, 0)]
    assert by_word("brand nu!", [(0, 0), (0, 3), (3, 5), (6, 9)], [9.0, 1.0, 0.5, -1.0]) == [
        ("brand", 1.5),
        ("nu!", -1.0),
    ]
    assert by_word("", spans[:1], [1.0]) == []
