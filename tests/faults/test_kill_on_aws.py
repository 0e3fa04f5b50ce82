"""Nothing is lost, doubled or sent twice on the deployed engine when workers are killed.

A kill here is a ``BaseException`` out of any call to DynamoDB or SQS, drawn by chance: just before
the call leaves, or just after it was done and before anybody heard of it. Whoever was at work is
then gone, with all it had in memory, and a new one starts. So it is a kill between two calls, in
one process; that of a real process, by SIGKILL, is ``test_kill.py`` on the embedded engine.
"""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import pytest

from chalicelib import wiring
from chalicelib.flows.answering.replying import reply
from chalicelib.flows.desk.queueing import claim
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.flows.running.accounting import balance
from chalicelib.flows.services import Services
from chalicelib.jobs.jobs import LANES, VISIBILITY
from chalicelib.jobs.sqs import SqsJobs
from tests.conftest import MARIJKE, SANNE, NobodySignsIn, Town, furnish, whatsapp_body
from tests.emulator import emulator

pytestmark = pytest.mark.slow

MESSAGES, TIMES, AUTHORS, REPLIES = 30, 3, 6, 4


class Killed(BaseException):
    """The process is gone: no ``except Exception`` and no retry sees it."""


@dataclass
class Reaper:
    """Kills by chance, at the calls of the clients that it was shown."""

    chance: float
    dice: random.Random = field(default_factory=lambda: random.Random(112))
    awake: bool = False
    kills: Counter[str] = field(default_factory=Counter)

    def watch(self, client: Any) -> Any:
        client.meta.events.register_first("before-send", self.before)
        client.meta.events.register("after-call", self.after)
        return client

    def before(self, **_: Any) -> None:
        self.strike("before")

    def after(self, **_: Any) -> None:
        self.strike("after")

    def strike(self, when: str) -> None:
        if self.awake and self.dice.random() < self.chance:
            self.kills[when] += 1
            raise Killed


@dataclass
class Aws:
    """The town on DynamoDB and SQS, in which everybody at work may be killed."""

    town: Town
    reaper: Reaper

    def until_done(self, work: Callable[[], object]) -> None:
        """Start again after each kill, as a platform, an agent and Lambda do."""
        while True:
            self.reaper.awake = True
            try:
                work()
            except Killed:
                self.let_time_pass()
            else:
                return
            finally:
                self.reaper.awake = False

    def let_time_pass(self) -> None:
        """What the dead one held becomes visible again."""
        self.town.clock.forward(seconds=VISIBILITY.total_seconds() + 1)
        emulator().clock.ahead += VISIBILITY.total_seconds() + 1


@pytest.fixture
def aws(town: Town) -> Aws:
    reaper = Reaper(chance=0.004)
    table, dynamo = emulator().table_with_client()
    sqs = emulator().client("sqs")
    jobs = SqsJobs(sqs, emulator().queues(), town.clock)
    town.services = replace(town.services, table=table, jobs=jobs)
    furnish(town.services)
    wiring.use(wiring.House(services=town.services, sign_in=NobodySignsIn()))
    reaper.watch(dynamo)
    reaper.watch(sqs)
    return Aws(town, reaper)


def test_killed_again_and_again_the_service_loses_doubles_and_repeats_nothing(aws: Aws) -> None:
    town, services = aws.town, aws.town.services
    sent_before = len(town.fakes.sent())
    expected = {f"bericht {n}": f"NL.{n % AUTHORS}" for n in range(MESSAGES)}
    deliveries = [body(n, text, author) for n, (text, author) in enumerate(expected.items())]
    deliveries *= TIMES
    random.Random(7).shuffle(deliveries)

    for number, delivery in enumerate(deliveries):
        aws.until_done(partial(town.deliver_bytes, delivery))
        if number % 10 == 0:
            aws.until_done(town.work)
    drain(aws)
    replies = answer_some(aws)
    drain(aws)
    redrive_all(aws)

    assert Counter(inbound(services)) == Counter(expected.keys())
    sent = Counter(one["reply_id"] for one in town.fakes.sent()[sent_before:])
    assert set(sent.values()) == {1}
    uncertain = [state for state in states(services, replies) if state == "uncertain"]
    assert len(sent) + len(uncertain) >= len(replies)
    ledger = balance(services, MARIJKE, "2026-11-21T19:00:00Z")
    assert (ledger.total.accepted, ledger.owed) == (MESSAGES, 0)
    assert [letter for lane in LANES for letter in services.jobs.dead(lane)] == []
    assert min(aws.reaper.kills["before"], aws.reaper.kills["after"]) > 5, aws.reaper.kills


def body(number: int, text: str, author: str) -> bytes:
    message = {
        "id": f"wamid.k{number}",
        "from_user_id": author,
        "timestamp": "1795291200",
        "type": "text",
        "text": {"body": text},
    }
    return whatsapp_body([message])


def drain(aws: Aws) -> None:
    """Minutes pass, and workers come and go, until nothing is owed."""
    for _ in range(60):
        aws.until_done(aws.town.work)
        aws.until_done(aws.town.sweep)
        aws.let_time_pass()
        if not balance(aws.town.services, MARIJKE).owed:
            return


def redrive_all(aws: Aws) -> None:
    """A job whose workers died eight times is given up; put back, it finds its work done."""
    for lane in LANES:
        aws.town.services.jobs.redrive(lane)
    aws.town.work()


def answer_some(aws: Aws) -> dict[str, str]:
    """An agent answers the first few; after a kill the same reply once more."""
    services = aws.town.services
    rows = view_queue(services, SANNE).rows[:REPLIES]
    for row in rows:
        aws.until_done(partial(answer, services, row.subject))
        aws.until_done(aws.town.work)
    return {f"kill-{row.subject}": row.subject for row in rows}


def answer(services: Services, subject: str) -> None:
    claim(services, SANNE, subject)
    newest = view_conversation(services, SANNE, subject).newest
    reply(services, SANNE, subject, reply_id=f"kill-{subject}", text="We lezen mee.", seen=newest)


def inbound(services: Services) -> list[str]:
    """The text of everything that citizens wrote, as the agents see it."""
    rows = view_queue(services, SANNE).rows
    views = [view_conversation(services, SANNE, row.subject) for row in rows]
    shown = [one.message for view in views for one in view.messages]
    return [message.text for message in shown if message.direction == "in"]


def states(services: Services, replies: dict[str, str]) -> list[str | None]:
    views = [view_conversation(services, SANNE, subject) for subject in replies.values()]
    shown = [one.message for view in views for one in view.messages]
    return [message.state for message in shown if message.direction == "out"]
