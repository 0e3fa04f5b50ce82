"""The desk under load: 10,000 open items among 200,000 conversations, in the embedded store.

Measured in this process, from the event that API Gateway would send to the answer, as wall-clock
time and as processor time: on a machine that does other work only the second says what we cost.
The store is filled directly, with what triage would have left. Between two looks the service's
clock goes on by ten seconds and colleagues take five items, so that what the desk keeps warm is
read again as often as it is in use; neither counts.
"""

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec

import app as house
from chalicelib import wiring
from chalicelib.channels.contract import Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.registry import CHANNELS
from chalicelib.detection import classify
from chalicelib.domain.conversation import Conversation, KeptMessage
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.principal import Principal
from chalicelib.domain.queue_item import ANSWER_WITHIN, About, QueueItem, rank
from chalicelib.domain.retention import expires_at
from chalicelib.flows.colleagues.signing_in import begin_session
from chalicelib.flows.desk import queueing
from chalicelib.flows.services import Services
from chalicelib.jobs.sqlite import SqliteJobs
from chalicelib.store import conversations, directory, kept_messages, keys, queue
from chalicelib.store.bucket import FolderBucket
from chalicelib.store.codec import to_item
from chalicelib.store.sqlite import SqliteTable
from chalicelib.store.sqlite_statements import INDEX_KEYS, PUT
from chalicelib.store.table import Item
from infra.benchmarks.latency import Progress
from infra.local.context import Context
from infra.local.web import Routes
from infra.recording import NobodySignsIn

Row = tuple[Any, ...]

CONVERSATIONS, OPEN = 200_000, 10_000
ROUNDS = 60
CHANNEL = "whatsapp"
ACCOUNT = "700100200300"
TOPICS = ("diefstal", "vragen_algemeen", "geluidsoverlast", "fraude_online", "anders")
BETWEEN_LOOKS = timedelta(seconds=10)
TAKEN_BETWEEN = 5
SANNE = Principal(id="sanne", name="Sanne de Wit", role="agent", team="oost")
YOUSSEF = Principal(id="youssef", name="Youssef Amrani", role="agent", team="oost")


