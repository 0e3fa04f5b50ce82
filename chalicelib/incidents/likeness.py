"""How much a report is like what is known of an incident: numbers, each between about 0 and 1.

``weights.toml`` says how heavily each counts (``scoring``).
"""

from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache
from math import cos, hypot, log1p, radians

from chalicelib.detection.meaning import alike
from chalicelib.domain.assessment import Topic
from chalicelib.domain.moments import Moment, instant
from chalicelib.incidents.kinship import kin
from chalicelib.incidents.picture import Picture
from chalicelib.incidents.report import OWN_MATTERS, Report, Spot
from chalicelib.incidents.wording import CONCEPT, pieces, weight

Likeness = dict[str, float]
KM_PER_DEGREE = 111.2
NEAR_KM = 15.0
"""From so far a fire is seen, heard and smelled."""

RECENT = timedelta(minutes=20)
LONGEST_GAP = timedelta(minutes=60)
OFTEN = 0.15
"""A concept of this share of the messages is what the incident is about."""

WELL_KNOWN = 4
"""From so many messages on a word counts fully only when three of them use it."""


def likeness(report: Report, picture: Picture) -> Likeness:
    """Everything that speaks for or against this report being about this incident."""
    return {
        **of_place(report, picture),
        **of_topic(report, picture),
        **of_meaning(report, picture),
        **of_words(report, picture),
        **of_time(report, picture),
        **of_tokens(report, picture),
        **of_itself(report, picture),
    }


def of_place(report: Report, picture: Picture) -> Likeness:
    """The same spot, the same town, next to it, or somewhere else."""
    here, theirs = report.gemeente, sum(picture.gemeenten.values())
    own = {spot.name for spot in report.spots if spot.fine}
    known = {spot.name for spot in picture.spots if spot.fine}
    share = picture.gemeenten.get(here or "", 0) / theirs if theirs else 0.0
    road = bool(roads_of(report.spots) & roads_of(picture.spots))
    excused = road or shortened(report, picture)
    other = bool(here and theirs and share < 0.1 and not excused)  # noqa: PLR2004 - a stray one
    near = other and distance(report, picture) < NEAR_KM
    same = own & known
    parts = shared_parts(report, picture)
    ours, others = towns(report.spots), towns(picture.spots)
    exact = other and any(spot.fine and spot.gemeente == here for spot in report.spots)
    return {
        "spot": float(bool(same) and not other),
        "spot_elsewhere": float(bool(same) and other),
        "town": share,
        "road": float(road),
        "near": float(near and not exact),
        "near_exact": float(near and exact),
        "far": float(other and not near),
        "other_spot": float(bool(own and known) and not same and not parts),
        "other_spot_in_town": share * float(bool(own and known) and not same),
        "village": float(any(map(smaller, ours & others)) and not other),
        "other_village": share * float(bool(ours and others) and not ours & others),
        "name_parts": min(1.5, sum(weight(part) ** 2 for part in parts)),
        "nowhere": float(not here and not own),
        "unplaced": float(not theirs and not known),
        "own_emergency": settled(picture)
        * float(report.emergency and bool(own and known) and not same and not parts),
        "another": float(report.another and (other or bool(own and not same))),
    }


MOVING: frozenset[Topic] = frozenset(
    {"evenement_orde", "verkeersoverlast", "vermissing", "dier", "overlast_jeugd"}
)
"""Topics of what is now here, now there."""


def settled(picture: Picture) -> float:
    """How sure it is where this is: of what moves, or was told once, it is not."""
    moving = sum(n for topic, n in picture.topics.items() if topic in MOVING) / picture.count
    return min(1.0, picture.count / 6) * float(moving < 0.5)  # noqa: PLR2004 - most


def distance(report: Report, picture: Picture) -> float:
    """Kilometres between the nearest places of both; far when that is not known."""
    ours = [spot for spot in report.spots if spot.lat is not None]
    theirs = [s for s in picture.spots if s.lat is not None and s.gemeente == picture.gemeente]
    return min((between(one, other) for one in ours for other in theirs), default=1e3)


