"""The desk as its reader's browser has it: keystroke to paint, what moves by itself, first load.

In Debian's Chromium, with 10,000 open items behind it. A keystroke is timed by the browser (Event
Timing) from the hardware's event to the next frame, in steps of 8 ms; what took less than 16 ms is
not reported and counts as 16; what it costs the page is in its main thread's processor time
(``traced.py``). What moves is the browser's own layout
shift (0.1 is what is called good), without what follows a reader's act.
"""

import gzip
import shutil
import statistics
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from chalicelib.domain.moments import moment
from chalicelib.store.sqlite import SqliteTable
from infra.benchmarks.desk import OPEN, everything, poured
from infra.benchmarks.house import Client, House, Platform, running_house
from infra.benchmarks.latency import Progress
from infra.benchmarks.traced import processor_time, traced

AGENT = "Sanne de Wit"
TEXT = "Goedemiddag, dat kunt u regelen op het bureau aan de Kerkstraat. Neem uw pas mee. " * 2
BETWEEN_KEYS = 60
ARRIVING = 5
PATIENCE = 300_000
SWITCHES = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
STILL = 2_000

CALM = "Thank you for your help yesterday, greetings to your colleagues"
QUESTION = "How can I report that my bike was stolen last week?"
DANGER = "help er is brand, er zijn kinderen binnen"

WATCH = """
  window.keys = []; window.moved = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (one.name === "keydown") keys.push(one.duration);
  }).observe({ type: "event", durationThreshold: 16 });
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) moved += one.value;
  }).observe({ type: "layout-shift" });
"""


def measure(progress: Progress) -> dict[str, Any]:
    """All of it; times in milliseconds. Needs Debian's Chromium and Playwright."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 only developers have it

    def furnish(folder: Path) -> None:
        with closing(SqliteTable(folder / "table.sqlite")):
            now = moment(datetime.now(UTC))
            poured(folder / "table.sqlite", everything(now, count=OPEN, within=600), progress)

    with running_house(furnish) as house, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(SWITCHES)
        )
        page = signed_in(browser.new_context(viewport={"width": 1440, "height": 900}), house)
        one = page.locator(".row__link").nth(10).get_attribute("href")
        found = {
            "open": OPEN,
            "first_load_bytes_compressed": {
                "queue": first_load(browser, page, house, "/wachtrij"),
                "conversation": first_load(browser, page, house, one),
            },
            "keystroke": typed(page, house, progress),
            "layout_shift": {
                "queue_loading": loading(page, house, "/wachtrij"),
                "conversation_loading": loading(page, house, one),
                **arrivals(page, house),
            },
        }
        browser.close()
    return found


def signed_in(context: Any, house: House) -> Any:
    """A page of an agent, with the browser's own stopwatches on it."""
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(house.local()["url"])
    page.get_by_role("button", name=AGENT).click()
    page.locator(".row").first.wait_for()
    page.add_init_script(WATCH)
    return page


def first_load(browser: Any, page: Any, house: House, path: str) -> dict[str, int]:
    """What a browser that has nothing loads for this page, each as gzip makes it."""
    fresh = browser.new_context(storage_state=page.context.storage_state()).new_page()
    fresh.set_default_timeout(PATIENCE)
    sizes: list[int] = []
    fresh.on("response", lambda one: sizes.append(len(gzip.compress(one.body()))))
    fresh.goto(f"{house.local()['url']}{path}")
    fresh.wait_for_load_state("networkidle")
    fresh.context.close()
    return {"files": len(sizes), "in_all": sum(sizes)}


def typed(page: Any, house: House, progress: Progress) -> dict[str, Any]:
    """An answer, at an agent's pace."""
    page.goto(f"{house.local()['url']}/wachtrij")
    page.locator(".row__link").nth(10).click()
    page.get_by_role("button", name="Oppakken").click()
    page.locator("#text:focus").wait_for()
    page.wait_for_timeout(STILL)
    with traced(page) as events:
        for number, sign in enumerate(TEXT):
            page.keyboard.press(sign if sign != " " else "Space", delay=BETWEEN_KEYS)
            progress(f"screen: key {number + 1}/{len(TEXT)}")
        page.wait_for_timeout(STILL)
    told: list[float] = page.evaluate("keys")
    took = sorted([16.0] * (len(TEXT) - len(told)) + told)
    return {
        "keys": len(TEXT),
        "to_paint_ms": {
            "within_16": len(TEXT) - len(told),
            "median": statistics.median(took),
            "p95": statistics.quantiles(took, n=20)[18],
            "slowest": took[-1],
        },
        "processor_ms": processor_time(events, len(TEXT)),
    }


def loading(page: Any, house: House, path: str) -> float:
    """While the page appears, and what it fetches after that."""
    page.goto(f"{house.local()['url']}{path}")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(STILL)
    return round(float(page.evaluate("moved")), 4)


@dataclass(slots=True)
class Arrivals:
    """Citizens who write while a page is open; ``written`` counts them by list."""

    page: Any
    house: House
    written: Counter[str] = field(default_factory=Counter)

    def write(self, text: str, rows: str) -> None:
        """Several at once, one message each, that belong on this list."""
        platform = Platform.of(self.house)
        with Client(self.house.local()["url"], "") as sender:
            for _ in range(ARRIVING):
                self.written[rows] += 1
                name = f"{rows}-{self.written[rows]}"
                platform.deliver(sender, platform.body(f"wamid.{name}", f"NL.{name}", text))

    def all_there(self, rows: str) -> None:
        last = self.page.locator(f"[data-rows={rows}] > .row").nth(self.written[rows] - 1)
        last.wait_for(state="attached")

    def begin(self) -> None:
        """The list of one language, short enough that what comes in lands in sight."""
        self.write(CALM, "team")
        self.page.goto(f"{self.house.local()['url']}/wachtrij?taal=en")
        self.all_there("team")
        self.page.wait_for_timeout(STILL)

    def moved_by(self, text: str, rows: str, there: Callable[[], None]) -> float:
        """How much moved by itself, from the first message until what follows is there."""
        before = float(self.page.evaluate("moved"))
        self.write(text, rows)
        there()
        self.page.wait_for_timeout(STILL)
        return round(float(self.page.evaluate("moved")) - before, 4)


def arrivals(page: Any, house: House) -> dict[str, float]:
    """What moves while somebody points at a row, and while nobody is at the page."""
    come = Arrivals(page, house)
    third = page.locator("[data-rows=team] > .row").nth(2)
    come.begin()
    third.hover()
    calm = come.moved_by(QUESTION, "team", lambda: page.locator("[data-fresh] button").wait_for())
    come.begin()
    third.hover()
    danger = come.moved_by(DANGER, "life", lambda: come.all_there("life"))
    come.begin()
    page.mouse.move(2, 2)
    away = come.moved_by(QUESTION, "team", lambda: come.all_there("team"))
    return {
        "questions_while_pointing": calm,
        "danger_while_pointing": danger,
        "questions_while_nobody_works": away,
    }
