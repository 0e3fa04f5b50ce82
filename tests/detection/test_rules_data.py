"""The rules and words are data that people change: this finds what they overlooked."""

from collections.abc import Iterator
from math import prod

import pytest

from chalicelib.detection.kinds import ADDRESSED, CHATTER, ORDER
from chalicelib.detection.lexicon import LANGUAGES, ideas_of, lexicon
from chalicelib.detection.phrases import Phrase
from chalicelib.detection.reading import BARE_CRY, FIGURATIVE, NEGATION
from chalicelib.detection.rules import rules

MOST_WAYS = 1_000
"""How many ways one phrase may be tried at one place: more takes too long on a hostile text."""


def needed() -> set[str]:
    known = rules()
    ideas = {idea for rule in known.rules for need in rule.needs for idea in need}
    ideas |= {cue.idea for cue in (*known.boosts, *known.dampers)}
    ideas |= {idea for weights in known.topics.values() for idea in weights}
    ideas |= {idea for idea, _ in ORDER} | set(CHATTER)
    ideas |= {ADDRESSED, "vraag_aan_ons", "soort_compliment", BARE_CRY, FIGURATIVE, NEGATION}
    return ideas


def phrases(code: str) -> Iterator[Phrase]:
    for of_slot in lexicon(code).finder.starts.values():
        yield from of_slot


def test_dutch_has_words_for_every_idea() -> None:
    written = {idea for idea, _ in ideas_of("nl")}
    assert {idea for idea in needed() if not idea.startswith("#")} <= written


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_words_are_written_for_an_idea_that_nothing_uses(code: str) -> None:
    assert {idea for idea, _ in ideas_of(code)} <= needed()


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_covers_every_danger(code: str) -> None:
    known = {idea for idea, _ in ideas_of(code)}
    for rule in rules().rules:
        if rule.urgency == "spoed":
            assert all(
                need & known or any(i.startswith("#") for i in need) for need in rule.needs
            ), rule


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_phrase_is_empty_or_can_be_tried_in_too_many_ways(code: str) -> None:
    for phrase in phrases(code):
        assert phrase.steps
        assert prod(gap + 1 for _, gap in phrase.steps) <= MOST_WAYS, phrase


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_single_letter_or_bare_star_is_a_word(code: str) -> None:
    for phrase in phrases(code):
        for slot, _ in phrase.steps:
            assert all(word.strip("*") for word in slot), phrase
            assert not any("(" in word or ")" in word or "|" in word for word in slot), phrase


def test_rules_have_one_name_and_a_because() -> None:
    known = rules().rules
    assert len({rule.name for rule in known}) == len(known)
    assert all(rule.because and rule.points > 0 for rule in known)
    assert all(cue.because and cue.points > 0 for cue in (*rules().boosts, *rules().dampers))


def test_what_a_rule_ignores_or_a_cue_concerns_exists() -> None:
    known = rules()
    dampers = {cue.idea for cue in known.dampers}
    names = {rule.name for rule in known.rules}
    assert all(rule.ignores <= dampers for rule in known.rules)
    assert all(cue.only <= names for cue in (*known.boosts, *known.dampers))
