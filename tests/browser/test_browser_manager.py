"""A duty manager on a busy night: what waits and is late, the list behind a figure, what comes."""

import re
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from chalicelib.domain.dutch_time import days_later
from chalicelib.domain.fact import Fact
from chalicelib.domain.moments import instant, moment
from chalicelib.flows.figures.counting import count, count_day
from chalicelib.flows.services import Services
from infra.benchmarks import month
from infra.opened import services_at
from tests.browser.conftest import Street, running
from tests.browser.test_browser_access import violations

MARIJKE, SANNE = "Marijke Bos", "Sanne de Wit"
WALL: ViewportSize = {"width": 1920, "height": 1080}


@pytest.fixture(scope="module")
def own_stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A stage of its own: what is counted here never came in as a message."""
    with running(tmp_path_factory.mktemp("night")) as found:
        yield found


@pytest.fixture
def street(own_stage: dict[str, Any], browser: Browser) -> Iterator[Street]:
    yield Street(
        own_stage["url"],
        own_stage["channels"]["whatsapp"],
        browser,
        own_stage["data"],
        written=time.time_ns(),
    )
    for context in browser.contexts:
        context.close()


@pytest.fixture
def night(street: Street) -> Services:
    """Two days of twelve an hour in Oost, each for twenty minutes; and now somebody in danger."""
    services = services_at(street.data, NABIJ_DETECTION="rules")
    today = services.now()[:10]
    for back in (1, 7):
        day = days_later(today, -back)
        month.put(services.table, twelve_an_hour(day))
        count_day(services, day)
    street.whatsapp("help, er is brand, kinderen binnen", author="NL.9101", name="Fatima M")
    street.whatsapp("Hoe laat is het bureau open?", author="NL.9102", name="Bram M")
    sanne = street.signed_in(SANNE)
    sanne.goto(f"{street.url}/wachtrij")
    expect(sanne.get_by_role("link", name="Bram M")).to_be_visible()
    count(services, services.now()[:16])  # the minute passes
    return services


def twelve_an_hour(day: str) -> list[Fact]:
    """One every five minutes, day and night, answered at once after twenty minutes' work."""
    found, begin = [], instant(f"{day}T00:00:00.000Z")
    for step in range(24 * 12):
        at = moment(begin + timedelta(minutes=5) * step)
        found.append(Fact(what="arrived", at=at, id=f"{day}-{step}-in", team="oost", channel="x"))
        found.append(
            Fact(what="answered", at=at, id=f"{day}-{step}-out", team="oost", channel="x",
                 mark="in_time", worked=1_200_000)
        )  # fmt: skip
    return found


def test_a_duty_manager_on_a_busy_night(street: Street, night: Services) -> None:
    assert night
    page = street.signed_in(MARIJKE)
    sees_what_waits(street, page)
    opens_the_list_behind_a_figure(page)
    looks_ahead_and_moves_people(street, page)


def sees_what_waits(street: Street, page: Page) -> None:
    page.goto(f"{street.url}/cijfers")
    now = page.get_by_role("region", name="Nu", exact=True)
    expect(now.get_by_text("Leven in gevaar")).to_be_visible()
    expect(now.get_by_text("Wacht het langst")).to_be_visible()
    late = now.get_by_text("Over de termijn").locator("xpath=../..").get_by_role("link")
    expect(late.last).to_have_attribute("href", re.compile("laat=ja"))
    assert violations(page) == []


def opens_the_list_behind_a_figure(page: Page) -> None:
    day = page.get_by_role("region", name="Vandaag", exact=True)
    day.get_by_text("Binnengekomen", exact=True).locator("xpath=..").get_by_role("link").click()
    expect(page).to_have_url(re.compile("/cijfers/lijst"))
    page.get_by_role("main").locator("a[href^='/gesprek/']").first.click()
    expect(page).to_have_url(re.compile("/gesprek/"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def looks_ahead_and_moves_people(street: Street, page: Page) -> None:
    page.goto(f"{street.url}/vooruit?team=oost&mensen=1")
    advice = page.get_by_role("region", name="Wat is er nodig?")
    expect(advice.get_by_text("erbij nodig vanaf")).to_be_visible()
    slider = advice.get_by_role("slider")
    slider.focus()
    slider.press("End")
    expect(page).to_have_url(re.compile("mensen=20"))
    expect(advice.get_by_text("is er de hele dienst genoeg")).to_be_visible()
    assert violations(page) == []


def test_the_wall_fits_a_large_screen_and_names_nobody(street: Street, night: Services) -> None:
    assert night
    page = street.signed_in(MARIJKE, viewport=WALL)
    page.goto(f"{street.url}/wandbord")
    expect(page.get_by_role("region", name="Leven in gevaar")).to_be_visible()
    expect(page.get_by_text("Fatima M")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
