"""A small house for tests: the embedded engine in memory, real channels, a clock we hold."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from chalicelib import wiring
from chalicelib.channels.contract import Secrets, WebhookRequest
from chalicelib.channels.http import Http
from chalicelib.channels.registry import CHANNELS
from chalicelib.detection import classify
from chalicelib.domain.account import Account, Approval
from chalicelib.domain.card import Receiver
from chalicelib.domain.principal import Principal
from chalicelib.domain.queue_item import QueueItem
from chalicelib.domain.signing_in import Attempt
from chalicelib.flows.running.sweeping import sweep
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.receiving import receive_webhook
from chalicelib.jobs.jobs import LANES
from chalicelib.jobs.sqlite import SqliteJobs
from chalicelib.store import cards, directory
from chalicelib.store.bucket import FolderBucket
from chalicelib.store.directory import Team
from chalicelib.store.sqlite import SqliteTable
from chalicelib.workers.lanes import on_jobs
from infra.fakes.client import Fakes
from infra.fakes.platforms import running_fakes
from infra.local.receivers import HttpReceivers
from infra.local.work import pump_once

settings.register_profile("shared machine", deadline=None)
settings.load_profile("shared machine")

WHATSAPP = "700100200300"
X, TELEGRAM, REDDIT = "555000111", "9001", "PolVoorbeeld"
APP_SECRET = "wa-app-secret-test"
WEBHOOK = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
"""The published example of Standard Webhooks."""
SANNE = Principal(id="sanne", name="Sanne de Wit", role="agent", team="oost")
YOUSSEF = Principal(id="youssef", name="Youssef Amrani", role="agent", team="oost")
NOOR = Principal(id="noor", name="Noor Visser", role="agent", team="noord")
MARIJKE = Principal(id="marijke", name="Marijke Bos", role="manager")
TOMASZ = Principal(id="tomasz", name="Tomasz Nowak", role="operator")
CENTRE = Receiver(id="meldkamer", name="Meldkamer", kind="centre")
UNIT = Receiver(id="enschede", name="Basisteam Enschede", kind="unit")
BEGIN = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that only moves when told."""

    at: datetime = BEGIN

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


class Vault:
    """The test accounts' secrets."""

    known = {  # noqa: RUF012  never changed
        "whatsapp": {"app_secret": APP_SECRET, "verify_token": "wa-verify", "access_token": "t"},
        "x": {"consumer_secret": "x-consumer-secret-test", "access_token": "t"},
        "telegram": {"secret_token": "tg-secret-test", "bot_token": f"{TELEGRAM}:t"},
        "chat": {"visitor_key": "chat-visitor-test"},
        "spoken": {"desk_key": "desk-test"},
        "partner": {"app_secret": "partner-secret-test"},
        "webhook": {"signing": WEBHOOK},
        "reddit": {"client_id": "c", "client_secret": "s", "password": "p"},
        "mastodon": {"access_token": "90:t"},
        "bluesky": {"app_password": "abcd-efgh-ijkl-mnop"},
        "youtube": {"client_id": "c", "client_secret": "s", "refresh_token": "UCeigen:t"},
        **{
            name: {"app_secret": "meta-secret-test", "verify_token": "v", "access_token": "t"}
            for name in ("messenger", "facebook", "instagram")
        },
    }

    def of(self, channel: str, account: str) -> Secrets:
        return Secrets(current=self.known.get(channel, {}))


@dataclass
class Pages:
    """Remembers who would have been called out of bed."""

    pages: list[QueueItem] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def page(self, item: QueueItem) -> None:
        self.pages.append(item)

    def alarm(self, text: str) -> None:
        self.alarms.append(text)

    def warn(self, text: str) -> None:
        self.warnings.append(text)


@dataclass
class Sockets:
    """Remembers what open pages were told; ``gone`` are connections that closed."""

    told: list[tuple[str, str]] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)

    def send(self, connection: str, text: str) -> bool:
        self.told.append((connection, text))
        return connection not in self.gone


class NobodySignsIn:
    """For houses in which nobody uses a browser."""

    def start(self, attempt: Attempt) -> str:
        return f"{attempt.back}?state={attempt.state}&code=sanne"

    def finish(self, code: str, attempt: Attempt) -> str:
        del attempt
        return code


