"""Templates and choices, against the fake platform: what Graph would refuse we refuse first."""

from typing import Any

import pytest

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.whatsapp.channel import WhatsApp
from chalicelib.channels.whatsapp.templates import templates_in
from chalicelib.domain.template import FilledTemplate, Template, fill, shown
from chalicelib.errors import ChannelAccessLost, ChannelRefused, InvalidInput
from infra.fakes.client import Fakes

SETTINGS = AccountSettings(account="700300400500", settings={"business_account": "900300400500"})
SECRETS = Secrets(current={"access_token": "een-sleutel"})


@pytest.fixture
def http(fakes: Fakes) -> Http:
    return Http({"whatsapp": f"{fakes.url}/whatsapp"}, timeout_seconds=1.0)


def sent(fakes: Fakes, http: Http, **more: Any) -> dict[str, Any]:
    before = len(fakes.sent())
    said = {"text": "Waar gaat het over?", **more}
    WhatsApp().send(Outgoing(reply_id="r-1", to="31600000041", **said), SETTINGS, SECRETS, http)
    (row,) = fakes.sent(after=before)
    return row


def known(http: Http, name: str, language: str = "nl") -> Template:
    found = WhatsApp().templates(SETTINGS, SECRETS, http)
    return next(one for one in found if (one.name, one.language) == (name, language))


def test_all_pages_are_read_and_every_state_is_known(http: Http) -> None:
    found = WhatsApp().templates(SETTINGS, SECRETS, http)
    states = {(one.name, one.language): (one.state, one.may_be_sent) for one in found}
    assert states == {
        ("antwoord_klaar", "nl"): ("approved", True),
        ("nieuws", "nl"): ("approved", True),
        ("meer_weten", "nl"): ("approved", True),
        ("meer_weten", "en"): ("approved", True),
        ("gesloten", "nl"): ("approved", True),
        ("met_foto", "nl"): ("approved", False),
        ("in_behandeling", "nl"): ("waiting", False),
        ("gepauzeerd", "nl"): ("paused", False),
    }


def test_without_a_business_account_there_are_none(http: Http) -> None:
    assert WhatsApp().templates(AccountSettings(account="1"), SECRETS, http) == []
    with pytest.raises(ChannelAccessLost):
        WhatsApp().templates(SETTINGS, Secrets(current={}), http)


@pytest.mark.parametrize(
    ("name", "values", "reads"),
    [
        ("antwoord_klaar", {"1": "Bo", "2": "uw vraag"}, "Hallo Bo, ons antwoord op uw vraag"),
        ("meer_weten", {"naam": "Bo", "zaak": "7"}, "Over 7 willen wij u nog iets vragen, Bo."),
        ("gesloten", {}, "Uw zaak is gesloten."),
    ],
)
def test_what_was_filled_in_is_what_the_citizen_reads(
    fakes: Fakes, http: Http, name: str, values: dict[str, str], reads: str
) -> None:
    template = known(http, name)
    assert shown(template, values).startswith(reads)
    row = sent(fakes, http, template=fill(template, values))
    assert (row["kind"], row["text"].startswith(reads)) == ("template", True)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"1": "Bo"},
        {"1": "Bo", "2": "  "},
        {"1": "Bo", "2": "a\nb"},
        {"1": "Bo", "2": "a" * 601},
    ],
)
def test_what_is_not_filled_in_is_said_before_sending(http: Http, values: dict[str, str]) -> None:
    with pytest.raises(InvalidInput) as wrong:
        fill(known(http, "antwoord_klaar"), values)
    assert wrong.value.fields.keys() <= {"1", "2"}


@pytest.mark.parametrize("name", ["met_foto", "in_behandeling", "gepauzeerd"])
def test_a_template_that_cannot_be_sent_is_not(http: Http, name: str) -> None:
    with pytest.raises(InvalidInput):
        fill(known(http, name), {})


def test_a_place_without_a_value_stands_out_in_the_preview(http: Http) -> None:
    assert "{{2}}" in shown(known(http, "antwoord_klaar"), {"1": "Bo"})


def test_the_platform_refuses_what_it_does_not_know(fakes: Fakes, http: Http) -> None:
    with pytest.raises(ChannelRefused) as refused:
        sent(fakes, http, template=FilledTemplate(name="weg", language="nl"))
    assert refused.value.code == "132001"


@pytest.mark.parametrize(
    "junk", [{}, {"data": None}, {"data": [None, 3, {"name": "x"}, {"language": "nl"}]}]
)
def test_junk_is_no_template(junk: dict[str, Any]) -> None:
    assert list(templates_in(junk, "1")) == []


@pytest.mark.parametrize("count", [1, 3, 4, 10])
def test_choices_are_buttons_or_a_list(fakes: Fakes, http: Http, count: int) -> None:
    choices = tuple(f"Keuze {number} 🚲" for number in range(count))
    row = sent(fakes, http, choices=choices)
    assert (row["kind"], row["choices"]) == ("interactive", [*choices])
