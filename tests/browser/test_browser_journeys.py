"""The journeys that matter, as people make them."""

import re

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import SHORT, Street

SANNE = "Sanne de Wit"
YOUSSEF = "Youssef Amrani"


def opened(street: Street, page: Page, name: str) -> None:
    """Open the conversation of this citizen from the queue."""
    page.goto(f"{street.url}/wachtrij")
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def taken(street: Street, text: str, author: str, name: str) -> tuple[Page, Locator]:
    """A citizen writes and Sanne takes it: her page, and where she writes."""
    street.whatsapp(text, author=author, name=name)
    sanne = street.signed_in(SANNE)
    sanne.goto(f"{street.url}/wachtrij")
    expect(sanne.get_by_role("link", name=name)).to_be_visible(timeout=SHORT)
    opened(street, sanne, name)
    sanne.get_by_role("button", name="Oppakken").click()
    answer = sanne.get_by_role("textbox", name=re.compile(f"Antwoord aan {name}"))
    expect(answer).to_be_focused()
    return sanne, answer


def test_an_agent_takes_the_emergency_answers_and_sees_it_sent(street: Street) -> None:
    sanne = street.signed_in(SANNE)
    sanne.goto(f"{street.url}/wachtrij")
    street.whatsapp("help, er is brand, er zijn kinderen binnen", author="NL.701", name="Fatima J")
    lane = sanne.get_by_role("region", name=re.compile("leven in gevaar"))
    expect(lane.get_by_role("link", name="Fatima J")).to_be_visible(timeout=SHORT)
    expect(sanne).to_have_title(re.compile(r"^\(\d+!\) Wachtrij"))
    expect(sanne.locator("[data-alarm]")).to_contain_text("leven in gevaar")
    lane.get_by_role("link", name="Fatima J").click()
    sanne.get_by_role("button", name="Oppakken").click()
    sanne.get_by_role("button", name="Zet ‘bel 112’ in het antwoord").click()  # noqa: RUF001
    answer = sanne.get_by_role("textbox", name=re.compile("Antwoord aan Fatima J"))
    expect(answer).to_have_value(re.compile("Bel direct 112"))
    answer.press("Control+Enter")
    expect(sanne.locator(".entry--out .delivery")).to_have_text("Verstuurd", timeout=SHORT)
    sanne.get_by_role("button", name="Afronden").click()
    expect(sanne).to_have_url(f"{street.url}/wachtrij")


def test_the_slower_of_two_reads_who_was_faster(street: Street) -> None:
    street.whatsapp("Hoe laat is het bureau open?", author="NL.702", name="Bram J")
    sanne, youssef = street.signed_in(SANNE), street.signed_in(YOUSSEF)
    sanne.goto(f"{street.url}/wachtrij")
    expect(sanne.get_by_role("link", name="Bram J")).to_be_visible(timeout=SHORT)
    for page in (sanne, youssef):
        page.route("**/berichten", lambda route: route.abort())  # a page that does not know yet
        opened(street, page, "Bram J")
    sanne.get_by_role("button", name="Oppakken").click()
    expect(sanne.get_by_role("textbox", name=re.compile("Antwoord aan"))).to_be_visible()
    youssef.get_by_role("button", name="Oppakken").click()
    expect(youssef.get_by_role("alert").filter(has_text="was je voor")).to_contain_text("Sanne")


def test_what_is_typed_stays_while_the_citizen_writes_on(street: Street) -> None:
    sanne, answer = taken(street, "Mijn fiets is weg", author="NL.703", name="Truus J")
    sanne.keyboard.type("Waar stond hij")
    street.whatsapp("Laat maar, gevonden!", author="NL.703", name="Truus J")
    expect(sanne.get_by_text("Laat maar, gevonden!")).to_be_visible(timeout=SHORT)
    expect(answer).to_be_focused()
    expect(answer).to_have_value("Waar stond hij")
    sanne.reload()
    expect(answer).to_have_value("Waar stond hij")


def test_what_is_typed_before_the_scripts_are_there_stays(street: Street) -> None:
    sanne, answer = taken(street, "Mijn tas is gevonden", author="NL.713", name="Gerda J")
    late: list[Route] = []
    sanne.route("**/concept", lambda route: route.abort())  # the server does not hear of it
    sanne.route("**/compose*.js", lambda route: late.append(route))  # noqa: PLW0108 - asks for a plain function
    sanne.reload(wait_until="commit")
    answer.type("Fijn")
    for route in late:
        route.continue_()
    expect(sanne.locator("[data-compose]")).to_have_attribute("data-ready", "yes")
    sanne.unroute("**/compose*.js")
    opened(street, sanne, "Gerda J")
    expect(answer).to_have_value("Fijn")


def test_an_answer_written_past_a_new_message_is_stopped_and_kept(street: Street) -> None:
    street.whatsapp("Ik heb een vraag", author="NL.704", name="Piet J")
    sanne = street.signed_in(SANNE)
    sanne.goto(f"{street.url}/wachtrij")
    expect(sanne.get_by_role("link", name="Piet J")).to_be_visible(timeout=SHORT)
    sanne.route("**/berichten", lambda route: route.abort())  # a page that does not hear of it
    opened(street, sanne, "Piet J")
    sanne.get_by_role("button", name="Oppakken").click()
    sanne.get_by_role("textbox", name=re.compile("Antwoord aan")).fill("Vraag maar raak")
    with sanne.expect_request("**/berichten"):
        street.whatsapp("Is het gratis?", author="NL.704", name="Piet J")
    sanne.get_by_role("button", name="Verstuur", exact=True).click()
    expect(sanne.get_by_role("alert").filter(has_text="nieuw bericht")).to_be_visible()
    expect(sanne.get_by_text("Is het gratis?")).to_be_visible()
    answer = sanne.get_by_role("textbox", name=re.compile("Antwoord aan"))
    expect(answer).to_have_value("Vraag maar raak")
    sanne.get_by_role("button", name="Verstuur", exact=True).click()
    expect(sanne.locator(".entry--out")).to_contain_text("Vraag maar raak")


