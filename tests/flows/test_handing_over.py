"""An incident goes to a unit on one card; what the unit says comes back to all who reported it."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from chalicelib.domain.cap import NAMESPACE, as_cap
from chalicelib.domain.card import Card, Told
from chalicelib.errors import NotFound
from chalicelib.flows.citizen.cases import Beginning, open_case
from chalicelib.flows.desk import filling_cards, passing_on, receiving_cards
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.flows.incidents.coordinating import view_incidents
from chalicelib.flows.incidents.stating import Stating, state
from chalicelib.store import cases, directory, incidents
from tests.conftest import SANNE, UNIT, Town
from tests.web.visiting import Visitor, signed_in

FIRE = "Grote brand in de loods aan de Textielstraat in Enschede, vlammen uit het dak! ({})"


@pytest.fixture
def fire(town: Town) -> str:
    """Three citizens report one fire; the second has a case."""
    for account in directory.accounts(town.services.table):
        approvals = account.approvals | {"incident": account.approvals["answer"]}
        town.services.table.write(directory.kept_account(replace(account, approvals=approvals)))
    for number in range(3):
        town.clock.forward(seconds=20)
        town.whatsapp(FIRE.format(number), author=f"NL.{number}")
        town.work()
    (incident,) = view_incidents(town.services, SANNE, "open")
    return incident.subject


def reporters(town: Town) -> list[str]:
    return [
        row.subject for row in view_queue(town.services, SANNE).rows if row.channel == "whatsapp"
    ]


def with_case(town: Town, subject: str) -> str:
    beginning = Beginning(subject=subject, channel="whatsapp", account="1", team="oost")
    return open_case(town.services, beginning).number


def passed_on(town: Town, subject: str) -> Card:
    told = filling_cards.proposed(town.services, SANNE, subject)
    card = passing_on.pass_on(
        town.services, SANNE, subject, receiver=UNIT.id, told=told, card_id="1a2b"
    )
    town.clock.forward(seconds=1)
    town.work()
    return card


def secret_of(town: Town) -> str:
    secret: str = town.fakes.received()[0]["receipt"].rpartition("/")[2]
    return secret


def heard(town: Town, subject: str) -> list[str]:
    timeline = view_conversation(town.services, SANNE, subject).timeline
    return [event.what for event in timeline if event.what.startswith("passed")]


def test_the_card_of_an_incident_names_no_citizen(town: Town, fire: str) -> None:
    told = filling_cards.proposed(town.services, SANNE, fire)
    assert "3 melders, 3 berichten" in told.what
    assert "Enschede" in told.where
    assert told.who == told.callback == ""
    assert "Bo" not in told.what


def test_the_card_of_an_incident_says_what_is_confirmed_below_what_it_is(
    town: Town, fire: str
) -> None:
    known = Stating(standing="confirmed", text="De loods is leeg", source="OvD")
    state(town.services, SANNE, fire, known)
    state(town.services, SANNE, fire, replace(known, standing="unknown", text="De oorzaak"))
    told = filling_cards.proposed(town.services, SANNE, fire)
    assert told.what == f"{told.title}\nBevestigd: De loods is leeg (bron: OvD)"
    card = passed_on(town, fire)
    alert = ET.fromstring(as_cap(card, "https://nabij.example/kaart/x"))  # noqa: S314 - ours
    assert alert.findtext(f".//{{{NAMESPACE}}}headline") == told.title


def test_receipt_and_status_come_back_to_every_reporter_once(town: Town, fire: str) -> None:
    subjects = reporters(town)
    number = with_case(town, subjects[1])
    passed_on(town, fire)
    secret = secret_of(town)
    receiving_cards.receive(town.services, secret, "Ans")
    town.clock.forward(seconds=1)
    town.work()
    for _ in range(2):
        receiving_cards.status_by_link(town.services, secret, "under_way")
        town.clock.forward(minutes=1)
        town.sweep()
    for subject in subjects:
        assert heard(town, subject) == ["passed_received", "passed_under_way"]
    case = cases.find(town.services.table, number, town.services.now())
    assert case
    assert case.news == "with_unit"
    (card,) = passing_on.passed_on(town.services, SANNE, fire)
    assert (card.status, card.due_at) == ("under_way", None)


def test_a_worker_that_died_tells_the_rest_later(town: Town, fire: str) -> None:
    passed_on(town, fire)
    receiving_cards.receive(town.services, secret_of(town), "Ans")
    town.clock.forward(minutes=2)
    town.sweep()
    assert all(heard(town, subject) == ["passed_received"] for subject in reporters(town))


def test_a_conversation_s_own_card_is_news_of_its_case(town: Town) -> None:
    town.whatsapp("Er wordt gevochten op de Oude Markt in Enschede")
    town.work()
    subject = view_queue(town.services, SANNE).rows[0].subject
    number = with_case(town, subject)
    passing_on.pass_on(
        town.services,
        SANNE,
        subject,
        receiver=UNIT.id,
        told=Told(what="gevecht"),
        card_id="3c4d",
    )
    town.work()
    receiving_cards.status_by_link(town.services, secret_of(town), "done")
    case = cases.find(town.services.table, number, town.services.now())
    assert case
    assert case.news == "with_unit"
    assert set(heard(town, subject)) >= {"passed_received", "passed_done"}


def test_it_is_a_cap_document_too(town: Town, fire: str) -> None:
    passed_on(town, fire)
    sent = town.fakes.received()[0]
    seen = Visitor().get(f"/kaart/{secret_of(town)}/cap.xml")
    assert seen.headers["content-type"].startswith("application/cap+xml")
    assert seen.html == sent["cap"]
    alert = ET.fromstring(seen.html)  # noqa: S314  our own
    found = {one.tag.removeprefix(f"{{{NAMESPACE}}}"): one.text for one in alert.iter()}
    assert (found["status"], found["scope"], found["urgency"]) == ("Actual", "Private", "Expected")
    assert found["areaDesc"] == "Textielstraat, Enschede"
    assert (found["sent"] or "").endswith("-00:00")
    with pytest.raises(NotFound):
        receiving_cards.behind_link(town.services, "zomaar")


def test_a_circle_says_how_far_off_it_may_be_while_the_card_names_that_place(
    town: Town, fire: str
) -> None:
    where = incidents.find(town.services.table, fire, town.services.now())
    assert where
    assert where.radius > 0
    card = passed_on(town, fire)
    assert (card.point, card.radius) == (where.point, where.radius)
    elsewhere = replace(card.told, where="Oldenzaal")
    other = passing_on.pass_on(
        town.services, SANNE, fire, receiver=UNIT.id, told=elsewhere, card_id="9z"
    )
    assert other.point is None


def test_what_citizens_wrote_cannot_break_the_document(town: Town, fire: str) -> None:
    card = passed_on(town, fire)
    odd = replace(card, told=Told(what='<brand> & "rook" ]]>\x0b', where=""))
    alert = ET.fromstring(as_cap(odd, "https://x"))  # noqa: S314  our own
    texts = [one.text for one in alert.iter() if one.tag.endswith("event")]
    assert texts == ['<brand> & "rook" ]]>']


def test_an_agent_passes_an_incident_on_from_its_page(town: Town, fire: str) -> None:
    sanne = signed_in(town.services, SANNE)
    address = f"/incident/{fire}/doorgeven"
    assert address in sanne.get(f"/incident/{fire}").page.links
    page = sanne.get(address)
    assert "Terug" in page.text
    fields = {name: page.page.fields[name] for name in ("what", "where", "when", "card_id")}
    sent = sanne.follow(sanne.post(address, **fields, naar=UNIT.id))
    assert "Doorgegeven." in sent.text
    town.work()
    unit, link = Visitor(), f"/kaart/{secret_of(town)}"
    unit.follow(unit.post(link, wie="Ans"))
    assert "Onderweg sinds" in unit.follow(unit.post(f"{link}/stand", stand="onderweg")).text
    assert "Afgehandeld" in unit.follow(unit.post(f"{link}/stand", stand="klaar")).text
    assert unit.post(f"{link}/stand", stand="zomaar").status == 422
