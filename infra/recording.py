"""A recorded evening: its lines, its channels, its clock, and a house that plays it."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from chalicelib import wiring
from chalicelib.channels.contract import (
    AccountSettings,
    Channel,
    Outgoing,
    Raw,
    Secrets,
    Sent,
    WebhookRequest,
)
from chalicelib.channels.http import Http
from chalicelib.channels.limits import Rules
from chalicelib.domain.account import Account, Approval
from chalicelib.domain.message import Message, Parsed
from chalicelib.domain.moments import Moment
from chalicelib.domain.queue_item import QueueItem
from chalicelib.domain.signing_in import Attempt
from chalicelib.errors import BadPayload, ChannelUnavailable
from chalicelib.flows.services import Services
from chalicelib.settings import Settings
from chalicelib.store import directory
from chalicelib.store.directory import Team
from infra.encoder.command import FOLDER, own_encoder

ACCOUNT = TEAM = "recording"
FOREVER: Moment = "2099-12-31T00:00:00.000Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One recorded message."""

    id: str
    at: datetime
    channel: str
    author: str
    text: str


@dataclass(slots=True)
class Recording:
    """A clock that shows the time of the recording."""

    at: datetime = datetime(2000, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@dataclass(slots=True)
class RecordedChannel:
    """A channel as it was recorded: already in the common shape, and nothing goes out."""

    name: str
    rules: Rules = field(default_factory=lambda: Rules(longest_text=10_000))

    def handshake(self, request: WebhookRequest, secrets: Secrets) -> str:
        """Nobody asks."""
        return ""

    def verify(self, request: WebhookRequest, secrets: Secrets) -> None:
        """Whoever holds the file vouches for it."""

    def parse(self, raw: Raw, settings: AccountSettings) -> Parsed:
        """One line is one message. Raises ``BadPayload``."""
        line = understood(raw.body.decode())
        return Parsed(messages=(to_message(line),))

    def send(
        self, outgoing: Outgoing, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> Sent:
        """A recording cannot be answered. Raises ``ChannelUnavailable``."""
        raise ChannelUnavailable(self.name, "recording", "dit is een opname")

    def mark_read(
        self, external_id: str, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> None:
        """Nobody looks."""


def understood(text: str) -> Line:
    """A line of the recording. Raises ``BadPayload`` naming what is wrong."""
    try:
        found = json.loads(text)
        named = {name: str(found[name]) for name in ("id", "channel", "author", "text")}
        return Line(at=datetime.fromisoformat(found["at"]).astimezone(UTC), **named)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadPayload(f"not a recorded message: {error!r}") from None


def to_message(line: Line) -> Message:
    return Message(
        external_id=line.id,
        author_id=line.author or line.id,
        author_name=line.author or None,
        text=line.text,
        kind="text",
        timestamp=line.at,
    )


class NoSecrets:
    """A recording needs none."""

    def of(self, channel: str, account: str) -> Secrets:
        return Secrets(current={})


class Silent:
    """Nobody is called out of bed for yesterday, and no page is open."""

    def page(self, item: QueueItem) -> None:
        """Yesterday's danger."""

    def alarm(self, text: str) -> None:
        """Yesterday's fault."""

    def warn(self, text: str) -> None:
        """Yesterday's end."""

    def send(self, connection: str, text: str) -> bool:
        """To no page."""
        return False


class NobodySignsIn:
    """There is nothing to look at."""

    def start(self, attempt: Attempt) -> str:
        return attempt.back

    def finish(self, code: str, attempt: Attempt) -> str:
        del attempt
        return code


def house(data: Path, clock: Recording, channels: set[str]) -> Services:
    """The service on the embedded engine, with the recording's clock and approved accounts."""
    here = str(FOLDER) if own_encoder() else ""
    settings = Settings(
        engine="embedded",
        data=data,
        public_url="http://127.0.0.1",
        platform_urls={},
        detection="full" if here else "model",
        encoder=here,
    )
    silent = Silent()
    services = wiring.embedded(settings, secrets=NoSecrets(), pager=silent, hints=silent)
    recorded: dict[str, Channel] = {name: RecordedChannel(name) for name in channels}
    services = replace(services, channels=recorded, clock=clock)
    wiring.use(wiring.House(services=services, sign_in=NobodySignsIn()))
    services.table.write(directory.kept_team(Team(id=TEAM, name="Opname")))
    for name in channels:
        services.table.write(directory.kept_account(account(name)))
    return services


def account(channel: str) -> Account:
    """An approved account of the recording."""
    approval = Approval(until=FOREVER, by="replay", ground="opname")
    return Account(
        channel=channel,
        account=ACCOUNT,
        name=channel,
        team=TEAM,
        approvals={"answer": approval, "incident": approval},
    )
