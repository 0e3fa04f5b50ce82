"""The journeys of a webcare desk, recorded: by keyboard alone, two at once, danger while typing.

Each leaves a recording of every page in ``build/journeys``; look at one with
``python -m playwright show-trace build/journeys/NAME.zip``.
"""

import json
import re
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.agent_time import Agent
from tests.browser.conftest import ROOT, Street
from tests.browser.test_browser_journeys import SANNE, YOUSSEF, opened

RECORDINGS = ROOT / "build" / "journeys"
pytestmark = pytest.mark.timeout(400)

HANDLED_WITHIN = 20.0
"""Seconds of an agent's time between the alarm and an answer that is on its way."""


@pytest.fixture
def recorded(street: Street, request: pytest.FixtureRequest) -> Iterator[Street]:
    """The street, with everything that its pages show written down."""
    street.recording = True
    yield street
    for number, context in enumerate(street.browser.contexts, 1):
        context.tracing.stop(path=RECORDINGS / f"{request.node.name}-{number}.zip")


def sent_with(street: Street, words: str) -> int:
    """How often an answer with these words reached a platform."""
    told = json.loads((street.data / "local.json").read_text())
    with urllib.request.urlopen(f"{told['fakes_url']}/_sent", timeout=30) as answer:  # noqa: S310
        written: bytes = answer.read()
    return written.decode().count(words)


def waiting(page: Page, street: Street, *names: str) -> None:
    """The queue, when each of them stands in it."""
    page.goto(f"{street.url}/wachtrij")
    for name in names:
        expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()


def listens(page: Page) -> None:
    """Wait until the page's keys work: the button that tells them appears with them."""
    expect(page.get_by_role("button", name="Sneltoetsen")).to_be_visible()


def test_a_first_day_agent_answers_five_messages_by_keyboard_only(recorded: Street) -> None:
    names = [f"Toetsenbord {number}" for number in range(5)]
    for number, name in enumerate(names):
        recorded.whatsapp(
            f"Hoe laat gaat bureau {number} open?", author=f"NL.81{number}", name=name
        )
    sanne = recorded.visitor()
    sanne.goto(recorded.url)
    focused = sanne.locator(":focus")
    tab_to(sanne, SANNE)
    sanne.keyboard.press("Enter")
    for name in names:
        expect(sanne.get_by_role("link", name=name, exact=True)).to_be_visible()
    listens(sanne)
    sanne.keyboard.press("ArrowDown")
    sanne.keyboard.press("?")
    expect(sanne.get_by_role("dialog", name="Sneltoetsen")).to_be_visible()
    sanne.keyboard.press("Escape")
    answered = []
    for number, name in enumerate(names):
        down_to(sanne, name)
        if number % 2:
            sanne.keyboard.press("o")
        else:
            sanne.keyboard.press("Enter")
            expect(sanne.get_by_role("heading", level=1, name=name)).to_be_visible()
            listens(sanne)
            sanne.keyboard.press("r")
            expect(focused).to_have_accessible_name("Oppakken")
            sanne.keyboard.press("Enter")
        expect(focused).to_have_accessible_name(re.compile(f"^Antwoord aan {name}"))
        listens(sanne)
        answered.append(sanne.url.split("?")[0].split("#")[0])
        sanne.keyboard.type(f"Bureau {number} gaat om negen uur open.")
        sanne.keyboard.press("Control+Shift+Enter")
        expect(sanne.get_by_text("het gesprek is afgerond")).to_be_visible()
        expect(sanne.get_by_role("link", name=name, exact=True)).to_have_count(0)
    for number, address in enumerate(answered):
        sanne.goto(address)
        expect(sanne.locator(".entry--out")).to_contain_text(f"Bureau {number} gaat")
        expect(sanne.locator(".entry--out .delivery")).to_have_text("Verstuurd")
        assert sent_with(recorded, f"Bureau {number} gaat") == 1


def tab_to(page: Page, name: str) -> None:
    """Tab until what bears this name has the focus."""
    target = page.get_by_role("button", name=name)
    expect(target).to_be_visible()
    for _ in range(20):
        page.keyboard.press("Tab")
        if target.evaluate("one => one === document.activeElement"):
            return
    pytest.fail(f"no way by Tab to {name}")


def down_to(page: Page, name: str) -> None:
    """Into the list and down to this citizen, by keys alone."""
    target = page.get_by_role("link", name=name, exact=True)
    expect(target).to_be_visible()
    listens(page)
    if page.locator(".row__link:focus").count() == 0:
        page.keyboard.press("ArrowDown")
    for _ in range(60):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("j")
    pytest.fail(f"no way by keys to {name}")


