"""``python -m infra replay``: a recorded evening through the real intake flow, by its own clock.

In: lines ``{id, at, channel, author, text}``, of any channel by name. Out, after the last: the
final state of each, ``{id, subject, emergency, urgency, incident, place, gemeente, unit,
priority}``. What is not known yet is null.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from chalicelib import wiring
from chalicelib.channels.contract import (
    AccountSettings,
    Outgoing,
    Raw,
    Rules,
    Secrets,
    Sent,
    WebhookRequest,
)
from chalicelib.channels.http import Http
from chalicelib.domain.account import Account, Approval
from chalicelib.domain.message import Message, Parsed
from chalicelib.domain.moments import moment
from chalicelib.domain.queue_item import QueueItem
from chalicelib.errors import BadPayload, ChannelUnavailable, InvalidInput
from chalicelib.flows.accepting import reference_key
from chalicelib.flows.intake import receive_webhook
from chalicelib.flows.services import Services
from chalicelib.flows.sweeping import sweep
from chalicelib.flows.viewing import assessment_of
from chalicelib.jobs.jobs import LANES
from chalicelib.settings import Settings
from chalicelib.store import conversations, directory, keys, queue, references
from chalicelib.store.directory import Team
from chalicelib.store.table import Key
from chalicelib.workers.lanes import on_jobs
from infra.local.work import pump_once

ACCOUNT, TEAM = "recording", "recording"
FOREVER = "2099-12-31T00:00:00.000Z"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("replay", help="a recorded evening through the intake flow")
    parser.add_argument("file", help="the recording, one message a line; - is stdin")
    parser.add_argument("--data", type=Path, help="keep the tables here; default: thrown away")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """The command itself."""
    with opened(args.file) as lines, folder(args.data) as data:
        return replay(lines, data, sys.stdout)


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


@dataclass(frozen=True, slots=True)
class RecordedChannel:
    """A channel as it was recorded: already in the common shape, and nothing goes out."""

    name: str
    rules: Rules = Rules(longest_text=10_000)

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


def replay(lines: Iterable[str], data: Path, out: TextIO) -> int:
    """Take in every line at its own time, then write the final state of each, in their order."""
    clock = Recording()
    services = house(data, clock)
    recorded: list[tuple[str, str, str | None]] = []
    for number, text in enumerate(filter(str.strip, lines), start=1):
        recorded.append(take(services, clock, text))
        work(services)
        if number % 100 == 0:
            print(f"\r{number} messages", end="", file=sys.stderr, flush=True)
    for id_, channel, error in recorded:
        outcome = {"id": id_, "error": error} if error else final_state(services, id_, channel)
        out.write(json.dumps(outcome, ensure_ascii=False) + "\n")
    out.flush()
    return 0


def take(services: Services, clock: Recording, text: str) -> tuple[str, str, str | None]:
    """One line comes in at its recorded time; a bad one never stops the others."""
    try:
        line = understood(text)
    except BadPayload as error:
        return "", "", error.message
    clock.at = max(clock.at, line.at)
    open_account(services, line.channel)
    request = WebhookRequest(method="POST", body=text.encode())
    receive_webhook(services, line.channel, ACCOUNT, request)
    return line.id, line.channel, None


def open_account(services: Services, channel: str) -> None:
    """An approved account on a channel that was not seen before."""
    if channel in services.channels:
        return
    services.channels[channel] = RecordedChannel(channel)
    approval = Approval(until=FOREVER, by="replay", ground="opname")
    account = Account(
        channel=channel, account=ACCOUNT, name=channel, team=TEAM, approvals={"answer": approval}
    )
    services.table.write(directory.kept_account(account))


def work(services: Services) -> None:
    """Do everything that is due now, and what the clock brings."""
    while any(pump_once(services.jobs, lane, lambda e, _: on_jobs(e)) for lane in LANES):
        pass
    sweep(services)


def final_state(services: Services, id_: str, channel: str) -> dict[str, Any]:
    """What the service thinks of a message when the evening is over."""
    now = services.now()
    known = references.find(services.table, keys.reference(channel, ACCOUNT, id_), now)
    if known is None or known.message_sk is None or known.subject is None:
        return {"id": id_, "error": "not accepted"}
    key = Key(keys.conversation_partition(known.subject), known.message_sk)
    message = conversations.load_message(services.table, key, now)
    assessment = assessment_of(message) if message else None
    item = queue.find(services.table, known.subject, now)
    return {
        "id": id_,
        "subject": known.subject,
        "emergency": assessment.emergency if assessment else None,
        "urgency": assessment.urgency if assessment else None,
        "incident": None,
        "place": None,
        "gemeente": None,
        "unit": None,
        "priority": item.priority if item else None,
    }


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

    def send(self, connection: str, text: str) -> bool:
        """To no page."""
        return False


class NobodySignsIn:
    """There is nothing to look at."""

    def start(self, state: str, back: str) -> str:
        return back

    def finish(self, code: str) -> str:
        return code


def house(data: Path, clock: Recording) -> Services:
    """The service on the embedded engine, with the recording's clock and channels."""
    settings = Settings(
        engine="embedded", data=data, public_url="http://127.0.0.1", platform_urls={}
    )
    silent = Silent()
    services = wiring.embedded(settings, secrets=NoSecrets(), pager=silent, hints=silent)
    services = replace(services, channels={}, clock=clock)
    wiring.use(wiring.House(services=services, sign_in=NobodySignsIn()))
    services.table.write(directory.kept_team(Team(id=TEAM, name="Opname")))
    return services


@contextmanager
def opened(name: str) -> Iterator[Iterable[str]]:
    """The lines of a file, or of standard input."""
    if name == "-":
        yield sys.stdin
        return
    with Path(name).open(encoding="utf-8") as file:
        yield file


@contextmanager
def folder(chosen: Path | None) -> Iterator[Path]:
    """The folder asked for, or one that goes."""
    if chosen:
        yield chosen
        return
    with tempfile.TemporaryDirectory(prefix="nabij-replay-") as name:
        yield Path(name)
