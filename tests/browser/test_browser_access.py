"""Every page for everybody: axe finds nothing, nothing overflows, targets can be hit."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import AXE, DESK, PHONE, Street

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
SANNE = "Sanne de Wit"


def violations(page: Page) -> list[str]:
    """What axe finds, at both widths in both themes."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            result: dict[str, Any] = page.evaluate("rules => axe.run(document, rules)", RULES)
            found += [
                f"{theme} {size['width']}: {one['id']} {node['html'][:200]}"
                for one in result["violations"]
                for node in one["nodes"]
            ]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{theme} {size['width']}: the page is wider than the screen")
    return found


def queue(street: Street) -> Page:
    street.whatsapp("help, er is brand, kinderen binnen", author="NL.8001", name="Fatima A")
    street.whatsapp("Hoe laat open?", author="NL.8002", name="Bram A")
    page = street.signed_in(SANNE)
    page.goto(f"{street.url}/wachtrij")
    expect(page.get_by_role("link", name="Bram A")).to_be_visible()
    return page


def conversation(street: Street) -> Page:
    page = queue(street)
    page.locator(".row__link", has_text="Fatima A").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fatima A")
    return page


def answering(street: Street) -> Page:
    page = conversation(street)
    page.get_by_role("button", name="Oppakken").click()
    page.get_by_role("textbox", name=re.compile("Notitie")).fill("Buren weten ervan")
    page.get_by_role("button", name="Notitie bewaren").click()
    page.get_by_role("textbox", name=re.compile("Antwoord aan")).fill("a" * 17_000)
    page.get_by_role("button", name="Verstuur", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text=re.compile("17.?000"))).to_be_visible()
    page.get_by_role("group").filter(has_text="Overdragen").first.click()
    return page


def correcting(street: Street) -> Page:
    page = conversation(street)
    page.locator(".findings summary").last.click()
    page.get_by_role("link", name=re.compile("^Nee, verbeter")).last.click()
    expect(page.get_by_label("Hoe dringend")).to_be_focused()
    return page


def incident(street: Street) -> Page:
    """Two citizens tell of one fire, a third of another."""
    fire = "rond de loods aan de Textielstraat in Enschede"
    street.whatsapp(f"Grote brand {fire}, vlammen uit het dak!", author="NL.8021")
    street.whatsapp(f"Brand, dikke zwarte rook {fire}", author="NL.8022")
    page = street.signed_in("Fatima Kaya")
    page.goto(f"{street.url}/wachtrij")
    page.locator(".row__link[href^='/incident/']").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Textielstraat")
    return page


def operations(street: Street) -> Page:
    page = street.signed_in("Tomasz Nowak")
    page.goto(f"{street.url}/beheer")
    return page


def channels(street: Street) -> Page:
    page = street.signed_in("Tomasz Nowak")
    page.goto(f"{street.url}/kanalen")
    return page


def approvals(street: Street) -> Page:
    page = channels(street)
    page.get_by_role("link", name="Goedkeuringen").first.click()
    page.get_by_role("button", name="Leg vast").click()
    expect(page.get_by_role("alert").filter(has_text="4 dingen")).to_be_visible()
    return page


def spoken(street: Street) -> Page:
    """A citizen who called before calls again, and the colleague forgot to say how they know."""
    page = street.signed_in(SANNE)
    for text in ("Mijn fiets is weg", "Ik belde net ook"):
        page.goto(f"{street.url}/telefoon")
        page.get_by_role("textbox", name="In de woorden").fill(text)
        page.get_by_role("textbox", name="Telefoonnummer of").fill("06 12345678")
        if text.startswith("Ik"):
            break
        page.get_by_role("button", name="Bewaar").click()
        expect(page.get_by_text("Noem de inwoner dit nummer")).to_be_visible()
    page.get_by_role("searchbox", name="Meldingsnummer").fill("0612345678")
    page.get_by_role("button", name="Zoeken").click()
    page.get_by_role("radio", name="Mijn fiets is weg").check()
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("alert").filter(has_text="waaraan je")).to_be_visible()
    return page


def form(street: Street) -> Page:
    page = street.visitor()
    page.goto(f"{street.url}/formulier")
    return page


def form_with_errors(street: Street) -> Page:
    page = form(street)
    page.get_by_role("textbox", name="E-mailadres").fill("rob")
    page.get_by_role("button", name="Verstuur bericht").click()
    expect(page.get_by_role("alert")).to_be_visible()
    return page


def answers(street: Street) -> Page:
    page = form(street)
    page.get_by_role("textbox", name="Uw bericht").fill("Goedemorgen")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Verstuur bericht").click()
    expect(page.get_by_text("Nog geen antwoord.")).to_be_visible()
    return page


def missing(street: Street) -> Page:
    page = street.visitor()
    page.goto(f"{street.url}/formulier/nergens")
    return page


def on_the_map(street: Street) -> Page:
    page = incident(street)
    page.goto(f"{street.url}/kaart")
    expect(page.get_by_role("slider")).to_be_visible()
    return page


@pytest.mark.parametrize(
    "opened",
    [
        queue,
        conversation,
        answering,
        correcting,
        operations,
        channels,
        approvals,
        spoken,
        form,
        form_with_errors,
        incident,
        on_the_map,
        answers,
        missing,
    ],
)
def test_axe_finds_nothing(street: Street, opened: Callable[[Street], Page]) -> None:
    assert violations(opened(street)) == []


def test_nothing_breaks_the_content_policy_or_the_console(street: Street) -> None:
    said: list[str] = []
    page = street.signed_in(SANNE)
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in ("/wachtrij", "/formulier", "/wachtrij?lang=en", "/wachtrij?lang=nl"):
        page.goto(f"{street.url}{path}")
        page.wait_for_timeout(300)
    assert said == []


def test_the_first_load_stays_small(street: Street) -> None:
    """Uncompressed bytes of all that the queue loads; compressed it is about a fifth."""
    sizes: list[int] = []
    page = street.signed_in(SANNE)
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.goto(f"{street.url}/wachtrij")
    page.wait_for_load_state("networkidle")
    assert sum(sizes) < 300_000
