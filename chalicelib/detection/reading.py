"""One message read: its words, its language and every idea that stands in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chalicelib.detection.language import Spoken, recognise
from chalicelib.detection.lexicon import lexicon
from chalicelib.detection.normalise import COMMA, NO_PAUSE, Text, read
from chalicelib.detection.phrases import Hit
from chalicelib.detection.places import has_address

NEGATION = "ontkenning"
FIGURATIVE = "figuurlijk"
BARE_CRY = "kale_noodkreet"
LONGEST_BARE_CRY = 4
ADDRESS = "#adres"

Ideas = Mapping[str, Sequence[Hit]]


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
            hits.setdefault(hit.idea, []).append(hit)
    figurative = hits.pop(FIGURATIVE, [])
    negated = {hit.at[0] for hit in hits.pop(NEGATION, ())}
    ideas = {
        idea: kept
        for idea, found in hits.items()
        if (kept := [hit for hit in found if stands(hit, text, figurative, negated)])
    }
    return Reading(text, spoken, with_shape(ideas, text), tuple(figurative))


def stands(hit: Hit, text: Text, figurative: Sequence[Hit], negated: set[int]) -> bool:
    """Whether it is said in earnest, not denied by a word before it or skipped in it."""
    if any(covers(other, hit) for other in figurative):
        return False
    before = hit.at[0] - 1
    if before in negated and text.tokens[hit.at[0]].pause == NO_PAUSE:
        return False
    skipped = (place for place in negated if hit.at[0] < place < hit.at[-1])
    return all(place in hit.at or text.tokens[place].pause >= COMMA for place in skipped)


def covers(figurative: Hit, hit: Hit) -> bool:
    """Whether at least half of the words of the hit stand within the figurative words."""
    inside = sum(figurative.at[0] <= place <= figurative.at[-1] for place in hit.at)
    return inside * 2 >= len(hit.at)


def with_shape(ideas: dict[str, list[Hit]], text: Text) -> Ideas:
    """With the ideas that lie in the shape of the message rather than in its words."""
    if has_address(text.shown):
        ideas[ADDRESS] = [Hit(ADDRESS, ())]
    if len(text.tokens) > LONGEST_BARE_CRY:
        ideas.pop(BARE_CRY, None)
    return ideas
