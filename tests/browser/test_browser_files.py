"""Files in a real browser: not asked for before the reader asks, and sent along with an answer."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from infra.fakes.client import Fakes
from tests.browser.conftest import PHONE, SHORT, Street
from tests.browser.test_browser_access import violations
from tests.browser.test_browser_journeys import SANNE, opened
from tests.pictures import PDF, VOICE, photo


@pytest.fixture
def fakes(stage: dict[str, Any]) -> Fakes:
    return Fakes(stage["fakes_url"])


def sends(street: Street, fakes: Fakes, name: str, author: str) -> None:
    """A citizen sends one of each: a photo, a voice message, a letter, and what goes wrong."""
    files = [
        ("image", photo(told=True), "image/jpeg", {"caption": "Dit ligt bij de sloot"}),
        ("audio", VOICE, "audio/ogg; codecs=opus", {}),
        ("document", PDF, "application/pdf", {"filename": "brief gemeente.pdf"}),
        ("image", PDF, "image/jpeg", {}),
        ("document", b"MZ\x90\x00", "application/pdf", {"filename": "factuur.pdf"}),
    ]
    for kind, body, mime, more in files:
        file = {"id": fakes.file("whatsapp", body, mime), "mime_type": mime, **more}
        street.whatsapp_message(author, name, type=kind, **{kind: file})
    gone = {"id": "999999", "mime_type": "image/jpeg"}
    street.whatsapp_message(author, name, type="image", image=gone)


def read(street: Street, fakes: Fakes, name: str, author: str, **options: Any) -> Page:
    """Sanne reads what that citizen sent, once all of it was brought here."""
    sends(street, fakes, name, author)
    sanne = street.signed_in(SANNE, **options)
    sanne.goto(f"{street.url}/wachtrij")
    expect(sanne.get_by_role("link", name=name, exact=True)).to_be_visible(timeout=SHORT)
    opened(street, sanne, name)
    expect(sanne.get_by_role("button", name="Probeer opnieuw")).to_be_visible(timeout=SHORT)
    expect(sanne.get_by_text("wordt opgehaald")).to_have_count(0)
    return sanne


def test_axe_finds_nothing_whether_files_are_folded_or_shown(street: Street, fakes: Fakes) -> None:
    sanne = read(street, fakes, "Fleur F", "NL.8301")
    assert violations(sanne) == []
    for cover in sanne.locator(".file__cover").all():
        cover.click()
    assert violations(sanne) == []


def test_nothing_is_asked_for_before_the_reader_asks(street: Street, fakes: Fakes) -> None:
    asked: list[str] = []
    said: list[str] = []
    sends(street, fakes, "Gijs G", "NL.8302")
    sanne = street.signed_in(SANNE)
    sanne.on("request", lambda request: asked.append(request.url))
    sanne.on("console", lambda message: said.append(message.text))
    sanne.goto(f"{street.url}/wachtrij")
    expect(sanne.get_by_role("link", name="Gijs G", exact=True)).to_be_visible(timeout=SHORT)
    opened(street, sanne, "Gijs G")
    show = sanne.get_by_text("Toon foto")
    expect(show).to_be_visible(timeout=SHORT)
    sanne.wait_for_timeout(500)
    assert not [url for url in asked if "/bestand/" in url]
    show.click()
    picture = sanne.get_by_role("img", name="Foto van Gijs G")
    expect(picture).to_be_visible(timeout=SHORT)
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("one => one.naturalWidth") == 640
    assert said == []


def test_an_agent_sends_a_file_along(street: Street, fakes: Fakes) -> None:
    sanne = read(street, fakes, "Hanna H", "NL.8303")
    before = len(fakes.sent())
    sanne.get_by_role("button", name="Oppakken").click()
    pick = sanne.get_by_label("Voeg een bestand toe")
    pick.set_input_files({"name": "x.exe", "mimeType": "image/png", "buffer": b"MZ\x90\x00"})
    expect(sanne.get_by_text("dit soort bestand kan hier niet mee")).to_be_visible(timeout=SHORT)
    pick.set_input_files({"name": "folder.pdf", "mimeType": "application/pdf", "buffer": PDF})
    expect(sanne.get_by_role("button", name="Haal folder.pdf weg")).to_be_visible(timeout=SHORT)
    assert violations(sanne) == []
    sanne.get_by_role("textbox", name=re.compile("Antwoord aan")).fill("Hierbij de folder")
    sanne.get_by_role("button", name="Verstuur", exact=True).click()
    expect(sanne.get_by_text("Meegestuurd bestand: folder.pdf")).to_be_visible(timeout=SHORT)
    sent = fakes.wait_for_sent(before + 1, within=60)[before:]
    assert [(one["text"], one["kind"]) for one in sent] == [("Hierbij de folder", "document")]


def test_a_file_is_taken_away_again_by_keyboard(street: Street, fakes: Fakes) -> None:
    sanne = read(street, fakes, "Inge I", "NL.8304", viewport=PHONE)
    sanne.get_by_role("button", name="Oppakken").click()
    pick = sanne.get_by_label("Voeg een bestand toe")
    pick.set_input_files({"name": "folder.pdf", "mimeType": "application/pdf", "buffer": PDF})
    away = sanne.get_by_role("button", name="Haal folder.pdf weg")
    expect(away).to_be_visible(timeout=SHORT)
    expect(pick).to_be_disabled()
    away.focus()
    sanne.keyboard.press("Enter")
    expect(away).to_have_count(0)
    expect(pick).to_be_focused()


def test_a_citizen_brings_a_photo_along_on_the_form(street: Street) -> None:
    said: list[str] = []
    lies = street.visitor(viewport=PHONE)
    lies.on("console", lambda message: said.append(message.text))
    lies.goto(f"{street.url}/formulier")
    lies.get_by_role("textbox", name="Uw bericht").fill("Er ligt afval bij de vijver")
    pick = lies.get_by_label("Voeg een bestand toe")
    pick.set_input_files({"name": "vijver.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    expect(lies.get_by_role("button", name="Haal vijver.jpg weg")).to_be_visible(timeout=SHORT)
    assert violations(lies) == []
    lies.get_by_role("textbox", name="Naam").fill("Lies L")
    lies.get_by_role("checkbox").check()
    lies.get_by_role("button", name="Verstuur bericht").click()
    expect(lies.get_by_role("heading", level=1)).to_have_text("Uw bericht is ontvangen")
    assert said == []
    sanne = street.signed_in(SANNE)
    opened(street, sanne, "Lies L")
    sanne.get_by_text("Toon foto").click()
    expect(sanne.get_by_role("img", name="Foto van Lies L")).to_be_visible(timeout=SHORT)
