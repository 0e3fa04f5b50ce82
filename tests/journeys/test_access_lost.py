"""A key ends in the middle of an evening: all see it within a minute, and nothing is lost."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from chalicelib import wiring
from chalicelib.channels.contract import Secrets
from chalicelib.domain.health import Watch
from chalicelib.domain.principal import Principal
from chalicelib.flows.answering.replying import reply
from chalicelib.flows.desk.queueing import claim
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.store import alarms, directory, watches
from tests.conftest import (
    SANNE,
    TELEGRAM,
    TOMASZ,
    WHATSAPP,
    NobodySignsIn,
    Town,
    Vault,
    account,
)
from tests.web.visiting import signed_in


def watch(town: Town, channel: str = "whatsapp", id_: str = WHATSAPP) -> Watch:
    return watches.find(town.services.table, channel, id_, town.services.now())


def minute(town: Town, seconds: float = 60) -> None:
    town.clock.forward(seconds=seconds)
    town.sweep()


def answer(town: Town, reply_id: str, who: Principal = SANNE) -> None:
    """Take what waits and answer it."""
    (row,) = view_queue(town.services, who).rows
    claim(town.services, who, row.subject)
    seen = view_conversation(town.services, who, row.subject).newest
    reply(town.services, who, row.subject, reply_id=reply_id, text="We komen eraan.", seen=seen)
    town.work()


def sent(town: Town, reply_id: str) -> list[dict[str, Any]]:
    return [one for one in town.fakes.sent() if one["reply_id"] == reply_id]


def test_an_expired_key_gives_the_banner_within_a_minute_and_the_queue_drains_after_repair(
    town: Town,
) -> None:
    town.sweep()
    assert watch(town).state == "healthy"
    town.fakes.only_key("whatsapp", "")
    minute(town, 59)
    assert watch(town).state == "access_lost"
    for page in ("/wachtrij", "/steekproef"):
        assert "Geen toegang tot whatsapp" in signed_in(town.services, SANNE).get(page).text
    assert "Geen toegang" in signed_in(town.services, TOMASZ).get("/kanalen").text
    assert len(town.pager.alarms) == 1

    town.whatsapp("Waar kan ik een fiets aangeven?")
    town.work()
    answer(town, "during-outage")
    minute(town)
    assert sent(town, "during-outage") == []
    assert len(town.pager.alarms) == 1, "one page for all that finds it lost"

    town.fakes.clear_access()
    minute(town, 61)
    minute(town, 61)
    assert len(sent(town, "during-outage")) == 1
    assert watch(town).state == "healthy"
    assert alarms.standing(town.services.table) == []


def test_the_gap_is_told_from_the_last_good_moment_to_the_first(town: Town) -> None:
    town.sweep()
    began = town.services.now()
    town.fakes.only_key("whatsapp", "")
    minute(town)
    minute(town)
    town.fakes.clear_access()
    minute(town)
    (gap,) = watches.gaps(
        town.services.table, "whatsapp", WHATSAPP, "2026-01-01", town.services.now()
    )
    assert (gap.since, gap.until) == (began, town.services.now())
    assert gap.recovery == "lost", "nothing came in that would prove otherwise"
    page = signed_in(town.services, TOMASZ).get("/kanalen").text
    assert "niet leesbaar 21:00\u201321:03" in page


def test_what_came_in_during_a_refused_key_was_not_lost(town: Town) -> None:
    town.sweep()
    town.fakes.only_key("whatsapp", "")
    minute(town)
    town.whatsapp("Hallo?")
    minute(town)
    town.fakes.clear_access()
    minute(town)
    (gap,) = watches.gaps(
        town.services.table, "whatsapp", WHATSAPP, "2026-01-01", town.services.now()
    )
    assert gap.recovery == "came_in"


def test_a_lost_subscription_is_made_again_by_itself(town: Town) -> None:
    opened = replace(account("whatsapp", WHATSAPP), settings={"business_account": "880"})
    town.services.table.write(directory.kept_account(opened))
    town.sweep()
    town.fakes.forget_subscription("whatsapp")
    minute(town)
    assert watch(town).because == ("unsubscribed",)
    minute(town)
    assert watch(town).state == "healthy"


def test_telegram_is_told_where_we_are(town: Town) -> None:
    town.services.table.write(directory.kept_account(account("telegram", TELEGRAM)))
    town.sweep()
    assert watch(town, "telegram", TELEGRAM).because == ("unsubscribed",)
    minute(town)
    assert watch(town, "telegram", TELEGRAM).state == "healthy"


def test_a_key_that_ends_soon_is_told_before_it_does(town: Town) -> None:
    ends = int(town.clock.at.timestamp()) + 3 * 24 * 3600
    town.fakes.ends_at("whatsapp", ends)
    town.sweep()
    assert watch(town).because == ("key_ends",)
    assert "Sleutel geldig tot" in signed_in(town.services, TOMASZ).get("/kanalen").text
    town.clock.forward(days=3)
    town.sweep()
    assert watch(town).state == "access_lost"


class Rotating(Vault):
    """The vault just after a rotation: a new key, and the one before."""

    def of(self, channel: str, account: str) -> Secrets:
        before = self.known[channel]
        return Secrets(current={**before, "access_token": "new"}, previous=before)


@pytest.mark.parametrize("good", ["t", "new"])
def test_during_a_rotation_an_answer_goes_out_with_whichever_key_is_good(
    town: Town, good: str
) -> None:
    town.services = replace(town.services, secrets=Rotating())
    wiring.use(wiring.House(services=town.services, sign_in=NobodySignsIn()))
    town.fakes.only_key("whatsapp", good)
    town.sweep()
    assert watch(town).state == "healthy"
    town.whatsapp("Hallo?")
    town.work()
    answer(town, f"rotated-{good}")
    assert len(sent(town, f"rotated-{good}")) == 1
    assert town.pager.alarms == []


class Heard(logging.Handler):
    """Every record of our own log and of the libraries, whole."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name != "aiohttp.access":  # the platform's own
            self.records.append(f"{record.getMessage()} {record.__dict__}")


@pytest.fixture
def heard() -> Iterator[Heard]:
    handler = Heard()
    loggers = [logging.getLogger(name) for name in (None, "nabij")]
    for one in loggers:
        one.addHandler(handler)
    yield handler
    for one in loggers:
        one.removeHandler(handler)


def test_no_secret_reaches_the_logs_the_table_or_the_page(
    town: Town, heard: Heard, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    Vault.known["whatsapp"]["access_token"], kept = "GEHEIM-wa", "t"
    Vault.known["telegram"]["bot_token"], telegram = "9001:GEHEIM-tg", f"{TELEGRAM}:t"
    town.services.table.write(directory.kept_account(account("telegram", TELEGRAM)))
    try:
        town.sweep()
        town.fakes.only_key("whatsapp", "")
        town.fakes.only_key("telegram", "")
        minute(town)
        town.whatsapp("Hallo?")
        town.work()
        answer(town, "secretly")
        town.fakes.clear_access()
        for mode in ("timeout_before", "disconnect"):
            town.fakes.fail(channel="whatsapp", mode=mode)
            minute(town, 61)
        page = signed_in(town.services, TOMASZ).get("/kanalen").html
    finally:
        Vault.known["whatsapp"]["access_token"] = kept
        Vault.known["telegram"]["bot_token"] = telegram
    everything = " ".join(heard.records)
    assert "channel state" in everything, "the test sees the logs"
    assert "GEHEIM" not in everything + page + str(watch(town)) + str(town.pager.alarms)
