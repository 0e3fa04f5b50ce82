"""What a person says of a message: by keyboard, without a script, and blind."""

import re

from playwright.sync_api import Page, expect

from chalicelib.flows.assessing.drawing import draw
from infra.opened import services_at
from tests.browser.conftest import SHORT, Street
from tests.browser.test_browser_access import violations
from tests.browser.test_browser_journeys import SANNE, opened


def asked(street: Street, name: str, author: str, **options: bool) -> Page:
    """A citizen asked something, and Sanne reads it."""
    street.whatsapp("Hoe laat is het bureau open?", author=author, name=name)
    sanne = street.signed_in(SANNE, **options)
    sanne.goto(f"{street.url}/wachtrij")
    for _ in range(20):
        if sanne.get_by_role("link", name=name, exact=True).count():
            break
        sanne.wait_for_timeout(200)
        sanne.reload()
    opened(street, sanne, name)
    return sanne


def test_an_agent_corrects_by_keyboard_and_keeps_what_was_typed(street: Street) -> None:
    sanne = asked(street, "Vera V", "NL.7301")
    sanne.get_by_role("button", name="Oppakken").click()
    answer = sanne.get_by_role("textbox", name=re.compile("Antwoord aan Vera V"))
    answer.fill("Half af")
    sanne.locator(".findings summary").focus()
    sanne.keyboard.press("Enter")
    sanne.keyboard.press("Tab")
    expect(sanne.get_by_role("button", name=re.compile("^Ja, klopt"))).to_be_focused()
    sanne.keyboard.press("Tab")
    sanne.keyboard.press("Enter")
    urgency = sanne.get_by_label("Hoe dringend")
    expect(urgency).to_be_focused()
    urgency.select_option("nu")
    street.whatsapp("En morgen?", author="NL.7301", name="Vera V")
    expect(sanne.locator(".entry--in")).to_have_count(2, timeout=SHORT)
    expect(urgency).to_have_value("nu")
    sanne.get_by_role("button", name="Bewaren", exact=True).press("Enter")
    expect(sanne.locator(".verdict__said")).to_contain_text("Sanne de Wit zei: Nu")
    expect(answer).to_have_value("Half af")


def test_it_works_without_a_script(street: Street) -> None:
    sanne = asked(street, "Wim V", "NL.7302", java_script_enabled=False)
    sanne.locator(".findings summary").click()
    sanne.get_by_role("button", name=re.compile("^Ja, klopt")).click()
    expect(sanne.locator(".verdict__said")).to_contain_text("vond dat dit klopt")
    sanne.locator(".findings summary").click()
    sanne.get_by_role("link", name=re.compile("^Nee, verbeter")).click()
    sanne.get_by_label("Soort").select_option("klacht")
    sanne.get_by_role("button", name="Bewaren", exact=True).click()
    expect(sanne.locator(".verdict__said")).to_contain_text("klacht")


def test_the_sample_is_judged_with_four_keys(street: Street) -> None:
    asked(street, "Xandra V", "NL.7303")
    sanne = asked(street, "Yara V", "NL.7304")
    services = services_at(street.data)
    assert draw(services, "oost", services.now()[:10])
    sanne.goto(f"{street.url}/steekproef")
    expect(sanne.locator("[data-judge]")).to_be_focused()
    expect(sanne.locator("#progress")).to_contain_text("0 gedaan")
    assert violations(sanne) == []
    sanne.keyboard.press("3")
    expect(sanne.locator("#progress")).to_contain_text("1 gedaan")
    expect(sanne.locator("[data-judge]")).to_be_focused()
    sanne.get_by_role("link", name="Wachtrij").focus()
    sanne.keyboard.press("3")
    sanne.wait_for_timeout(300)
    expect(sanne.locator("#progress")).to_contain_text("1 gedaan")
    sanne.get_by_role("button", name=re.compile("^Geen haast")).click()
    expect(sanne.locator("#progress")).to_contain_text("2 gedaan")
