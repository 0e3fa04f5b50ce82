"""The corpus as it lies in the repository: whole, labelled by the guide, and each message once."""

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from infra.training.corpus import ANSWERS, APART, FOLDER, LATER, batches, labelled, load

BATCHES = sorted(FOLDER.glob("*.jsonl"))
LANGUAGES = ("nl", "en", "de", "fr", "tr", "ar", "pl", "uk", "es")


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def everything() -> list[dict[str, Any]]:
    return [line for path in BATCHES for line in lines(path)]


@pytest.mark.parametrize("path", BATCHES, ids=lambda path: path.stem)
def test_every_label_is_one_of_the_guide(path: Path) -> None:
    for line in lines(path):
        assert line["emergency"] == (line["urgency"] == "spoed"), line["id"]
        assert line["lang"] in {*LANGUAGES, "mixed"}
        for task in ("urgency", "kind", "topic", "immediacy", "who", "tone"):
            assert line[task] in ANSWERS[task], (line["id"], task)


@pytest.mark.parametrize("path", BATCHES, ids=lambda path: path.stem)
def test_every_batch_says_that_it_is_synthetic(path: Path) -> None:
    assert "synthetic" in path.with_suffix(".md").read_text("utf-8").lower()


def test_there_is_enough_of_everything() -> None:
    each = everything()
    assert len(each) >= 8000
    langs = Counter(line["lang"] for line in each)
    assert all(langs[lang] >= 400 for lang in LANGUAGES)
    notes = Counter(line.get("note", "")[:2] for line in each)
    calm = sum(not line["emergency"] for line in each)
    assert notes["HN"] >= calm / 3
    assert notes["HP"] >= len(each) / 10


def test_no_message_is_there_twice() -> None:
    """Short ones that thousands write ("ok", "hoi") aside; in another context it is another."""
    seen: dict[str, str] = {}
    for line in everything():
        if line.get("earlier") or line.get("quoted") or line.get("media"):
            continue
        key = re.sub(r"\W+", "", unicodedata.normalize("NFKC", line["text"]).casefold())
        if len(key) > 12:
            assert key not in seen, f"{line['id']} repeats {seen[key]}"
            seen[key] = line["id"]


def near(text: str) -> frozenset[str]:
    words = re.findall(r"\w+", text.casefold())
    return frozenset(" ".join(words[at : at + 3]) for at in range(len(words) - 2))


def test_no_message_is_nearly_another() -> None:
    """Runs of three words that two messages share: never more than 80 % of the shorter."""
    holders: dict[str, list[int]] = {}
    shingled = [near(line["text"]) for line in everything()]
    for at, runs in enumerate(shingled):
        shared = Counter(other for run in runs for other in holders.get(run, ()))
        for other, count in shared.items():
            shorter = min(len(runs), len(shingled[other]))
            assert shorter < 5 or count <= 0.8 * shorter, (at, other)
        for run in runs:
            holders.setdefault(run, []).append(at)


def test_what_detection_said_itself_teaches_nothing() -> None:
    line = {"id": "p-1", "text": "help", "lang": "nl", "emergency": True, "urgency": "spoed"}
    line |= {"kind": "melding", "topic": "anders", "judged": ["emergency", "urgency"]}
    assert labelled("practice", json.dumps(line)).labels == {"emergency": "ja", "urgency": "spoed"}


def test_every_batch_is_learned_or_kept_apart() -> None:
    learned = batches()
    apart = {name: load(FOLDER / f"{name}.jsonl") for name in APART}
    assert not set(learned) & set(apart)
    assert set(LATER) <= set(learned)
    assert sum(map(len, [*learned.values(), *apart.values()])) == len(everything())
