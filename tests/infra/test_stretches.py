"""What an encoder learns of recorded evenings, and which it never reads."""

from random import Random
from typing import Any

import pytest

from infra.incidents import evenings
from infra.incidents.contrasting import Told, compared
from infra.training.stretches import FEWEST, PASSES, STRETCH, cut, heard, stretches


def line(number: int, author: str, incident: str | None = None) -> dict[str, Any]:
    at = f"2026-11-22T{18 + number // 60:02}:{number % 60:02}:00+01:00"
    text = f"bericht {number}"
    return {
        "id": f"m{number}", "channel": "x", "author": author, "at": at, "text": text,
        "incident": incident, "emergency": False, "urgency": "geen",
    }  # fmt: skip


def test_an_evening_is_for_one_thing() -> None:
    recorded = sorted(path.stem for path in evenings.FOLDER.glob("*.jsonl"))
    assert (
        sorted((*evenings.LEARNED, *evenings.READ, *evenings.WEIGHED, *evenings.KEPT_APART))
        == recorded
    )
    assert set(evenings.HALF) <= set(evenings.LEARNED)


def test_what_a_citizen_wrote_before_is_read_with_it() -> None:
    found = heard([line(1, "@jan"), line(2, "@els"), line(3, "@jan")])
    assert [before for _, before, _ in found] == ["", "", "bericht 1"]


def test_two_messages_of_one_citizen_are_not_compared() -> None:
    near, same = compared(
        [Told("x/jan", 0, "i1"), Told("x/jan", 60, "i1"), Told("x/els", 90, "i1")]
    )
    assert not near[0, 1]
    assert not same[0, 1]
    assert same[0, 2]


def test_what_is_about_nothing_is_like_nothing() -> None:
    _, same = compared([Told("x/jan", 0, None), Told("x/els", 60, None)])
    assert not same.any()


@pytest.mark.parametrize("seed", range(5))
def test_a_cut_evening_is_read_whole(seed: int) -> None:
    told = heard([line(number, f"@{number}", "i1") for number in range(3 * STRETCH)])
    parts = cut(told, Random(seed))
    read = [text for part in parts for text, _ in part.texts]
    texts = [text for text, *_ in told]
    begun = texts.index(read[0])
    assert read == texts[begun : begun + len(read)]
    assert len(read) > len(texts) - 2 * FEWEST
    assert all(FEWEST <= len(part.texts) <= STRETCH for part in parts)


def test_each_evening_is_read_some_times() -> None:
    found = stretches(["eve"], Random(1))
    middle = evenings.lines("eve")[100]["text"]
    assert [text for one in found for text, _ in one.texts].count(middle) == PASSES
