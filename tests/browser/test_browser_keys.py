"""By Tab through the pages of a desk: everything is reached, in the order in which it is seen."""

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser.conftest import DESK, PHONE, Street
from tests.browser.heard import unheard
from tests.browser.pages import Opener, answering, at, free, held, incident, queue
from tests.browser.walking import walked

STANDS_STILL = "**/{lijst,berichten,aanwezig}*"
"""What an open page asks for again and again: while one walks, nothing may come in between."""

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
