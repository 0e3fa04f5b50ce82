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
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from chalicelib import wiring
from chalicelib.channels.contract import WebhookRequest
from chalicelib.detection import classifier
from chalicelib.domain.principal import Principal
from chalicelib.flows.desk.viewing import view_queue
from chalicelib.flows.incidents.coordinating import view_incidents
from chalicelib.flows.running.sweeping import sweep
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.intake import receive_webhook
from infra.benchmarks.latency import Progress
from infra.benchmarks.metered import READS_A_SECOND, WRITES_A_SECOND, Metered
from infra.recording import ACCOUNT, TEAM, NobodySignsIn, Recording, house
from infra.replay import drain, work

POSTS, MINUTES = 20_000, 10
LOOK_EVERY = 50
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
        services = replace(services, table=table, classify=classifier("rules"))
        wiring.use(wiring.House(services=services, sign_in=NobodySignsIn()))
        begin = time.perf_counter()
        looks = [blow(services, clock, number) for number in told(posts, progress)]
        took = time.perf_counter() - begin
        peaks = {
            "busiest second, write units": table.busiest(table.writes),
            "busiest second, read units": table.busiest_read(),
        }
        clock.at += timedelta(minutes=2)
        work(services)  # what is owed is found
        work(services)  # and done
        return peaks | figures(services, posts, took, [one for one in looks if one])


def told(posts: int, progress: Progress) -> Iterator[int]:
    """The numbers of the posts, with how far it is."""
    for number in range(posts):
        if number % 100 == 0:
            progress(f"storm {number}/{posts}")
        yield number


def blow(services: Services, clock: Recording, number: int) -> float | None:
    """One post comes in and is worked on; now and then, how long the queue then took to show."""
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
    if number % LOOK_EVERY:
        return None
    begin = time.process_time()
    view_queue(services, NADIA)
    return time.process_time() - begin


def figures(services: Services, posts: int, took: float, looks: list[float]) -> dict[str, Any]:
    """What came of it."""
    found = view_incidents(services, NADIA, "open")
    return {
        "posts": posts,
        "posts a second of the storm": round(POSTS / MINUTES / 60, 1),
        "incidents": len(found),
        "messages in the largest": max((one.messages for one in found), default=0),
        "milliseconds a post, by the clock": round(took / posts * 1000, 1),
        "allowed a second": {"write": WRITES_A_SECOND, "read": READS_A_SECOND},
        "queue, milliseconds of processor, p50": round(1000 * statistics.median(looks), 1),
        "queue, milliseconds of processor, p95": round(1000 * percentile(looks, 95), 1),
    }


def percentile(values: list[float], wanted: int) -> float:
    """Of a sorted list the value that so many percent do not exceed."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, len(ranked) * wanted // 100)]
