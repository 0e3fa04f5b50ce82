"""Real pages in a real browser, served by the real local stage."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    Response,
    ViewportSize,
    expect,
    sync_playwright,
)

from infra.ports import free_port
from tests.conftest import signed, whatsapp_body

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = shutil.which("chromium")
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
SHORT = 40_000
"""Milliseconds to wait for anything on a page; only a very busy machine needs them."""
expect.set_options(timeout=SHORT)


def must_have(thing: object, what: str) -> None:
    """Skip loudly where something is not installed; in CI that is an error."""
    if thing:
        return
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing: the browser tests did not run")
    pytest.skip(f"BROWSER TESTS DID NOT RUN: {what} is missing")


@dataclass(slots=True)
class Street:
    """The running service, citizens who write to it, and people with browsers."""

    url: str
    secrets: dict[str, str]
    browser: Browser
    data: Path
    written: int = 0
    known: dict[str, Any] = field(default_factory=dict)
    recording: bool = False
    broken: list[str] = field(default_factory=list)
    """Pages on which something of ours went wrong."""

    def whatsapp(self, text: str, *, author: str, name: str = "Bo") -> None:
        """A citizen writes; the platform delivers it."""
        self.whatsapp_message(author, name, type="text", text={"body": text})

    def whatsapp_message(self, author: str, name: str, **what: Any) -> None:
        """A citizen sends whatever this is."""
        self.written += 1
        message = {
            **what,
            "id": f"wamid.b{self.written}",
            "from_user_id": author,
            "timestamp": str(int(time.time())),
        }
        contacts = [{"profile": {"name": name}, "user_id": author}]
        asked = signed(whatsapp_body([message], contacts=contacts), self.secrets["app_secret"])
        address = f"{self.url}/webhooks/whatsapp/{self.secrets['account']}"
        request = urllib.request.Request(address, asked.body, dict(asked.headers))  # noqa: S310
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            assert answer.status == 200

    def signed_in(self, who: str, **options: Any) -> Page:
        """A page of somebody who signed in by the provider's page."""
        if who not in self.known:
            context = self.context()
            page = context.new_page()
            page.goto(f"{self.url}/")
            page.get_by_role("button", name=who).click()
            page.wait_for_url(f"{self.url}/**")
            self.known[who] = context.storage_state()
            context.close()
        return self.context(storage_state=self.known[who], **options).new_page()

    def visitor(self, **options: Any) -> Page:
        """A page of somebody without an account."""
        return self.context(**options).new_page()

    def context(self, **options: Any) -> BrowserContext:
        options = {"viewport": DESK, "locale": "nl-NL", **options}
        context = self.browser.new_context(**options)
        context.set_default_timeout(SHORT)
        context.on("response", lambda response: self.note(response))  # noqa: PLW0108 - asks for a plain function
        if self.recording:
            context.tracing.start(screenshots=True, snapshots=True)
        return context

    def note(self, response: Response) -> None:
        """A page that says "this is our fault" looks well to whoever only looks at its looks."""
        if response.status == HTTPStatus.INTERNAL_SERVER_ERROR:
            self.broken.append(response.url)


@pytest.fixture(scope="package")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """The local stage, without the demo evening. What ``local.json`` tells."""
    must_have(CHROMIUM, "Debian's chromium")
    must_have(AXE.exists(), "axe-core (python -m infra assets)")
    with running(tmp_path_factory.mktemp("stage")) as found:
        yield found


@contextmanager
def running(data: Path, *options: str) -> Iterator[dict[str, Any]]:
    """A local stage of its own in this folder. What ``local.json`` tells."""
    command = [sys.executable, "-m", "infra", "run", *(options or ("--no-demo",))]
    command += ["--port", str(free_port()), "--data", str(data)]
    (data / "local.json").unlink(missing_ok=True)
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603 our own command
    try:
        known = told(data / "local.json", process)
        yield {**known, "data": data}
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def told(file: Path, process: "subprocess.Popen[bytes]") -> dict[str, Any]:
    """What the stage tells once it is ready."""
    until = time.monotonic() + 180
    while not file.exists():
        assert process.poll() is None, "the local stage did not start"
        assert time.monotonic() < until, "the local stage was not ready in time"
        time.sleep(0.1)
    found: dict[str, Any] = json.loads(file.read_text())
    return found


@pytest.fixture(scope="package")
def browser(stage: dict[str, Any]) -> Iterator[Browser]:
    """One browser for all tests; closed with them, since it keeps this thread's event loop."""
    assert stage
    with sync_playwright() as playwright:
        chromium = launched(playwright)
        yield chromium
        chromium.close()


def launched(playwright: Playwright) -> Browser:
    """Debian's own browser."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))


def bugs_in(log: Path) -> str:
    """Where the service went wrong, as it says itself."""
    return "".join(line for line in log.open() if '"a bug"' in line)


@pytest.fixture
def street(stage: dict[str, Any], browser: Browser) -> Iterator[Street]:
    secrets = stage["channels"]["whatsapp"]
    street = Street(stage["url"], secrets, browser, stage["data"], written=time.time_ns())
    yield street
    for context in browser.contexts:
        context.close()
    assert street.broken == [], bugs_in(stage["data"] / "logs" / "web.log")
