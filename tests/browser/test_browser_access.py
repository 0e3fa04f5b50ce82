"""Every page for everybody: axe finds nothing, nothing is too wide, nothing moves."""

from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, ViewportSize

import app as house
from tests.browser.conftest import AXE, DESK, PHONE, Street
from tests.browser.heard import unheard
from tests.browser.pages import ELSEWHERE, NO_PAGES, PAGES, Opener

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
SANNE = "Sanne de Wit"
TWICE_AS_LARGE: ViewportSize = {"width": 720, "height": 450}
NARROWEST: ViewportSize = {"width": 320, "height": 640}
"""200 % of 1440 pixels, and what is left of 1280 at 400 % (WCAG 1.4.10)."""

Theme = Literal["light", "dark"]
LOOKS: tuple[tuple[Theme, ViewportSize], ...] = (
    ("light", DESK),
    ("dark", DESK),
    ("light", PHONE),
    ("dark", TWICE_AS_LARGE),
)
STATES = [
    pytest.param(opener, id=name) for states in PAGES.values() for name, opener in states.items()
]


WIDE = """[...document.querySelectorAll("body *")].filter(one => {
  if (one.getBoundingClientRect().right <= innerWidth) return false;
  for (let up = one.parentElement; up !== document.body; up = up.parentElement)
    if (getComputedStyle(up).overflowX !== "visible") return false;
  return true;
}).slice(-1).map(one => one.outerHTML.slice(0, 200))"""
"""The innermost part of a page that sticks out of it."""


MOVES = """document.getAnimations().some(one => one.playState === "running") ||
[...document.querySelectorAll("*")].some(one => {
  const { transitionDuration, animationDuration } = getComputedStyle(one);
  const all = `${transitionDuration}, ${animationDuration}`.split(", ");
  return all.some(seconds => parseFloat(seconds) > 0.01);
})"""
"""Whether anything is moving, or would when it is pointed at."""


def violations(page: Page) -> list[str]:
    """What axe finds in both themes; what is wider than its screen, moves or is not heard."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = []
    for theme, size in LOOKS:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.set_viewport_size(size)
        page.evaluate("scrollTo(0, 0)")
        result: dict[str, Any] = page.evaluate("rules => axe.run(document, rules)", RULES)
        found += [
            f"{theme} {size['width']}: {one['id']} {node['html'][:200]}"
            for one in result["violations"]
            for node in one["nodes"]
        ]
        found += [f"{theme} {size['width']}: {one}" for one in unheard(page)]
    for size in (DESK, PHONE, TWICE_AS_LARGE, NARROWEST):
        page.set_viewport_size(size)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(
                f"{size['width']}: the page is wider than the screen: {page.evaluate(WIDE)}"
            )
    if page.evaluate(MOVES):
        found.append("something moves for who asked for less of that")
    return found


@pytest.mark.timeout(400)
@pytest.mark.parametrize("opener", STATES)
def test_axe_finds_nothing(street: Street, opener: Opener) -> None:
    assert violations(opener(street)) == []


def test_no_page_is_left_out() -> None:
    routes = {
        path
        for path, methods in house.app.routes.items()
        if "GET" in methods and not path.startswith("/api/")
    }
    assert routes == {*PAGES, *ELSEWHERE, *NO_PAGES}
    folder = Path(__file__).parent
    assert all("violations(" in (folder / file).read_text() for file in ELSEWHERE.values())


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
