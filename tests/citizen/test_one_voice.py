"""Over random interleavings of citizen, assistant, agent and sweeper: one voice, nothing dropped.

Interleaved within a step too: between what somebody read and what they then write, another may act.
The order that counts is the order in which the table took the writes.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from chalicelib import wiring
from chalicelib.errors import WebcareError
from chalicelib.flows.answering.replying import reply
from chalicelib.flows.citizen.assisting import assist
from chalicelib.flows.desk.queueing import claim, finish, release
from chalicelib.flows.desk.viewing import view_conversation
from chalicelib.flows.running.sweeping import sweep
from chalicelib.flows.services import Services
from chalicelib.jobs.sqlite import SqliteJobs
from chalicelib.store import directory, kept_messages, keys, queue
from chalicelib.store.sqlite import SqliteTable
from chalicelib.store.table import Delete, Operation, Put, Table
from chalicelib.workers.lanes import on_jobs
from infra.local.work import pump_once
from tests.citizen.conftest import Square
from tests.conftest import SANNE, WHATSAPP, NobodySignsIn, Town, account, furnish

SAYS = (
    "Mijn fiets is gestolen",
    "In Enschede",
    "Ik wil een medewerker",
    "help hij heeft een mes",
    "ok",
)
STEPS = ("citizen", "assist", "claim", "release", "reply", "finish", "sweep", "work")


@dataclass(eq=False)
class Busy:
    """A table in which somebody else may act before a word is written; the log is its own order."""

    table: Table
    meanwhile: list[str]
    act: Callable[[str], None] = lambda _: None
    inside: bool = False
    log: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.table, name)

    def write(self, *operations: Operation) -> None:
        telling = any(said(one) in ("assistant", "agent", "taken") for one in operations)
        if telling and self.meanwhile and not self.inside:
            self.inside = True
            self.act(self.meanwhile.pop())
            self.inside = False
        self.table.write(*operations)
        self.log += [what for one in operations if (what := said(one))]


def said(operation: Operation) -> str | None:
    """What a write means for who speaks."""
    key = operation.key
    if isinstance(operation, Put) and key.pk.startswith("DELIVERY#"):
        return "assistant" if operation.item["agent"] == "assistant" else "agent"
    if key.sk == "QUEUE" and isinstance(operation, Delete):
        return "finished"
    written = operation.item if isinstance(operation, Put) else getattr(operation, "set", {})
    if key.sk == "QUEUE" and written.get("claimed_by"):
        return "taken"
    if isinstance(operation, Put) and key.sk.startswith("MSG#"):
        return "citizen" if operation.item["direction"] == "in" else None
    return None


@dataclass
class Play:
    """Everybody around one conversation."""

    town: Town
    busy: Busy
    number: int = 0

    @property
    def services(self) -> Services:
        return self.town.services

    def subject(self) -> str | None:
        thread = self.services.table.get(keys.thread("whatsapp", WHATSAPP, "NL.1"))
        return thread["subject"] if thread else None

    def step(self, what: str) -> None:
        """One act; whoever loses a race, or may not, is told so and that is all."""
        self.town.clock.forward(seconds=1)
        self.number += 1
        subject = self.subject()
        try:
            if what == "citizen":
                self.town.whatsapp(SAYS[self.number % len(SAYS)], author="NL.1")
            elif what == "work":
                pump_once(self.services.jobs, "direct", lambda event, _: on_jobs(event))
            elif what == "sweep":
                self.town.clock.forward(minutes=5)
                sweep(self.services)
            elif subject and what != "none":
                self.colleague(what, subject)
        except WebcareError:
            return

    def colleague(self, what: str, subject: str) -> None:
        if what == "assist":
            assist(self.services, keys.talk(subject))
        elif what == "reply":
            seen = view_conversation(self.services, SANNE, subject).newest
            reply(self.services, SANNE, subject, reply_id=f"r{self.number}", text="Ja", seen=seen)
        else:
            acts: dict[str, Callable[..., object]] = {
                "claim": claim,
                "release": release,
                "finish": finish,
            }
            acts[what](self.services, SANNE, subject)


def played(square: Square, meanwhile: list[str]) -> Play:
    """A town of its own for each example."""
    busy = Busy(SqliteTable(":memory:"), [])
    town = replace(square.town, clock=replace(square.town.clock))
    town.services = replace(
        square.town.services,
        table=busy,
        jobs=SqliteJobs(":memory:", town.clock),
        clock=town.clock,
    )
    furnish(town.services)
    known = replace(account("whatsapp", WHATSAPP), settings={"assistant": "aan"})
    town.services.table.write(directory.kept_account(known))
    wiring.use(wiring.House(services=town.services, sign_in=NobodySignsIn()))
    play = Play(town, busy)
    busy.act, busy.meanwhile = play.step, meanwhile
    return play


def one_voice(log: list[str]) -> None:
    """From a claim until it is finished only people speak; without a claim only the assistant."""
    person = False
    for what in log:
        person = what == "taken" or (person and what != "finished")
        assert not (person and what == "assistant"), log
        assert person or what != "agent", log


def nothing_dropped(play: Play) -> None:
    """What came in after the last word of a person waits for one."""
    subject = play.subject()
    if subject is None:
        return
    now = play.services.now()
    messages = kept_messages.listing(play.services.table, subject, now)
    assert all(one.triaged for one in messages if one.direction == "in")
    last = next(
        (one for one in reversed(play.busy.log) if one in ("citizen", "agent", "finished")), ""
    )
    item = queue.find(play.services.table, subject, now)
    if last == "citizen":
        assert item, play.busy.log
        assert not item.answered, play.busy.log


@example(steps=["work"], meanwhile=["claim"])
@example(steps=["work", "citizen", "work", "work"], meanwhile=["citizen", "claim"])
@example(steps=["work", "claim", "reply"], meanwhile=["citizen", "assist", "none"])
@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(st.sampled_from(STEPS), min_size=4, max_size=24),
    st.lists(
        st.sampled_from(("citizen", "assist", "claim", "reply", "finish", "none", "none")),
        max_size=12,
    ),
)
def test_never_two_voices_and_nothing_dropped(
    square: Square, steps: list[str], meanwhile: list[str]
) -> None:
    play = played(square, meanwhile)
    for what in ("citizen", "work", *steps):
        play.step(what)
    play.busy.meanwhile = []
    for _ in range(8):
        play.step("work")
    play.step("sweep")
    for _ in range(8):
        play.step("work")
    one_voice(play.busy.log)
    nothing_dropped(play)
