"""From webhook to queue, and how soon the 200 comes under load."""

import statistics
import threading
import time
from collections.abc import Callable
from typing import Any

from infra.benchmarks.house import Client, House, Platform, running_house

ROUNDS = 20
RATE, SECONDS = 50, 20
"""Posts a second, and for how long."""

SENDERS = 10

Progress = Callable[[str], None]


def measure(progress: Progress) -> dict[str, Any]:
    """All latency figures, in milliseconds."""
    with running_house() as house:
        return {
            "webhook_to_queue": webhook_to_queue(house, progress),
            "acknowledgement": acknowledgement(house, progress),
        }


def webhook_to_queue(house: House, progress: Progress) -> dict[str, Any]:
    """From the POST until the message is in ``GET /queue``, one at a time."""
    platform = Platform.of(house)
    found = []
    with house.client() as agent:
        for number in range(ROUNDS):
            text = f"Is het bureau open? Vraag {number}"
            begin = time.perf_counter()
            platform.deliver(agent, platform.body(f"wamid.l{number}", f"NL.{number}", text))
            while not any(item["text"] == text for item in agent.get("/api/v1/queue")["items"]):
                time.sleep(0.005)
            found.append((time.perf_counter() - begin) * 1000)
            progress(f"webhook to queue: {number + 1}/{ROUNDS}")
    return {"rounds": ROUNDS, "median_ms": round(statistics.median(found), 1),
            "max_ms": round(max(found), 1)}  # fmt: skip


def acknowledgement(house: House, progress: Progress) -> dict[str, Any]:
    """The time until the 200, at a steady rate: late starts count against us."""
    platform = Platform.of(house)
    total = RATE * SECONDS
    bodies = [
        platform.body(f"wamid.a{n}", f"NL.{n % 200}", f"Er is iets met nummer {n}")
        for n in range(total)
    ]
    found: list[float] = []
    refused: list[int] = []
    begin = time.perf_counter() + 0.5

    def send(mine: range) -> None:
        with Client(house.local()["url"], "") as client:
            for number in mine:
                due = begin + number / RATE
                time.sleep(max(0.0, due - time.perf_counter()))
                status = platform.deliver(client, bodies[number])
                found.append((time.perf_counter() - due) * 1000)
                if status != 200:  # noqa: PLR2004 OK
                    refused.append(status)

    senders = [
        threading.Thread(target=send, args=(range(n, total, SENDERS),)) for n in range(SENDERS)
    ]
    for sender in senders:
        sender.start()
    while any(sender.is_alive() for sender in senders):
        time.sleep(1)
        progress(f"acknowledgement: {len(found)}/{total}")
    drained = wait_until_nothing_is_owed(house)
    marks = statistics.quantiles(found, n=100)
    return {
        "posts": total,
        "per_second": RATE,
        "refused": len(refused),
        "p50_ms": round(marks[49], 1),
        "p95_ms": round(marks[94], 1),
        "p99_ms": round(marks[98], 1),
        "max_ms": round(max(found), 1),
        "drained_after_s": round(drained, 1),
    }


def wait_until_nothing_is_owed(house: House, within: float = 600.0) -> float:
    """Seconds until the ledger owes nothing. Raises ``TimeoutError``."""
    begin = time.perf_counter()
    with house.client("manager") as manager:
        while manager.get("/api/v1/ledger")["owed"]:
            if time.perf_counter() - begin > within:
                raise TimeoutError("the ledger still owes work")
            time.sleep(0.2)
    return time.perf_counter() - begin
