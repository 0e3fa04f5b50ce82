"""Meta delivered nothing for a while: what was written then is read afterwards, once each."""

import json
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.channels.contract import Secrets
from chalicelib.domain.health import Gap
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.flows.running.checking import check
from chalicelib.flows.taking_in.receiving import receive_webhook
from chalicelib.store import directory, keys, watches
from tests.conftest import SANNE, Town, Vault, X, account, signed

PAGE, POST = "330000000000001", "330000000000001_9"
CHANNELS = pytest.mark.parametrize("channel", ["messenger", "facebook", "instagram"])
CITIZEN = "6100000000000007"


@pytest.fixture(autouse=True)
def nobody_wrote(town: Town) -> None:
    town.fakes.clear_posts()
    town.fakes.clear_failures()
    town.fakes.clear_access()


def opened(town: Town, channel: str) -> None:
    town.services.table.write(directory.kept_account(account(channel, PAGE)))
    minute(town)


def minute(town: Town) -> None:
    town.clock.forward(seconds=60)
    town.sweep()


def wrote(town: Town, channel: str, text: str, **more: Any) -> str:
    """A citizen writes on the platform; nothing is delivered."""
    at = town.clock.at.timestamp()
    post = {"account": PAGE, "author": CITIZEN, "where": "private", "at": at, **more}
    return town.fakes.post(channel, text=text, **post)


def gaps(town: Town, channel: str) -> list[Gap]:
    now = town.services.now()
    return list(watches.gaps(town.services.table, channel, PAGE, "2026-01-01", now))


def texts(town: Town) -> list[str]:
    """All that stands on the queue, conversation by conversation."""
    rows = view_queue(town.services, SANNE).rows
    shown = [view_conversation(town.services, SANNE, row.subject).messages for row in rows]
    return sorted(one.message.text for messages in shown for one in messages)


def delivered(town: Town, channel: str, mid: str, text: str) -> None:
    element = {
        "sender": {"id": CITIZEN},
        "recipient": {"id": PAGE},
        "timestamp": int(town.clock.at.timestamp() * 1000),
        "message": {"mid": mid, "text": text},
    }
    about = "instagram" if channel == "instagram" else "page"
    body = {"object": about, "entry": [{"id": PAGE, "messaging": [element]}]}
    request = signed(json.dumps(body).encode(), "meta-secret-test")
    receive_webhook(town.services, channel, PAGE, request)
    town.work()


@CHANNELS
def test_what_was_not_delivered_is_read_and_nothing_comes_twice(town: Town, channel: str) -> None:
    wrote(town, channel, "van vorige week", id="m_oud")
    town.clock.forward(days=7)
    opened(town, channel)
    town.fakes.forget_subscription(channel)
    seen = wrote(town, channel, "dit kwam nog binnen", id="m_1")
    delivered(town, channel, seen, "dit kwam nog binnen")
    wrote(town, channel, "en dit niet", id="m_2")
    wrote(town, channel, "onder uw bericht", id="c_3", where="comments", thread=POST, name="Kees")
    minute(town)
    minute(town)
    (gap,) = gaps(town, channel)
    assert gap.recovery == "read_back"
    assert texts(town) == ["dit kwam nog binnen", "en dit niet", "onder uw bericht"]


@CHANNELS
def test_a_platform_that_is_away_is_asked_again(town: Town, channel: str) -> None:
    opened(town, channel)
    town.fakes.forget_subscription(channel)
    wrote(town, channel, "hallo?")
    minute(town)
    town.fakes.fail(channel=channel, status=503, body={"error": {"code": 2}}, reads=True)
    minute(town)
    (gap,) = gaps(town, channel)
    assert gap.until is None
    minute(town)
    (gap,) = gaps(town, channel)
    assert (gap.recovery, texts(town)) == ("read_back", ["hallo?"])


def test_what_may_not_be_read_somebody_looks_up(town: Town) -> None:
    opened(town, "messenger")
    town.fakes.forget_subscription("messenger")
    minute(town)
    refusal = {"error": {"code": 100, "message": "no"}}
    town.fakes.fail(channel="messenger", status=400, body=refusal, reads=True)
    minute(town)
    (gap,) = gaps(town, "messenger")
    assert gap.recovery == "lost"


class WithTheApp(Vault):
    """Our app's own key at X, which may look after deliveries."""

    def of(self, channel: str, account: str) -> Secrets:
        known = super().of(channel, account).current
        return Secrets(current={**known, "app_bearer": "app"})


def test_x_is_asked_to_deliver_again_what_it_could_not(town: Town) -> None:
    services = replace(town.services, secrets=WithTheApp())
    town.services.table.write(directory.kept_account(account("x", X)))
    key = keys.account("x", X)
    for _ in range(2):
        check(services, key)
    town.fakes.forget_subscription("x")
    town.clock.forward(seconds=60)
    for _ in range(2):
        check(services, key)
    now = town.services.now()
    *_, gap = watches.gaps(town.services.table, "x", X, "2026-01-01", now)
    assert gap.recovery == "delivered_again"
    assert town.fakes.replayed()


@CHANNELS
def test_all_pages_are_read(town: Town, channel: str) -> None:
    opened(town, channel)
    town.fakes.forget_subscription(channel)
    for number in range(45):
        wrote(town, channel, f"bericht {number}", author=f"61000000{number:08}")
    minute(town)
    minute(town)
    (gap,) = gaps(town, channel)
    assert gap.recovery == "read_back"
    assert len(view_queue(town.services, SANNE).rows) == 45