def test_a_citizen_writes_on_the_form_and_reads_the_answer(street: Street) -> None:
    rob = street.visitor(viewport={"width": 390, "height": 844})
    rob.goto(f"{street.url}/formulier")
    rob.get_by_role("button", name="Verstuur bericht").click()
    expect(rob.get_by_role("alert")).to_be_focused()
    rob.get_by_role("link", name="Vul uw bericht in.").click()
    rob.keyboard.type("Er ligt een scooter in de sloot")
    rob.get_by_role("textbox", name="Naam").fill("Rob J")
    rob.get_by_role("checkbox").check()
    rob.get_by_role("button", name="Verstuur bericht").click()
    expect(rob.get_by_role("heading", level=1)).to_have_text("Uw bericht is ontvangen")
    expect(rob.get_by_text("Er ligt een scooter in de sloot")).to_be_visible(timeout=SHORT)
    sanne = street.signed_in(SANNE)
    opened(street, sanne, "Rob J")
    sanne.get_by_role("button", name="Oppakken").click()
    sanne.get_by_role("textbox", name=re.compile("Antwoord aan Rob J")).fill("Dank, we halen hem.")
    sanne.get_by_role("button", name="Verstuur en rond af").click()
    expect(sanne.get_by_text("het gesprek is afgerond")).to_be_visible()
    expect(sanne.get_by_role("link", name="Rob J")).to_have_count(0)
    rob.reload()
    # Five seconds to think again, and the citizen's page looks every fifteen.
    expect(rob.get_by_text("Dank, we halen hem.")).to_be_visible(timeout=3 * SHORT)


def test_the_whole_queue_by_keyboard(street: Street) -> None:
    for number in (1, 2):
        street.whatsapp("Hoe laat open?", author=f"NL.705{number}", name=f"Toets {number}")
    sanne = street.signed_in(SANNE)
    sanne.goto(f"{street.url}/wachtrij")
    expect(sanne.get_by_role("link", name="Toets 2")).to_be_visible(timeout=SHORT)
    sanne.keyboard.press("ArrowDown")
    links = sanne.locator(".row__link")
    expect(links.first).to_be_focused()
    sanne.keyboard.press("j")
    expect(links.nth(1)).to_be_focused()
    sanne.keyboard.press("k")
    expect(links.first).to_be_focused()
    sanne.keyboard.press("?")
    dialog = sanne.get_by_role("dialog")
    expect(dialog).to_be_visible()
    dialog.get_by_role("checkbox").uncheck()
    sanne.keyboard.press("Escape")
    links.first.focus()
    sanne.keyboard.press("j")
    expect(links.first).to_be_focused()
    sanne.keyboard.press("Enter")
    expect(sanne).to_have_url(re.compile("/gesprek/"))


def test_new_messages_wait_while_somebody_points_at_the_list(street: Street) -> None:
    street.whatsapp("Hoe laat open?", author="NL.706", name="Eerste J")
    sanne = street.signed_in(SANNE)
    sanne.goto(f"{street.url}/wachtrij")
    first = sanne.get_by_role("link", name="Eerste J")
    expect(first).to_be_visible(timeout=SHORT)
    first.focus()
    street.whatsapp("Mag ik iets vragen?", author="NL.707", name="Tweede J")
    button = sanne.get_by_role("button", name="1 nieuw bericht tonen")
    expect(button).to_be_visible(timeout=SHORT)
    expect(sanne.get_by_role("link", name="Tweede J")).to_have_count(0)
    expect(first).to_be_focused()
    button.click()
    expect(sanne.get_by_role("link", name="Tweede J")).to_be_visible()


def test_signing_out_ends_it(street: Street) -> None:
    sanne = street.context().new_page()
    sanne.goto(f"{street.url}/")
    sanne.get_by_role("button", name=SANNE).click()
    sanne.locator("[data-menu] summary").click()
    sanne.get_by_role("button", name="Uitloggen").click()
    expect(sanne.get_by_role("heading", level=1)).to_have_text("Je bent uitgelogd")
    sanne.goto(f"{street.url}/wachtrij")
    expect(sanne.get_by_role("button", name=SANNE)).to_be_visible()


def test_it_works_without_a_script(street: Street) -> None:
    street.whatsapp("Zonder script?", author="NL.708", name="Plat J")
    sanne = street.signed_in(SANNE, java_script_enabled=False)
    sanne.goto(f"{street.url}/wachtrij")
    for _ in range(20):
        if sanne.get_by_role("link", name="Plat J").count():
            break
        sanne.reload()
    opened(street, sanne, "Plat J")
    sanne.get_by_role("button", name="Oppakken").click()
    sanne.locator("#text").fill("Ja hoor.")
    sanne.get_by_role("button", name="Verstuur", exact=True).click()
    expect(sanne.locator(".entry--out")).to_contain_text("Ja hoor.")
