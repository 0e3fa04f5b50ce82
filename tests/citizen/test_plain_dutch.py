"""What citizens read of their own case is plain Dutch: short sentences, short words.

Flesch-Douma (W.H. Douma, 1960): 206.84 - 0.93 words a sentence - 77 syllables a word; 60 to 70 is
ordinary, above 70 fairly easy. It measures form, not whether somebody understands it.
"""

import re

from chalicelib.intake.words import words
from chalicelib.web.language import texts

OURS = ("dossier.", "talkpage.", "survey.", "answers.number", "answers.dossier")
LONGEST_SENTENCE, EASY = 20, 70.0


def sentences() -> list[list[str]]:
    said = [text for key, text in texts("nl").items() if key.startswith(OURS)]
    said += words("dossier")["nl"].values()
    found = [one for text in said for one in re.split(r"(?<=[.?!:])\s+", text)]
    told = [re.findall(r"[A-Za-zÀ-ÿ]+", one) for one in found]
    return [one for one in told if len(one) > 2]


def syllables(word: str) -> int:
    return max(1, len(re.findall(r"[aeiouyáéíóúäëïöü]+", word.lower())))


def test_no_sentence_is_long() -> None:
    assert [one for one in sentences() if len(one) > LONGEST_SENTENCE] == []


def test_it_reads_easily() -> None:
    told = sentences()
    every = [word for one in told for word in one]
    long, heavy = len(every) / len(told), sum(map(syllables, every)) / len(every)
    assert 206.84 - 0.93 * long - 77 * heavy > EASY
