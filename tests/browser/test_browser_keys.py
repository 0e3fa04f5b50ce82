"""By Tab through the pages of a desk: everything is reached, in the order in which it is seen."""

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser.conftest import DESK, PHONE, Street
from tests.browser.heard import unheard
from tests.browser.pages import Opener, answering, appears, at, free, held, incident, queue
from tests.browser.walking import walked

STANDS_STILL = "**/{lijst,berichten,aanwezig}*"
"""What an open page asks for again and again: while one walks, nothing may come in between."""

NOT_COVERED = """() => {
  const box = document.activeElement.getBoundingClientRect();
  const middle = [box.left + box.width / 2, box.top + box.height / 2];
  return document.elementFromPoint(...middle) === document.activeElement;
}"""
"""Nothing lies over what has the focus, and it is on the screen."""

WAYS = [
    pytest.param(queue, DESK, ("Pak de volgende op", "Bram A", "Sneltoetsen"), id="wachtrij"),
    pytest.param(queue, PHONE, ("Bram A",), id="wachtrij-telefoon"),
    pytest.param(free, PHONE, ("Berichten", "Oppakken"), id="gesprek-telefoon"),
    pytest.param(answering, PHONE, ("Berichten",), id="antwoorden-telefoon"),
    pytest.param(held, DESK, ("Berichten", "Verstuur", "Notitie bewaren"), id="antwoorden"),
    pytest.param(incident, DESK, ("Antwoord iedereen", "Leg iets vast"), id="incident"),
]


@pytest.mark.timeout(400)
@pytest.mark.parametrize(("opener", "size", "met"), WAYS)
def test_by_tab_one_comes_by_everything(
    street: Street, opener: Opener, size: ViewportSize, met: tuple[str, ...]
) -> None:
    page = opener(street)
    page.route(STANDS_STILL, lambda route: route.abort())
    page.set_viewport_size(size)
    way = walked(page)
    assert way.wrong + unheard(page) == []
    places = [way.names.index(name) for name in ("Naar de inhoud", *met)]
    assert places == sorted(places)
    assert places[0] == 0


@pytest.mark.parametrize("who", ["Sanne de Wit", ""])
def test_the_first_tab_leads_past_the_menu(street: Street, who: str) -> None:
    page = at(who, "/wachtrij" if who else "/formulier")(street)
    page.keyboard.press("Tab")
    past = page.get_by_role("link", name="Naar de inhoud")
    expect(past).to_be_focused()
    expect(past).to_be_in_viewport()
    past.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("main").locator(":focus")).to_be_visible()


def test_who_takes_one_on_a_phone_sees_where_they_write(street: Street) -> None:
    for number in range(4):
        street.whatsapp(f"Hoe laat is bureau {number} open?", author="NL.8041", name="Tijn T")
    page = street.signed_in("Sanne de Wit", viewport=PHONE)
    page.goto(f"{street.url}/wachtrij")
    row = page.locator(".row", has_text="Tijn T")
    appears(page, row)
    row.get_by_role("button", name="Oppakken").click()
    expect(page.locator("#text")).to_be_focused()
    page.wait_for_function(NOT_COVERED)
