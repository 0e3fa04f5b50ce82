"""A month of 200,000 messages, drawn from distributions that are written down here.

What it is drawn from, so that a reader can judge what the figures are worth:

* arrivals are Poisson in each quarter of an hour. The day's shape is a low at 04-06 and an evening
  peak (``SHAPE``); Friday and Saturday are a quarter busier, Sunday is quieter (``WEEKDAY``)
* channels, topics and languages are drawn by fixed shares; two of three messages begin something
* 2 % are emergencies; these are seen after about 30 s, acknowledged after about 60 s
* a first answer takes a lognormal time with a median of 9 minutes (emergencies 2), 8 % get none
* ``EVENTS`` are planted: a burst on one channel about one topic, on top of what is usual
* who began something in the last three hours and got no answer stands on the lists

Facts go straight into the table, as the flows would have written them; nothing else is made up.
"""

import math
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from chalicelib.domain.dutch_time import HERE
from chalicelib.domain.fact import Fact, Mark
from chalicelib.domain.moments import Moment, later, moment
from chalicelib.domain.queue_item import ANSWER_WITHIN, QueueItem, rank
from chalicelib.domain.queue_rules import ACKNOWLEDGE_WITHIN
from chalicelib.store import facts, keys, queue
from chalicelib.store.table import Put, Table

DAYS = 28
MESSAGES = 200_000
TEAMS = {"oost": 0.6, "noord": 0.4}
CHANNELS = {
    "whatsapp": 0.38, "facebook": 0.14, "instagram": 0.12, "x": 0.1, "form": 0.08, "email": 0.07,
    "chat": 0.05, "messenger": 0.03, "telegram": 0.02, "reddit": 0.01,
}  # fmt: skip
TOPICS = {
    "vragen_algemeen": 0.24, "overlast_jeugd": 0.1, "geluidsoverlast": 0.1, "diefstal": 0.09,
    "aangifte_status": 0.09, "verkeersoverlast": 0.08, "verdachte_situatie": 0.07,
    "fraude_online": 0.06, "inbraak": 0.05, "vernieling": 0.04, "vuurwerk": 0.03, "drugs": 0.02,
    "bedreiging": 0.02, "brand": 0.01,
}  # fmt: skip
LANGUAGES = {"nl": 0.86, "en": 0.06, "de": 0.02, "pl": 0.02, "tr": 0.01, "ar": 0.02, "uk": 0.01}
WEEKDAY = (0.95, 0.92, 0.95, 1.0, 1.25, 1.25, 0.8)
SHAPE = (
    0.35, 0.22, 0.15, 0.1, 0.08, 0.1, 0.2, 0.45, 0.8, 1.0, 1.05, 1.05,
    1.1, 1.1, 1.1, 1.15, 1.25, 1.35, 1.45, 1.6, 1.75, 1.7, 1.3, 0.75,
)  # fmt: skip
EMERGENCIES, UNANSWERED, BEGINS = 0.02, 0.08, 0.66
QUARTER = timedelta(minutes=15)
STANDS_FOR = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Planted:
    """A burst: so many extra messages, spread evenly from ``at`` on."""

    day: int
    hour: int
    minutes: int
    extra: int
    channel: str
    topic: str


EVENTS = (
    Planted(3, 20, 30, 45, "x", "brand"),
    Planted(6, 14, 60, 70, "facebook", "overlast_jeugd"),
    Planted(9, 3, 20, 12, "whatsapp", "inbraak"),
    Planted(11, 22, 45, 160, "instagram", "vuurwerk"),
    Planted(15, 9, 30, 30, "reddit", "drugs"),
    Planted(18, 17, 90, 120, "whatsapp", "verkeersoverlast"),
    Planted(22, 1, 30, 25, "telegram", "bedreiging"),
    Planted(25, 19, 20, 60, "x", "verdachte_situatie"),
)


def shares(of: dict[str, float]) -> tuple[list[str], list[float]]:
    return list(of), list(of.values())


def arrivals(dice: random.Random, until: datetime, messages: int = MESSAGES) -> Iterator[Fact]:
    """The messages of the month that ends at a moment, in the order of time."""
    begin = until.astimezone(HERE).replace(hour=0, minute=0, second=0, microsecond=0)
    begin = (begin - timedelta(days=DAYS)).astimezone(UTC)
    weights = sum(weight(begin + QUARTER * step) for step in range(DAYS * 96))
    a_unit = messages / weights
    at = begin
    while at < until:
        for number in range(poisson(dice, a_unit * weight(at))):
            exact = at + QUARTER * dice.random()
            if exact < until:
                yield drawn(dice, exact, number)
        at += QUARTER
    for planted in EVENTS:
        start = begin + timedelta(days=planted.day, hours=planted.hour)
        for number in range(planted.extra):
            exact = start + timedelta(minutes=planted.minutes) * dice.random()
            yield drawn(dice, exact, number, planted)


def weight(at: datetime) -> float:
    """How busy a quarter of an hour is, compared with others."""
    there = at.astimezone(HERE)
    return SHAPE[there.hour] * WEEKDAY[there.weekday()]