def test_two_agents_collide_and_nobody_sends_twice(recorded: Street) -> None:
    recorded.whatsapp("Mag ik een vuurkorf aan?", author="NL.821", name="Botsing J")
    sanne, youssef = recorded.signed_in(SANNE), recorded.signed_in(YOUSSEF)
    waiting(sanne, recorded, "Botsing J")
    opened(recorded, sanne, "Botsing J")
    opened(recorded, youssef, "Botsing J")
    expect(youssef.get_by_text(f"{SANNE} kijkt mee")).to_be_visible()
    youssef.route("**/berichten", lambda route: route.abort())  # a page that does not know yet
    sanne.get_by_role("button", name="Oppakken").click()
    answer = sanne.get_by_role("textbox", name=re.compile("Antwoord aan"))
    answer.fill("Dat mag, mits ver van de schutting 821.")
    youssef.get_by_role("button", name="Oppakken").click()
    expect(youssef.get_by_role("alert").filter(has_text="was je voor")).to_contain_text("Sanne")
    expect(youssef.get_by_role("textbox", name=re.compile("Antwoord aan"))).to_have_count(0)
    listens(sanne)
    answer.press("Control+Enter")
    sanne.keyboard.press("Control+Enter")
    expect(sanne.locator(".entry--out")).to_have_count(1)
    expect(sanne.locator(".entry--out .delivery")).to_have_text("Verstuurd")
    assert sent_with(recorded, "schutting 821") == 1


def test_life_at_risk_while_typing_is_handled_and_the_draft_is_still_there(
    recorded: Street,
) -> None:
    half = "Dat staat in Mijn Politie, onder"
    recorded.whatsapp("Waar vind ik mijn proces-verbaal?", author="NL.831", name="Rustig J")
    sanne = recorded.signed_in(SANNE)
    sanne.add_init_script(MARK_TONES)
    waiting(sanne, recorded, "Rustig J")
    nobody_else_in_danger(sanne, recorded)
    with_sound(sanne)
    opened(recorded, sanne, "Rustig J")
    sanne.get_by_role("button", name="Oppakken").click()
    answer = sanne.get_by_role("textbox", name=re.compile("Antwoord aan Rustig J"))
    expect(answer).to_be_focused()
    sanne.keyboard.type(half)
    expect(sanne.locator("[data-kept]")).to_have_text(re.compile("Concept bewaard"))

    recorded.whatsapp("help er is brand, kinderen binnen", author="NL.832", name="Gevaar J")
    strip = sanne.get_by_role("complementary", name="Leven in gevaar")
    expect(strip).to_be_visible()
    expect(sanne).to_have_title(re.compile(r"^\(1!\) Rustig J"))
    expect(sanne.get_by_role("alert").filter(has_text="leven in gevaar")).not_to_be_empty()
    expect(sanne.locator("html[data-tones]")).to_be_attached()
    expect(answer).to_be_focused()
    expect(answer).to_have_value(half)

    agent = Agent(sanne)
    agent.reads(strip)
    agent.thinks()
    agent.presses("Escape", "g")
    agent.waits_for_page()
    expect(sanne.get_by_role("heading", level=1, name="Gevaar J")).to_be_visible()
    listens(sanne)
    agent.reads(sanne.locator(".entry--in .bubble__text"))
    agent.thinks()
    agent.presses("r", "Enter")
    agent.waits_for_page()
    expect(sanne.get_by_role("textbox", name=re.compile("Antwoord aan Gevaar J"))).to_be_focused()
    listens(sanne)
    agent.clicks(sanne.get_by_role("button", name=re.compile("bel 112")))
    agent.thinks()
    agent.clicks(sanne.get_by_role("button", name="Verstuur nu, zonder wachten"))
    agent.waits_for_page()
    expect(sanne.locator(".entry--out .delivery")).to_have_text("Verstuurd")
    assert agent.seconds < HANDLED_WITHIN

    sanne.locator(".unsent").get_by_role("link", name="Rustig J").click()
    expect(answer).to_have_value(half)


MARK_TONES = """
  const make = AudioContext.prototype.createOscillator;
  AudioContext.prototype.createOscillator = function () {
    document.documentElement.dataset.tones = "yes";
    return make.call(this);
  };
"""
"""A browser without loudspeakers still makes the tones; the page is marked by them."""


def with_sound(page: Page) -> None:
    """As an agent who switched the sound on."""
    page.get_by_role("button", name=re.compile("Geluid")).click()
    expect(page.get_by_role("button", name=re.compile("Geluid"))).to_have_attribute(
        "aria-pressed", "true"
    )


def nobody_else_in_danger(page: Page, street: Street) -> None:
    """Every emergency of another journey is taken by somebody."""
    lane = page.get_by_role("region", name=re.compile("leven in gevaar"))
    while lane.get_by_role("button", name="Oppakken").count():
        lane.get_by_role("button", name="Oppakken").first.click()
        expect(page).to_have_url(re.compile("/(gesprek|incident)/"))
        page.goto(f"{street.url}/wachtrij")
