"""How urgent: the rules that are true, each with its points and why.

A rule brings its points; cues nearby add ("nu", a cry for help) or take off ("film", "gisteren").
With six points or more it speaks. Points are whole numbers, so that a person can add them up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from chalicelib.detection.phrases import Hit
from chalicelib.detection.reading import Reading
from chalicelib.detection.rules import Cue, Rule, rules
from chalicelib.domain.assessment import URGENCIES, Urgency

SPEAKS = 6
"""From so many points an urgent rule is an emergency."""

WANTS_ATTENTION = 4
"""From so many points a rule asks for attention today."""

NEAR = 40
"""Ideas further apart than this many words are not about the same thing."""

NEAR_ENOUGH_TO_DAMP = 60
FULL_SCORE = 10
STACKED = 2
"""Points for each other urgent rule that found other words: dangers add up."""

MOST_STACKED = 4
TRIED = 6


@dataclass(frozen=True, slots=True)
class Outcome:
    """A rule that found its ideas: the points after all cues, and what counted."""

    rule: Rule
    points: int
    hits: tuple[Hit, ...]
    boosts: tuple[tuple[Cue, Hit], ...] = ()
    dampers: tuple[tuple[Cue, Hit], ...] = ()

    @property
    def urgency(self) -> Urgency:
        """What follows from the points."""
        if self.rule.urgency == "spoed" and self.points >= SPEAKS:
            return "spoed"
        held = any(not cue.mild for cue, _ in self.dampers)
        wanting = self.points >= WANTS_ATTENTION and not held
        return "nu" if wanting else "geen"

    @property
    def score(self) -> float:
        """The points as 0-1."""
        return max(0.0, min(1.0, self.points / FULL_SCORE))


def outcomes(reading: Reading, since: int = 0) -> list[Outcome]:
    """Every rule that finds its ideas, with one of them at or after word ``since``."""
    found = [
        (rule, hits)
        for rule in rules().rules
        if (hits := evidence(rule, reading, since)) is not None
    ]
    weighed = [weigh(rule, hits, reading, stacked(rule, hits, found)) for rule, hits in found]
    return sorted(weighed, key=lambda outcome: (URGENCIES.index(outcome.urgency), -outcome.points))


def stacked(
    rule: Rule, hits: tuple[Hit, ...], found: Sequence[tuple[Rule, tuple[Hit, ...]]]
) -> int:
    """Points for the other dangers in the message, those in the same words not counted."""
    if rule.urgency != "spoed":
        return 0
    used = {place for hit in hits for place in hit.at}
    points = 0
    for other, elsewhere in found:
        places = {place for hit in elsewhere for place in hit.at}
        if other.urgency == "spoed" and places and not places & used:
            used |= places
            points += STACKED
    return min(points, MOST_STACKED)


def evidence(rule: Rule, reading: Reading, since: int) -> tuple[Hit, ...] | None:
    """One hit for each need, near to each other; None when the rule is not true."""
    choices = []
    for need in rule.needs:
        choices.append(list(hits_for(need, reading))[:TRIED])
        if not choices[-1]:
            return None  # nearly every rule ends here
    for hits in product(*choices):
        places = [place for hit in hits for place in hit.at]
        recent = not since or (bool(places) and max(places) >= since)
        if recent and (not places or max(places) - min(places) <= NEAR):
            return hits
    return None


def hits_for(need: frozenset[str], reading: Reading) -> Iterator[Hit]:
    """All hits of any of these ideas."""
    for idea in sorted(need):
        yield from reading.ideas.get(idea, ())


def weigh(rule: Rule, hits: tuple[Hit, ...], reading: Reading, stacked: int) -> Outcome:
    """The rule with the cues that concern it."""
    boosts = tuple(cues(rules().boosts, rule, hits, reading, NEAR))
    dampers = tuple(cues(rules().dampers, rule, hits, reading, NEAR_ENOUGH_TO_DAMP))
    points = rule.points + stacked
    points += sum(cue.points for cue, _ in boosts) - sum(cue.points for cue, _ in dampers)
    return Outcome(rule, points, hits, boosts, dampers)


def cues(
    known: Sequence[Cue], rule: Rule, hits: tuple[Hit, ...], reading: Reading, near: int
) -> Iterator[tuple[Cue, Hit]]:
    """The cues that this rule heeds and that stand near its words, each once."""
    for cue in known:
        if cue.concerns(rule):
            for hit in reading.ideas.get(cue.idea, ()):
                if distance(hit, hits) <= near:
                    yield cue, hit
                    break


def distance(hit: Hit, others: tuple[Hit, ...]) -> int:
    """How many words lie between; nought when there is nothing to measure from."""
    places = [place for other in others for place in other.at]
    if not places or not hit.at:
        return 0
    return max(min(places) - hit.at[-1], hit.at[0] - max(places), 0)
