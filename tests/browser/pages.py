"""Every page that there is, in every state that looks different: how to get there."""

import json
import re
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Locator, Page, expect

from chalicelib.domain import signal
from chalicelib.domain.rising import Rise
from chalicelib.flows.listening.signalling import open_signal
from chalicelib.store.table import ConditionFailed
from infra.opened import services_at
from tests.browser.conftest import Street

SANNE, FATIMA, TOMASZ = "Sanne de Wit", "Fatima Kaya", "Tomasz Nowak"
MARIJKE, PIETER, ILSE = "Marijke Bos", "Pieter Hoekstra", "Ilse Veenstra"

WAITING = {"Fatima A": "help, er is brand, kinderen binnen", "Bram A": "Hoe laat open?"}
LONG = ("Dank u wel, wij zijn onderweg. Blijf buiten en wacht bij de weg op ons. " * 240)[:17_000]
"""Longer than WhatsApp takes in four messages."""

Opener = Callable[[Street], Page]


def at(who: str, path: str) -> Opener:
    """The page at this address, as a colleague sees it; without a name, as anybody does."""

    def opener(street: Street) -> Page:
        page = street.signed_in(who) if who else street.visitor()
        page.goto(f"{street.url}{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        return page

    return opener


def appears(page: Page, what: Locator) -> None:
    """Look again until a worker was there."""
    for _ in range(60):
        if what.count():
            return
        page.wait_for_timeout(500)
        page.reload()
    expect(what).not_to_have_count(0)


# --- agents -------------------------------------------------------------------------------------


def queue(street: Street) -> Page:
    """Two citizens wait, who wrote once."""
    page = at(SANNE, "/wachtrij")(street)
    for number, (name, text) in enumerate(WAITING.items(), 8001):
        row = page.get_by_role("link", name=name)
        if not row.count():
            street.whatsapp(text, author=f"NL.{number}", name=name)
            appears(page, row)
    return page


def queue_narrowed(street: Street) -> Page:
    queue(street).context.close()
    page = at(SANNE, "/wachtrij?toon=vrij&kanaal=whatsapp")(street)
    page.locator(".why summary").first.click()
    page.locator("[data-pick]").first.check()
    return page


def queue_keys(street: Street) -> Page:
    page = queue(street)
    page.get_by_role("button", name="Sneltoetsen").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    return page


def reading(name: str) -> Opener:
    """What one of them wrote."""

    def opener(street: Street) -> Page:
        page = queue(street)
        page.locator(".row__link", has_text=name).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        return page

    return opener


conversation = reading("Fatima A")
free = reading("Bram A")
"""Nobody ever takes it."""


def taken(page: Page) -> Locator:
    """Take it, whoever has it; the field for the answer."""
    take = page.get_by_role("button", name="Oppakken", exact=True)
    if take.count():
        take.click()
    answer = page.get_by_role("textbox", name=re.compile("Antwoord aan"))
    expect(answer).to_be_visible()
    return answer


def answering(street: Street) -> Page:
    page = conversation(street)
    taken(page)
    page.get_by_role("textbox", name=re.compile("Notitie")).fill("Buren weten ervan")
    page.get_by_role("button", name="Notitie bewaren").click()
    page.get_by_role("textbox", name=re.compile("Antwoord aan")).fill(LONG)
    page.get_by_role("button", name="Verstuur", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text=re.compile("17.?000"))).to_be_visible()
    page.get_by_role("group").filter(has_text="Overdragen").first.click()
    return page


def asked_before_sending(street: Street) -> Page:
    page = conversation(street)
    taken(page).fill("U staat bij ons bekend onder 111222333. Bel ons op 0900-8844.")
    page.get_by_role("button", name="Verstuur", exact=True).click()
    expect(page.locator("[data-leaks]")).to_be_visible()
    page.locator(".canned summary").click()
    return page


def correcting(street: Street) -> Page:
    page = conversation(street)
    page.locator(".findings summary").last.click()
    page.get_by_role("link", name=re.compile("^Nee, verbeter")).last.click()
    expect(page.get_by_label("Hoe dringend")).to_be_focused()
    return page


