"""From facts to figures. Sums of sums are sums: a minute, an hour and a day are the same thing.

A count's name is a path: ``answered``, ``answered/channel/whatsapp``, ``first_answer~113`` (how
many first answers fell in bucket 113 of ``spread.py``), ``arrived/channel/x@57`` (in the Dutch
quarter of an hour 57 of the day).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from chalicelib.domain.dutch_time import quarter_of
from chalicelib.domain.fact import Fact, Mark
from chalicelib.domain.spread import bucket_of

Counts = Counter[str]

Dimension = Literal["team", "channel", "topic", "lang", "urgency"]
DIMENSIONS: tuple[Dimension, ...] = ("team", "channel", "topic", "lang", "urgency")

ALL_TEAMS = "*"
"""The name under which the sum of all teams is kept."""

COUNTED = (
    "arrived", "opened", "reopened", "emergencies", "claimed", "answered", "in_time", "replies",
    "finished", "handed_over", "failed", "missed", "seen", "acknowledged", "passed_on",
    "appealed", "opted_out", "useful", "helped",
)  # fmt: skip
"""Every count there is, in the order in which tables show them."""

MEASURED = ("to_queue", "first_answer", "resolution", "handling", "see", "acknowledge", "hand_over")
"""Every duration there is."""

USUAL: tuple[Dimension, ...] = ("team", "channel")
TIMED_BY: dict[str, tuple[Dimension, ...]] = {"first_answer": ("team", "channel", "topic", "lang")}
"""By what durations are kept; each is some hundred buckets, so not by everything."""


def figures_of(facts: Iterable[Fact]) -> dict[str, Counts]:
    """The counts of each team, and of all together, that these facts make."""
    found: dict[str, Counts] = {}
    for fact in facts:
        own = found.setdefault(fact.team, Counter())
        everybody = found.setdefault(ALL_TEAMS, Counter())
        for name in paths_of(fact):
            own[name] += 1
            everybody[name] += 1
    return found


def paths_of(fact: Fact) -> Iterator[str]:
    """Every count that one fact adds one to."""
    cuts = {one: f"/{one}/{getattr(fact, one)}" for one in DIMENSIONS if getattr(fact, one)}
    for name in names_of(fact):
        yield name
        yield from (name + cut for cut in cuts.values())
    for name, lasted in spreads_of(fact).items():
        tail = f"~{bucket_of(lasted)}"
        yield name + tail
        yield from (name + cuts[one] + tail for one in TIMED_BY.get(name, USUAL) if one in cuts)
    if fact.what == "arrived":
        yield f"arrived/channel/{fact.channel}@{quarter_of(fact.at)}"


ALSO: dict[Mark, str] = {"acknowledged": "acknowledged", "asked": "helped"}
"""What a mark counts as, beside what happened."""


def names_of(fact: Fact) -> Iterator[str]:
    """What a fact counts as."""
    match fact.what:
        case "arrived":
            yield "arrived"
            if fact.mark in ("opened", "reopened"):
                yield fact.mark
            if fact.emergency:
                yield "emergencies"
        case "answered":
            yield "replies"
            if fact.mark:
                yield "answered"
            if fact.mark == "in_time":
                yield "in_time"
        case "judged":
            pass
        case _:
            yield fact.what
    if fact.mark in ALSO:
        yield ALSO[fact.mark]
    if fact.what == "handed_over" and fact.emergency:
        yield "passed_on"


def spreads_of(fact: Fact) -> dict[str, int]:
    """What it is a measure of, in milliseconds."""
    found = {}
    if fact.what == "answered" and fact.mark and fact.worked is not None:
        found["handling"] = fact.worked
    name = measured_by(fact)
    return found if fact.took is None or not name else found | {name: fact.took}


def measured_by(fact: Fact) -> str:
    """What the time that it took is a measure of."""
    if fact.mark == "acknowledged":
        return "acknowledge"
    if fact.what == "answered":
        return "first_answer" if fact.mark else ""
    if fact.what == "handed_over":
        return "hand_over" if fact.emergency else ""
    return {"arrived": "to_queue", "finished": "resolution", "seen": "see"}.get(fact.what, "")


def added(many: Iterable[Mapping[str, int]]) -> Counts:
    """The sum of them all."""
    total: dict[str, int] = {}
    for one in many:
        for name, count in one.items():
            total[name] = total.get(name, 0) + count
    return Counter(total)


def cut(counts: Mapping[str, int], dimension: Dimension, value: str) -> Counts:
    """Only what has this value: the figures of one channel, as if there were no other."""
    middle = f"/{dimension}/{value}"
    found: Counts = Counter()
    for path, count in counts.items():
        head, there, tail = path.partition(middle)
        if there and (not tail or tail[0] in "~@") and "/" not in head:
            found[head + tail] = count
    return found


def by_quarter(counts: Mapping[str, int], channel: str = "") -> dict[int, int]:
    """What arrived in each quarter of an hour of a day, on one channel or all."""
    by_channel = quarters_by_channel(counts)
    chosen = [by_channel.get(channel, {})] if channel else list(by_channel.values())
    found: dict[int, int] = {}
    for quarters in chosen:
        for quarter, count in quarters.items():
            found[quarter] = found.get(quarter, 0) + count
    return found


def quarters_by_channel(counts: Mapping[str, int]) -> dict[str, dict[int, int]]:
    """The same of every channel."""
    found: dict[str, dict[int, int]] = {}
    for path, count in counts.items():
        name, there, quarter = path.rpartition("@")
        if there:
            found.setdefault(name.rpartition("/")[2], {})[int(quarter)] = count
    return found
