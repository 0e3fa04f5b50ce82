"""What holds for every text, whatever it says."""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.assessment import URGENCIES, Assessment
from tests.detection.cases import assess, own

CASES = own("tune") + own("apart") + own("rounds")
TEXTS = [case["text"] for case in CASES]
some_text = st.one_of(st.text(max_size=300), st.sampled_from(TEXTS))


def assert_complete(said: Assessment) -> None:
    assert said.findings
    assert all(found.because.strip() and found.name and found.value for found in said.findings)
    assert all(0 <= found.score <= 1 for found in said.findings)
    assert said.emergency == (said.urgency == "spoed")
    assert said.lang in {"nl", "en", "de", "fr", "tr", "ar", "pl", "uk", "es", "ru", "und"}
    assert said.version


@given(some_text)
def test_any_text_is_assessed_with_because(text: str) -> None:
    assert_complete(assess(text))


@given(some_text)
def test_the_same_text_is_assessed_the_same(text: str) -> None:
    assert assess(text) == assess(text)


@given(some_text, st.lists(some_text, max_size=4))
def test_context_only_raises(text: str, earlier: list[str]) -> None:
    alone, within = assess(text), assess(text, earlier)
    assert_complete(within)
    assert URGENCIES.index(within.urgency) <= URGENCIES.index(alone.urgency)


def with_zero_width(text: str) -> str:
    dice = Random(len(text))
    return "".join(letter + dice.choice(["", "\u200b", "\u200d", "\u2060"]) for letter in text)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: f"  {text} \n\n", id="around"),
        pytest.param(lambda text: text.replace(" ", "   "), id="spaces"),
        pytest.param(lambda text: text.replace(" ", "\n"), id="lines"),
        pytest.param(lambda text: text.replace(" ", "\u00a0"), id="no-break"),
        pytest.param(str.upper, id="capitals"),
        pytest.param(str.lower, id="small"),
        pytest.param(with_zero_width, id="zero-width"),
    ],
)
def test_how_it_is_typed_changes_no_emergency(change: Callable[[str], str]) -> None:
    differ = [text for text in TEXTS if assess(text).emergency != assess(change(text)).emergency]
    assert not differ


HOSTILE = [
    "a" * 10_000, "de " * 3_400, "hij staat " * 1_000, "a@" * 5_000, "' a " * 3_300, "1 " * 5_000,
    "mes " * 2_500, "straat 1 " * 1_100, "A " * 5_000, '"a' * 5_000, "er ligt iemand " * 700,
    "\u200b" * 200_000, "ﷺ" * 10_000, "nu help brand mes bloed " * 400, "x" * 2_000_000,
    "😂" * 10_000, "\ud800" * 50, "إ" * 10_000, "ik wil niet meer leven " * 5_000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:8]))
def test_hostile_texts_are_assessed_like_any_other(text: str) -> None:
    assert_complete(assess(text, [text] * 5))


def test_a_cry_at_either_end_of_a_long_text_is_heard() -> None:
    filling = "Verder ging alles zijn gewone gang. " * 600
    assert assess(f"Er is iemand in mijn huis, help. {filling}").emergency
    assert assess(f"{filling} Er is iemand in mijn huis, help.").emergency