def held(street: Street) -> Page:
    page = conversation(street)
    taken(page)
    return page


def given_back(street: Street) -> Page:
    """Nobody has it, and what was begun is kept."""
    page = conversation(street)
    taken(page).fill("U kunt tot vijf uur terecht.")
    expect(page.locator("[data-kept]")).to_contain_text("Concept bewaard")
    page.get_by_role("button", name="Teruggeven").click()
    expect(page.get_by_text("Wat je schreef staat dan klaar.")).to_be_visible()
    return page


def passed_on(street: Street) -> Page:
    """A card that went to the operational centre, as the agent sees it."""
    page = beside(held, "/doorgeven")(street)
    page.get_by_role("radio", name=re.compile("Meldkamer")).check()
    page.get_by_role("textbox", name="Waar", exact=True).fill("Lijsterlaan 8, Zutphen")
    page.get_by_role("button", name="Doorgeven").click()
    appears(page, page.locator(".card-sent--sent"))
    return page


def street_card(street: Street) -> Page:
    """What an officer on the street was given to do."""
    page = beside(held, "/doorgeven")(street)
    page.get_by_role("radio", name=re.compile("Wijkteam Oost")).check()
    page.get_by_role("textbox", name="Waar", exact=True).fill("Lijsterlaan 8, Zutphen")
    page.get_by_role("button", name="Doorgeven").click()
    expect(page.get_by_text("Hier staat straks of het is ontvangen")).to_be_visible()
    officer = at(ILSE, "/straat")(street)
    appears(officer, officer.locator(".street__card"))
    return officer


def card_received(street: Street) -> Page:
    """The same card, over there."""
    passed_on(street)
    link = told_by_fakes(street, "/_received")["received"][-1]["receipt"]
    page = street.visitor()
    page.goto(link)
    return page


def told_by_fakes(street: Street, path: str) -> dict[str, Any]:
    """What the stand-ins of platforms and units tell."""
    fakes = json.loads((street.data / "local.json").read_text())["fakes_url"]
    with urllib.request.urlopen(f"{fakes}{path}", timeout=30) as answer:  # noqa: S310
        found: dict[str, Any] = json.load(answer)
    return found


def incident(street: Street) -> Page:
    """Two citizens tell of one fire."""
    fire = "rond de loods aan de Textielstraat in Enschede"
    street.whatsapp(f"Grote brand {fire}, vlammen uit het dak!", author="NL.8021")
    street.whatsapp(f"Brand, dikke zwarte rook {fire}", author="NL.8022")
    page = street.signed_in(FATIMA)
    page.goto(f"{street.url}/wachtrij")
    page.locator(".row__link[href^='/incident/']").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


def asks_for_appeals(street: Street) -> Page:
    """A visitor chose a gemeente and gets a code to send."""
    page = at("", "/meehelpen")(street)
    page.get_by_label("Gemeente").fill("Enschede")
    page.get_by_label("Vermissing").check()
    page.get_by_role("button", name="Ga verder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stuur ons deze code")
    return page


def own_links(street: Street) -> list[str]:
    """The links to what volunteers chose, as they were sent."""
    return re.findall(r"/meehelpen/mijn/[\w-]+", json.dumps(told_by_fakes(street, "/_sent")))


def own_choice(street: Street) -> Page:
    """What a volunteer chose, behind the link that came over their own channel."""
    page = asks_for_appeals(street)
    before = own_links(street)
    street.whatsapp(page.locator(".helping__code").inner_text(), author="NL.8031")
    for _ in range(120):
        links = own_links(street)
        if len(links) > len(before):
            break
        page.wait_for_timeout(500)
    page.goto(f"{street.url}{links[-1]}")
    page.get_by_role("button", name="Bekijk mijn keuze").click()
    expect(page.get_by_role("button", name="Stop met oproepen")).to_be_visible()
    return page


def appeal(street: Street) -> Page:
    """Written by a coordinator, with whom it would reach."""
    own_choice(street).context.close()
    page = beside(incident, "/oproep")(street)
    page.get_by_label("Gemeente").fill("Enschede")
    page.get_by_label("Onderwerp").select_option("vermissing")
    page.get_by_label("Tekst").fill("Kijk uit naar een meisje van 6 met een gele jas.")
    page.get_by_role("button", name="Bekijk wie het krijgt").click()
    expect(page.get_by_role("heading", name=re.compile("krijg(t|en) dit"))).to_be_visible()
    return page