@dataclass
class Town:
    """The service with everything around it, and verbs to let citizens write."""

    services: Services
    clock: Clock
    pager: Pages
    sockets: Sockets
    fakes: Fakes
    written: int = 0

    def whatsapp(self, text: str, *, author: str = "NL.1001", id_: str = "", **more: Any) -> str:
        """A citizen writes on WhatsApp; the platform delivers it. The message's own id."""
        self.written += 1
        id_ = id_ or f"wamid.{self.written}"
        message = {"type": "text", "text": {"body": text}, **more}
        self.deliver_whatsapp(message | {"id": id_, "from_user_id": author})
        return id_

    def deliver_whatsapp(self, *messages: dict[str, Any], **value: Any) -> None:
        """One signed delivery with these elements."""
        at = str(int(self.clock.at.timestamp()))
        dated = [{"timestamp": at, **message} for message in messages]
        self.deliver_bytes(whatsapp_body(dated, **value))

    def deliver_bytes(self, body: bytes) -> None:
        """These exact bytes, signed."""
        receive_webhook(self.services, "whatsapp", WHATSAPP, signed(body))

    def work(self) -> None:
        """Everything that waits on a lane and is due now gets done."""
        while any(pump_once(self.services.jobs, lane, lambda e, _: on_jobs(e)) for lane in LANES):
            pass

    def sweep(self) -> None:
        """The minute passes."""
        sweep(self.services)
        self.work()


def whatsapp_body(messages: list[dict[str, Any]], **value: Any) -> bytes:
    """A WhatsApp envelope around these messages."""
    authors = {m["from_user_id"] for m in messages if "from_user_id" in m}
    contacts = [{"profile": {"name": "Bo"}, "user_id": author} for author in sorted(authors)]
    inside = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "31850000001", "phone_number_id": WHATSAPP},
        "contacts": contacts,
        "messages": messages,
        **value,
    }
    change = {"field": "messages", "value": inside}
    envelope = {"object": "whatsapp_business_account", "entry": [{"id": "9", "changes": [change]}]}
    return json.dumps(envelope).encode()


def signed(body: bytes, secret: str = APP_SECRET) -> WebhookRequest:
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {"content-type": "application/json", "x-hub-signature-256": f"sha256={digest}"}
    return WebhookRequest(method="POST", headers=headers, body=body)


def account(channel: str, id_: str, *, until: str = "2027-01-01T00:00:00.000Z") -> Account:
    approval = Approval(until=until, by="M. Bos", ground="proef")
    return Account(
        channel=channel, account=id_, name=channel, team="oost", approvals={"answer": approval}
    )


@pytest.fixture(scope="session")
def fakes_server() -> Iterator[Fakes]:
    with running_fakes() as fakes:
        yield fakes


@pytest.fixture
def town(tmp_path: Path, fakes_server: Fakes) -> Town:
    """An empty service with two teams, four colleagues and two approved accounts."""
    clock, pager, sockets = Clock(), Pages(), Sockets()
    fakes_server.clear_failures()
    fakes_server.clear_posts()
    fakes_server.clear_access()
    fakes_server.clear_received()
    services = Services(
        table=SqliteTable(":memory:"),
        bucket=FolderBucket(tmp_path / "bucket"),
        jobs=SqliteJobs(":memory:", clock),
        channels=CHANNELS,
        secrets=Vault(),
        http=Http(
            {name: f"{fakes_server.url}/{name}" for name in (*CHANNELS, "objects")},
            timeout_seconds=1.0,
        ),
        pager=pager,
        hints=sockets,
        classify=classify,
        clock=clock,
        index=SqliteTable(":memory:"),
        receivers=HttpReceivers(fakes_server.url),
        public_url="https://nabij.example",
    )
    furnish(services)
    wiring.use(wiring.House(services=services, sign_in=NobodySignsIn()))
    return Town(services, clock, pager, sockets, fakes_server)


def furnish(services: Services) -> None:
    for team in (Team(id="oost", name="Webcare Oost"), Team(id="noord", name="Webcare Noord")):
        services.table.write(directory.kept_team(team))
    for receiver in (CENTRE, UNIT):
        services.table.write(cards.kept_receiver(receiver))
    for colleague in (SANNE, YOUSSEF, NOOR, MARIJKE, TOMASZ):
        services.table.write(directory.kept_agent(colleague))
    services.table.write(directory.kept_account(account("whatsapp", WHATSAPP)))
    services.table.write(directory.kept_account(account("form", "nabij")))
