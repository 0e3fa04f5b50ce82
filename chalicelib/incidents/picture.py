"""What is known of an incident as a whole: all that a new report is compared with.

A picture is a few kilobytes however many messages there are, so that it can be rolled up now and
then and read by everybody.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from chalicelib.detection.meaning import middle
from chalicelib.domain.moments import Moment
from chalicelib.incidents.report import Report, Spot

MOST_WORDS = 80
MOST_SPOTS = 16
MOST_MEANINGS = 6
MOST_TIMES = 16
MOST_SUBJECTS = 60
MOST_SHARED = 20
LATEST_READ = 3
Counts = dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where one message lies: its conversation, its moment and its id."""

    subject: str
    at: Moment
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Many reports seen together; the counts are of messages.

    ``gemeenten``: how many say each. ``spots``: the places named most, ``spot_counts`` by name.
    ``subjects``: when each conversation last said something. ``times``: the latest reports.
    ``meanings``: of some of the messages; ``meaning``: of all on average. ``sources``: the first
    message and the latest ones, to be read beside a new one; what they say is not kept here.
    """

    count: int
    reporters: int
    first_at: Moment
    latest_at: Moment
    times: tuple[Moment, ...]
    topics: Counts
    gemeenten: Counts
    spots: tuple[Spot, ...] = ()
    spot_counts: Counts = field(default_factory=dict)
    words: Counts = field(default_factory=dict)
    subjects: dict[str, Moment] = field(default_factory=dict)
    shared: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    meaning: str = ""
    meanings: tuple[str, ...] = ()
    emergencies: int = 0
    calm: int = 0
    old: int = 0
    sources: tuple[Source, ...] = ()

    @property
    def gemeente(self) -> str | None:
        """Where most say that it is."""
        return max(self.gemeenten, key=lambda one: self.gemeenten[one], default=None)


def picture_of(reports: Iterable[Report]) -> Picture:
    """All reports of one incident together, in the order of their time."""
    told = sorted(reports, key=lambda one: (one.at, one.message))
    spots = [spot for one in told for spot in set(one.spots) if sure(one)]
    named = Counter(spot.name for spot in spots)
    most = {name for name, _ in named.most_common(MOST_SPOTS)}
    vectors = [one.meaning for one in told if one.meaning]
    return Picture(
        count=len(told),
        reporters=len({one.reporter for one in told}),
        first_at=told[0].at,
        latest_at=told[-1].at,
        times=tuple(one.at for one in told[-MOST_TIMES:]),
        topics=dict(Counter(one.topic for one in told)),
        gemeenten=dict(Counter(one.gemeente for one in told if one.gemeente)),
        spots=tuple(spot for spot in dict.fromkeys(spots) if spot.name in most),
        spot_counts={name: named[name] for name in most},
        words=dict(Counter(word for one in told for word in one.words).most_common(MOST_WORDS)),
        subjects=dict(list({one.subject: one.at for one in told}.items())[-MOST_SUBJECTS:]),
        shared=first(each for one in told for each in (*one.links, *one.media, one.message)),
        tags=first(tag for one in told for tag in one.tags),
        meaning=middle(vectors),
        meanings=tuple(spread(vectors)),
        emergencies=sum(one.emergency for one in told),
        calm=sum(one.urgency == "geen" for one in told),
        old=sum(one.old for one in told),
        sources=tuple(source(one) for one in (told[0], *told[1:][-LATEST_READ:])),
    )


def source(report: Report) -> Source:
    """Where its message lies."""
    return Source(subject=report.subject, at=report.at, message=report.message)


def sure(report: Report) -> bool:
    """Whether its places count: what may be meant is not known to be meant, a street's name is."""
    return not report.unsure or all(spot.gemeente is None for spot in report.spots)


def first(found: Iterable[str]) -> tuple[str, ...]:
    """The first of these, each once."""
    return tuple(dict.fromkeys(found))[:MOST_SHARED]


def spread(vectors: Sequence[str]) -> list[str]:
    """Some of them, evenly from the first to the last."""
    if len(vectors) <= MOST_MEANINGS:
        return list(vectors)
    step = (len(vectors) - 1) / (MOST_MEANINGS - 1)
    return [vectors[round(number * step)] for number in range(MOST_MEANINGS)]
