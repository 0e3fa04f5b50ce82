"""Every message exactly once, although the process is killed again and again.

Each envelope is delivered several times in random order, by a platform that tries again whenever
it gets no 200, while the service is killed with SIGKILL and started again, and while an agent
answers. At the end each message is in the table exactly once, no reply was sent twice, and the
ledger owes nothing.
"""

import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from urllib3.exceptions import HTTPError

from infra.benchmarks.house import Client, House, Platform, running_house
from infra.benchmarks.latency import Progress, wait_until_nothing_is_owed

AUTHORS = 500
REPLIES = 60
BROKEN = (OSError, HTTPError, ValueError)
NOTHING_TO_DO = (KeyError, StopIteration)


@dataclass(slots=True)
class Outcome:
    """What happened meanwhile."""

    kills: int = 0
    delivered: int = 0
    tried_again: int = 0
    replied: dict[str, str] = field(default_factory=dict)


def measure(
    progress: Progress, envelopes: int = 10_000, times: int = 3, kills: int = 20
) -> dict[str, Any]:
    """The figures; ``lost``, ``duplicates`` and ``sent_twice`` must be 0."""
    begin = time.perf_counter()
    with running_house() as house:
        platform = Platform.of(house)
        expected = {f"bericht {n}": f"NL.{n % AUTHORS}" for n in range(envelopes)}
        bodies = [
            platform.body(f"wamid.k{n}", author, text)
            for n, (text, author) in enumerate(expected.items())
        ] * times
        random.Random(11).shuffle(bodies)
        outcome = Outcome()
        done = threading.Event()
        threads = [
            threading.Thread(target=deliver_all, args=(house, platform, bodies, outcome, done)),
            threading.Thread(target=answer_some, args=(house, outcome, done)),
        ]
        for thread in threads:
            thread.start()
        kill_often(house, outcome, done, total=len(bodies), kills=kills, progress=progress)
        for thread in threads:
            thread.join()
        progress("delivered all; waiting until nothing is owed")
        drained = wait_until_nothing_is_owed(house)
        figures = judged(house, expected, outcome)
    seconds = round(time.perf_counter() - begin, 1)
    return {**figures, "drained_after_s": round(drained, 1), "seconds": seconds}


def deliver_all(
    house: House, platform: Platform, bodies: list[bytes], outcome: Outcome, done: threading.Event
) -> None:
    """A platform that does not give up."""
    with Client(f"http://127.0.0.1:{house.port}", "") as client:
        for body in bodies:
            while not accepted(platform, client, body):
                outcome.tried_again += 1
                time.sleep(0.02)
            outcome.delivered += 1
    done.set()


def accepted(platform: Platform, client: Client, body: bytes) -> bool:
    """Whether we said 200."""
    try:
        return platform.deliver(client, body) == 200  # noqa: PLR2004 OK
    except BROKEN:
        return False


def answer_some(house: House, outcome: Outcome, done: threading.Event) -> None:
    """An agent who answers; after a crash, the same reply once more."""
    while not done.is_set() and len(outcome.replied) < REPLIES:
        try:
            with house.client() as agent:
                answer_one(agent, outcome)
        except (*BROKEN, *NOTHING_TO_DO):
            time.sleep(0.2)


def answer_one(agent: Client, outcome: Outcome) -> None:
    """Claim the first that nobody answered, and reply until the service says it has it."""
    items = agent.get("/api/v1/queue?limit=200")["items"]
    subject = next(i["subject"] for i in items if i["subject"] not in outcome.replied.values())
    agent.post(f"/api/v1/queue/{subject}/claim")
    reply_id = f"kill-{subject}"
    outcome.replied[reply_id] = subject
    for _ in range(20):
        try:
            seen = agent.get(f"/api/v1/conversations/{subject}")["newest"]
            body = {"reply_id": reply_id, "text": "We lezen mee.", "seen": seen}
            status, _ = agent.post(f"/api/v1/conversations/{subject}/replies", body)
        except BROKEN:
            time.sleep(0.3)
            continue
        if status in (200, 202):
            return
    del outcome.replied[reply_id]


def kill_often(
    house: House,
    outcome: Outcome,
    done: threading.Event,
    *,
    total: int,
    kills: int,
    progress: Progress,
) -> None:
    """SIGKILL at even distances through the deliveries."""
    while not done.is_set():
        if outcome.kills < kills and outcome.delivered >= total * outcome.kills / kills:
            house.kill()
            outcome.kills += 1
            house.start()
        progress(f"delivered {outcome.delivered}/{total}, killed {outcome.kills} times")
        done.wait(0.02)


def judged(house: House, expected: dict[str, str], outcome: Outcome) -> dict[str, Any]:
    """Read everything back and count."""
    found: Counter[str] = Counter()
    with house.client() as agent:
        for subject in subjects(agent):
            conversation = agent.get(f"/api/v1/conversations/{subject}")
            found.update(m["text"] for m in conversation["messages"] if m["direction"] == "in")
    sent = Counter(one["reply_id"] for one in house.sent())
    with house.client("manager") as manager:
        ledger = manager.get("/api/v1/ledger")
    return {
        "messages": len(expected),
        "deliveries": outcome.delivered,
        "tried_again": outcome.tried_again,
        "kills": outcome.kills,
        "lost": sum(text not in found for text in expected),
        "duplicates": sum(count - 1 for count in found.values()),
        "replies": len(outcome.replied),
        "sent": len(sent),
        "sent_twice": sum(count > 1 for count in sent.values()),
        "accepted": ledger["accepted"],
        "owed": ledger["owed"],
    }


def subjects(agent: Client) -> list[str]:
    """Every subject on the queue."""
    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = agent.get(f"/api/v1/queue?limit=200&cursor={cursor}")
        found += [item["subject"] for item in page["items"]]
        cursor = page["cursor"]
    return found
