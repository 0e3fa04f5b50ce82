"""One message read: its words, its language and every idea that stands in it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from chalicelib.detection.language import Spoken, recognise
from chalicelib.detection.lexicon import lexicon
from chalicelib.detection.normalise import COMMA, NO_PAUSE, Text, read
from chalicelib.detection.phrases import Hit
from chalicelib.detection.places import has_address
from chalicelib.detection.rules import rules

NEGATION = "ontkenning"
FIGURATIVE = "figuurlijk"
SAID_IN_QUOTES = frozenset({"dreiging_bezig", "dreiging", "aanslag"})
"""What somebody else said counts as danger only when it is a threat."""

QUOTED = re.compile(r"""(?:^|(?<=[\s(:]))(?:'[^']{8,300}'|["“„«][^"”»]{8,300}["”»])(?!\w)""")
MOST_QUOTED = 0.8
BARE_CRY = "kale_noodkreet"
CRY = "noodkreet"
LONGEST_BARE_CRY = 4
ADDRESS = "#adres"
EXCLAIMED = "#uitroep"

Ideas = Mapping[str, Sequence[Hit]]


@cache
def cue_ideas() -> frozenset[str]:
    """Ideas that only colour a message: a single word of another language is no sign of them."""
    known = rules()
    return frozenset(cue.idea for cue in (*known.boosts, *known.dampers)) - {CRY}


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands in a text. ``taken_back`` are figurative words, which do not count as danger."""

    text: Text
    spoken: Spoken
    ideas: Ideas
    taken_back: tuple[Hit, ...]


def reading_of(raw: str) -> Reading:
    """Read one text, in every language that may occur in it."""
    text = read(raw)
    spoken = recognise(text)
    hits: dict[str, list[Hit]] = {}
    for code in spoken.present:
        for hit in lexicon(code).find(text.tokens, main=code == spoken.code):
            if code == spoken.code or len(hit.at) > 1 or hit.idea not in cue_ideas():
                hits.setdefault(hit.idea, []).append(hit)
    figurative = hits.pop(FIGURATIVE, [])
    doubt = Doubt(
        figurative=figurative,
        negated=frozenset(hit.at[0] for hit in hits.pop(NEGATION, ())),
        quoted=quotations(text.shown),
    )
    earnest = {
        idea: [hit for hit in found if stands(hit, text, doubt)] for idea, found in hits.items()
    }
    ideas = {idea: found for idea, found in earnest.items() if found}
    return Reading(text, spoken, with_shape(ideas, text), tuple(figurative))


@dataclass(frozen=True, slots=True)
class Doubt:
    """Where words do not mean what they say: figures of speech, denials, quotations."""

    figurative: Sequence[Hit]
    negated: frozenset[int]
    quoted: Sequence[tuple[int, int]]


def stands(hit: Hit, text: Text, doubt: Doubt) -> bool:
    """Whether it is said in earnest, by the writer, and not denied."""
    if any(covers(other, hit) for other in doubt.figurative):
        return False
    if is_denied(hit, text, doubt.negated):
        return False
    return not (doubt.quoted and is_quoted(hit, text, doubt.quoted))


def is_denied(hit: Hit, text: Text, negated: frozenset[int]) -> bool:
    """Whether a denying word stands right before it, or was skipped in it."""
    if hit.at[0] - 1 in negated and text.tokens[hit.at[0]].pause == NO_PAUSE:
        return True
    skipped = (place for place in negated if hit.at[0] < place < hit.at[-1])
    return any(place not in hit.at and text.tokens[place].pause < COMMA for place in skipped)


def quotations(shown: str) -> list[tuple[int, int]]:
    """Where quotations stand; a message that is one as a whole quotes nobody."""
    spans = (found.span() for found in QUOTED.finditer(shown))
    return [(start, end) for start, end in spans if end - start < MOST_QUOTED * len(shown)]


def is_quoted(hit: Hit, text: Text, quoted: Sequence[tuple[int, int]]) -> bool:
    """Whether the words stand between quotation marks, so that somebody else says them."""
    if hit.idea in SAID_IN_QUOTES or hit.idea.startswith(("zelfdoding", "over_", "soort_")):
        return False
    start, end = text.tokens[hit.at[0]].start, text.tokens[hit.at[-1]].end
    return any(opens < start and end < closes for opens, closes in quoted)


def covers(figurative: Hit, hit: Hit) -> bool:
    """Whether at least half of the words of the hit stand within the figurative words."""
    inside = sum(figurative.at[0] <= place <= figurative.at[-1] for place in hit.at)
    return inside * 2 >= len(hit.at)


def with_shape(ideas: dict[str, list[Hit]], text: Text) -> Ideas:
    """With the ideas that lie in the shape of the message rather than in its words."""
    if has_address(text.shown):
        ideas[ADDRESS] = [Hit(ADDRESS, ())]
    if "!!" in text.shown:
        ideas[EXCLAIMED] = [Hit(EXCLAIMED, ())]
    if len(text.tokens) > LONGEST_BARE_CRY:
        ideas.pop(BARE_CRY, None)
    return ideas
