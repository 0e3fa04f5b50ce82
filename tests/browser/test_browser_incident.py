"""Thirty people tell of one fire over five channels: one incident, one answer, a late one too."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK, PHONE, SHORT, Street, running
from tests.browser.test_browser_access import violations
from tests.browser.test_browser_citizen import until_seen

CHANNELS = ("whatsapp", "telegram", "messenger", "sms", "instagram")
SAID = (
    "Brand in de loods aan de Textielstraat in Enschede",
    "Grote brand aan de Textielstraat in Enschede, de loods brandt",
    "Rook en vlammen uit de loods, Textielstraat Enschede",
    "Loods in brand aan de Textielstraat Enschede, veel zwarte rook",
    "Wij zien brand bij de loods in de Textielstraat, Enschede",
    "Er is brand in die loods, Textielstraat in Enschede",
)
MORE = (
    "Komt de brandweer?", "Het ruikt hier ook.", "De vlammen slaan uit het dak.",
    "Wij houden de ramen dicht.", "Er staat veel wind.",
)  # fmt: skip
TEXT = "Dank u voor uw melding. De brandweer is bij de loods. Houd ramen en deuren dicht."
LATE = "Brand aan de Textielstraat in Enschede, de loods staat in de fik, mijn auto staat ernaast"
pytestmark = pytest.mark.timeout(900)

LONG = 6 * SHORT
"""Thirty messages through the whole service, and thirty answers back, on a busy machine."""


@pytest.fixture
def evening(tmp_path: Path, browser: Browser) -> Iterator[Street]:
    """A practice stage: thirty reports, each on its own channel as its platform brings it."""
    texts = [f"{one}. {more}" for more in MORE for one in SAID]
    lines = tmp_path / "brand.jsonl"
    lines.write_text("\n".join(map(line, range(len(texts)), texts)), encoding="utf-8")
    with running(tmp_path / "stage", "--practice", str(lines), "--pace", "60") as found:
        yield Street(found["url"], found["channels"]["whatsapp"], browser, found["data"])
        for context in browser.contexts:
            context.close()


def line(number: int, text: str) -> str:
    """One report, fifteen seconds after the one before."""
    minute, quarter = divmod(number, 4)
    said = {
        "id": f"b{number}", "at": f"2026-03-01T20:{minute:02}:{15 * quarter:02}+01:00",
        "channel": CHANNELS[number % len(CHANNELS)], "author": f"Bewoner {number}",
    }  # fmt: skip
    return json.dumps({**said, "text": text, "urgency": "spoed", "emergency": True})


def test_thirty_reports_are_one_incident_that_is_answered_once(evening: Street) -> None:
    fatima = evening.signed_in("Fatima Kaya")
    incident = opens_the_incident(fatima, evening)
    states_what_is_known(fatima)
    answered = answers_everyone(fatima)
    late = reports_late(evening)
    takes_out_and_puts_back(fatima, incident, late)
    helps_who_is_late(fatima, incident, late)
    everybody_was_answered(fatima, answered)


def opens_the_incident(page: Page, evening: Street) -> str:
    """Thirty reporters in one row; she takes the incident, and all its conversations with it."""
    page.goto(f"{evening.url}/wachtrij")
    expect(page.locator("body")).to_contain_text("30 melders", timeout=LONG)
    row = page.locator(".row__link[href^='/incident/']")
    expect(row).to_have_count(1)
    row.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Textielstraat")
    page.get_by_role("button", name="Oppakken").click()
    expect(page.locator(".waiting")).to_contain_text("30 gesprekken die wachten zijn van jou")
    assert violations(page) == []
    return page.url


def states_what_is_known(page: Page) -> None:
    page.locator("summary", has_text="Leg iets vast").click()
    page.locator(".board__add").get_by_label("Ontkend").check()
    page.get_by_label("Wat er bekend is").fill("Er zijn gewonden")
    page.get_by_label("Bron").fill("OvD brandweer")
    page.get_by_role("button", name="Leg vast").click()
    expect(page.locator(".board")).to_contain_text("Er zijn gewonden")


def answers_everyone(page: Page) -> str:
    """What the board denies is asked about before anything goes. The page of how far it is."""
    page.get_by_role("link", name="Antwoord iedereen").click()
    page.get_by_label("Aan wie privé meldde (24)").fill(f"{TEXT} Er zijn gewonden.")
    page.get_by_label("Openbaar, onder berichten (6)").fill(TEXT)
    page.get_by_role("button", name="Bekijk wie het krijgt").click()
    expect(page.locator("#bereik")).to_have_text("30 mensen krijgen dit")
    expect(page.locator(".leaks")).to_contain_text("Dit spreekt het feitenbord tegen")
    page.get_by_label("Aan wie privé meldde (24)").fill(TEXT)
    page.get_by_role("button", name="Bekijk opnieuw").click()
    expect(page.locator(".leaks")).to_have_count(0)
    assert violations(page) == []
    page.get_by_role("button", name="Verstuur aan 30 mensen").click()
    expect(page.locator("#stand")).to_be_visible()
    return page.url


def reports_late(evening: Street) -> Page:
    """Somebody tells of it in the web chat afterwards, and follows it in their dossier."""
    citizen = evening.visitor(viewport=PHONE)
    citizen.goto(f"{evening.url}/praat")
    citizen.get_by_role("textbox", name="Uw bericht").fill(LATE)
    citizen.get_by_role("button", name="Verstuur").click()
    expect(citizen.locator(".entry--out").first).to_be_visible(timeout=LONG)
    citizen.get_by_role("button", name="Mijn melding").click()
    expect(citizen.get_by_role("heading", level=1)).to_have_text("Mijn melding", timeout=LONG)
    until_seen(citizen, citizen.get_by_role("heading", name="Meer mensen melden dit"))
    citizen.get_by_role("button", name="Volg dit").click()
    expect(citizen.locator(".follow__told")).to_contain_text(TEXT)
    assert violations(citizen) == []
    return citizen


def takes_out_and_puts_back(page: Page, incident: str, late: Page) -> None:
    """A wrong join is undone, on a telephone: in the dossier it is as if it never was."""
    page.set_viewport_size(PHONE)
    page.goto(incident)
    report = page.locator(".incident__reports .reports").first.locator(".report", has_text=LATE)
    report.get_by_role("checkbox").check()
    page.get_by_role("button", name="Haal eruit: hoort er niet bij").click()
    expect(page.locator("#uit")).to_be_visible()
    assert violations(page) == []
    late.reload()
    expect(late.locator("main")).to_contain_text(LATE)
    expect(late.locator(".follow")).to_have_count(0)
    expect(late.locator("main")).not_to_contain_text(TEXT)
    page.get_by_role("button", name="Zet terug").click()
    expect(page.locator("#uit")).to_have_count(0)


def helps_who_is_late(page: Page, incident: str, late: Page) -> None:
    """The answer to everyone lies ready in their conversation; a person gives it."""
    page.set_viewport_size(DESK)
    page.goto(incident)
    page.locator(".report", has_text=LATE).get_by_role("link").first.click()
    page.locator(".claim__button").click()
    expect(page.locator(".compose__current")).to_contain_text(TEXT)
    page.get_by_role("button", name="Neem over").click()
    expect(page.locator("#text")).to_have_value(TEXT)
    page.get_by_role("button", name="Verstuur", exact=True).click()
    expect(page.locator(".entry--out").last).to_contain_text(TEXT)
    until_seen(late, late.locator("[data-part=messages]").get_by_text(TEXT))


def everybody_was_answered(page: Page, answered: str) -> None:
    page.goto(answered)
    expect(page.locator("#stand")).to_have_text("Klaar", timeout=LONG)
    expect(page.locator("[data-progress] dd").first).to_have_text("30")
    assert violations(page) == []


SMOKE = (
    "Grote brand in de school aan de Deldenerstraat in Hengelo, vlammen uit het dak",
    "Brand Deldenerstraat Hengelo, zwarte rook uit de school",
    "Wij zien ook rook bij die school, Deldenerstraat Hengelo, brand!",
)


def test_an_open_incident_follows_what_comes_in_and_leaves_what_is_typed(street: Street) -> None:
    for number, text in enumerate(SMOKE[:2]):
        street.whatsapp(text, author=f"NL.77{number}", name=f"Buur {number}")
    page = street.signed_in("Fatima Kaya")
    page.goto(f"{street.url}/wachtrij")
    page.locator(".row__link[href^='/incident/']", has_text="Deldenerstraat").click(timeout=LONG)
    expect(page.locator(".incident__counts dd").first).to_have_text("2")
    page.locator("summary", has_text="Leg iets vast").click()
    typed = page.get_by_label("Wat er bekend is")
    typed.fill("De school is leeg")
    street.whatsapp(SMOKE[2], author="NL.772", name="Buur 2")
    expect(page.locator(".incident__counts dd").first).to_have_text("3", timeout=LONG)
    expect(page.locator(".report")).to_have_count(3)
    expect(typed).to_have_value("De school is leeg")
    page.locator("summary", has_text="Overdragen").click()
    page.get_by_label("Aan team").select_option(index=1)
    assert violations(page) == []
    page.get_by_role("button", name="Draag over").click()
    expect(page.locator(".holder", has_text="Ligt bij")).to_be_visible()
