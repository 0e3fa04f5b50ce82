"""More than usual: watched each minute, told once, quiet when somebody said so.

    minute counts + what is usual ──▶ rise (``domain/rising.py``) ──▶ signal ──▶ queue, mail, call

A signal proposes; a person decides. A topic that rises far above what is usual proposes the crisis
switch as well (``flows/incidents/proposing_crises.py``).
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from chalicelib.domain import crisis
from chalicelib.domain import signal as rules
from chalicelib.domain.call import Call
from chalicelib.domain.feed import cut
from chalicelib.domain.figures import ALL_TEAMS
from chalicelib.domain.moments import later
from chalicelib.domain.rising import LONGEST, SETTLED, Rise, Usual, bound, level, rise_in
from chalicelib.domain.signal import Signal
from chalicelib.flows import nudges
from chalicelib.flows.incidents.proposing_crises import propose
from chalicelib.flows.listening.calling import somebody_listens
from chalicelib.flows.listening.counting_heard import open_feeds
from chalicelib.flows.listening.habits import Habits, habits_of
from chalicelib.flows.listening.overhearing import CANARY
from chalicelib.flows.services import Services
from chalicelib.store import feeds, figures, keys, searches, signals
from chalicelib.store.figures import Series
from chalicelib.store.table import ConditionFailed

A_MINUTE = timedelta(minutes=1)
SAME = timedelta(minutes=15)
"""What begins so near another signal is taken for the same event: it is shown, not told again."""

Counts = dict[str, dict[str, int]]
"""How many of each series came in each minute (``2026-11-22T20:41``)."""


@dataclass(frozen=True, slots=True)
class Looked:
    """The last minutes of a series: what came, and what is usual then."""

    came: list[int]
    usual: list[Usual]

    @property
    def settled(self) -> tuple[float, float]:
        """What came and what was usual until half an hour ago."""
        return sum(self.came[:-SETTLED]), sum(one.mean for one in self.usual[:-SETTLED])

    def beside(self, whole: float) -> list[Usual]:
        """What is usual, on a day as busy as this; ``whole`` is how busy everything is."""
        busy = level(*self.settled, whole)
        return [replace(one, mean=one.mean * busy) for one in self.usual]


def added(many: Iterable[Looked]) -> tuple[float, float]:
    """What came and what was usual, of all of these."""
    pairs = [one.settled for one in many]
    return sum(came for came, _ in pairs), sum(usual for _, usual in pairs)


def watch_rises(services: Services) -> list[Signal]:
    """Look at every series, once a minute; what rises now."""
    now = services.now()
    minutes = [later(now, -A_MINUTE * back)[:16] for back in range(LONGEST, 0, -1)]
    habits = habits_of(services, now[:10])
    counts = counted(services, minutes, habits)
    height = bound(len(habits.series))
    standing = {one.series: one for one in signals.standing(services.table, now)}
    found: list[Signal] = []
    looked = {
        series: Looked(
            [counts.get(series, {}).get(minute, 0) for minute in minutes],
            [habits.usual(series, minute) for minute in minutes],
        )
        for series in habits.series
    }
    whole = level(*added(one for name, one in looked.items() if name.startswith("channel/")))
    rises: dict[str, Rise | None] = dict.fromkeys(
        standing
    )  # also of what nobody watches any more: that ends
    for series, one in looked.items():
        rises[series] = rise_in(one.came, one.beside(whole), height) if any(one.came) else None
    for series, rise in rises.items():
        with suppress(ConditionFailed):  # another worker looks too
            found += follow(services, series, rise, standing)
    return found


def counted(services: Services, minutes: list[str], habits: Habits) -> Counts:
    """The kept sums of these minutes."""
    found: Counts = {}
    for day in sorted({minute[:10] for minute in minutes}):
        own = [minute for minute in minutes if minute[:10] == day]
        span = own[0][11:], own[-1][11:]
        series = Series("minute", day, ALL_TEAMS)
        for minute, counts in figures.stored(services.table, series, span, services.now()).items():
            for name, count in counts.items():
                series_name = name.removeprefix("arrived/")
                if series_name != name and series_name in habits.series:
                    found.setdefault(series_name, {})[f"{day}T{minute}"] = count
    for search in open_feeds(services):
        found[f"search/{search}"] = counted_of_feed(services, search, minutes)
    return found


def counted_of_feed(services: Services, search: str, minutes: list[str]) -> dict[str, int]:
    span = minutes[0][:13], minutes[-1][:13]
    hours = feeds.sums(services.table, "hour", search, span, services.now())
    return {
        f"{hour[:11]}{minute}": count
        for hour, sum_ in hours.items()
        for minute, count in cut(sum_.counts, "minute").items()
    }


def follow(
    services: Services, series: str, rise: Rise | None, standing: dict[str, Signal]
) -> list[Signal]:
    """Open, go on with, or end the signal of a series. Raises ``ConditionFailed``."""
    now = services.now()
    known = standing.get(series)
    if rise is None:
        if known and rules.is_over(known, now):
            services.table.write(*signals.ended(known))
        return []
    if known is None:
        return [open_signal(services, rules.opened(series, rise, now), standing)]
    after = rules.goes_on(known, rise, now)
    propose_crisis(services, known, after)
    services.table.write(signals.changed(known, after))
    return [after]


def open_signal(services: Services, signal: Signal, standing: dict[str, Signal]) -> Signal:
    """It begins; people are told, unless another signal of the same moment told them.

    Told before it is written down that they were: who dies in between tells it again, once.
    """
    now = services.now()
    told = not any(is_same(signal, one) for one in standing.values())
    signal = replace(signal, told_at=now if told else None)
    calls = [call_about(services, signal)] if told and somebody_listens(services) else []
    if told:
        services.pager.warn(f"Meer dan gewoon: {in_words(services, signal)}")
    propose_crisis(services, None, signal)
    services.table.write(signals.opened(signal), *map(signals.owed, calls))
    standing[signal.series] = signal
    for call in calls:
        services.jobs.send(nudges.LANE_OF["call"], nudges.call(keys.call(call.id)))
    return signal


def propose_crisis(services: Services, before: Signal | None, after: Signal) -> None:
    """A topic became a flood: at once, or as it went on."""
    was = before is not None and rules.proposal(before) == "crisis"
    if after.kind == "topic" and rules.proposal(after) == "crisis" and not was:
        propose(services, as_rise(services, after))


def as_rise(services: Services, signal: Signal) -> crisis.Rise:
    """The signal as the crisis switch takes it; a topic has no place."""
    usual = round(signal.usual / 100)
    because = in_words(services, signal)
    return crisis.Rise(area="", topic=signal.of, count=signal.count, usual=usual, because=because)


def is_same(one: Signal, other: Signal) -> bool:
    """Whether they began together: a burst on one channel about one topic raises both."""
    near = later(other.since, -SAME) <= one.since <= later(other.since, SAME)
    return near and other.told_at is not None and "search" not in (one.kind, other.kind)


def call_about(services: Services, signal: Signal) -> Call:
    """What another system is told; no words of citizens."""
    now = services.now()
    told = {
        "type": "signal.opened", "series": signal.series, "since": signal.since,
        "count": signal.count, "minutes": signal.minutes, "usual": signal.usual / 100,
        "spread": signal.spread / 100, "proposal": rules.proposal(signal),
        "address": f"{services.public_url}/signalen",
    }  # fmt: skip
    id_ = keys.digest("call", signal.series, signal.since)
    return Call(id=id_, body=json.dumps(told, sort_keys=True), made_at=now, next_at=now)


def in_words(services: Services, signal: Signal) -> str:
    """For a mail: "onderwerp brand, 42 in 10 minuten, gewoon 1 tot 5"."""
    names = {"channel": "kanaal", "topic": "onderwerp", "search": "zoekopdracht"}
    usual = "gewoon {} tot {}".format(*signal.common)
    name = name_of(services, signal)
    kind = names[signal.kind]
    return f"{kind} {name}, {signal.count} in {signal.minutes} minuten, {usual}."


def name_of(services: Services, signal: Signal) -> str:
    """What its series is called; a search by its name."""
    if signal.kind != "search":
        return signal.of
    if signal.of == CANARY:
        return "gevaar rond onze accounts"
    search = searches.find(services.table, signal.of, services.now(), strong=False)
    return search.name if search else signal.of
