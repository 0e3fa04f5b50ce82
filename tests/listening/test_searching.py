"""Attempts of our own at searching for people: written before the fence was, and some after.

What was found the first time: of the 200 in ``attempts.tsv`` 2 of 100 unlawful ones passed (one was
mistyped), and no lawful one was refused. Of 40 more in ``apart.tsv``, written without looking at
the fence, 15 of 20 passed and 3 of 20 were refused wrongly; after that it learned from these. Who
invents the next ones will pass again: an approver reads every query.
"""

from pathlib import Path

import pytest

from chalicelib.detection.searching import judge

OWN = frozenset({"politieoost"})
HERE = Path(__file__).parent


@pytest.mark.parametrize(("name", "missed_at_most"), [("attempts", 1), ("apart", 1)])
def test_what_is_unlawful_is_refused_and_what_is_lawful_is_not(
    name: str, missed_at_most: int
) -> None:
    lines = (HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    said = [(line.partition("\t")[0], line.partition("\t")[2]) for line in lines]
    missed = [query for verdict, query in said if verdict == "no" and judge(query, OWN).allowed]
    wrongly = [query for verdict, query in said if verdict == "ok" and judge(query, OWN).refused]
    assert len(missed) <= missed_at_most, missed
    assert not wrongly


@pytest.mark.parametrize("query", ["demonstratie Malieveld", "stille tocht Drachten", "brand kerk"])
def test_what_is_near_a_fundamental_right_is_marked(query: str) -> None:
    found = judge(query)
    assert found.allowed
    assert found.sensitive


def test_a_refusal_says_what_was_found() -> None:
    refused = judge("besloten groep boeren").refused
    assert ("closed_group", "besloten groep") in [(one.kind, one.found) for one in refused]