def poisson(dice: random.Random, mean: float) -> int:
    """Knuth's way; means here are below a few hundred."""
    limit, product, count = math.exp(-mean), dice.random(), 0
    while product > limit:
        product *= dice.random()
        count += 1
    return count


def drawn(dice: random.Random, at: datetime, number: int, planted: Planted | None = None) -> Fact:
    """One message."""
    channel = planted.channel if planted else dice.choices(*shares(CHANNELS))[0]
    topic = planted.topic if planted else dice.choices(*shares(TOPICS))[0]
    emergency = dice.random() < EMERGENCIES
    mark: Mark = "opened" if dice.random() < BEGINS else ""
    return Fact(
        what="arrived",
        at=moment(at),
        id=keys.digest(moment(at), str(number), str(dice.random())),
        team=dice.choices(*shares(TEAMS))[0],
        channel=channel,
        topic=topic,
        lang=dice.choices(*shares(LANGUAGES))[0],
        urgency="spoed" if emergency else dice.choice(("nu", "later", "later", "geen")),
        emergency=emergency,
        mark=mark,
        took=round(dice.lognormvariate(math.log(420), 0.5)),
    )


def what_followed(dice: random.Random, one: Fact) -> Iterator[Fact]:
    """What people did about it."""
    if one.mark != "opened" or dice.random() < UNANSWERED:
        return
    median = 120.0 if one.emergency else 540.0
    answer = dice.lognormvariate(math.log(median), 0.9)
    if one.emergency:
        seen = min(answer, dice.lognormvariate(math.log(30), 0.6))
        yield act(one, "seen", seen)
    claimed = answer * dice.uniform(0.3, 0.8)
    yield act(one, "claimed", claimed, "acknowledged" if one.emergency else "")
    in_time: Mark = "in_time" if answer < (300 if one.emergency else 1800) else "late"
    yield act(one, "answered", answer, in_time)
    if dice.random() < 0.05:  # noqa: PLR2004 one in twenty goes to another team
        yield act(one, "handed_over", answer * 1.1)
    if dice.random() < 0.01:  # noqa: PLR2004 and one in a hundred is not delivered
        yield act(one, "failed", answer * 1.05)
    yield act(one, "finished", answer * dice.uniform(1.2, 4.0))


def act(one: Fact, what: str, seconds: float, mark: Mark = "") -> Fact:
    """A step of a person, so long after the message."""
    return Fact(
        what=what,  # type: ignore[arg-type]  # one of the words above
        at=later(one.at, timedelta(seconds=seconds)),
        id=keys.digest(one.id, what),
        team=one.team,
        channel=one.channel,
        topic=one.topic,
        lang=one.lang,
        urgency=one.urgency,
        emergency=one.emergency,
        mark=mark,
        took=round(seconds * 1000),
        worked=round(seconds * 400) if what == "answered" else None,
    )


def month(seed: int, until: datetime, messages: int = MESSAGES) -> list[Fact]:
    """Everything that happened in it, the same for the same seed."""
    dice = random.Random(seed)
    found: list[Fact] = []
    for one in arrivals(dice, until, messages):
        found.append(one)
        found += (after for after in what_followed(dice, one) if after.at < moment(until))
    return found


def put(table: Table, happened: Iterable[Fact]) -> None:
    """Into the table, each as the index entry of an item of its own."""
    left = iter(happened)
    while batch := list(islice(left, 100)):
        table.write(*(Put(item(one)) for one in batch))


def item(one: Fact) -> dict[str, str]:
    key = keys.event(one.id, one.at, one.what)
    return {"pk": key.pk, "sk": key.sk, **facts.listed(one)}


def waiting(happened: Iterable[Fact], now: Moment) -> Iterator[QueueItem]:
    """What stands on the lists at the end of the month."""
    every, since = list(happened), later(now, -STANDS_FOR)
    done = {one.id for one in every if one.what == "answered" and one.at > since}
    for one in every:
        if one.mark == "opened" and one.at > since and keys.digest(one.id, "answered") not in done:
            yield waits(one)


def waits(one: Fact) -> QueueItem:
    """An unanswered message as triage leaves it."""
    urgency = one.urgency
    return QueueItem(
        subject=one.id,
        team=one.team,
        channel=one.channel,
        account="bench",
        text="Kunnen jullie hier naar kijken?",
        urgency=urgency,  # type: ignore[arg-type]  # one of the words above
        emergency=one.emergency,
        because="Gegenereerd.",
        lang=one.lang,
        waiting_since=one.at,
        due_at=later(one.at, ANSWER_WITHIN[urgency]),  # type: ignore[index]
        priority=rank(urgency, emergency=one.emergency),  # type: ignore[arg-type]
        acknowledge_by=later(one.at, ACKNOWLEDGE_WITHIN) if one.emergency else None,
        opened_at=one.at,
    )


def stand(table: Table, items: Iterable[QueueItem], now: Moment) -> None:
    """Onto the lists."""
    for one in items:
        table.write(queue.saved(None, one, now))
