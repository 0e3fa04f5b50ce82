"""Whether a listening query is about places, topics and events, as it must be, or about people.

A query that names or describes a person, follows an account, looks into a closed group or sorts
people by what they believe or are is refused, and the refusal says what was found and why. What is
near to a fundamental right, as a demonstration is, needs a second approver, and so does a word that
is neither a place nor one of our subjects (``subjects.toml``): it may be a name that no list has.

It reads however it was typed: other letters that look alike, figures for letters, letters apart,
words run together, backwards. It is a fence, not a judge: the approver still reads every query.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Literal

from chalicelib.detection.locating.folding import fold
from chalicelib.detection.locating.gazetteer import at_hand
from chalicelib.domain.query import folded

Kind = Literal[
    "handle", "closed_group", "contact", "number_of_person", "home", "name", "relation",
    "people_by_trait", "participants", "recognising", "description", "post",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a query is not allowed; ``found`` is the part of it that says so."""

    kind: Kind
    found: str


@dataclass(frozen=True, slots=True)
class Judged:
    """``sensitive`` is the part near a fundamental right, ``doubted`` are words we do not know."""

    refused: tuple[Refused, ...]
    sensitive: str
    doubted: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        return not self.refused


INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
ALIKE = str.maketrans("аеорсухіјѕԁһӏгпАЕОРСУХІЈЅ", "aeopcyxijsdhlrnAEOPCYXIJS")
"""Cyrillic letters that look like ours."""
FIGURES = str.maketrans("013457$", "oieasts")
STREET = r"(?:straat|laan|weg|plein|kade|gracht|hof|dijk|singel|steeg|pad|dreef|park|brug|tunnel)"

SENSITIVE = re.compile(
    r"\b(?:\w*(?:demonstrati|protest|blokkade|betoging|mars\b|staking)\w*|stille tocht|herdenking"
    r"|moskee|synagoge|kerk|azc|asiel\w*|noodverordening|verkiezing\w*|pride|etnisch\w*|intocht)\b"
)

PLATES = (
    ("LL", "DD", "DD"), ("DD", "DD", "LL"), ("DD", "LL", "DD"), ("LL", "DD", "LL"),
    ("LL", "LL", "DD"), ("DD", "LL", "LL"), ("DD", "LLL", "D"), ("D", "LLL", "DD"),
    ("LL", "DDD", "L"), ("L", "DDD", "LL"), ("LLL", "DD", "L"), ("L", "DD", "LLL"),
    ("D", "LL", "DDD"), ("DDD", "LL", "D"),
)  # fmt: skip
"""How Dutch number plates are made up (RDW), letters and digits; with one separator or none."""

PLATE = re.compile(
    "|".join(
        rf"\b{one}(?P<s{at}>[ -]?){two}(?P=s{at}){three}\b".replace("L", "[a-z]").replace(
            "D", "\\d"
        )
        for at, (one, two, three) in enumerate(PLATES)
    )
)

ROAD = re.compile(r"[anse]?\d{1,4}")
LONGEST_PLACE = 4
"""Words in the name of a place."""

SHORTEST_END = 4
"""Letters: of "rookwolken boven de haven" every end says something, of "mes" it does not."""

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
APART = re.compile(r"\b(?:[a-z][ .]+){4,}[a-z]\b|\b(?:[a-z]\.?){1,3}(?:[ .]+(?:[a-z]\.?){1,2}){4,}")


@cache
def known(of: str) -> frozenset[str]:
    """A list of names."""
    return frozenset(str(data("names.toml")[of]).split())


@dataclass(frozen=True, slots=True)
class Subjects:
    """What words of our subjects begin with; ``long`` are those that a word may also end with."""

    stems: tuple[str, ...]
    long: tuple[str, ...]
    small: frozenset[str]


@cache
def subject_words() -> Subjects:
    """What we listen to, as it is spelled."""
    said = data("subjects.toml")
    stems = tuple(folded(said["stems"]).split())
    long = tuple(stem for stem in stems if len(stem) >= SHORTEST_END)
    return Subjects(stems, long, frozenset(folded(said["small"]).split()))


@cache
def patterns() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    """What can be seen from how a query is written."""
    found = data("searching.toml")["pattern"]
    return tuple((one["kind"], re.compile(one["is"])) for one in found)


def data(name: str) -> dict[str, Any]:
    """One of our files of words."""
    text = files("chalicelib.detection").joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def run_together() -> re.Pattern[str]:
    """A given name and a family name with nothing between them but what belongs there."""
    given, family, small = (
        "|".join(sorted(known(of), key=len, reverse=True))
        for of in ("given", "family", "particles")
    )
    return re.compile(rf"(?:{given})(?:{small}){{0,3}}(?:{family})")


