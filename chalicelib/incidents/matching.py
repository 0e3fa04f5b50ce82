"""Which open incident a report is about, if any, and because of what."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from chalicelib.detection.meaning import alike
from chalicelib.domain.moments import Moment
from chalicelib.incidents.kinship import kin
from chalicelib.incidents.likeness import apart, likeness
from chalicelib.incidents.picture import Picture
from chalicelib.incidents.report import Report, Spot
from chalicelib.incidents.scoring import Weights, weights
from chalicelib.incidents.wording import CONCEPT, shared, weight

OPEN_FOR = timedelta(hours=6)
"""After so long a silence an incident has ended: what comes then is another."""

GATHERED_FROM = timedelta(minutes=90)
"""How far back those that stood alone are looked at again."""

MOST_TRIED = 8
"""Reports of the smaller of two incidents that are held against the larger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """What a report may be about: an incident, or one report that still stands alone."""

    id: str
    picture: Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """``score`` is in log-odds; ``because`` are short Dutch sentences for a person.

    ``count`` is how many messages it had.
    """

    id: str
    score: float
    because: tuple[str, ...]
    count: int = 0


Scored = tuple[float, Open]
"""How likely a report is about this, as log-odds."""

ReadBeside = Callable[[Sequence[Open]], Sequence[float | None]]
"""How a report's words read beside what the others of each wrote, as log-odds; None: unread."""


def match(
    report: Report, candidates: Sequence[Open], read: ReadBeside | None = None
) -> Match | None:
    """The likeliest incident, when it is likely enough; of equals the one that began first.

    ``read``: looks at what the others wrote where the rest leaves it in doubt.
    """
    scale = weights()
    still = (one for one in candidates if still_open(one.picture, report.at))
    near = [one for one in still if comparable(report, one.picture)]
    scored = [(scale.score(likeness(report, one.picture)), one) for one in near]
    said = doubted(report, scored, scale, read) if read else {}
    settled = [(said.get(one.id, score), one) for score, one in scored]
    score, chosen = max(settled, key=lambda pair: (pair[0], ended_by(pair[1])), default=(0.0, None))
    if chosen is None or score < scale.join:
        return None
    told = because(report, chosen.picture, scale, score if chosen.id in said else None)
    return Match(id=chosen.id, score=score, because=told, count=chosen.picture.count)


def doubted(
    report: Report, scored: Iterable[Scored], scale: Weights, read: ReadBeside
) -> dict[str, float]:
    """The log-odds, by id, of what was in doubt and could be read; none when one is plain."""
    ranked = sorted(scored, key=lambda pair: (-pair[0], pair[1].id))
    if ranked and ranked[0][0] >= scale.reading.below:
        return {}
    doubts = [
        (score, one)
        for score, one in ranked
        if scale.reading.doubts(score) and report.subject not in one.picture.subjects
    ][: scale.reading.most]
    said = read([one for _, one in doubts]) if doubts else []
    return {
        one.id: scale.reading.together(score, found)
        for (score, one), found in zip(doubts, said, strict=True)
        if found is not None
    }


TELLING = 0.5
"""What shared words must weigh together: one rare one, or two that are not common."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What one citizen told, as far as the report of another may have it in common."""

    subjects: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    tokens: frozenset[str]
    topics: frozenset[str]
    gemeente: str | None


def trace_of(alone: Report) -> Trace:
    """Of a report that stands alone."""
    tokens = {*alone.links, *alone.media, alone.message, *alone.tags}
    return Trace(
        frozenset({alone.subject}),
        frozenset(alone.words),
        frozenset(names_of(alone.spots)),
        frozenset(tokens),
        frozenset({alone.topic}),
        alone.gemeente,
    )


def trace_in(picture: Picture) -> Trace:
    """Of all that one citizen told."""
    return Trace(
        frozenset(picture.subjects),
        frozenset(picture.words),
        frozenset(names_of(picture.spots)),
        frozenset({*picture.shared, *picture.tags}),
        frozenset(picture.topics),
        picture.gemeente,
    )


def plausible(report: Report, told: Trace) -> bool:
    """Whether both have anything in common that tells: one town and two matters do not."""
    if report.subject in told.subjects:
        return True
    both = told.words.intersection(report.words)
    if sum(weight(word) ** 2 for word in both) >= TELLING or any(CONCEPT in one for one in both):
        return True
    shares = {*report.links, *report.media, *report.quotes, *report.tags}
    places = told.names & names_of(report.spots)
    return bool(places) or not told.tokens.isdisjoint(shares) or one_matter(report, told)


def names_of(spots: Iterable[Spot]) -> set[str]:
    """The places smaller than a town."""
    return {spot.name for spot in spots if spot.fine or spot.road}


def one_matter(report: Report, told: Trace) -> bool:
    """Whether both tell of topics that one event may have, in one gemeente."""
    here = report.gemeente is not None and report.gemeente == told.gemeente
    known = told.topics - {"anders"}
    return here and report.topic != "anders" and any(kin(report.topic, one) for one in known)


def comparable(report: Report, picture: Picture) -> bool:
    """Whether a report is held against this: what several tell of, or what is plausible."""
    return picture.reporters > 1 or plausible(report, trace_in(picture))


def ended_by(one: Open) -> tuple[int, str]:
    """Breaks a tie the same way whoever decides."""
    return (one.picture.count, one.id)