def appeal_proposed(street: Street) -> Page:
    page = appeal(street)
    page.get_by_role("button", name="Leg voor").click()
    expect(page.get_by_role("heading", name="Wacht op goedkeuring")).to_be_visible()
    return page


def told_everyone(street: Street) -> Page:
    """An answer to all who report an incident, on its way."""
    page = beside(incident, "/antwoord")(street)
    page.get_by_label("Aan wie privé meldde").fill("De brandweer is er. Blijf weg van de rook.")
    page.get_by_role("button", name="Bekijk wie het krijgt").click()
    page.get_by_role("button", name=re.compile("^Verstuur aan")).click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    return page


def sharing(street: Street) -> Page:
    """What another body must know, told for nothing: that is not taken."""
    page = held(street)
    page.goto(page.url.split("?")[0].split("#")[0].replace("/gesprek/", "/delen/"))
    page.get_by_label("Met wie?").fill("Brandweer Twente")
    page.get_by_label("Waarvoor?").fill(" ")
    page.get_by_label("Wat moeten zij weten?").fill("Twee gezinnen zoeken opvang voor de nacht.")
    page.get_by_role("button", name="Deel", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="Niet gelukt")).to_be_visible()
    return page


def shared_with_partner(street: Street) -> Page:
    page = sharing(street)
    page.get_by_label("Waarvoor?").fill("Nazorg voor de buurt")
    page.get_by_role("button", name="Deel", exact=True).click()
    expect(page.get_by_role("textbox", name="Link voor de partner")).to_be_focused()
    return page


def partner(street: Street) -> Page:
    """The partner, who has nothing but the link."""
    link = shared_with_partner(street).get_by_role("textbox", name="Link voor de partner")
    page = street.visitor()
    page.goto(link.input_value())
    expect(page.get_by_role("button")).to_be_visible()
    return page


def signals(street: Street) -> Page:
    """Two things rise; of one a colleague says that they know."""
    services = services_at(street.data)
    for series in ("topic/brand", "channel/whatsapp"):
        rise = Rise(count=12, minutes=10, usual=2.5, spread=1.6, sure=3.0)
        with suppress(ConditionFailed):  # it rises already
            open_signal(services, signal.opened(series, rise, services.now()), {})
    page = at(SANNE, "/signalen")(street)
    page.get_by_role("button", name="8 uur stil").first.click()
    expect(page.get_by_text("Stil tot")).to_be_visible()
    return page


def spoken(street: Street) -> Page:
    """A citizen who called before calls again, and the colleague forgot to say how they know."""
    page = street.signed_in(SANNE)
    for text in ("Mijn fiets is weg", "Ik belde net ook"):
        page.goto(f"{street.url}/telefoon")
        page.get_by_role("textbox", name="In de woorden").fill(text)
        page.get_by_role("textbox", name="Telefoonnummer of").fill("06 12345678")
        if text.startswith("Ik"):
            break
        page.get_by_role("button", name="Bewaar").click()
        expect(page.get_by_text("Noem de inwoner dit nummer")).to_be_visible()
    page.get_by_role("searchbox", name="Meldingsnummer").fill("0612345678")
    page.get_by_role("button", name="Zoeken").click()
    page.get_by_role("radio", name="Mijn fiets is weg").first.check()
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("alert").filter(has_text="waaraan je")).to_be_visible()
    return page


def on_the_map(street: Street) -> Page:
    page = incident(street)
    page.goto(f"{street.url}/kaart")
    expect(page.get_by_role("slider")).to_be_visible()
    return page


