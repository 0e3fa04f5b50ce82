"""What citizens read of us is plain Dutch: short sentences, short words. Run it for the figures.

Flesch-Douma (W.H. Douma, 1960): 206.84 - 0.93 words a sentence - 77 syllables a word; 60 to 70 is
ordinary, above 70 fairly easy. It measures form, not whether somebody understands it.
"""

import re
import sys
from collections.abc import Callable

import pytest

from chalicelib.intake.flow import flows
from chalicelib.intake.words import words
from chalicelib.investigation.guide import kinds
from chalicelib.web.language import texts

OURS = (
    *("dossier.", "talkpage.", "survey.", "answers.number", "answers.dossier"),
    *("own.", "meet.way", "meet.lead", "meet.none", "victim.", "helping."),
)
LONGEST_SENTENCE, EASY = 20, 70.0


def of_the_dossier() -> list[str]:
    said = [text for key, text in texts("nl").items() if key.startswith(OURS)]
    return [*said, *words("dossier")["nl"].values(), *words("helping")["nl"].values()]


def of_the_assistant() -> list[str]:
    """Its own sentences, and the questions and last words of every flow."""
    own = [text for voice in ("nl", "nl_jij") for text in words("texts")[voice].values()]
    asked = [text for flow in flows() for text in flow.questions.values()]
    return [*own, *asked, *(flow.closing for flow in flows())]


def of_the_guide() -> list[str]:
    """What "Mijn onderzoek" advises and asks."""
    steps = {step.name: step for kind in kinds().values() for step in kind.steps}.values()
    asked = [field.label["nl"] for step in steps for field in step.fields]
    return [*asked, *(step.advice["nl"] for step in steps)]


EVERY = {"dossier": of_the_dossier, "assistant": of_the_assistant, "guide": of_the_guide}


def sentences(said: list[str]) -> list[list[str]]:
    found = [one for text in said for one in re.split(r"(?<=[.?!:])\s+", text)]
    told = [re.findall(r"[A-Za-zÀ-ÿ]+", one) for one in found]
    return [one for one in told if len(one) > 2]


def syllables(word: str) -> int:
    return max(1, len(re.findall(r"[aeiouyáéíóúäëïöü]+", word.lower())))


def score(told: list[list[str]]) -> float:
    every = [word for one in told for word in one]
    long, heavy = len(every) / len(told), sum(map(syllables, every)) / len(every)
    return 206.84 - 0.93 * long - 77 * heavy


@pytest.mark.parametrize("said", EVERY.values(), ids=EVERY)
def test_no_sentence_is_long(said: Callable[[], list[str]]) -> None:
    assert [one for one in sentences(said()) if len(one) > LONGEST_SENTENCE] == []


@pytest.mark.parametrize("said", EVERY.values(), ids=EVERY)
def test_it_reads_easily(said: Callable[[], list[str]]) -> None:
    assert score(sentences(said())) > EASY


if __name__ == "__main__":
    for name, said in EVERY.items():
        found = sentences(said())
        words_each = sum(map(len, found)) / len(found)
        told = f"{len(found)} sentences, {words_each:.1f} words each, {score(found):.0f}"
        sys.stdout.write(f"{name}: {told}\n")
