"""A rule is made, tried out and followed; the crisis switch goes on and off."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, SHORT, Street
from tests.browser.test_browser_access import violations

FIRST, NEXT = "Kunt u op Texel langskomen? (1)", "Kunt u op Texel langskomen? (2)"


def test_a_rule_is_tried_out_kept_and_followed(street: Street) -> None:
    street.whatsapp(FIRST, author="NL.9101", name="Wilma T")
    marijke = street.signed_in("Marijke Bos")
    marijke.goto(f"{street.url}/wachtrij")
    expect(row(marijke, "Wilma T")).to_be_visible(timeout=4 * SHORT)
    marijke.goto(f"{street.url}/inrichting/rule/nieuw")
    marijke.get_by_label("Kenmerk").fill("texel")
    marijke.get_by_label("Naam").fill("Texel naar Noord")
    marijke.get_by_label("Volgorde").fill("10")
    marijke.get_by_label("Plaatsen").fill("Texel")
    marijke.get_by_label("Team", exact=True).select_option(label="Webcare Noord")
    marijke.get_by_role("button", name="Proefdraaien").click()
    trial = marijke.get_by_role("region", name="Proef op de afgelopen week").first
    expect(trial).to_contain_text("Naar een ander team zou")
    expect(trial).to_contain_text("Webcare Noord")
    assert violations(marijke) == []
    marijke.get_by_role("button", name="Bewaren").click()
    expect(marijke.get_by_text("Bewaard.")).to_be_visible()
    follows(street, marijke)
    marijke.goto(f"{street.url}/inrichting/rule/texel")
    marijke.get_by_role("button", name="Weghalen").click()
    expect(marijke.get_by_text("Weggehaald.")).to_be_visible()


def follows(street: Street, marijke: Page) -> None:
    """A rule holds within seconds in every process: a new message goes to the other team."""
    for number in range(10):
        name = f"Karel T{number}"
        street.whatsapp(NEXT, author=f"NL.911{number}", name=name)
        marijke.goto(f"{street.url}/wachtrij")
        expect(row(marijke, name)).to_be_visible(timeout=4 * SHORT)
        if row(marijke, name).get_by_text("Webcare Noord", exact=True).count():
            break
    here = row(marijke, name)
    expect(here).to_contain_text("Webcare Noord")
    here.get_by_text("Waarom hier?").click()
    expect(here).to_contain_text("regel 'Texel naar Noord': plaats Texel")


def row(page: Page, name: str) -> Locator:
    return page.locator("li.row", has=page.get_by_role("link", name=name, exact=True))


def test_the_crisis_switch_goes_on_and_off(street: Street) -> None:
    fatima = street.signed_in("Fatima Kaya")
    fatima.goto(f"{street.url}/crisis?id=nieuw")
    fatima.get_by_label("Onderwerp").select_option(label="Dier")
    fatima.get_by_label("Gebied").fill("Texel")
    fatima.get_by_label("Waarom").fill("schapen op de weg")
    fatima.get_by_role("button", name="Zo gaat het uit, per kanaal").click()
    expect(fatima.get_by_role("heading", name="Zo gaat het uit, per kanaal")).to_be_visible()
    assert violations(fatima) == []
    fatima.get_by_role("button", name="Zet aan").click()
    expect(fatima.get_by_text("De crisisstand staat aan.")).to_be_visible()
    assert violations(fatima) == []
    sanne = street.signed_in("Sanne de Wit")
    sanne.goto(f"{street.url}/wachtrij")
    banner = sanne.get_by_role("complementary", name="Crisisschakelaar")
    expect(banner).to_contain_text("Dier, Texel")
    banner.get_by_role("link", name="Naar deze wachtrij").click()
    expect(sanne).to_have_url(re.compile("gebied=Texel"))
    fatima.get_by_role("button", name="Zet uit").click()
    expect(fatima.get_by_text("De crisisstand staat uit.")).to_be_visible()
    sanne.goto(f"{street.url}/wachtrij")
    expect(banner).to_have_count(0)


def test_an_officer_takes_a_card_in_two_taps(street: Street) -> None:
    sanne = street.signed_in("Sanne de Wit")
    street.whatsapp("Er staat een hek open op de Markt in Enschede", author="NL.9201", name="Ria S")
    sanne.goto(f"{street.url}/wachtrij")
    link = row(sanne, "Ria S").get_by_role("link", name="Ria S", exact=True)
    expect(link).to_be_visible(timeout=4 * SHORT)
    sanne.goto(f"{street.url}{link.get_attribute('href')}/doorgeven")
    sanne.get_by_role("radio", name=re.compile("Wijkteam Oost")).check()
    sanne.get_by_label("Wat is er").fill("Hek open op de Markt")
    sanne.get_by_role("button", name="Doorgeven", exact=True).click()
    expect(sanne.get_by_text("Doorgegeven.")).to_be_visible()
    ilse = street.signed_in("Ilse Veenstra", viewport=PHONE)
    ilse.goto(f"{street.url}/")
    card = ilse.get_by_role("listitem").filter(has_text="Hek open op de Markt")
    card.get_by_role("button", name=re.compile("Ik heb dit")).click()
    card.get_by_role("button", name=re.compile("Onderweg")).click()
    expect(card).to_contain_text("Onderweg sinds")
    assert violations(ilse) == []
