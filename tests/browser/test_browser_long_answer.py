"""A long answer, while it is typed: counted by the server, shown in the messages that go out."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import SHORT, Street
from tests.browser.test_browser_journeys import SANNE, opened


def test_a_long_answer_shows_its_parts_while_it_is_typed(street: Street) -> None:
    street.whatsapp("Kunt u dat uitleggen?", author="NL.790", name="Ida L")
    sanne = street.signed_in(SANNE)
    opened(street, sanne, "Ida L")
    sanne.get_by_role("button", name="Oppakken").click()
    answer = sanne.get_by_role("textbox", name=re.compile("Antwoord aan Ida L"))
    counter = sanne.locator("[data-counter]")
    answer.fill("Zeker.")
    expect(counter).to_have_text("Nog 4090 tekens")
    answer.fill("Een zin van een woord of wat. " * 200)
    parts = sanne.get_by_role("list", name="Dit gaat weg in 2 berichten, na elkaar")
    expect(parts.get_by_role("listitem")).to_have_count(2, timeout=SHORT)
    answer.fill("a" * (4 * 4096 + 5))
    expect(counter).to_have_text("5 tekens te lang", timeout=SHORT)
    answer.fill("Toch maar kort.")
    expect(parts).to_have_count(0)
    answer.press("Control+Enter")
    expect(sanne.locator(".entry--out .delivery")).to_have_text("Verstuurd", timeout=SHORT)
