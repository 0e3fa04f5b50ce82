"""A storm: 20,000 posts of as many people about one fire in ten minutes, while a team works.

Played through the service's own flow in this process, at the storm's own clock: what a partition is
asked in a second of the storm is counted (``metered``), however long this machine takes for it.
Detection reads by rules alone, since its cost is not what is asked here.
``NABIJ_STORM_POSTS`` makes it shorter at the same pace.
"""

import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from chalicelib import wiring
from chalicelib.channels.contract import WebhookRequest
from chalicelib.detection import classifier
from chalicelib.domain.principal import Principal
from chalicelib.flows.desk.viewing import view_queue
from chalicelib.flows.incidents.coordinating import view_incidents
from chalicelib.flows.incidents.incident_desk import view_desk
from chalicelib.flows.running.auditing import LONGER_THAN, audit_day
from chalicelib.flows.running.sweeping import sweep
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.receiving import receive_webhook
from chalicelib.jobs.sqlite import SqliteJobs
from infra.benchmarks.latency import Progress
from infra.benchmarks.metered import READS_A_SECOND, WRITES_A_SECOND, Metered
from infra.recording import ACCOUNT, TEAM, NobodySignsIn, Recording, house
from infra.replay import drain, work

POSTS, MINUTES = 20_000, 10
LOOK_EVERY, OPEN_EVERY = 50, 250
"""So often somebody looks at the queue, and at the incident's own page."""

LOOKS_AFTER = 40
"""So often at the queue once the storm is over."""

TOLD_EVERY = 500

A_MINUTE = POSTS // MINUTES
"""Posts in it; so often the sweeper comes by."""

BEGIN = datetime(2026, 11, 21, 20, tzinfo=UTC)
NADIA = Principal(id="nadia", name="Nadia Kaya", role="coordinator", team=TEAM)
TEXTS = (
    "Grote brand in de loods aan de Textielstraat in Enschede, vlammen uit het dak!",
    "Brand aan de Textielstraat Enschede, dikke zwarte rook uit die loods",
    "wij zien ook rook en vlammen bij de loods aan de Textielstraat in Enschede",
    "Wat is er aan de hand in Enschede? Enorme rookwolk boven de Textielstraat",
    "Textielstraat Enschede: de hele loods staat in brand, hoor knallen",
)


def measure(progress: Progress) -> dict[str, Any]:
    """The figures; ``busiest second`` must stay below the limits."""
    posts = int(os.environ.get("NABIJ_STORM_POSTS", POSTS))
    with tempfile.TemporaryDirectory(prefix="nabij-storm-") as name:
        clock = Recording(BEGIN)
        services = house(Path(name), clock, {"x"})
        table = Metered(services.table, lambda: int(clock.at.timestamp()))
        jobs = SqliteJobs(Path(name) / "storm-jobs.sqlite", clock)
        services = replace(services, table=table, jobs=jobs, classify=classifier("rules"))
        wiring.use(wiring.House(services=services, sign_in=NobodySignsIn()))
        looks, by_clock, of_processor = Looks(), time.perf_counter(), time.process_time()
        for number in range(posts):
            blow(services, clock, number, looks)
            if number % TOLD_EVERY == 0:
                progress(f"storm {number}/{posts} {json.dumps(peaks(table) | looks.taken())}")
        costs = {
            "milliseconds a post, by the clock": each(time.perf_counter() - by_clock, posts),
            "the same, of the processor": each(time.process_time() - of_processor, posts),
        }
        busiest = peaks(table)
        blow_over(services, clock, looks)
        return busiest | figures(services, clock, posts) | looks.taken() | costs


def each(seconds: float, posts: int) -> float:
    """Milliseconds a post."""
    return round(1000 * seconds / posts, 1)


def peaks(table: Metered) -> dict[str, Any]:
    """What the busiest partitions were asked in their busiest second."""
    return {
        "busiest second, write units": table.busiest(table.writes),
        "busiest second, read units": table.busiest(table.reads),
    }


@dataclass(slots=True)
class Looks:
    """What pages took of the processor, in seconds."""

    queue: list[float] = field(default_factory=list)
    incident: list[float] = field(default_factory=list)
    after: list[float] = field(default_factory=list)
    """At the queue, when it is over."""

    def taken(self) -> dict[str, tuple[float, float]]:
        """The median and what 95 of a hundred do not exceed, in milliseconds."""
        return {
            f"{page}, milliseconds of processor, p50, p95": middle_and_tail(taken)
            for page, taken in (
                ("queue", self.queue),
                ("incident's page", self.incident),
                ("queue, after it", self.after),
            )
            if taken
        }


def blow(services: Services, clock: Recording, number: int, looks: Looks) -> None:
    """One post comes in and is worked on; now and then somebody looks, behind its minute's work."""
    clock.at += timedelta(minutes=MINUTES) / POSTS
    line = {
        "id": f"s{number}", "at": clock.at.isoformat(), "channel": "x", "author": f"@s{number}",
        "text": f"{TEXTS[number % len(TEXTS)]} {number}",
    }  # fmt: skip
    request = WebhookRequest(method="POST", body=json.dumps(line).encode())
    receive_webhook(services, "x", ACCOUNT, request)
    drain(services)
    if number % A_MINUTE == 0:
        sweep(services)
    if number % LOOK_EVERY == 0:
        looks.queue.append(spent(lambda: view_queue(services, NADIA)))
    if number % OPEN_EVERY == 0:
        for one in view_incidents(services, NADIA, "open"):
            looks.incident.append(spent(partial(view_desk, services, NADIA, one.subject)))


def blow_over(services: Services, clock: Recording, looks: Looks) -> None:
    """It is over: what is still owed is done, and the team looks at what is left to it."""
    clock.at += timedelta(minutes=2)
    work(services)  # what is owed is found
    work(services)  # and done
    for _ in range(LOOKS_AFTER):
        clock.at += timedelta(seconds=3)
        looks.after.append(spent(lambda: view_queue(services, NADIA)))


def spent(doing: Callable[[], object]) -> float:
    """Seconds of the processor."""
    begin = time.process_time()
    doing()
    return time.process_time() - begin


def figures(services: Services, clock: Recording, posts: int) -> dict[str, Any]:
    """What came of it; lost and shown twice by the service's own audit of the day."""
    found = view_incidents(services, NADIA, "open")
    clock.at += LONGER_THAN  # from then on it counts what waits as lost
    audit = audit_day(services, BEGIN.date().isoformat())
    return {
        "posts": posts,
        "posts a second of the storm": round(POSTS / MINUTES / 60, 1),
        "received, accepted": (audit.received, audit.accepted),
        "lost": audit.lost,
        "shown twice": audit.shown_twice,
        "incidents": len(found),
        "messages in the largest": max((one.messages for one in found), default=0),
        "allowed a second": {"write": WRITES_A_SECOND, "read": READS_A_SECOND},
    }


def middle_and_tail(seconds: list[float]) -> tuple[float, float]:
    """The median and what 95 of a hundred do not exceed, in milliseconds."""
    found = (statistics.median(seconds), percentile(seconds, 95))
    return round(1000 * found[0], 1), round(1000 * found[1], 1)


def percentile(values: list[float], wanted: int) -> float:
    """Of a sorted list the value that so many percent do not exceed."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, len(ranked) * wanted // 100)]
