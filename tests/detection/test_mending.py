"""Slips of the finger: what is plain is put right, all else stays as it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.detection.mending import KnownWords, mended, unslipped

WORDS = KnownWords(
    seen=frozenset({"helpen", "genomen", "borden", "broden", "steal", "stale"}),
    common=frozenset({"helpen", "genomen", "borden", "steal", "stale"}),
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("heplen", "helpen"),
        ("heelpen", "helpen"),
        ("Heplen graag", "helpen graag"),
        ("ik heb ze egnomen", "ik heb ze genomen"),
    ],
)
def test_swapped_letters_and_a_letter_struck_twice(typed: str, meant: str) -> None:
    assert WORDS.mended(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "ik zag Heplen",  # a name
        "broden",  # somebody writes it so
        "stael",  # to take, or no longer fresh
        "hepl",  # too short to tell
        "héplen",  # another language's
        "xyzzy",
        "",
    ],
)
def test_what_is_not_plain_stays(typed: str) -> None:
    assert WORDS.mended(typed) == typed


@given(st.text(max_size=200))
def test_words_stay_where_they_are(text: str) -> None:
    assert len(mended(text).split()) == len(text.split())


@given(st.text(alphabet="abcdefgh", min_size=4, max_size=12), st.data())
def test_a_slip_is_one_slip_away(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 2))
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    doubled = word[:at] + word[at] + word[at:]
    if swapped != word:
        assert word in set(unslipped(swapped))
    assert word in set(unslipped(doubled))