def between(one: Spot, other: Spot) -> float:
    """Kilometres, good enough within one country."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 1e3
    east = (one.lon - other.lon) * cos(radians(one.lat))
    return hypot(one.lat - other.lat, east) * KM_PER_DEGREE


def shared_parts(report: Report, picture: Picture) -> set[str]:
    """Words that name a place on one side and stand on the other: "de Hoek", "Laan op Zuid"."""
    ours, theirs = parts_of(report.spots), parts_of(picture.spots)
    town = parts_of(s for s in report.spots if not s.fine and s.gemeente == report.gemeente)
    both = ((ours | set(report.words)) & theirs) | (ours & picture.words.keys())
    return both - (town if report.gemeente else set())


def shortened(report: Report, picture: Picture) -> bool:
    """Whether it names a place there as those do who live there: "de Hoek", of Hoek van Holland."""
    theirs = parts_of(picture.spots)
    return any(spot.name in theirs and not spot.fine for spot in report.spots)


def parts_of(spots: Iterable[Spot]) -> set[str]:
    """The longer words of the names."""
    return {part for spot in spots for part in spot.name.split() if len(part) > 3}  # noqa: PLR2004


Town = tuple[str, str]
"""Its name and that of its gemeente."""


def towns(spots: Iterable[Spot]) -> set[Town]:
    """The towns and villages among these."""
    return {(spot.name, spot.gemeente) for spot in spots if spot.kind == "place" and spot.gemeente}


def smaller(town: Town) -> bool:
    """Whether it is one of several in its gemeente, and not the one that gave it its name."""
    name, gemeente = town
    return name not in gemeente.lower().replace("-", " ")


def roads_of(spots: Iterable[Spot]) -> set[str]:
    """The numbers of the roads among these."""
    return {spot.road for spot in spots if spot.road}


def of_topic(report: Report, picture: Picture) -> Likeness:
    same = picture.topics.get(report.topic, 0) / picture.count
    akin = sum(n for topic, n in picture.topics.items() if kin(topic, report.topic)) / picture.count
    told = report.topic != "anders"
    return {
        "topic": same * told,
        "topic_kin": akin * told,
        "other_topic": float(told and not akin and not same),
    }


def of_meaning(report: Report, picture: Picture) -> Likeness:
    """What it says of the event, through the lens; nothing without the encoder."""
    if not report.meaning or not picture.meaning:
        return {"no_meaning": 1.0}
    return {
        "meaning": alike(report.meaning, picture.meaning),
        "meaning_nearest": max(alike(report.meaning, one) for one in picture.meanings),
    }


def of_words(report: Report, picture: Picture) -> Likeness:
    """Rare words weigh; concepts are counted apart."""
    plain = [word for word in report.words if not word.startswith(CONCEPT)]
    shared = [word for word in plain if word in picture.words]
    told = {word for word in report.words if word.startswith(CONCEPT)}
    often = max(1.0, OFTEN * picture.count)
    about = {w for w, n in picture.words.items() if w.startswith(CONCEPT) and n >= often}
    part = {word: picture.words.get(word, 0) / picture.count for word in told}
    return {
        "words": min(3.0, sum(weight(w) ** 2 * backed(w, picture) for w in shared)) / 2,
        "concepts": min(1.5, sum(weight(word) * part[word] for word in told)),
        "concept_shared": min(3, len(told & about)) / 3,
        "other_concepts": float(bool(told and about) and not told & about),
        "no_concept": float(not told),
        "word_parts": min(1.0, len(pieces(plain) & pieces(picture.words)) / 3),
        "strange_words": min(1.0, picture.count / 5) * float(len(plain) > 3 and not shared),  # noqa: PLR2004
    }


def backed(word: str, picture: Picture) -> float:
    """How many others use the word, too."""
    return min(1.0, picture.words[word] / 3) if picture.count > WELL_KNOWN else 1.0


def of_time(report: Report, picture: Picture) -> Likeness:
    """How long after; a citizen who goes on about it is never late."""
    near = min(apart(report.at, at) for at in (picture.first_at, *picture.times))
    gap = 0.0 if report.subject in picture.subjects else near
    recent = sum(apart(report.at, at) < RECENT.total_seconds() for at in picture.times)
    return {
        "gap": log1p(gap / 60) / 5,
        "long_gap": float(gap > LONGEST_GAP.total_seconds()),
        "busy": log1p(recent) / 3,
        "gap_urgent": log1p(gap / 60) / 5 * float(report.emergency),
        "refers_busy": float(report.refers) * log1p(recent) / 3,
    }


def apart(one: Moment, other: Moment) -> float:
    """Seconds between two moments, whichever came first."""
    return abs(epoch(one) - epoch(other))


@lru_cache(maxsize=4096)
def epoch(at: Moment) -> float:
    """Seconds since 1970."""
    return instant(at).timestamp()


def of_tokens(report: Report, picture: Picture) -> Likeness:
    """The same conversation, link, file, quoted post or hashtag."""
    tokens = {*report.links, *report.media, *report.quotes}
    return {
        "conversation": float(report.subject in picture.subjects),
        "shared": float(bool(tokens & set(picture.shared))),
        "tag": float(bool(set(report.tags) & set(picture.tags))),
    }


def of_itself(report: Report, picture: Picture) -> Likeness:
    """What makes a message likely to be about any incident, and an incident to be talked about."""
    return {
        "alone": float(picture.count == 1),
        "both_calm": float(report.urgency == "geen") * picture.calm / picture.count,
        "size": log1p(picture.count - 1) / 3,
        "theirs_urgent": picture.emergencies / picture.count,
        "theirs_calm": picture.calm / picture.count,
        "asks": float(report.kind in ("vraag", "compliment", "klacht")),
        "own_matter": float(report.topic in OWN_MATTERS),
        "calm": float(report.urgency == "geen"),
        "urgent": float(report.emergency),
        "refers": float(report.refers),
        "old": float(report.old and picture.old < picture.count / 2),
    }
