"""A list kept warm shows what the table holds, whoever changed it and however."""

import pytest

from chalicelib.flows.desk import lists
from chalicelib.flows.desk.handing_over import hand_over
from chalicelib.flows.desk.queueing import claim, finish, judge, release, snooze
from chalicelib.flows.desk.viewing import view_queue
from chalicelib.store import queue
from chalicelib.store.table import Delete
from tests.conftest import SANNE, Town


def agrees(town: Town, name: str = "oost") -> None:
    """What is kept is what reading all of it gives."""
    kept = lists.rows_of(town.services, name)
    assert kept == queue.whole_list(town.services.table, name, town.services.now())


def filled(town: Town, count: int) -> list[str]:
    for number in range(count):
        town.whatsapp(f"Vraag {number}?", author=f"NL.{number}")
    town.work()
    return [row.subject for row in view_queue(town.services, SANNE).rows]


def test_every_change_is_seen_at_once(town: Town) -> None:
    first, second, third, fourth = filled(town, 4)
    agrees(town)
    claim(town.services, SANNE, first)
    agrees(town)
    release(town.services, SANNE, first)
    hand_over(town.services, SANNE, second, "noord")
    agrees(town)
    agrees(town, "noord")
    judge(town.services, SANNE, third, emergency=True)
    agrees(town)
    judge(town.services, SANNE, third, emergency=False)
    snooze(town.services, SANNE, fourth, "2026-11-21T21:00:00.000Z")
    agrees(town)
    finish(town.services, SANNE, first)
    agrees(town)
    town.clock.forward(hours=1, minutes=1)
    town.sweep()
    agrees(town)


def test_a_change_that_was_never_told_is_seen_within_a_minute(town: Town) -> None:
    first, *_ = filled(town, 2)
    agrees(town)
    item = queue.find(town.services.table, first, town.services.now())
    assert item
    town.services.table.write(Delete(queue.finished(item).key))
    town.clock.forward(seconds=61)
    agrees(town)


def test_a_long_list_is_read_again_in_stretches_and_still_within_a_minute(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "STRETCH", 2)
    subjects = filled(town, 6)
    town.clock.forward(minutes=2)
    agrees(town)
    for subject in subjects[::2]:
        item = queue.find(town.services.table, subject, town.services.now())
        assert item
        town.services.table.write(Delete(queue.finished(item).key))
    shown = []
    for _ in range(6):
        town.clock.forward(seconds=10)
        shown.append(len(lists.rows_of(town.services, "oost")))
    assert shown == sorted(shown, reverse=True)
    assert shown[0] > shown[-1]
    agrees(town)
    claim(town.services, SANNE, subjects[1])
    agrees(town)


def test_life_at_risk_is_never_kept(town: Town) -> None:
    with pytest.raises(ValueError, match="life at risk"):
        lists.rows_of(town.services, queue.LIFE)
