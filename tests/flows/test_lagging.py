"""The flows survive DynamoDB's way of answering: late indexes, cheap reads that are behind."""

import random
from dataclasses import replace

from chalicelib import wiring
from chalicelib.flows.answering.replying import reply
from chalicelib.flows.desk.queueing import claim
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.flows.running.accounting import balance
from chalicelib.store.lagging import LaggingTable
from tests.conftest import MARIJKE, SANNE, NobodySignsIn, Town, furnish


def test_an_evening_on_a_table_whose_indexes_lag_ends_the_same(town: Town) -> None:
    table = LaggingTable()
    town.services = replace(town.services, table=table)
    wiring.use(wiring.House(services=town.services, sign_in=NobodySignsIn()))
    furnish(town.services)
    table.settle()
    dice = random.Random(3)
    for number in range(40):
        town.whatsapp(f"bericht {number}", author=f"NL.{number % 7}", id_=f"wamid.{number % 30}")
        if dice.random() < 0.5:
            town.work()
        if dice.random() < 0.3:
            table.settle(dice.randrange(1, 8))
    town.work()
    table.settle()
    rows = view_queue(town.services, SANNE).rows
    subjects = {row.subject for row in rows}
    assert len(rows) == len(subjects) == 7
    for subject in subjects:
        claim(town.services, SANNE, subject)
        seen = view_conversation(town.services, SANNE, subject).newest
        reply(town.services, SANNE, subject, reply_id=f"lag-{subject}", text="Dag", seen=seen)
        town.work()
    table.settle()
    ledger = balance(town.services, MARIJKE)
    assert (ledger.total.accepted, ledger.total.duplicates, ledger.owed) == (30, 10, 0)
    sent = [one["reply_id"] for one in town.fakes.sent() if str(one["reply_id"]).startswith("lag-")]
    assert sorted(sent) == sorted(f"lag-{subject}" for subject in subjects)
