"""Dashboard and wallboard on a month of 200,000 messages, and whether every figure is right.

The figures are counted by the service's own flow. The recount beside it is written anew here, with
loops over what was generated, so that a mistake in the one is not in the other.
"""

import math
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any, Unpack
from urllib.parse import parse_qsl, urlsplit

import app as house_of_handlers
from chalicelib import wiring
from chalicelib.domain.dutch_time import day_of, days_between, days_later, quarter_of
from chalicelib.domain.fact import Fact
from chalicelib.domain.figures import ALL_TEAMS, Counts, added
from chalicelib.domain.moments import moment
from chalicelib.domain.principal import Principal
from chalicelib.domain.sheet import Sheet
from chalicelib.domain.waiting import Waiting
from chalicelib.flows.figures.counting import count_day
from chalicelib.flows.figures.counting_waiting import count_waiting
from chalicelib.flows.figures.summing import dutch_days
from chalicelib.flows.services import Services
from chalicelib.store import directory, figures, sessions
from chalicelib.store.directory import Team
from chalicelib.store.queries import Asked
from chalicelib.store.table import Item, Key, Operation, Page, Table
from infra.benchmarks import month
from infra.benchmarks.latency import Progress
from infra.local.context import Context
from infra.local.web import Routes
from infra.opened import services_at
from infra.recording import NobodySignsIn

ROUNDS = 40
MANAGER = Principal(id="bench", name="Bench", role="manager")
UNTIL = datetime(2026, 11, 21, 21, 30, tzinfo=UTC)
"""A busy Saturday evening."""

PAGES = (
    "/cijfers", "/cijfers?team=oost", "/cijfers?periode=7", "/cijfers?periode=28",
    "/cijfers?periode=28&kanaal=whatsapp", "/wandbord", "/wandbord?team=noord",
    "/cijfers/lijst?wat=answered&dag=2026-11-21&uur=20",
    "/cijfers/lijst?wat=arrived&dag=2026-11-21&kanaal=x", "/api/v1/figures?grain=day",
    "/cijfers/openbaar",
)  # fmt: skip


class Counting:
    """A table that counts what is asked of it."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self.reads = self.items = 0

    def get(self, key: Key, *, strong: bool = True) -> Item | None:
        self.reads += 1
        return self._table.get(key, strong=strong)

    def query(self, pk: str, **asked: Unpack[Asked]) -> Page:
        found = self._table.query(pk, **asked)
        self.reads += 1
        self.items += len(found.items)
        return found

    def write(self, *operations: Operation) -> None:
        self._table.write(*operations)


@dataclass(frozen=True, slots=True)
class House:
    """The handlers on a table of our own."""

    services: Services
    table: Counting
    routes: Routes

    def get(self, address: str) -> int:
        """Ask for a page as API Gateway does; its status."""
        split = urlsplit(address)
        route = self.routes.find(split.path)
        if route is None:
            raise ValueError(f"no such page: {address}")
        query = {name: [value] for name, value in parse_qsl(split.query)}
        event = {
            "requestContext": {
                "httpMethod": "GET", "resourcePath": route[0], "path": split.path,
                "requestId": "bench", "identity": {"sourceIp": "127.0.0.1"},
            },
            "headers": {"authorization": "Bearer bench", "host": "nabij.example"},
            "pathParameters": route[1],
            "multiValueQueryStringParameters": query or None,
            "stageVariables": {},
            "body": "",
            "isBase64Encoded": False,
        }  # fmt: skip
        return int(house_of_handlers.app(event, Context())["statusCode"])


def measure(progress: Progress, messages: int = month.MESSAGES) -> dict[str, Any]:
    """Everything, in milliseconds and counts."""
    with tempfile.TemporaryDirectory(prefix="nabij-bench-") as folder:
        house = furnished(Path(folder))
        progress("drawing the month")
        happened = month.month(1, UNTIL, messages)
        begin = time.perf_counter()
        month.put(house.services.table, happened)
        month.stand(house.services.table, month.waiting(happened, moment(UNTIL)), moment(UNTIL))
        written = time.perf_counter() - begin
        counted = count_all(house.services, progress)
        progress("counting again, by other means")
        found = recount(house.services, happened)
        return {
            "messages": sum(one.what == "arrived" for one in happened),
            "facts": len(happened),
            "written_s": round(written, 1),
            "counted_s": round(counted, 1),
            "waiting": sum(1 for _ in month.waiting(happened, moment(UNTIL))),
            "figures_compared": found.compared,
            "figures_that_differ": found.differ,
            "percentiles_compared": found.percentiles,
            "percentile_furthest_off": f"{100 * found.furthest:.2f}%",
            "pages": {address: timed(house, address, progress) for address in PAGES},
        }


def furnished(folder: Path) -> House:
    """A service with two teams, at a moment that stands still."""
    (folder / "table.sqlite").touch()
    plain = services_at(folder, NABIJ_DETECTION="rules")
    table = Counting(plain.table)
    services = Services(**{
        **{name: getattr(plain, name) for name in Services.__slots__},
        "table": table,
        "clock": lambda: UNTIL,
    })  # fmt: skip
    for team in month.TEAMS:
        services.table.write(directory.kept_team(Team(id=team, name=team.title())))
    services.table.write(directory.kept_agent(MANAGER), sessions.api_token("bench", MANAGER))
    wiring.use(wiring.House(services=services, sign_in=NobodySignsIn()))
    return House(services, table, Routes(house_of_handlers.app))


def count_all(services: Services, progress: Progress) -> float:
    """Every day of the month, by the service's own flow; how many seconds."""
    begin = time.perf_counter()
    last = moment(UNTIL)[:10]
    for day in days_between(days_later(last, -month.DAYS - 1), last):
        count_day(services, day)
        progress(f"counted {day}")
    count_waiting(services)
    services.table.write(figures.counted(moment(UNTIL)))
    return time.perf_counter() - begin