@dataclass(slots=True)
class Clock:
    """The service's clock: it goes on between two looks and stands still in one."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


@dataclass(slots=True)
class Team:
    """The colleagues, who go on working between two looks."""

    services: Services
    clock: Clock
    taken: int = 0

    def works_on(self) -> None:
        self.clock.at += BETWEEN_LOOKS
        for _ in range(TAKEN_BETWEEN):
            queueing.claim(self.services, YOUSSEF, subject_of(OPEN - 1 - self.taken))
            self.taken += 1


class Nobody:
    """Who is not asked for anything here: secrets, pages, hints."""

    def of(self, channel: str, account: str) -> Secrets:
        return Secrets(current={})

    def page(self, item: QueueItem) -> None:
        """Nobody is called."""

    def alarm(self, text: str) -> None:
        """Nobody is called."""

    def warn(self, text: str) -> None:
        """Nobody is called."""

    def send(self, connection: str, text: str) -> bool:
        return False


def measure(progress: Progress) -> dict[str, Any]:
    """All figures of the desk; times in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock(datetime.now(UTC))
        services = filled(Path(folder), clock, progress)
        team = Team(services, clock)
        visitor = Visitor(begin_session(services, SANNE.id))
        subject = subject_of(OPEN // 2)
        pages = {
            "queue": "/wachtrij",
            "queue_filtered": "/wachtrij?onderwerp=diefstal&wacht=60",
            "queue_list_alone": "/wachtrij/lijst",
            "conversation": f"/gesprek/{subject}",
        }
        first = timed(lambda: visitor.get("/wachtrij"))
        looks = {name: look(visitor, page, team, name, progress) for name, page in pages.items()}
        return {
            "conversations": CONVERSATIONS,
            "open": OPEN,
            "rounds": ROUNDS,
            "first_look_ms": first[0],
            "pages": looks,
        }


def filled(folder: Path, clock: Clock, progress: Progress) -> Services:
    """A house in this folder with everything in it."""
    nobody = Nobody()
    services = Services(
        table=SqliteTable(folder / "table.sqlite"),
        bucket=FolderBucket(folder / "bucket"),
        jobs=SqliteJobs(folder / "jobs.sqlite", clock),
        channels=CHANNELS,
        secrets=nobody,
        http=Http({}),
        pager=nobody,
        hints=nobody,
        classify=classify,
        clock=clock,
    )
    wiring.use(wiring.House(services=services, sign_in=NobodySignsIn()))
    services.table.write(directory.kept_team(directory.Team(id="oost", name="Webcare Oost")))
    services.table.write(directory.kept_agent(SANNE))
    poured(folder / "table.sqlite", everything(services.now()), progress)
    return services


def poured(file: Path, items: Iterable[Item], progress: Progress) -> None:
    """Write them as the engine would, in one transaction: only the time of this is not measured."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.executemany(PUT, counted(map(row_of, items), progress))


def counted(rows: Iterable[Row], progress: Progress) -> Iterator[Row]:
    for number, row in enumerate(rows):
        if number % 5_000 == 0:
            progress(f"desk: {number} rows of {2 * CONVERSATIONS + OPEN}")
        yield row


def row_of(item: Item) -> Row:
    """An item with the columns of the indexes that it is in."""
    columns = [
        item.get(name) if pk in item and sk in item else None
        for pk, sk in INDEX_KEYS
        for name in (pk, sk)
    ]
    return (item["pk"], item["sk"], msgspec.json.encode(item), *columns)


def subject_of(number: int) -> str:
    return f"{number:020x}"


def everything(now: Moment, *, count: int = CONVERSATIONS, within: int = 86_000) -> Iterator[Item]:
    """Each conversation with a message of the last seconds; the first ones wait for an answer."""
    for number in range(count):
        at = later(now, -timedelta(seconds=number % within))
        yield conversations.opened(conversation(number, at), now).item
        yield kept_messages.written(message(number, at), now).item
        if number < OPEN:
            yield to_item(
                keys.queue_item(subject_of(number)),
                item(number, at),
                expires_at=expires_at("queue_item", now),
                **queue.index_keys(item(number, at)),
            )


def conversation(number: int, at: Moment) -> Conversation:
    return Conversation(
        subject=subject_of(number),
        channel=CHANNEL,
        account=ACCOUNT,
        team="oost",
        contact=f"c{number // 3}",
        author_id=f"NL.{number}",
        author_name=f"Inwoner {number}",
        opened_at=at,
        newest=f"m{number}",
        newest_mark=f"{at}#m{number}",
        inbound_at=at,
        lang="nl",
    )


def message(number: int, at: Moment) -> KeptMessage:
    return KeptMessage(
        id=f"m{number}",
        subject=subject_of(number),
        channel=CHANNEL,
        account=ACCOUNT,
        direction="in",
        text=f"Goedemiddag, ik heb een vraag over nummer {number}. Kunnen jullie meekijken?",
        kind="text",
        at=at,
        accepted_at=at,
        external_id=f"wamid.{number}",
        author_id=f"NL.{number}",
        author_name=f"Inwoner {number}",
        triaged=True,
    )


def item(number: int, at: Moment) -> QueueItem:
    urgency = ("nu", "later", "geen")[number % 3]
    return QueueItem(
        subject=subject_of(number),
        team="oost",
        channel=CHANNEL,
        account=ACCOUNT,
        author_name=f"Inwoner {number}",
        text=f"Goedemiddag, ik heb een vraag over nummer {number}. Kunnen jullie meekijken?",
        urgency=urgency,  # type: ignore[arg-type]
        emergency=False,
        because="Geen woorden die op gevaar of haast wijzen.",
        lang="nl",
        waiting_since=at,
        due_at=later(at, ANSWER_WITHIN[urgency]),  # type: ignore[index]
        priority=rank(urgency, emergency=False),  # type: ignore[arg-type]
        about=About(topic=TOPICS[number % 5], window_until=later(at, timedelta(hours=24))),
    )


@dataclass(slots=True)
class Visitor:
    """Somebody who is signed in; asks as API Gateway does."""

    session: str

    def get(self, address: str) -> str:
        """The page. Raises ``RuntimeError`` when it is none."""
        split = urlsplit(address)
        route = Routes(house.app).find(split.path)
        if route is None:
            raise RuntimeError(f"no such page: {address}")
        event = {
            "requestContext": {
                "httpMethod": "GET",
                "resourcePath": route[0],
                "path": split.path,
                "requestId": "bench",
                "identity": {"sourceIp": "127.0.0.1"},
            },
            "headers": {"host": "bench.example", "cookie": f"nabij_session={self.session}"},
            "pathParameters": route[1],
            "multiValueQueryStringParameters": parse_qs(split.query) or None,
            "stageVariables": {},
            "body": "",
            "isBase64Encoded": False,
        }
        answer = house.app(event, Context())
        if answer["statusCode"] != 200:  # noqa: PLR2004 OK
            raise RuntimeError(f"{address}: {answer['statusCode']}")
        return str(answer["body"])


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """How long it took by the clock, and how long it worked."""
    begin, worked = time.perf_counter(), time.process_time()
    act()
    return (
        round((time.perf_counter() - begin) * 1000, 1),
        round((time.process_time() - worked) * 1000, 1),
    )


def look(
    visitor: Visitor, address: str, team: Team, name: str, progress: Progress
) -> dict[str, float]:
    """Median and the slowest of twenty, by the clock and of work."""
    found = []
    for number in range(ROUNDS):
        team.works_on()
        found.append(timed(lambda: visitor.get(address)))
        progress(f"desk: {name} {number + 1}/{ROUNDS}")
    clock, work = zip(*found, strict=True)
    return {
        "median_ms": statistics.median(clock),
        "p95_ms": statistics.quantiles(clock, n=20)[18],
        "slowest_ms": max(clock),
        "work_median_ms": statistics.median(work),
        "work_p95_ms": statistics.quantiles(work, n=20)[18],
    }
