"""Plain language: hints a writer can use, and a figure that moves the right way."""

import pytest

from chalicelib.writing.plain import LONGEST_SENTENCE, plainness, syllables

OFFICE = (
    "Naar aanleiding van uw melding wordt uw aangelegenheid te zijner tijd door de desbetreffende "
    "afdeling in behandeling genomen, waarna u hieromtrent nader wordt geïnformeerd."
)
PLAIN = "Dank voor uw bericht. We kijken er nu naar. U hoort morgen van ons wat we doen."


@pytest.mark.parametrize(
    ("word", "count"),
    [("politie", 3), ("aangifte", 3), ("geïnformeerd", 4), ("bureau", 2), ("ruzie", 2), ("zee", 1)],
)
def test_syllables_are_counted_as_they_are_said(word: str, count: int) -> None:
    assert syllables(word) == count


def test_office_language_scores_low_and_says_what_to_write_instead() -> None:
    read = plainness(OFFICE)
    said = {(hint.kind, hint.instead) for hint in read.hints}
    assert read.score is not None
    assert read.score < 40
    assert ("office", "hierover") in said
    assert {kind for kind, _ in said} >= {"sentence", "office", "passive"}


def test_plain_language_scores_high_and_gets_no_hints() -> None:
    read = plainness(PLAIN)
    assert read.score is not None
    assert read.score > 80
    assert read.hints == ()


def test_a_long_sentence_is_shown_whole() -> None:
    long = "Wij zien de brug en " + "de weg en " * LONGEST_SENTENCE + "het water."
    assert [hint.what for hint in plainness(long).hints] == [long]


def test_a_long_word_is_no_office_word_twice() -> None:
    (hint,) = plainness("Dat is een van de mogelijkheden die u hebt.").hints
    assert (hint.kind, hint.what) == ("word", "mogelijkheden")


def test_the_passive_is_seen_with_words_in_between() -> None:
    (hint,) = plainness("Uw fiets wordt morgen door ons opgehaald of niet.").hints
    assert (hint.kind, hint.what) == ("passive", "wordt … opgehaald")


@pytest.mark.parametrize("text", ["Thank you, we will call you back tomorrow.", "Dziękuję!", ""])
def test_of_another_language_nothing_is_said(text: str) -> None:
    assert plainness(text) == plainness("")
