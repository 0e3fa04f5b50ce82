"""A citizen's way: web chat, dossier, file, on by WhatsApp, and a person who takes it up."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Street
from tests.browser.test_browser_access import violations
from tests.pictures import photo

PATIENCE = 90_000
"""The first message of a new service waits for detection to be read in."""

STOLEN = "Mijn zwarte fatbike met gele stickers is gestolen bij het station in Enschede"


def opened(page: Page, name: str) -> None:
    page.locator("summary").filter(has_text=name).click()


def until_seen(page: Page, what: Locator) -> None:
    """Look again until the worker was there."""
    for _ in range(20):
        page.reload()
        try:
            expect(what).to_be_visible(timeout=4_000)
        except AssertionError:
            continue
        return
    expect(what).to_be_visible()


def reports(street: Street) -> Page:
    """Somebody reports in the chat, and goes on to their dossier."""
    citizen = street.visitor(viewport=PHONE)
    citizen.goto(f"{street.url}/praat")
    assert violations(citizen) == []
    citizen.get_by_role("textbox", name="Uw bericht").fill(STOLEN)
    citizen.get_by_role("button", name="Verstuur").click()
    answer = citizen.locator(".entry--out").first
    expect(answer).to_contain_text("automatische assistent", timeout=PATIENCE)
    citizen.get_by_role("button", name="Mijn melding").click()
    expect(citizen.get_by_role("heading", level=1)).to_have_text("Mijn melding")
    assert violations(citizen) == []
    return citizen


def adds_a_file(citizen: Page) -> None:
    slot: Any = {"name": "slot.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    citizen.locator("input[type=file]").set_input_files(slot)
    expect(citizen.locator("[data-files] li")).to_be_visible()
    citizen.get_by_role("textbox", name="Uw bericht").fill("Het slot lag er nog")
    citizen.get_by_role("button", name="Verstuur").click()
    expect(citizen.get_by_text("Dank u. Een medewerker leest het.")).to_be_visible()
    link = citizen.get_by_role("link", name="slot.jpg")
    until_seen(citizen, link)


def goes_on_on_whatsapp(street: Street, citizen: Page) -> None:
    opened(citizen, "Verder op een ander kanaal")
    citizen.get_by_role("button", name="Maak een code").click()
    code = citizen.locator("[data-join-code]").inner_text()
    citizen.goto(f"{street.url}/melding")
    street.whatsapp(code, author="NL.9901", name="Kim B")
    until_seen(citizen, citizen.get_by_text("Was u dit?"))
    citizen.get_by_role("button", name="Ja, dat was ik").click()
    expect(citizen.get_by_text("Dat is verwerkt.")).to_be_visible()
    street.whatsapp("Iemand zag een wit busje", author="NL.9901", name="Kim B")
    seen = citizen.get_by_text("Iemand zag een wit busje")
    until_seen(citizen, seen)


def is_helped(street: Street, citizen: Page) -> None:
    """Sanne takes it up and finishes it; the citizen sees that somebody is working on it."""
    sanne = street.signed_in("Sanne de Wit")
    sanne.goto(f"{street.url}/wachtrij")
    sanne.get_by_role("link", name="Kim B").first.click()
    expect(sanne.get_by_role("heading", name="Melding van de inwoner")).to_be_visible()
    sanne.get_by_role("button", name="Oppakken").click()
    expect(sanne.get_by_role("textbox", name=re.compile("Antwoord aan"))).to_be_visible()
    citizen.reload()
    expect(citizen.locator(".status__state")).to_have_text("Een medewerker is ermee bezig")
    sanne.get_by_role("button", name="Afronden", exact=True).click()
    expect(sanne).to_have_url(re.compile("/wachtrij"))


def test_from_the_chat_to_a_person(street: Street) -> None:
    citizen = reports(street)
    adds_a_file(citizen)
    goes_on_on_whatsapp(street, citizen)
    is_helped(street, citizen)
