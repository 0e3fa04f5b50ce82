"""How often the right text is among the first three, beside a TF-IDF baseline.

``suggestions.tsv`` holds our own questions with the article that answers them: ``tune`` set the
weights, ``apart`` was only counted. Measured with the encoder, by words alone, and with those of
``tune`` as if colleagues had answered them before.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from chalicelib.detection.encoder import Encoder
from chalicelib.knowledge.article_meanings import asked, packaged
from chalicelib.knowledge.suggesting import MOST, Asked, Candidate, fits, suggested
from infra.ask import meaning_of
from infra.benchmarks.latency import Progress
from infra.encoder.command import FOLDER, own_encoder

FILE = Path(__file__).with_suffix(".tsv")

Rank = Callable[["Case"], list[str]]


@dataclass(frozen=True, slots=True)
class Case:
    """A question, and the article that answers it."""

    set: str
    article: str
    lang: str
    text: str
    asked: Asked = field(default_factory=lambda: Asked(text=""))


def measure(progress: Progress) -> dict[str, Any]:
    """Recall at three and at one, on the set apart and on the one that weights were set with."""
    progress("suggestions")
    encoder = Encoder(FOLDER) if own_encoder() else None
    every = [read(line, encoder) for line in FILE.read_text("utf-8").splitlines()]
    found: dict[str, Any] = {}
    for name in ("apart", "tune"):
        cases = [case for case in every if case.set == name]
        found[name] = {"questions": len(cases), **by_way(cases, every)}
    return found


def read(line: str, encoder: Encoder | None) -> Case:
    """One line, with its meaning where there is an encoder."""
    name, article, lang, text = line.split("\t")
    case = Case(name, article, lang, text)
    return replace(case, asked=asked(case.text, meaning_of(encoder) if encoder else None))


def by_way(cases: Sequence[Case], every: Sequence[Case]) -> dict[str, Any]:
    """The same questions, each way."""
    texts = packaged()
    earlier = [answered(case) for case in every if case.set == "tune"]
    found = {
        "tf_idf": counted(cases, lambda case: baseline(case.text, texts)),
        "by_words": counted(cases, lambda case: rank(asked(case.text, None), texts)),
    }
    if not cases[0].asked.meaning:
        return found
    found["with_encoder"] = counted(cases, lambda case: rank(case.asked, texts))
    if cases[0].set == "apart":
        found["and_earlier_answers"] = counted(
            cases, lambda case: rank(case.asked, (*texts, *earlier))
        )
        found["chance"] = calibration(cases, texts)
    return found


def answered(case: Case) -> Candidate:
    """The question as if a colleague had answered it with the article."""
    return Candidate(
        id=f"{case.article}#earlier",
        source="answer",
        title="",
        text="",
        asked=(case.text,),
        meanings=("", case.asked.meaning),
    )


def rank(one: Asked, texts: Sequence[Candidate]) -> list[str]:
    """The articles, the best first."""
    return [found.id.partition("#")[0] for found, _ in fits(one, texts)]


def counted(cases: Sequence[Case], ranks: Rank) -> dict[str, float]:
    """Recall at three and at one."""
    ranked = [(case.article, ranks(case)) for case in cases]
    return {
        f"recall_at_{most}": share([right in first[:most] for right, first in ranked])
        for most in (MOST, 1)
    }


def calibration(cases: Sequence[Case], texts: Sequence[Candidate]) -> dict[str, Any]:
    """What was told beside what was true, for the first suggestion; and how often none is shown."""
    first = [(case.article, suggested(case.asked, texts, 1)) for case in cases]
    shown = [(found[0].chance, found[0].candidate.id == right) for right, found in first if found]
    high = [right for told, right in shown if told >= 0.7]  # noqa: PLR2004 what we call strong
    low = [right for told, right in shown if told < 0.4]  # noqa: PLR2004 what we call weak
    return {
        "told_on_average": round(sum(told for told, _ in shown) / max(1, len(shown)), 3),
        "true_on_average": share([right for _, right in shown]),
        "true_where_at_least_0.7_was_told": share(high),
        "true_where_under_0.4_was_told": share(low),
        "none_shown": len(first) - len(shown),
    }


def share(true: Sequence[bool]) -> float:
    return round(sum(true) / len(true), 3) if true else 0.0


def baseline(question: str, texts: Sequence[Candidate]) -> list[str]:
    """Cosine of TF-IDF over whole words: title, ways of asking and text."""
    words = [Counter(tokens(" ".join((one.title, *one.asked, one.text)))) for one in texts]
    held = Counter(word for each in words for word in each)
    weigh = {word: math.log((1 + len(texts)) / (1 + n)) + 1 for word, n in held.items()}
    asked = vector(Counter(tokens(question)), weigh)
    scores = [
        (sum(asked.get(word, 0.0) * value for word, value in vector(each, weigh).items()), one.id)
        for each, one in zip(words, texts, strict=True)
    ]
    return [id_ for _, id_ in sorted(scores, key=lambda pair: (-pair[0], pair[1]))]


def tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def vector(counts: Counter[str], weigh: dict[str, float]) -> dict[str, float]:
    """Of unit length."""
    raw = {word: n * weigh.get(word, 0.0) for word, n in counts.items()}
    length = math.sqrt(sum(value * value for value in raw.values())) or 1.0
    return {word: value / length for word, value in raw.items()}
