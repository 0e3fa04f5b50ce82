"""What should not leave the house in an answer, unless its writer means it. It warns, never stops.

The citizen's own number is no less a leak: a phone is read along with, and a public answer by all.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from chalicelib.writing.names import names_in
from chalicelib.writing.numbers import bsns, ibans, phones

Kind = Literal["bsn", "iban", "phone", "name", "internal", "blank"]


@dataclass(frozen=True, slots=True)
class Leak:
    """One thing found, as it stands in the text."""

    kind: Kind
    what: str


_INTERNAL = re.compile(
    r"\b(?:interne?|intern\s+gebruik|niet\s+(?:voor|aan|naar)\s+(?:de\s+)?(?:burger|inwoner|melder)|"
    r"alleen\s+voor\s+collega['\u2019]?s|geheim|vertrouwelijk|internal|confidential)\b",
    re.IGNORECASE,
)
"""Words by which colleagues mark what is for colleagues."""

_BLANK = re.compile(r"\{[^{}\n]{1,40}\}|\[[a-zà-ÿ][^\[\]\n]{0,40}\]")
"""A place of a canned reply that nobody filled in: ``{naam}`` or ``[naam]``."""

NUMBERS: dict[Kind, Callable[[str], Iterator[str]]] = {
    "iban": ibans,
    "bsn": bsns,
    "phone": phones,
}
"""In this order: the most certain first."""


def leaks(text: str, known: Iterable[str] = ()) -> tuple[Leak, ...]:
    """All that is found, each once. ``known`` are the names of the citizen and the writer."""
    found: list[Leak] = []
    left = text
    for kind, find in NUMBERS.items():
        numbers = list(find(left))
        found += [Leak(kind, what) for what in numbers]
        for what in numbers:
            left = left.replace(what, " · ")  # a number is one thing only
    found += [Leak("name", name) for name in names_in(text, known)]
    found += [Leak("internal", one.group()) for one in _INTERNAL.finditer(text)]
    found += [Leak("blank", one.group()) for one in _BLANK.finditer(text)]
    return tuple(dict.fromkeys(found))


def mark_of(found: Iterable[Leak], others: Iterable[str] = ()) -> str:
    """What stands for exactly these findings: who agreed to one set did not agree to another."""
    return "|".join(sorted((*(f"{one.kind}:{one.what}" for one in found), *others)))
