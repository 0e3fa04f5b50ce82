"""What a browser's main thread does for a key, from its own trace: processor time, not the clock.

A busy machine makes a key wait for its turn, and the clock counts that; a thread's own processor
time hardly changes with its neighbours. Counted is every task that ended while somebody typed, the
next frame's style, layout and paint among them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

CATEGORIES = ["devtools.timeline", "toplevel"]
TASK = "ThreadControllerImpl::RunTask"
A_MOMENT = 50


@contextmanager
def traced(page: Any) -> Iterator[list[dict[str, Any]]]:
    """What happened meanwhile, in the browser's own words; there when the block is over."""
    session = page.context.browser.new_browser_cdp_session()
    events: list[dict[str, Any]] = []
    over: list[bool] = []
    session.on("Tracing.dataCollected", lambda told: events.extend(told["value"]))
    session.on("Tracing.tracingComplete", lambda _: over.append(True))
    asked = {"traceConfig": {"includedCategories": CATEGORIES}, "transferMode": "ReportEvents"}
    session.send("Tracing.start", asked)
    yield events
    session.send("Tracing.end")
    while not over:
        page.wait_for_timeout(A_MOMENT)
    session.detach()


def main_thread(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All that has a length, on the thread that the keys came to."""
    keys = (one for one in events if one["name"] == "EventDispatch" and kind(one) == "keydown")
    thread = place(next(keys))
    return [one for one in events if one["ph"] == "X" and place(one) == thread]


def place(event: dict[str, Any]) -> tuple[int, int]:
    return event["pid"], event["tid"]


def kind(event: dict[str, Any]) -> str:
    """Which event of the page was told to its scripts."""
    found: str = event["args"]["data"]["type"]
    return found


def processor_time(events: list[dict[str, Any]], keys: int) -> dict[str, float]:
    """Milliseconds a key: all of the main thread's tasks, and our own scripts at the key itself."""
    here = main_thread(events)
    tasks = [one for one in here if one["name"] == TASK]
    told = [one for one in here if one["name"] == "EventDispatch"]
    ours = [one for one in told if kind(one) in ("keydown", "input")]
    return {
        "all_tasks": mean(tasks, keys),
        "scripts_at_the_key": mean(ours, keys),
        "longest_task": round(max(map(processor, tasks)) / 1_000, 2),
    }


def mean(events: list[dict[str, Any]], keys: int) -> float:
    return round(sum(map(processor, events)) / 1_000 / keys, 2)


def processor(event: dict[str, Any]) -> int:
    """Microseconds of the thread's own time; an event that the trace cut off tells none."""
    took: int = event.get("tdur", 0)
    return took
