"""What one message costs in DynamoDB, step by step, as its own meter tells (docs/data.md).

Measured on the emulator, whose units follow AWS's rules: 1 kB a write, 4 kB a strong read, twice
that in a transaction, and each index that changes; a query by the size of what it brought.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from chalicelib import wiring
from chalicelib.domain.label import Said
from chalicelib.flows.answering.replying import reply
from chalicelib.flows.assessing.correcting import correct
from chalicelib.flows.assessing.drawing import draw
from chalicelib.flows.assessing.reassessing import reassess
from chalicelib.flows.assessing.recalling import view_recall
from chalicelib.flows.assessing.routing import rule_book
from chalicelib.flows.assessing.sampling import judge_lot, next_to_judge
from chalicelib.flows.desk.queueing import claim, finish
from chalicelib.flows.desk.viewing import PAGE, view_conversation, view_queue
from chalicelib.flows.incidents.standing_crises import turned_on
from chalicelib.flows.services import Services
from chalicelib.store import kept_messages
from chalicelib.workers.lanes import on_jobs
from infra.benchmarks.metered import Metered
from infra.local.work import pump_once
from tests.conftest import MARIJKE, SANNE, NobodySignsIn, Town, furnish
from tests.emulator import emulator
from tests.flows.detecting import Scripted, detected_by
from tests.metering import Meter
from tests.pictures import photo

TEXT = (
    "Goedemiddag, er ligt een grote boom op de weg bij de Coolsingel ter hoogte van nummer 40, "
    "kan iemand komen kijken?"
)
ID = "wamid.HBgLMzE2MTIzNDU2NzgVAgASGBQzQTdCN0Y5RTZCQkI0QkY5RkU1MAA="

MOST_WRITTEN, MOST_READ = 24, 8
"""The budget: units for one text message that opens a conversation, from webhook to queue."""

AT_MOST: dict[str, tuple[float, float]] = {
    "webhook": (2, 0.5),
    "take in": (22, 7.5),
    "look at the queue": (1, 1),
    "open": (1, 4.5),
    "claim": (11, 4.5),
    "read mark": (0, 2),
    "reply": (15, 6.5),
    "deliver": (11, 7),
    "finish": (13, 4.5),
    "the minute in which it happened": (22, 143),
    "a minute without work": (3, 107),
    "confirm an assessment": (6, 5.5),
    "correct an assessment": (17, 7),
    "draw a day": (4, 4),
    "show one to judge": (1, 3.5),
    "judge blind": (9, 3),
    "assess again": (17, 7),
    "recall": (0, 1.5),
}
"""Write and read units of each step, as docs/data.md has them."""


WITH_FILE: dict[str, tuple[float, float]] = {
    "take in a photo": (25, 7.5),
    "fetch a photo": (8, 5.5),
    "open with a photo": (1, 5.5),
}
"""The same for a message with one file."""

FULL_QUEUE, LONG_CONVERSATION = 5, 23.5
"""Read units of a look at a page of fifty rows, and at a conversation of fifty messages."""

JUDGING = (
    "confirm an assessment", "correct an assessment", "draw a day", "show one to judge",
    "judge blind", "assess again", "recall",
)  # fmt: skip


@pytest.fixture
def metered(town: Town) -> tuple[Town, Meter]:
    """The town with its table in DynamoDB, and a meter on it; without search (ADR 0013).

    Rules of routing and crises were read a moment ago, as each process does every two seconds.
    """
    table, client = emulator().table_with_client()
    town.services = replace(town.services, table=table, index=None)
    furnish(town.services)
    wiring.use(wiring.House(services=town.services, sign_in=NobodySignsIn()))
    rule_book(town.services)
    turned_on(town.services)
    return town, Meter(client)


def test_a_message_that_opens_a_conversation_stays_within_its_budget(
    metered: tuple[Town, Meter],
) -> None:
    town, meter = metered
    with meter.bill() as bill:
        town.whatsapp(TEXT, author="NL.10316123456789", id_=ID)
        town.work()
    assert bill.write <= MOST_WRITTEN, bill.calls
    assert bill.read <= MOST_READ, bill.calls
    assert len(view_queue(town.services, SANNE).rows) == 1


def test_each_step_costs_what_is_written_down(metered: tuple[Town, Meter]) -> None:
    town, meter = metered
    found: dict[str, tuple[float, float]] = {}

    def measured(name: str, step: Callable[[], object]) -> None:
        with meter.bill() as bill:
            step()
        found[name] = (bill.write, bill.read)

    measure_steps(town, measured)
    dearer = {name: cost for name, cost in found.items() if cost_above(cost, AT_MOST[name])}
    assert not dearer, "more than docs/data.md says"
    assert set(found) == set(AT_MOST) - set(JUDGING)


def test_what_people_say_of_messages_costs_what_is_written_down(
    metered: tuple[Town, Meter],
) -> None:
    town, meter = metered
    detection = Scripted(away=True)
    detected_by(town, detection)
    found: dict[str, tuple[float, float]] = {}

    def measured(name: str, step: Callable[[], object]) -> None:
        with meter.bill() as bill:
            step()
        found[name] = (bill.write, bill.read)

    services = town.services
    town.whatsapp(TEXT, author="NL.10316123456789", id_=ID)
    town.work()
    view = view_conversation(services, SANNE, view_queue(services, SANNE).rows[0].subject)
    subject, message = view.conversation.subject, view.messages[0].message
    detection.away, detection.urgent = False, ("boom",)
    key = kept_messages.key_of(message)
    measured("assess again", lambda: reassess(services, key))
    raised = Said(urgency="spoed", kind="melding")
    measured("confirm an assessment", lambda: correct(services, SANNE, subject, message.id, raised))
    calm = Said(urgency="nu", kind="vraag")
    town.clock.forward(seconds=1)
    measured("correct an assessment", lambda: correct(services, SANNE, subject, message.id, calm))
    town.clock.forward(hours=6)
    measured("draw a day", lambda: draw(services, "oost", "2026-11-21"))
    shown = next_to_judge(services, SANNE)
    assert shown.lot
    order = shown.lot.order
    measured("show one to judge", lambda: next_to_judge(services, SANNE))
    measured("judge blind", lambda: judge_lot(services, SANNE, shown.day, order, "nu"))
    measured("recall", lambda: view_recall(services, MARIJKE))
    dearer = {name: cost for name, cost in found.items() if cost_above(cost, AT_MOST[name])}
    assert not dearer, "more than docs/data.md says"
    assert set(found) == set(JUDGING)


def test_a_photo_costs_what_is_written_down(metered: tuple[Town, Meter]) -> None:
    town, meter = metered
    file = {"id": town.fakes.file("whatsapp", photo(), "image/jpeg"), "mime_type": "image/jpeg"}
    message = {"id": ID, "from_user_id": "NL.10316123456789", "type": "image", "image": file}
    town.deliver_whatsapp(message)
    with meter.bill() as taken_in:
        assert pump_once(town.services.jobs, "direct", lambda event, _: on_jobs(event))
    with meter.bill() as fetched:
        town.work()
    subject = view_queue(town.services, SANNE).rows[0].subject
    with meter.bill() as opened:
        view_conversation(town.services, SANNE, subject)
    found = {
        "take in a photo": (taken_in.write, taken_in.read),
        "fetch a photo": (fetched.write, fetched.read),
        "open with a photo": (opened.write, opened.read),
    }
    dearer = {name: cost for name, cost in found.items() if cost_above(cost, WITH_FILE[name])}
    assert not dearer, "more than docs/data.md says"


def test_a_full_page_costs_by_the_size_of_what_it_reads(town: Town) -> None:
    for _ in range(PAGE):
        town.whatsapp(TEXT, author="NL.10316123456789")
    town.work()
    subject = view_queue(town.services, SANNE).rows[0].subject
    for number in range(PAGE):
        town.whatsapp(TEXT, author=f"NL.{number:014}")
    town.work()
    assert read_units_of(town, lambda services: view_queue(services, SANNE)) <= FULL_QUEUE
    assert (
        read_units_of(town, lambda services: view_conversation(services, SANNE, subject))
        <= LONG_CONVERSATION
    )


def read_units_of(town: Town, look: Callable[[Services], object]) -> float:
    """By the sizes of what is read, wherever it is kept."""
    table = Metered(town.services.table, lambda: 0)
    look(replace(town.services, table=table))
    return table.all_read()


def measure_steps(town: Town, measured: Callable[[str, Callable[[], object]], None]) -> None:
    """The way of one message, step by step."""
    services = town.services
    measured("webhook", lambda: town.whatsapp(TEXT, author="NL.10316123456789", id_=ID))
    measured("take in", town.work)
    measured("look at the queue", lambda: view_queue(services, SANNE))
    subject = view_queue(services, SANNE).rows[0].subject
    measured("open", lambda: view_conversation(services, SANNE, subject))
    measured("claim", lambda: claim(services, SANNE, subject))
    measured("read mark", town.work)
    newest = view_conversation(services, SANNE, subject).newest
    measured(
        "reply",
        lambda: reply(services, SANNE, subject, reply_id="r", text="We komen.", seen=newest),
    )
    measured("deliver", town.work)
    measured("finish", lambda: finish(services, SANNE, subject))
    measured("the minute in which it happened", town.sweep)
    town.clock.forward(minutes=10)
    town.sweep()
    town.clock.forward(minutes=1)
    measured("a minute without work", town.sweep)


def cost_above(cost: tuple[float, float], bound: tuple[float, float]) -> bool:
    return any(units > allowed for units, allowed in zip(cost, bound, strict=True))
