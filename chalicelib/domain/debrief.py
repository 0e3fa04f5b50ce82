"""What a team can learn from a practice round. Pure: courses in, figures out."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from chalicelib.domain.moments import Moment, later
from chalicelib.domain.practice import PracticeLine, PracticeRound
from chalicelib.domain.queue_item import ANSWER_WITHIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Who did it, and how many milliseconds after the message had come."""

    by: str
    took: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What became of one message. ``raised``: detection put it in the lane of life at risk.

    ``seen``, ``claimed`` and ``answered`` are the first time after the message came.
    """

    line: PracticeLine
    subject: str
    arrived_at: Moment
    raised: bool = False
    seen: Step | None = None
    claimed: Step | None = None
    answered: Step | None = None
    passed_on: bool = False
    finished: bool = False

    @property
    def helped(self) -> bool:
        """Somebody answered, or passed it on to who must act."""
        return self.answered is not None or self.passed_on

    @property
    def waits(self) -> bool:
        """It asks for something, and nobody did anything with it."""
        return self.line.urgency != "geen" and not self.helped and not self.finished

    def missed(self, now: Moment) -> bool:
        """An emergency that nobody helped within the time there is for one."""
        until = later(self.arrived_at, ANSWER_WITHIN["spoed"])
        return self.line.emergency and not self.helped and now > until


@dataclass(frozen=True, slots=True, kw_only=True)
class Misdirected:
    """A public answer that was not for everybody: ``why`` are kinds of leaks, or ``private``."""

    subject: str
    by: str
    text: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What was done with emergencies, by the team or by one of it; ``typical`` are medians, ms."""

    by: str = ""
    seen: int = 0
    claimed: int = 0
    answered: int = 0
    typical_seen: int | None = None
    typical_claimed: int | None = None
    typical_answered: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Debrief:
    """``to_come`` lines were not sent in yet; ``on_the_way`` were, and are not on the queue."""

    round: PracticeRound
    arrived: int
    to_come: int
    on_the_way: int
    emergencies: int
    helped: int
    raised: int
    team: Tally
    agents: tuple[Tally, ...]
    missed: tuple[Course, ...]
    waiting: tuple[Course, ...]
    misdirected: tuple[Misdirected, ...]


def debrief(
    round_: PracticeRound,
    lines: Sequence[PracticeLine],
    courses: Sequence[Course],
    misdirected: Sequence[Misdirected],
    now: Moment,
) -> Debrief:
    """The figures of a round, as they are now."""
    urgent = [one for one in courses if one.line.emergency]
    posted = sum(line.posted_at is not None for line in lines)
    missed = tuple(one for one in urgent if one.missed(now))
    known = {step.by for one in urgent for step in steps(one)}
    return Debrief(
        round=round_,
        arrived=len(courses),
        to_come=len(lines) - posted,
        on_the_way=posted - len(courses),
        emergencies=len(urgent),
        helped=sum(one.helped for one in urgent),
        raised=sum(one.raised for one in urgent),
        team=tally("", urgent),
        agents=tuple(tally(by, urgent) for by in sorted(known)),
        missed=missed,
        waiting=tuple(one for one in courses if one.waits and one not in missed),
        misdirected=tuple(misdirected),
    )


def steps(course: Course) -> list[Step]:
    """What people did with it first."""
    return [one for one in (course.seen, course.claimed, course.answered) if one is not None]


def tally(by: str, courses: Sequence[Course]) -> Tally:
    """Of one person, or of everybody when none is named."""
    seen = tooks(by, [one.seen for one in courses])
    claimed = tooks(by, [one.claimed for one in courses])
    answered = tooks(by, [one.answered for one in courses])
    return Tally(
        by=by,
        seen=len(seen),
        claimed=len(claimed),
        answered=len(answered),
        typical_seen=typical(seen),
        typical_claimed=typical(claimed),
        typical_answered=typical(answered),
    )


def tooks(by: str, found: Sequence[Step | None]) -> list[int]:
    """How long it took, where it was this person."""
    return [step.took for step in found if step is not None and by in ("", step.by)]


def typical(took: Sequence[int]) -> int | None:
    """Half was faster. None of nothing."""
    return round(median(took)) if took else None
