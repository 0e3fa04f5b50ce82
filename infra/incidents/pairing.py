"""What the cross-encoder learns from: a message of an evening, and what others wrote before it.

Of each message the true incident, whole or in part, where that is not plain anyway; and of what it
is not about those that resemble it most by everything but meaning, since the encoder has learned
these evenings and says more of them than it will of the next.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from chalicelib.domain.moments import instant
from chalicelib.incidents.likeness import Likeness, likeness
from chalicelib.incidents.matching import OPEN_FOR
from chalicelib.incidents.picture import picture_of
from chalicelib.incidents.report import Report
from chalicelib.incidents.scoring import Weights, weights
from infra.incidents.scores import Groups

HALF = 0.5
LATER = 0.3
"""How often what came afterwards is among what others wrote: then a lone report is read again."""

PLAIN, PLAIN_TOO = 4.0, 0.25
"""From these log-odds on it is plain; how often that is learned all the same."""

FARTHEST, NEAREST = -6.0, 2
"""Of what it is not about: from which log-odds on, and how many."""

ANY, AMONG = 0.2, 12
"""How often one more of it, and among how many."""

MOST_ALONE, ALONE_FOR = 60, timedelta(hours=2)
MEANT = 2.0
"""What meaning brings on average."""

MEANINGS = ("meaning", "meaning_nearest")


@dataclass(frozen=True, slots=True)
class Pair:
    """A message, what others wrote (first to latest), and whether all are about one event."""

    evening: str
    message: str
    told: tuple[str, ...]
    same: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a message may be about, with its log-odds."""

    score: float
    same: bool
    told: tuple[str, ...]


def pairs(evenings: Mapping[str, tuple[Sequence[Report], Groups]], dice: Random) -> Iterator[Pair]:
    """Of all evenings."""
    for name, (reports, truth) in evenings.items():
        for report, chosen in choices(reports, truth, dice):
            yield Pair(name, report.message, chosen.told, chosen.same)


def choices(
    reports: Sequence[Report], truth: Groups, dice: Random
) -> Iterator[tuple[Report, Candidate]]:
    """Of one evening."""
    open_: dict[str, list[Report]] = {}
    alone: list[Report] = []
    for number, report in enumerate(reports):
        own = truth[report.message]
        found = []
        for name, told in open_.items():
            if told_lately(report, told):
                part = in_part(told, dice)
                if name == own and dice.random() < LATER:
                    part = with_later(part, reports[number + 1 :], report, truth, dice)
                found.append(candidate(report, part, same=name == own))
        found += [
            candidate(report, [one], same=False)
            for one in alone[-MOST_ALONE:]
            if instant(report.at) - instant(one.at) <= ALONE_FOR and one.subject != report.subject
        ]
        yield from ((report, one) for one in chosen(found, dice))
        if own:
            open_.setdefault(own, []).append(report)
        else:
            alone.append(report)


def told_lately(report: Report, told: Sequence[Report]) -> bool:
    """Whether it is held against these: open still, and not told by the same citizen."""
    late = instant(report.at) - instant(told[-1].at) > OPEN_FOR
    return not late and all(one.subject != report.subject for one in told)


def in_part(told: list[Report], dice: Random) -> list[Report]:
    """All of it or a part."""
    if dice.random() >= HALF:
        return told
    return [one for one in told if dice.random() < HALF] or [dice.choice(told)]


def with_later(
    part: list[Report], rest: Sequence[Report], report: Report, truth: Groups, dice: Random
) -> list[Report]:
    """And some of what others wrote afterwards."""
    own = truth[report.message]
    later = [r for r in rest if truth[r.message] == own and r.subject != report.subject]
    return sorted(part + [r for r in later if dice.random() < HALF], key=lambda one: one.at)


def candidate(report: Report, told: Sequence[Report], *, same: bool) -> Candidate:
    """These, and how likely they are by all but the meaning."""
    score = without_meaning(likeness(report, picture_of(told)), weights())
    return Candidate(score, same, tuple(one.message for one in told))


def without_meaning(found: Likeness, scale: Weights) -> float:
    """The log-odds as if every meaning were as near as any."""
    rest = sum(scale.each.get(name, 0.0) * n for name, n in found.items() if name not in MEANINGS)
    return scale.base + rest + MEANT * ("meaning" in found)


def chosen(found: Sequence[Candidate], dice: Random) -> list[Candidate]:
    """What is learned of one message."""
    true = [one for one in found if one.same and (one.score < PLAIN or dice.random() < PLAIN_TOO)]
    false = sorted((one for one in found if not one.same), key=ranked, reverse=True)
    near = [one for one in false if one.score > FARTHEST][:NEAREST]
    more = [dice.choice(false[:AMONG])] if false and dice.random() < ANY else []
    return true[:1] + near + more


def ranked(one: Candidate) -> tuple[float, tuple[str, ...]]:
    return one.score, one.told