def still_open(picture: Picture, at: Moment) -> bool:
    """Whether something was heard of it not too long before, or after."""
    nearest = min(apart(at, picture.first_at), apart(at, picture.latest_at))
    return nearest < OPEN_FOR.total_seconds()


def belongs(report: Report, picture: Picture) -> bool:
    """Whether a report that stood alone belongs to what is known better by now."""
    if apart(report.at, picture.latest_at) > GATHERED_FROM.total_seconds():
        return False
    scale = weights()
    return scale.score(likeness(report, picture)) >= scale.gather


def compared(id_: str, reports: Sequence[Report], picture: Picture) -> Match:
    """How well reports fit an incident on average.

    What speaks for it is said of the report that fits best, what speaks against it of the worst.
    """
    scale = weights()
    tried = [(scale.score(likeness(one, picture)), one) for one in reports[:MOST_TRIED]]
    ranked = [one for _, one in sorted(tried, key=lambda pair: -pair[0])]
    speaks = because(ranked[0], picture, scale)
    against = [one for one in because(ranked[-1], picture, scale) if one.startswith(BUT)]
    average = sum(score for score, _ in tried) / len(tried)
    return Match(id=id_, score=average, because=tuple(dict.fromkeys((*speaks, *against))))


BUT = "Maar:"
"""What a reason against begins with."""

MOST_REASONS = 4
LEAST = 0.3
"""What moved the score by less is not worth reading."""


def because(
    report: Report, picture: Picture, scale: Weights, read: float | None = None
) -> tuple[str, ...]:
    """What spoke for it most, and what spoke against it most.

    ``read``: the log-odds once it was read beside what the others wrote.
    """
    found = likeness(report, picture)
    parts = {name: scale.each.get(name, 0.0) * n for name, n in found.items()}
    if read is not None:
        parts["read"] = read - scale.score(found)
    for part, whole in PART_OF.items():
        if found[whole]:
            parts[whole] += parts.pop(part)
    ranked = sorted(parts, key=lambda name: -parts[name])
    speaks = [name for name in ranked if name in FOR and parts[name] >= LEAST][:MOST_REASONS]
    against = [name for name in ranked if name in AGAINST and parts[name] <= -LEAST][-1:]
    told = [said(name, report, picture) for name in speaks]
    return (*told, *(f"{BUT} {said(name, report, picture)}" for name in against))


def said(name: str, report: Report, picture: Picture) -> str:
    """One reason, with what it is about filled in."""
    words = [w for w in shared(report.words, picture.words) if not w.startswith(CONCEPT)][:3]
    ideas = [w for w in shared(report.words, picture.words) if w.startswith(CONCEPT)][:3]
    spots = [s.name for s in report.spots if s.name in picture.spot_counts] or [
        s.name for s in report.spots
    ]
    near = alike(report.meaning, picture.meaning) if report.meaning and picture.meaning else 0.0
    return (FOR | AGAINST)[name].format(
        spot=", ".join(dict.fromkeys(spots)) or "?",
        gemeente=picture.gemeente or "?",
        words=", ".join(words) or "?",
        ideas=", ".join(idea.removeprefix(CONCEPT) for idea in ideas) or "?",
        near=f"{near:.2f}".replace(".", ","),
        minutes=round(apart(report.at, picture.latest_at) / 60),
    )


PART_OF = {"name_parts": "spot", "topic_kin": "topic"}
"""What is true wherever something larger is: told as one reason, by what both count for."""

FOR: dict[str, str] = {
    "spot": "dezelfde plek ({spot})",
    "name_parts": "noemt een plek daar",
    "town": "dezelfde gemeente ({gemeente})",
    "village": "dezelfde plaats ({spot})",
    "road": "dezelfde weg ({spot})",
    "topic": "hetzelfde onderwerp",
    "topic_kin": "een verwant onderwerp",
    "meaning": "betekent ongeveer hetzelfde ({near})",
    "meaning_nearest": "lijkt op wat een ander erover schreef",
    "read": "past bij wat anderen erover schreven",
    "refers": "spreekt over een voorval als over iets bekends",
    "words": "dezelfde woorden ({words})",
    "word_parts": "woorden die erop lijken",
    "concepts": "gaat ook over {ideas}",
    "concept_shared": "gaat ook over {ideas}",
    "conversation": "hetzelfde gesprek",
    "shared": "dezelfde link, hetzelfde bestand of een reactie erop",
    "busy": "er komen nu veel berichten over dit voorval",
}
"""What can speak for it, as it is told to a person."""

AGAINST: dict[str, str] = {
    "near": "een gemeente in de buurt",
    "near_exact": "een precieze plek in een andere gemeente",
    "spot_elsewhere": "een plek die zo heet in een andere gemeente",
    "far": "een andere gemeente, ver weg",
    "other_village": "een andere plaats in dezelfde gemeente",
    "other_spot": "een andere plek",
    "other_spot_in_town": "een andere plek in dezelfde gemeente",
    "own_emergency": "spoed op een andere plek",
    "another": "zegt zelf dat het om nog een voorval gaat",
    "old": "spreekt over eerdere jaren",
    "other_concepts": "gaat over iets anders",
    "long_gap": "{minutes} minuten later",
}
"""What can speak against it."""
