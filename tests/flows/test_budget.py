"""What one message costs in DynamoDB, step by step, as its own meter tells (docs/data.md).

Measured on the emulator, whose units follow AWS's rules: 1 kB a write, 4 kB a strong read, twice
that in a transaction, and each index that changes.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from chalicelib import wiring
from chalicelib.flows.queueing import claim, finish
from chalicelib.flows.replying import reply
from chalicelib.flows.viewing import view_conversation, view_queue
from tests.conftest import SANNE, NobodySignsIn, Town, furnish
from tests.emulator import emulator
from tests.metering import Meter

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
    "claim": (10, 4.5),
    "read mark": (0, 2),
    "reply": (14, 6.5),
    "deliver": (11, 5),
    "finish": (12, 3.5),
    "a minute without work": (0, 24.5),
}
"""Write and read units of each step, as docs/data.md has them."""


@pytest.fixture
def metered(town: Town) -> tuple[Town, Meter]:
    """The town with its table in DynamoDB, and a meter on it."""
    table, client = emulator().table_with_client()
    town.services = replace(town.services, table=table)
    furnish(town.services)
    wiring.use(wiring.House(services=town.services, sign_in=NobodySignsIn()))
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
    measured("a minute without work", town.sweep)
    dearer = {name: cost for name, cost in found.items() if cost_above(cost, AT_MOST[name])}
    assert not dearer, "more than docs/data.md says"


def cost_above(cost: tuple[float, float], bound: tuple[float, float]) -> bool:
    return any(units > allowed for units, allowed in zip(cost, bound, strict=True))
