"""A canary goes the whole way, is recognised, and is never work."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from chalicelib import wiring
from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.email.channel import Email
from chalicelib.channels.http import Http
from chalicelib.domain.health import Watch
from chalicelib.errors import ChannelRefused
from chalicelib.flows.desk.viewing import view_queue
from chalicelib.flows.running.accounting import balance
from chalicelib.flows.running.canaries import TEXT
from chalicelib.flows.taking_in.forms import submit
from chalicelib.store import directory, watches
from tests.conftest import MARIJKE, SANNE, NobodySignsIn, Town, account
from tests.journeys.citizens import SPOTS
from tests.pictures import photo
from tests.web.visiting import Visitor

TOKEN = "0123456789abcdef01234567"


def watch(town: Town, channel: str = "form", account: str = "nabij") -> Watch:
    return watches.find(town.services.table, channel, account, town.services.now())


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


TOLD = ("Content-Type", "x-visitor")


class Door(BaseHTTPRequestHandler):
    """Our own front door, on loopback: what is posted goes to the very handlers in app.py."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        told = {name.lower(): value for name, value in self.headers.items() if name in TOLD}
        answer = Visitor().send(self.path, body, told=told)
        self.send_response(answer.status)
        self.end_headers()
        self.wfile.write(answer.html.encode())

    def log_message(self, format: str, *args: object) -> None:
        """In silence."""


@contextmanager
def front_door() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("channel", ["form", "chat"])
def test_our_own_pages_see_their_own_canary_come_back(town: Town, channel: str) -> None:
    opened = replace(account(channel, "nabij"), settings={"canary_minutes": "5"})
    town.services.table.write(directory.kept_account(opened))
    with front_door() as address:
        town.services = replace(town.services, http=Http({channel: address}))
        wiring.use(wiring.House(services=town.services, sign_in=NobodySignsIn()))
        town.sweep()
    assert watch(town, channel).canary_seen_at == town.services.now()
    assert view_queue(town.services, SANNE).rows == []
    town.clock.forward(minutes=3)
    town.sweep()
    assert watch(town, channel).state == "healthy"


MAILBOX = AccountSettings(account="webcare@voorbeeld.example")
SECOND = AccountSettings(
    account="webcare@voorbeeld.example", settings={"canary_from": "kanarie@voorbeeld.example"}
)


def test_a_mail_from_a_second_address_of_ours_leaves(town: Town) -> None:
    nobody = Secrets(current={})
    Email().send_canary(TEXT.format(token=TOKEN), SECOND, nobody, town.services.http)
    with pytest.raises(ChannelRefused):
        Email().send_canary(TEXT.format(token=TOKEN), MAILBOX, nobody, town.services.http)


def test_a_canary_by_mail_is_seen_and_is_no_work(town: Town) -> None:
    now = town.services.now()
    town.services.table.write(directory.kept_account(account("email", MAILBOX.account)))
    town.services.table.write(
        watches.noted(watch(town, "email", MAILBOX.account), now, canary=TOKEN, canary_sent_at=now)
    )
    spot = next(one for one in SPOTS if one.channel == "email")
    talk = spot.open(town)
    spot.writes(talk, TEXT.format(token=TOKEN), photo())
    town.work()
    assert watch(town, "email", MAILBOX.account).canary_seen_at
    assert view_queue(town.services, SANNE).rows == []
