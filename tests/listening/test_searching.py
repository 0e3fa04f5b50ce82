"""Attempts of our own at searching for people, and how many of them pass.

``attempts`` (200) and ``apart`` (40) taught the fence of before. ``fresh`` (200) was written before
the fence of now saw any: 72 of its 100 unlawful ones passed the fence of before. ``known_words``
(40) came last, in words that the fence knows, and taught it nothing: 1 of its 20 bad ones passes.
All were written by the same hand; who invents the next ones will pass again, so people approve.
"""

from pathlib import Path

import pytest

from chalicelib.detection.searching import Judged, judge

OWN = frozenset({"politieoost"})
HERE = Path(__file__).parent


def judged(name: str) -> list[tuple[str, str, Judged]]:
    """What was said to be right, the query, and what the fence says of it."""
    lines = (HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [
        (said, query, judge(query, OWN)) for said, _, query in (x.partition("\t") for x in lines)
    ]


@pytest.mark.parametrize(
    ("name", "passing", "refused_wrongly", "asked_wrongly"),
    [("attempts", 0, 0, 21), ("apart", 0, 0, 7), ("fresh", 0, 0, 26), ("known_words", 1, 1, 7)],
)
def test_what_is_unlawful_is_refused_or_asks_for_two_and_what_is_lawful_is_not(
    name: str, passing: int, refused_wrongly: int, asked_wrongly: int
) -> None:
    every = judged(name)
    unlawful = [(query, one) for said, query, one in every if said == "no"]
    lawful = [(query, one) for said, query, one in every if said == "ok"]
    passed = [query for query, one in unlawful if one.allowed and not asks_for_two(one)]
    assert len(passed) <= passing, passed
    assert len([query for query, one in lawful if one.refused]) <= refused_wrongly
    asked = [query for query, one in lawful if one.allowed and asks_for_two(one)]
    assert len(asked) <= asked_wrongly, asked


def asks_for_two(one: Judged) -> bool:
    return bool(one.sensitive or one.doubted)


@pytest.mark.parametrize("query", ["demonstratie Malieveld", "stille tocht Drachten", "brand kerk"])
def test_what_is_near_a_fundamental_right_is_marked(query: str) -> None:
    found = judge(query)
    assert found.allowed
    assert found.sensitive


def test_a_word_that_is_no_place_and_no_subject_is_doubted() -> None:
    assert judge("brand Zutphen").doubted == ()
    assert judge("jandvries88").doubted == ("jandvries88",)


@pytest.mark.parametrize(
    "plate", ["12-ABC-3", "12abc3", "XB 123 K", "GB-001-B", "12-34-AB", "1-abc-23"]
)
def test_a_number_plate_is_seen_however_it_is_typed(plate: str) -> None:
    assert "number_of_person" in {one.kind for one in judge(f"golf {plate}").refused}


def test_a_refusal_says_what_was_found() -> None:
    refused = judge("besloten groep boeren").refused
    assert ("closed_group", "besloten groep") in [(one.kind, one.found) for one in refused]