@dataclass(slots=True)
class Recount:
    """How many figures were held against what was generated, and how many differ."""

    compared: int = 0
    differ: int = 0
    percentiles: int = 0
    furthest: float = 0.0

    def hold(self, kept: Counts, expected: Counts) -> None:
        """Each count that there is on either side."""
        names = kept.keys() | expected.keys()
        self.compared += len(names)
        self.differ += sum(kept[name] != expected[name] for name in names)


def recount(services: Services, happened: list[Fact]) -> Recount:
    """Every count of every day and team, what waits, and how long things took."""
    found = Recount()
    by_day = defaultdict[str, list[Fact]](list)
    for one in happened:
        by_day[day_of(one.at)].append(one)
    first, last = min(by_day), max(by_day)
    for team in (ALL_TEAMS, *month.TEAMS):
        kept = dutch_days(services, team, first, last)
        for day, facts in by_day.items():
            own = [one for one in facts if team in (ALL_TEAMS, one.team)]
            found.hold(kept.get(day, Counter()), expected_of(own))
    recount_waiting(services, happened, found)
    recount_times(services, happened, (first, last), found)
    return found


def recount_waiting(services: Services, happened: list[Fact], found: Recount) -> None:
    """What stands on the lists: the newest sum against who got no answer."""
    now = moment(UNTIL)
    for team in (ALL_TEAMS, *month.TEAMS):
        kept = figures.newest_waiting(services.table, team, now) or Waiting(team=team, at=now)
        own = [one for one in month.waiting(happened, now) if team in (ALL_TEAMS, one.team)]
        expected = {
            "waiting": len(own),
            "late": sum(one.due_at < now for one in own),
            "life": sum(one.emergency for one in own),
        } | Counter(f"channel/{one.channel}" for one in own)
        stands = {"waiting": kept.waiting, "late": kept.late, "life": kept.life}
        stands |= {f"channel/{name}": count for name, count in kept.by_channel.items()}
        found.hold(Counter(stands), Counter(expected))


def recount_times(
    services: Services, happened: list[Fact], span: tuple[str, str], found: Recount
) -> None:
    """Percentiles of the whole month beside those of the sorted durations themselves."""
    sheet = Sheet(added(dutch_days(services, ALL_TEAMS, *span, "times").values()))
    for name, lasted in durations_of(happened).items():
        for share in (0.5, 0.9):
            exact = sorted(lasted)[math.ceil(share * len(lasted)) - 1]
            told = sheet.took(name, share) or 0.0
            found.percentiles += 1
            found.furthest = max(found.furthest, abs(told - exact) / exact)


def durations_of(happened: list[Fact]) -> dict[str, list[int]]:
    """How long things took, in milliseconds; written without the service's own rules."""
    found = defaultdict[str, list[int]](list)
    plain = {"arrived": "to_queue", "finished": "resolution", "seen": "see"}
    for one in happened:
        if one.took is None:
            continue
        if one.what == "answered":
            found["first_answer"].append(one.took)
            found["handling"].append(one.worked or 0)
        elif one.mark == "acknowledged":
            found["acknowledge"].append(one.took)
        elif one.what == "handed_over" and one.emergency:
            found["hand_over"].append(one.took)
        elif one.what in plain:
            found[plain[one.what]].append(one.took)
    return found


def expected_of(happened: list[Fact]) -> Counts:
    """The plain counts of these, by every dimension; written without the service's own rules."""
    found: Counts = Counter()
    for one in happened:
        also = {
            "opened": one.mark == "opened",
            "emergencies": one.what == "arrived" and one.emergency,
            "replies": one.what == "answered",
            "in_time": one.mark == "in_time",
            "acknowledged": one.mark == "acknowledged",
            "passed_on": one.what == "handed_over" and one.emergency,
        }
        for name in (one.what, *(name for name, holds in also.items() if holds)):
            found[name] += 1
            for dimension in ("team", "channel", "topic", "lang", "urgency"):
                found[f"{name}/{dimension}/{getattr(one, dimension)}"] += 1
        if one.what == "arrived":
            found[f"arrived/channel/{one.channel}@{quarter_of(one.at)}"] += 1
    return found


def timed(house: House, address: str, progress: Progress) -> dict[str, Any]:
    """Server time of a page, from event to answer, with what it read.

    ``work`` is the processor's time: on a machine that does other work it says what we cost.
    """
    if house.get(address) != 200:  # noqa: PLR2004 OK
        raise ValueError(f"does not answer: {address}")
    house.table.reads = house.table.items = 0
    house.get(address)
    reads, items = house.table.reads, house.table.items
    found, worked = [], []
    for number in range(ROUNDS):
        begin, work = time.perf_counter(), time.process_time()
        house.get(address)
        found.append((time.perf_counter() - begin) * 1000)
        worked.append((time.process_time() - work) * 1000)
        progress(f"{address}: {number + 1}/{ROUNDS}")
    return {
        "p50_ms": round(quantiles(found, n=20)[9], 1),
        "p95_ms": round(quantiles(found, n=20)[18], 1),
        "work_p50_ms": round(quantiles(worked, n=20)[9], 1),
        "work_p95_ms": round(quantiles(worked, n=20)[18], 1),
        "reads": reads,
        "items_read": items,
    }
