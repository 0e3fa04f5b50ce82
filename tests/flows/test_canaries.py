"""A canary goes the whole way, is recognised, and is never work."""

from dataclasses import replace

from chalicelib.domain.health import Watch
from chalicelib.flows.accounting import balance
from chalicelib.flows.canaries import TEXT
from chalicelib.flows.forms import submit
from chalicelib.flows.viewing import view_queue
from chalicelib.store import directory, watches
from tests.conftest import MARIJKE, SANNE, Town, account

TOKEN = "0123456789abcdef01234567"


def watch(town: Town) -> Watch:
    return watches.find(town.services.table, "form", "nabij", town.services.now())


def on_its_way(town: Town) -> None:
    """A canary left, and its token was recorded."""
    now = town.services.now()
    town.services.table.write(watches.noted(watch(town), now, canary=TOKEN, canary_sent_at=now))


def arrives(town: Town, text: str, id_: str = "c-1") -> None:
    submit(town.services, "nabij", {"submission_id": id_, "message": text, "consent": True})
    town.work()


def with_canaries(town: Town) -> None:
    opened = replace(account("form", "nabij"), settings={"canary_minutes": "5"})
    town.services.table.write(directory.kept_account(opened))


def test_a_canary_that_comes_back_is_seen_and_is_no_work(town: Town) -> None:
    on_its_way(town)
    town.clock.forward(seconds=3)
    arrives(town, TEXT.format(token=TOKEN))
    assert watch(town).canary_seen_at == town.services.now()
    assert view_queue(town.services, SANNE).rows == []
    total = balance(town.services, MARIJKE).total
    assert (total.accepted, total.ignored) == (0, 1)


def test_a_token_is_good_for_its_own_account_and_while_it_is_the_last(town: Town) -> None:
    on_its_way(town)
    arrives(town, TEXT.format(token="f" * 24))
    town.whatsapp(TEXT.format(token=TOKEN))
    town.work()
    assert len(view_queue(town.services, SANNE).rows) == 2, "somebody copied a canary: work"
    assert watch(town).canary_seen_at is None


def test_a_canary_that_stays_away_makes_the_channel_silent(town: Town) -> None:
    with_canaries(town)
    town.sweep()  # it leaves for an address where nobody takes it
    assert watch(town).canary_sent_at == town.services.now()
    assert watch(town).state == "healthy", "it may still be on its way"
    town.clock.forward(minutes=2)
    town.sweep()
    assert watch(town).state == "silent"
    assert any("komt niets binnen" in text for text in town.pager.alarms)


def test_after_a_lost_one_the_next_that_comes_back_makes_it_well(town: Town) -> None:
    with_canaries(town)
    town.sweep()
    town.clock.forward(minutes=5)
    town.sweep()
    assert watch(town).state == "healthy", "the next is on its way, and may come back"
    arrives(town, TEXT.format(token=watch(town).canary))
    town.clock.forward(minutes=2)
    town.sweep()
    assert watch(town).state == "healthy"


def test_no_canary_leaves_unless_the_account_asks_for_it(town: Town) -> None:
    town.sweep()
    assert watch(town).canary_sent_at is None
