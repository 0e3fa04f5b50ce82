"""How many people are needed: the Erlang A queue (M/M/n+M), in which who waits may give up.

Arrivals at ``rate`` a minute; one person does one matter in ``minutes`` on average; a citizen waits
``patience`` minutes on average before giving up. Erlang A and not Erlang C: with nobody giving up a
queue that is a little too busy never ends, and Erlang C then asks for people that nobody needs.
Formulas: Palm (1957); Mandelbaum and Zeltyn, "The Palm/Erlang-A queue" (2004), whose published
example the tests repeat. Chat: who talks with several at once counts as several, each a bit slower
(``Desk.together``).
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

MOST_PEOPLE = 500
ENOUGH = 1e-12
MOST_STATES = 100_000
SLOWER = 0.8
"""What a further conversation at the same time adds to what one person does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What comes in and how it is worked on. ``together``: conversations a person has at once."""

    rate: float
    minutes: float
    patience: float
    together: int = 1

    @property
    def servers_a_person(self) -> float:
        """One for a desk of letters; with two at once 1.8, not 2."""
        return 1 + SLOWER * (self.together - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What is to be expected with so many people: shares from 0 to 1, times in minutes."""

    people: int
    level: float
    gave_up: float
    waits: float
    busy: float


def outlook(desk: Desk, people: int, within: float) -> Outlook:
    """The share that would be answered within so many minutes, and the rest of the picture."""
    servers = max(1, round(people * desk.servers_a_person))
    work, leave = 1 / desk.minutes, 1 / desk.patience
    chances = states(desk.rate, work, leave, servers)
    waiting = sum(max(0, number - servers) * chance for number, chance in enumerate(chances))
    at_work = sum(min(number, servers) * chance for number, chance in enumerate(chances))
    helped = soon_enough(servers * work, leave, within)
    late = zip(chances[servers:], helped, strict=False)
    level = sum(chances[:servers]) + sum(chance * soon for chance, soon in late)
    return Outlook(
        people=people,
        level=min(1.0, level),
        gave_up=leave * waiting / desk.rate if desk.rate else 0.0,
        waits=waiting / desk.rate if desk.rate else 0.0,
        busy=at_work / servers,
    )


def states(rate: float, work: float, leave: float, servers: int) -> list[float]:
    """The chance that so many citizens are there, waiting or being helped."""
    logs, highest = [0.0], 0.0
    for number in range(1, MOST_STATES):
        ends = min(number, servers) * work + max(0, number - servers) * leave
        step = math.log(rate) - math.log(ends) if rate else -math.inf
        logs.append(logs[-1] + step)
        highest = max(highest, logs[-1])
        if number > servers and logs[-1] < highest + math.log(ENOUGH):
            break
    total = sum(math.exp(one - highest) for one in logs)
    return [math.exp(one - highest) / total for one in logs]


def soon_enough(service: float, leave: float, within: float) -> Iterator[float]:
    """The chance that a patient citizen is helped within the time, with 0, 1, 2, … ahead.

    The queue before them shrinks at ``service + i x leave`` with ``i`` waiting: such a sum of waits
    has the distribution of an order statistic, an incomplete beta function in closed steps.
    """
    x, shape = -math.expm1(-leave * within), service / leave
    term = math.exp(shape * math.log1p(-x))
    found = 1 - term
    for ahead in count(1):
        yield min(1.0, max(0.0, found))
        term *= x * (ahead - 1 + shape) / ahead
        found -= term


def people_needed(desk: Desk, within: float, level: float) -> int:
    """The fewest people with whom that share is answered in time; none when nothing comes."""
    if desk.rate <= 0:
        return 0
    stable = max(1, math.floor(level * desk.rate * desk.minutes / desk.servers_a_person))
    low = high = stable  # with fewer, less than that share can be helped at all
    while outlook(desk, high, within).level < level and high < MOST_PEOPLE:
        low, high = high + 1, high * 2
    while low < high:
        middle = (low + high) // 2
        if outlook(desk, middle, within).level >= level:
            high = middle
        else:
            low = middle + 1
    return high


def minutes_until_late(waiting: float, arrivals: list[float], done: float, within: float) -> int:
    """How many minutes until who comes in waits longer than ``within``; -1: not in this time.

    ``arrivals`` are expected in each coming minute and ``done`` is what gets done in one: a queue
    as a basin that fills and empties. What it holds divided by what leaves is how long it takes.
    """
    for minute, coming in enumerate(arrivals):
        if waiting > done * within:
            return minute
        waiting = max(0.0, waiting + coming - done)
    return len(arrivals) if waiting > done * within else -1
