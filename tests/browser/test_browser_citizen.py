"""A citizen's whole way, on a telephone: web chat, dossier, film, on by WhatsApp, where it stands,
how it went, and the request to erase.
"""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Street
from tests.browser.test_browser_access import violations

PATIENCE = 90_000
"""The first message of a new service waits for detection to be read in."""

LONG = 900
"""Seconds, on a machine that is very busy; a minute where it is not."""

FILM = b"\x00\x00\x00\x18ftypisom" + bytes(6_000_000)
"""Two parts of a film."""

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


def looks_into_it(street: Street, citizen: Page) -> None:
    """Every page of the dossier can be read by everybody; what was found is handed in."""
    for path in ("afspraak?hoe=call", "slachtoffer", "onderzoek"):
        citizen.goto(f"{street.url}/melding/{path}")
        assert violations(citizen) == []
    citizen.get_by_role("button", name="Begin").click()
    citizen.get_by_role("link", name="Gestolen spullen").click()
    expect(citizen.get_by_label("Wat is het?").first).to_have_value(re.compile("fatbike"))
    citizen.get_by_label("Serienummer").first.fill("WA-1")
    assert violations(citizen) == []
    citizen.get_by_role("button", name="Bewaar", exact=True).click()
    assert violations(citizen) == []
    citizen.get_by_role("button", name="Lever mijn onderzoek in").click()
    expect(citizen.get_by_text("Ingeleverd:")).to_be_visible()


def adds_a_film(citizen: Page) -> None:
    """Too large for one request: it goes in parts, one of which gets lost on the way."""
    film: Any = {"name": "slot.mp4", "mimeType": "video/mp4", "buffer": FILM}
    citizen.route("**/melding/groot/*/2", lambda route: route.abort(), times=1)
    citizen.locator("input[type=file]").set_input_files(film)
    expect(citizen.locator("[data-files] li")).to_be_visible()
    citizen.get_by_role("textbox", name="Uw bericht").fill("Het slot lag er nog")
    citizen.get_by_role("button", name="Verstuur").click()
    expect(citizen.get_by_text("Dank u. Een medewerker leest het.")).to_be_visible()
    until_seen(citizen, citizen.get_by_role("link", name="slot.mp4"))


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
    finishes(sanne)
    finishes_what_came_by_chat(street, sanne)


def finishes(sanne: Page) -> None:
    sanne.get_by_role("button", name="Afronden", exact=True).click()
    expect(sanne).to_have_url(re.compile("/wachtrij"))


def finishes_what_came_by_chat(street: Street, sanne: Page) -> None:
    sanne.goto(f"{street.url}/wachtrij")
    row = sanne.locator("li.row").filter(has_text="Het slot lag er nog")
    row.get_by_role("link").first.click()
    sanne.get_by_role("button", name="Oppakken").click()
    expect(sanne.get_by_role("textbox", name=re.compile("Antwoord aan"))).to_be_visible()
    finishes(sanne)


def says_how_it_went(citizen: Page) -> None:
    until_seen(citizen, citizen.get_by_role("heading", name="Wij zijn klaar"))
    assert violations(citizen) == []
    citizen.get_by_text("Goed", exact=True).click()
    citizen.get_by_role("button", name="Verstuur").first.click()
    expect(citizen.get_by_text("Dank u. Wij leren ervan.")).to_be_visible()


def asks_to_erase(street: Street, citizen: Page) -> None:
    """A person decides, and then the words are gone."""
    opened(citizen, "Intrekken of wissen")
    citizen.get_by_role("button", name="Vraag om alles te wissen").click()
    expect(citizen.get_by_text("Uw verzoek is binnen.")).to_be_visible()
    sanne = street.signed_in("Sanne de Wit")
    sanne.goto(f"{street.url}/verzoeken")
    sanne.get_by_role("button", name="Wis alles").first.click()
    expect(sanne.get_by_text("Alles van deze melding is gewist.")).to_be_visible()
    citizen.reload()
    expect(citizen.get_by_text(STOLEN)).to_have_count(0)


@pytest.mark.timeout(LONG)
def test_somebody_looks_into_their_own_matter(street: Street) -> None:
    looks_into_it(street, reports(street))


@pytest.mark.timeout(LONG)
def test_from_the_chat_to_the_end(street: Street) -> None:
    citizen = reports(street)
    adds_a_film(citizen)
    goes_on_on_whatsapp(street, citizen)
    is_helped(street, citizen)
    says_how_it_went(citizen)
    asks_to_erase(street, citizen)