def beside(opener: Opener, path: str) -> Opener:
    """A page that belongs to the one that is opened first."""

    def further(street: Street) -> Page:
        page = opener(street)
        page.goto(page.url.split("?")[0].split("#")[0] + path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        return page

    return further


def found(street: Street) -> Page:
    queue(street).context.close()
    page = at(SANNE, "/zoeken")(street)
    page.get_by_label("Zoek naar").fill("open")
    page.get_by_label("Waarvoor").select_option(index=1)
    page.get_by_role("button", name="Zoeken").click()
    expect(page.locator("#found")).to_be_visible()
    return page


def own_posts(street: Street) -> Page:
    """One post waits for a colleague, another is looked at as each channel cuts it."""
    page = at(SANNE, "/eigen-berichten")(street)
    for text, button in (("De brug is weer open.", "Leg voor"), (LONG[:700], "Bekijk per kanaal")):
        page.get_by_role("textbox", name="Bericht").fill(text)
        for channel in ("Mastodon", "X"):
            page.get_by_role("checkbox", name=re.compile(f"^{channel} ")).check()
        page.get_by_role("button", name=button).click()
    expect(page.locator(".posts__preview").first).to_be_visible()
    return page


def asked_to_listen(street: Street) -> Page:
    """A search that waits for a colleague's approval."""
    page = at(SANNE, "/luisteren/nieuw")(street)
    page.get_by_label("Naam").fill("Brug dicht")
    page.get_by_label("Waarnaar wordt gezocht").fill('"brug dicht" Kampen')
    page.get_by_role("checkbox", name=re.compile("^Mastodon")).check()
    page.get_by_label("Doel").select_option(index=1)
    page.get_by_label("Grondslag").select_option(index=1)
    page.get_by_label("Waarom dit nodig is").fill("Om te weten wie er omrijdt.")
    page.get_by_label("Tot en met").fill(f"{datetime.now(UTC) + timedelta(days=30):%Y-%m-%d}")
    page.get_by_role("button", name="Goedkeuring vragen").click()
    page.goto(f"{street.url}/luisteren")
    expect(page.locator(".search").first).to_be_visible()
    return page


def signed_out(street: Street) -> Page:
    page = street.context().new_page()
    page.goto(f"{street.url}/uitgelogd")
    return page


# --- who leads, sets up and keeps running -------------------------------------------------------


def set_up(kind: str) -> Opener:
    """The first of these, open to be changed."""

    def opener(street: Street) -> Page:
        page = at(MARIJKE, f"/inrichting/{kind}")(street)
        page.locator(".desk-table tbody a").first.click()
        expect(page.get_by_role("button", name="Bewaren")).to_be_visible()
        return page

    return opener


def behind_a_figure(street: Street) -> Page:
    page = at(FATIMA, "/cijfers")(street)
    page.locator("a[href^='/cijfers/lijst']").first.click()
    expect(page).to_have_url(re.compile("/cijfers/lijst"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


def approvals(street: Street) -> Page:
    page = at(TOMASZ, "/kanalen")(street)
    page.get_by_role("link", name="Goedkeuringen").first.click()
    page.get_by_role("button", name="Leg vast").click()
    expect(page.get_by_role("alert").filter(has_text="4 dingen")).to_be_visible()
    return page


# --- citizens -----------------------------------------------------------------------------------


def form_with_errors(street: Street) -> Page:
    page = at("", "/formulier")(street)
    page.get_by_role("textbox", name="E-mailadres").fill("rob")
    page.get_by_role("button", name="Verstuur bericht").click()
    expect(page.get_by_role("alert")).to_be_visible()
    return page


def answers(street: Street) -> Page:
    page = at("", "/formulier")(street)
    page.get_by_role("textbox", name="Uw bericht").fill("Goedemorgen")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Verstuur bericht").click()
    expect(page.get_by_text("Nog geen antwoord.")).to_be_visible()
    return page


def talking(street: Street) -> Page:
    page = at("", "/praat/nabij")(street)
    page.get_by_role("textbox", name="Uw bericht").fill("Er staat een auto voor mijn uitrit")
    page.get_by_role("button", name="Verstuur").click()
    appears(page, page.locator(".entry--out"))
    return page


def dossier(street: Street) -> Page:
    page = talking(street)
    page.get_by_role("button", name="Mijn melding").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn melding")
    for one in page.locator(".thing > summary").all():
        one.click()
    return page


def investigating(street: Street) -> Page:
    page = beside(dossier, "/onderzoek")(street)
    page.locator(".score input").first.check()
    page.get_by_role("button", name="Begin").click()
    page.locator(".own-step").last.click()
    expect(page.get_by_role("button", name="Bewaar", exact=True)).to_be_visible()
    return page


def shared(street: Street) -> Page:
    """Somebody who was given a link, and reads along."""
    own = dossier(street)
    own.get_by_role("button", name="Maak een link").click()
    link = own.locator("#deel").input_value()
    page = street.visitor()
    page.goto(link)
    expect(page.get_by_role("button", name="Bekijk het overzicht")).to_be_visible()
    return page


def read_along(street: Street) -> Page:
    page = shared(street)
    page.get_by_role("button", name="Bekijk het overzicht").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


def mailed_link(street: Street) -> Page:
    """The door behind a link that came over the citizen's own channel."""
    page = conversation(street)
    page.get_by_role("button", name="Stuur de inwoner een link").click()
    for _ in range(60):
        sent = json.dumps(told_by_fakes(street, "/_sent"))
        links = re.findall(r"/melding/link/[\w-]+", sent)
        if links:
            break
        page.wait_for_timeout(500)
    door = street.visitor()
    door.goto(f"{street.url}{links[-1]}")
    return door


PAGES: dict[str, dict[str, Opener]] = {
    "/beheer": {"beheer": at(TOMASZ, "/beheer")},
    "/cijfers": {"cijfers": at(FATIMA, "/cijfers")},
    "/cijfers/lijst": {"cijfers-lijst": behind_a_figure},
    "/cijfers/openbaar": {"cijfers-openbaar": at("", "/cijfers/openbaar")},
    "/crisis": {"crisis": at(FATIMA, "/crisis"), "crisis-nieuw": at(FATIMA, "/crisis?id=nieuw")},
    "/dekking": {"dekking": at(SANNE, "/dekking")},
    "/delen/{subject}": {"delen": sharing, "delen-gedeeld": shared_with_partner},
    "/eigen-berichten": {
        "eigen-berichten": at(SANNE, "/eigen-berichten"),
        "eigen-berichten-bekeken": own_posts,
    },
    "/formulier": {"formulier": at("", "/formulier"), "formulier-fout": form_with_errors},
    "/formulier/{account}": {
        "formulier-account": at("", "/formulier/nabij"),
        "bestaat-niet": at("", "/formulier/nergens"),
    },
    "/formulier/antwoord/{secret}": {"antwoord": answers},
    "/gebruikslog": {"gebruikslog": at(PIETER, "/gebruikslog")},
    "/gesprek/{subject}": {
        "gesprek": conversation,
        "gesprek-vrij": free,
        "gesprek-teruggegeven": given_back,
        "antwoorden": answering,
        "gevraagd": asked_before_sending,
        "verbeter": correcting,
    },
    "/gesprek/{subject}/sjabloon": {"sjabloon": beside(held, "/sjabloon")},
    "/gesprek/{subject}/voorstellen": {"voorstellen": beside(held, "/voorstellen")},
    "/incident/{subject}": {"incident": incident},
    "/incident/{subject}/doorgeven": {"incident-doorgeven": beside(incident, "/doorgeven")},
    "/incident/{subject}/antwoord": {"incident-antwoord": beside(incident, "/antwoord")},
    "/incident/{subject}/oproep": {"incident-oproep": appeal},
    "/incident/{subject}/oproep/{id}": {"incident-oproep-voorgelegd": appeal_proposed},
    "/incident/{subject}/antwoord/{id}": {"incident-verstuurd": told_everyone},
    "/incident/{subject}/nakijken": {"incident-nakijken": beside(incident, "/nakijken")},
    "/inrichting": {"inrichting": at(MARIJKE, "/inrichting")},
    "/inrichting/{kind}": {
        "inrichting-mensen": at(MARIJKE, "/inrichting/agent"),
        "inrichting-routering": at(MARIJKE, "/inrichting/rule?proef=ja"),
    },
    "/inrichting/{kind}/{id}": {
        "inrichting-antwoord": set_up("canned"),
        "inrichting-nieuw": at(MARIJKE, "/inrichting/article/nieuw"),
    },
    "/kaart": {"kaart-gebied": on_the_map},
    "/kanalen": {"kanalen": at(TOMASZ, "/kanalen")},
    "/kanalen/{channel}/{account}": {"goedkeuringen": approvals},
    "/luisteren": {"luisteren": at(SANNE, "/luisteren"), "luisteren-gevraagd": asked_to_listen},
    "/luisteren/{id}": {"luisteren-nieuw": at(SANNE, "/luisteren/nieuw")},
    "/luisterverslag": {"luisterverslag": at(PIETER, "/luisterverslag")},
    "/melding": {"melding-deur": at("", "/melding"), "melding": dossier},
    "/melding/afspraak": {"melding-afspraak": beside(dossier, "/afspraak")},
    "/melding/onderzoek": {"melding-onderzoek": beside(dossier, "/onderzoek")},
    "/melding/onderzoek/stap/{step}": {"melding-onderzoek-stap": investigating},
    "/melding/slachtoffer": {"melding-slachtoffer": beside(dossier, "/slachtoffer")},
    "/melding/gedeeld/{secret}": {"gedeeld-deur": shared, "gedeeld": read_along},
    "/melding/link/{secret}": {"melding-link": mailed_link},
    "/meehelpen": {"meehelpen": at("", "/meehelpen"), "meehelpen-code": asks_for_appeals},
    "/meehelpen/mijn/{secret}": {"meehelpen-keuze": own_choice},
    "/partner/{secret}": {"partner": partner},
    "/praat": {"praat": at("", "/praat")},
    "/praat/{account}": {"praat-gesprek": talking},
    "/telefoon": {"telefoon-leeg": at(SANNE, "/telefoon"), "telefoon": spoken},
    "/signalen": {"signalen": signals},
    "/straat": {"straat": at(ILSE, "/straat"), "straat-kaart": street_card},
    "/tevredenheid": {"tevredenheid": at(FATIMA, "/tevredenheid")},
    "/uitgelogd": {"uitgelogd": signed_out},
    "/verzoeken": {"verzoeken": at(FATIMA, "/verzoeken")},
    "/vooruit": {"vooruit": at(FATIMA, "/vooruit")},
    "/wachtrij": {
        "wachtrij": queue,
        "wachtrij-gekozen": queue_narrowed,
        "wachtrij-toetsen": queue_keys,
    },
    "/wandbord": {"wandbord": at(FATIMA, "/wandbord")},
    "/zoeken": {"zoeken": at(SANNE, "/zoeken"), "gevonden": found},
    # last: a card that nobody takes is a fault on every page after it
    "/gesprek/{subject}/doorgeven": {"doorgeven": passed_on},
    "/kaart/{secret}": {"kaart": card_received},
}

ELSEWHERE = {
    "/oefening": "test_browser_practice.py",
    "/steekproef": "test_browser_verdict.py",
}
"""Pages that need a stage or a day of their own, and the tests that look at them the same way."""

NO_PAGES = {
    "/": "leads on",
    "/inloggen": "leads on",
    "/inloggen/terug": "leads on",
    "/wachtrij/lijst": "a part",
    "/wachtrij/spoed": "a part",
    "/gesprek/{subject}/berichten": "a part",
    "/gesprek/{subject}/voorstellen/lijst": "a part",
    "/formulier/antwoord/{secret}/berichten": "a part",
    "/praat/{account}/berichten": "a part",
    "/melding/stand": "a part",
    "/gesprek/{subject}/bestand/{file}": "a file",
    "/melding/bestand/{subject}/{file}": "a file",
    "/melding/download": "a file",
    "/melding/onderzoek/pdf": "a file",
    "/melding/leesbaar": "a file",
    "/kaart/{secret}/cap.xml": "a file",
    "/cijfers/export": "a file",
    "/static/{name}": "a file",
    "/static/vendor/{name}": "a file",
    "/health": "for programs",
    "/melding/groot/{key}": "for programs",
    "/chat/{account}/messages": "for programs",
    "/webhooks/{channel}/{account}": "for programs",
}
