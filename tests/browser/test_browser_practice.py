"""A practice stage of its own: an evening comes in, every screen is marked, the debrief is calm."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import SHORT, Street, running
from tests.browser.test_browser_access import violations

LINES = (
    ("whatsapp", "help er is brand bij de buren, er zijn kinderen binnen", "spoed", True),
    ("facebook", "Wanneer is het bureau weer open?", "later", False),
    ("chat", "Mijn fiets is weg, waar meld ik dat?", "later", False),
)


@pytest.fixture
def practice(tmp_path: Path, browser: Browser) -> Iterator[Street]:
    """The stage that practises on three messages."""
    evening = tmp_path / "proef.jsonl"
    evening.write_text("\n".join(line(*one) for one in LINES), encoding="utf-8")
    with running(tmp_path / "stage", "--practice", str(evening), "--pace", "60") as found:
        yield Street(found["url"], found["channels"]["whatsapp"], browser, found["data"])


def line(channel: str, text: str, urgency: str, emergency: bool) -> str:  # noqa: FBT001 a label
    said = {"id": text, "at": "2026-03-01T20:00:00+01:00", "channel": channel, "author": "Bo"}
    return json.dumps({**said, "text": text, "urgency": urgency, "emergency": emergency})


def test_the_evening_comes_in_and_is_talked_over(practice: Street) -> None:
    fatima = practice.signed_in("Fatima Kaya")
    fatima.goto(f"{practice.url}/wachtrij")
    mark = fatima.get_by_role("complementary", name="Dit is een oefening")
    expect(mark).to_contain_text("OEFENING")
    expect(fatima.locator(".row__link")).to_have_count(len(LINES), timeout=4 * SHORT)
    mark.get_by_role("link", name="Nabespreking").click()
    expect(fatima).to_have_title("OEFENING – Nabespreking – Nabij")  # noqa: RUF001
    expect(fatima.get_by_role("heading", level=2).first).to_have_text("Samen")
    fatima.locator("summary", has_text="vragen nog om een antwoord").click()
    assert violations(fatima) == []
