"""How plain a Dutch text is: hints towards level B1, never a verdict.

There is no official measure of B1. What is shown are the four things that the government's own
writing advice names and a program can see (Communicatierijk, "schrijven op taalniveau B1"): long
sentences, long words, the passive, and office words with a plain one beside them. The one figure is
Flesch-Douma, 206.84 - 0.93 for each word a sentence, - 77 for each syllable a word (W.H. Douma,
1960): 60 and above is commonly read as plain. It counts, and understands nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

LONGEST_SENTENCE = 15
"""Words. Writing advice for B1 says ten to fifteen."""

LONGEST_WORD = 4
"""Syllables: "mogelijkheden" has five."""

PLAIN_ENOUGH = 60

Kind = Literal["sentence", "word", "passive", "office"]


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to look at. ``instead`` is a plainer word, where there is one."""

    kind: Kind
    what: str
    instead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plainness:
    """``score`` is Flesch-Douma, rounded; None for a text too short to say."""

    score: int | None
    hints: tuple[Hint, ...]


_SENTENCE = re.compile(r"[^.!?\n…]+[.!?…]*")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_LINK = re.compile(r"\b(?:https?://|www\.)\S+|\S+@\S+", re.IGNORECASE)
_VOWELS = re.compile(
    r"eau|aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|au|ou|[aeiouyáéíóúàèäëïöüê]",
    re.IGNORECASE,
)
_PASSIVE = frozenset({"word", "wordt", "worden", "werd", "werden", "geworden"})
_PARTICIPLE = re.compile(
    r"^(?:aan|af|door|in|mee|na|op|over|terug|toe|uit|voor|vast)?(?:ge|be|ver|ont|her)\w+(?:d|t|en)$(?<!heid)"
)
_DUTCH = frozenset(
    (
        "de", "het", "een", "en", "van", "ik", "je", "u", "we", "wij", "niet", "dat", "die", "is",
        "zijn", "voor", "met", "op", "te", "aan", "uw", "er", "om", "als", "naar", "kunt", "kan",
        "bij", "wat", "hoe", "maar", "ook", "dan", "of", "heeft", "hebt", "hebben",
    )
)  # fmt: skip

LEAST_WORDS = 8
"""Below this no score: one greeting would swing it."""


def plainness(text: str) -> Plainness:
    """What to look at, in the order of the text. Nothing of a text that is not Dutch."""
    clean = _LINK.sub(" ", text)
    words = _WORD.findall(clean)
    if not reads_as_dutch(words):
        return Plainness(score=None, hints=())
    sentences = [found.group().strip() for found in _SENTENCE.finditer(clean)]
    hints = [hint for sentence in sentences for hint in _in_sentence(sentence)]
    return Plainness(score=score(sentences, words), hints=tuple(dict.fromkeys(hints)))


def reads_as_dutch(words: list[str]) -> bool:
    """Whether enough of the words are the small ones that every Dutch text has."""
    known = sum(word.casefold() in _DUTCH for word in words)
    return len(words) > 0 and known * 5 >= len(words)


def score(sentences: list[str], words: list[str]) -> int | None:
    """Flesch-Douma, rounded."""
    said = [one for one in sentences if _WORD.search(one)]
    if len(words) < LEAST_WORDS:
        return None
    a_word = sum(map(syllables, words)) / len(words)
    return round(206.84 - 0.93 * len(words) / len(said) - 77 * a_word)


def syllables(word: str) -> int:
    """Groups of vowels, Dutch two- and three-letter ones as one; at least one."""
    return max(1, len(_VOWELS.findall(word)))


def _in_sentence(sentence: str) -> Iterator[Hint]:
    words = _WORD.findall(sentence)
    if len(words) > LONGEST_SENTENCE:
        yield Hint("sentence", sentence)
    low = sentence.casefold()
    for office, plain in office_words().items():
        if re.search(rf"\b{re.escape(office)}\b", low):
            yield Hint("office", office, plain)
    for word in words:
        if word.casefold() not in office_words() and syllables(word) > LONGEST_WORD:
            yield Hint("word", word)
    passive = _passive(words)
    if passive:
        yield Hint("passive", passive)


def _passive(words: list[str]) -> str:
    """``wordt … behandeld``: a form of "worden" with a participle in the same sentence."""
    low = [word.casefold() for word in words]
    helper = next((one for one in low if one in _PASSIVE), "")
    done = next((one for one in low if _PARTICIPLE.match(one) and one not in _PASSIVE), "")
    if not (helper and done):
        return ""
    together = any({helper, done} == {*pair} for pair in pairwise(low))
    return f"{helper} {done}" if together else f"{helper} … {done}"


@cache
def office_words() -> dict[str, str]:
    """Office words and a plain one for each."""
    lines = (Path(__file__).parent / "office_words.tsv").read_text(encoding="utf-8").splitlines()
    return dict(tuple(line.split("\t")[:2]) for line in lines if "\t" in line)  # type: ignore[misc]
