"""A partner reads what it needs and no more, until a day; the citizen sees with whom and why."""

import pytest

from chalicelib.domain.case import Door
from chalicelib.errors import InvalidInput, NotFound
from chalicelib.flows.citizen.cases import Beginning, open_case
from chalicelib.flows.citizen.doors import Visit
from chalicelib.flows.citizen.dossier import view_dossier
from chalicelib.flows.desk.viewing import view_queue
from chalicelib.flows.incidents.sharing_with_partners import (
    Wanted,
    end_share,
    proposed,
    read_share,
    receive_share,
    share,
    shares_of,
)
from chalicelib.store import access_log
from tests.conftest import SANNE, TOMASZ, Town
from tests.web.visiting import Visitor, signed_in

SHELTER = Wanted(
    partner="Gemeente Enschede", purpose="opvang regelen", told="Een gezin zoekt opvang.", days=1
)


@pytest.fixture
def subject(town: Town) -> str:
    town.whatsapp("Wij kunnen niet naar huis en zoeken een slaapplaats, geheim adres")
    town.work()
    return view_queue(town.services, SANNE).rows[0].subject


def secret_in(address: str) -> str:
    return address.rpartition("/")[2]


def test_a_partner_reads_only_what_was_written_for_them_and_says_so(
    town: Town, subject: str
) -> None:
    secret = secret_in(share(town.services, SANNE, subject, SHELTER))
    assert read_share(town.services, secret).told == "Een gezin zoekt opvang."
    receive_share(town.services, secret, "Ans")
    receive_share(town.services, secret, "Iemand anders")
    (one,) = shares_of(town.services, SANNE, subject)
    assert one.received_by == "Ans"
    day = town.services.now()[:10]
    used = list(access_log.lines(town.services.table, day, town.services.now()))
    assert {"share_with_partner", "read_share"} <= {line.action for line in used}
    assert any(line.purpose == "opvang regelen" for line in used)


def test_after_its_day_or_its_end_the_link_opens_nothing(town: Town, subject: str) -> None:
    first = secret_in(share(town.services, SANNE, subject, SHELTER))
    second = secret_in(share(town.services, SANNE, subject, SHELTER))
    (one, other) = shares_of(town.services, SANNE, subject)
    end_share(town.services, SANNE, subject, one.id)
    end_share(town.services, SANNE, subject, one.id)
    opened = 0
    for secret in (first, second):
        try:
            opened += read_share(town.services, secret).id == other.id
        except NotFound:
            continue
    assert opened == 1
    town.clock.forward(days=1, seconds=1)
    for secret in (first, second, "geraden"):
        with pytest.raises(NotFound):
            read_share(town.services, secret)


def test_the_citizen_reads_who_received_it_and_what_for(town: Town, subject: str) -> None:
    beginning = Beginning(subject=subject, channel="whatsapp", account="1", team="oost")
    case = open_case(town.services, beginning)
    share(town.services, SANNE, subject, SHELTER)
    door = Door(kind="session", number=case.number, round=1, until="2027-01-01T00:00:00.000Z")
    story = view_dossier(town.services, Visit(case=case, door=door, secret="x")).story
    told = [line.text for line in story if line.what == "partner_shared"]
    assert told == ["Gemeente Enschede (opvang regelen)"]


def test_without_a_purpose_nothing_is_shared(town: Town, subject: str) -> None:
    for missing in ("partner", "purpose", "told"):
        facts = {"partner": "A", "purpose": "B", "told": "C", missing: " "}
        with pytest.raises(InvalidInput):
            share(town.services, SANNE, subject, Wanted(**facts, days=1))
    with pytest.raises(InvalidInput):
        share(town.services, SANNE, subject, Wanted(partner="A", purpose="B", told="C", days=900))
    assert proposed(town.services, SANNE, subject) == ""


def test_on_the_pages_it_is_shared_read_confirmed_and_ended(town: Town, subject: str) -> None:
    sanne, page = signed_in(town.services, SANNE), f"/delen/{subject}"
    assert page in sanne.get(f"/gesprek/{subject}").page.links
    form = {"met": "Gemeente", "waarvoor": "opvang", "tekst": "Een gezin zoekt opvang."}
    assert sanne.post(page, **form, dagen="999").status == 422
    made = sanne.post(page, **form, dagen="7")
    address = link_in(made.html)
    partner = Visitor()
    seen = partner.get(f"/partner/{secret_in(address)}")
    assert "Een gezin zoekt opvang." in seen.text
    assert "slaapplaats" not in seen.html
    told = partner.follow(partner.post(f"/partner/{secret_in(address)}", wie="Ans"))
    assert "Ontvangen door Ans" in told.text
    (one,) = shares_of(town.services, SANNE, subject)
    ended = sanne.follow(sanne.post(f"{page}/{one.id}/stop"))
    assert "De link opent niets meer" in ended.text
    assert partner.get(f"/partner/{secret_in(address)}").status == 404
    assert signed_in(town.services, TOMASZ).get(page).status == 403


def link_in(html: str) -> str:
    return html.partition("/partner/")[2].partition('"')[0]
