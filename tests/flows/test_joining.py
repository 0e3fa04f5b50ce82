"""Handles follow a person on their own channel; across channels only a recorded act joins them."""

import pytest

from chalicelib.domain.contact import handle_of
from chalicelib.errors import InvalidInput, NotAllowed, NotFound, StaleVersion
from chalicelib.flows.citizen.joining import join, one_person, part, view_contact
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.flows.taking_in.forms import submit
from chalicelib.store import access_log, conversations
from tests.conftest import NOOR, SANNE, TOMASZ, Town

OLD, NEW = "31600000001", "31600000002"
GROUND = "noemt in beide gesprekken hetzelfde zaaknummer en bevestigt het zelf"


def subjects(town: Town) -> list[str]:
    return [row.subject for row in view_queue(town.services, SANNE).rows]


def contact_of(town: Town, subject: str) -> str:
    return view_conversation(town.services, SANNE, subject).conversation.contact


def two_people(town: Town) -> tuple[str, str]:
    """One wrote on WhatsApp, one through the form."""
    town.whatsapp("Hallo")
    fields = {"submission_id": "f-1", "message": "Hallo", "consent": True}
    submit(town.services, "nabij", fields)
    town.work()
    first, second = (contact_of(town, subject) for subject in subjects(town))
    return first, second


def by_number(town: Town, text: str, number: str) -> None:
    town.written += 1
    message = {"type": "text", "text": {"body": text}, "id": f"w.{town.written}", "from": number}
    town.deliver_whatsapp(message, contacts=[{"profile": {"name": "Bo"}, "wa_id": number}])
    town.work()


def test_the_same_characters_of_another_kind_are_another_handle() -> None:
    assert handle_of("whatsapp", OLD) != handle_of("sms", OLD)
    assert handle_of("whatsapp", "NL.1001").kind == "business_scoped"
    assert handle_of("reddit", "t2_abc").kind == "user"
    assert handle_of("reddit", "abc").kind == "name"


def test_a_number_that_changed_follows_the_person(town: Town) -> None:
    by_number(town, "Mijn fiets is weg", OLD)
    changed = {"type": "user_changed_number", "body": "Bo changed", "wa_id": NEW}
    town.deliver_whatsapp(
        {"type": "system", "id": "w.sys", "from": OLD, "system": changed}, contacts=[]
    )
    town.work()
    town.clock.forward(minutes=1)
    by_number(town, "Al nieuws?", NEW)
    (subject,) = subjects(town)
    view = view_conversation(town.services, SANNE, subject)
    assert [one.message.text for one in view.messages if one.message.kind == "text"] == [
        "Mijn fiets is weg",
        "Al nieuws?",
    ]
    assert view.conversation.author_id == NEW, "the answer goes to the new number"


def test_who_was_known_by_number_is_known_by_the_id_that_comes_beside_it(town: Town) -> None:
    by_number(town, "Mijn fiets is weg", OLD)
    both = {"type": "text", "text": {"body": "Al nieuws?"}, "id": "w.2", "from": OLD}
    town.deliver_whatsapp(both | {"from_user_id": "NL.7"}, contacts=[])
    town.work()
    (subject,) = subjects(town)
    assert view_conversation(town.services, SANNE, subject).conversation.author_id == "NL.7"


def test_the_same_number_on_two_channels_joins_nobody(town: Town) -> None:
    first, second = two_people(town)
    assert first != second
    assert one_person(town.services, first) == [first]


def test_a_colleague_joins_two_contacts_with_a_ground_and_it_is_logged(town: Town) -> None:
    first, second = two_people(town)
    made = join(town.services, SANNE, first, second, GROUND)
    assert (made.how, made.by, made.ground) == ("person", "sanne", GROUND)
    for one, other in ((first, second), (second, first)):
        view = view_contact(town.services, SANNE, one)
        assert {handle.channel for handle in view.handles} == {"whatsapp", "form"}
        assert [(j.other, j.holds) for j in view.joins] == [(other, True)]
    now = town.services.now()
    lines = access_log.lines(town.services.table, now[:10], now)
    assert ("sanne", "join", f"{first} {second}") in {(x.actor, x.action, x.object) for x in lines}


def test_a_wrong_join_is_taken_back_and_leaves_its_record(town: Town) -> None:
    first, second = two_people(town)
    join(town.services, SANNE, first, second, GROUND)
    town.clock.forward(minutes=1)
    part(town.services, NOOR, second, first, "twee buren met één zaak")
    assert one_person(town.services, first) == [first]
    (record,) = view_contact(town.services, SANNE, first).joins
    assert (record.by, record.parted_by, record.holds) == ("sanne", "noor", False)
    with pytest.raises(NotFound):
        part(town.services, NOOR, first, second, "nog eens")
    join(town.services, SANNE, first, second, "toch dezelfde")
    assert one_person(town.services, second) == [second, first]


def test_without_a_ground_nobody_is_joined(town: Town) -> None:
    first, second = two_people(town)
    for other, ground in ((second, "  "), (second, "x" * 501), (first, GROUND)):
        with pytest.raises(InvalidInput):
            join(town.services, SANNE, first, other, ground)
    with pytest.raises(NotFound):
        join(town.services, SANNE, first, "nobody", GROUND)
    with pytest.raises(NotAllowed):
        join(town.services, TOMASZ, first, second, GROUND)
    join(town.services, SANNE, first, second, GROUND)
    with pytest.raises(StaleVersion):
        join(town.services, NOOR, second, first, GROUND)


def test_the_contact_of_a_conversation_stays_when_it_is_joined(town: Town) -> None:
    first, second = two_people(town)
    join(town.services, SANNE, first, second, GROUND)
    kept = [
        conversations.find(town.services.table, subject, town.services.now())
        for subject in subjects(town)
    ]
    assert {one.contact for one in kept if one} == {first, second}