def judge(query: str, own: frozenset[str] = frozenset()) -> Judged:
    """What may be said of a query. ``own`` are our own handles, which may be listened to."""
    shown = cleaned(query)
    text = folded(shown)
    found = [*by_pattern(text), *handles(text, own), *names(shown, text)]
    sensitive = SENSITIVE.search(text)
    refused = tuple(dict.fromkeys(found))
    return Judged(refused, sensitive.group() if sensitive else "", tuple(unknown(text)))


def cleaned(query: str) -> str:
    """As it looks: nothing invisible, no letters of another alphabet that look like ours."""
    text = INVISIBLE.sub("", unicodedata.normalize("NFKC", query)).translate(ALIKE)
    return " ".join(text.split())


def unknown(text: str) -> Iterator[str]:
    """Words that are neither a place, nor a subject, nor a small word: one may be a name."""
    words = [match.group() for match in WORD.finditer(text)]
    places = named_places(words)
    for at, word in enumerate(words):
        if at not in places and not is_understood(word):
            yield word


def is_understood(word: str) -> bool:
    """A small word, a road or number, or something that begins or ends as our subjects do."""
    subjects = subject_words()
    if word in subjects.small or ROAD.fullmatch(word):
        return True
    return word.startswith(subjects.stems) or word.endswith(subjects.long)


def named_places(words: list[str]) -> set[int]:
    """Which of the words are of a place, as the gazetteer names it, or of a street."""
    found = {at for at, word in enumerate(words) if re.search(rf"{STREET}$", word)}
    for at in range(len(words)):
        for size in range(1, LONGEST_PLACE + 1):
            if at_hand().named(fold(" ".join(words[at : at + size]))):
                found.update(range(at, at + size))
    return found


def by_pattern(text: str) -> Iterator[Refused]:
    """What can be seen from how it is written."""
    for kind, pattern in patterns():
        match = pattern.search(text)
        if match:
            yield Refused(kind, match.group().strip())
    plate = PLATE.search(text)
    if plate:
        yield Refused("number_of_person", plate.group())


def handles(text: str, own: frozenset[str]) -> Iterator[Refused]:
    """An account that is not ours."""
    for match in re.finditer(r"(?<!\w)@ ?([\w.]{2,})", text):
        if match.group(1) not in own:
            yield Refused("handle", match.group())


def names(shown: str, text: str) -> Iterator[Refused]:
    """A person's name, however it was hidden."""
    words = [match.group() for match in WORD.finditer(shown)]
    plain = [folded(word) for word in words]
    for number, word in enumerate(plain):
        if word in known("given") and not in_a_street(plain, number):
            yield Refused("name", word)
        if word in known("titles"):
            yield from titled(words, plain, number)
    if re.search(r"\b[A-Z]\.(?: ?[A-Z]\.)* ?(?:(?:van|de|der|den|el) )*[A-Z]\w+", shown):
        yield Refused("name", shown)
    if re.search(r"\b(?:van|de|der|den|el) (?:der |den )?\w+", text):
        yield from with_particle(plain)
    yield from hidden(text, plain)


def in_a_street(plain: list[str], number: int) -> bool:
    """Whether the name is part of a street or place that is called after somebody."""
    return any(re.search(rf"{STREET}$|(?:school|stadion|ziekenhuis|poort|museum|paulowna)$", word)
               for word in plain[number : number + 5])  # fmt: skip


def titled(words: list[str], plain: list[str], number: int) -> Iterator[Refused]:
    """``wethouder Pietersen``: what follows a title is a name when it looks like one."""
    at = number + 1
    while at < len(plain) and plain[at] in known("particles"):
        at += 1
    if at >= len(plain) or in_a_street(plain, at):
        return
    listed = plain[at] in known("family") or plain[at] in known("given")
    by_capital = words[at][:1].isupper() and plain[number] in {"meneer", "mevrouw", "dhr", "mw"}
    if listed or by_capital or (at > number + 1 and words[at][:1].isupper()):
        yield Refused("name", " ".join(words[number : at + 1]))


def with_particle(plain: list[str]) -> Iterator[Refused]:
    """``van den Berg``, ``el Amrani``: a family name after its own small words."""
    for before, word in pairwise(plain):
        if before in {"de", "den", "der", "el"} and word in known("family") - known("common"):
            yield Refused("name", f"{before} {word}")


def hidden(text: str, plain: list[str]) -> Iterator[Refused]:
    """Run together, with figures for letters, with letters apart, or backwards."""
    together = [word for word in plain if len(word) > len("jandevr")]
    together += [re.sub(r"[_\d]", "", word) for word in text.split() if "_" in word]
    as_letters = text.translate(FIGURES)
    together.append("".join(as_letters.split()) if re.search(r"[a-z]\d|\d[a-z]", text) else "")
    together += [re.sub(r"[ .]", "", match.group()) for match in APART.finditer(text)]
    together.append("".join(plain)[::-1])
    for one in together:
        match = run_together().search(one)
        if match:
            yield Refused("name", match.group())
