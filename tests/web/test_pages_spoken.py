"""By phone, at the counter, in the street: nobody tells their story twice."""

import pytest

from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.store import access_log, cases, contacts, directory, keys
from tests.conftest import SANNE, TOMASZ, Town, account
from tests.web.visiting import Seen, Visitor, signed_in

STORY = "Mijn fiets is gestolen bij het station in Zwolle"
CALLER = "06 12345678"


@pytest.fixture
def sanne(town: Town) -> Visitor:
    for channel, id_ in (("spoken", "balie"), ("sms", "+31970000001")):
        town.services.table.write(directory.kept_account(account(channel, id_)))
    return signed_in(town.services, SANNE)


def write(visitor: Visitor, **fields: str) -> Seen:
    fresh = visitor.get("/telefoon").page.fields["message_id"]
    told = {"doen": "bewaar", "way": "phone", "text": STORY, "message_id": fresh}
    return visitor.post("/telefoon", **(told | fields))


def find(visitor: Visitor, asked: str, **fields: str) -> Seen:
    return visitor.post("/telefoon", doen="zoek", find=asked, **fields)


def subject_in(seen: Seen) -> str:
    return seen.place.partition("?")[0].removeprefix("/gesprek/")


def number_on(visitor: Visitor, seen: Seen) -> str:
    text = visitor.follow(seen).text
    return text.partition("Noem de inwoner dit nummer: ")[2][:11]


def test_what_is_said_stands_on_the_queue_with_a_number_to_read_aloud(
    town: Town, sanne: Visitor
) -> None:
    seen = write(sanne, name="Bo", reach=CALLER)
    view = view_conversation(town.services, SANNE, subject_in(seen))
    (message,) = [one.message for one in view.messages]
    assert (message.text, message.kind, message.written_by) == (STORY, "phone", "Sanne de Wit")
    assert view.conversation.author_id == "+31612345678"
    assert [row.subject for row in view_queue(town.services, SANNE).rows] == [subject_in(seen)]
    assert "Telefoon: opgeschreven door Sanne de Wit" in sanne.follow(seen).text
    found = find(sanne, number_on(sanne, seen)).text
    assert "1 gesprek gevonden" in found
    assert STORY in found
    town.work()
    assert len(view_conversation(town.services, SANNE, subject_in(seen)).messages) == 1


def test_a_double_click_writes_it_down_once(town: Town, sanne: Visitor) -> None:
    first, second = (write(sanne, message_id="klik") for _ in range(2))
    assert subject_in(first) == subject_in(second)
    assert len(view_conversation(town.services, SANNE, subject_in(first)).messages) == 1


def test_who_calls_again_is_known_by_number_and_what_was_typed_stays(
    town: Town, sanne: Visitor
) -> None:
    first = write(sanne, reach=CALLER)
    found = find(sanne, "+31 6 12345678", text="Ik belde net ook")
    assert STORY in found.text
    assert found.page.fields["text"] == "Ik belde net ook"
    second = write(sanne, reach=CALLER, text="Ik belde net ook")
    assert subject_in(first) == subject_in(second)
    assert number_on(sanne, first) == number_on(sanne, second)
    lines = access_log.lines(town.services.table, "2026-11-21", town.services.now())
    looked = [one for one in lines if one.action == "search"]
    assert [(one.actor, one.purpose) for one in looked] == [("sanne", "help_now")]


def test_who_wrote_before_goes_on_in_the_same_case_and_is_joined_with_a_ground(
    town: Town, sanne: Visitor
) -> None:
    town.whatsapp("Mijn fiets is weg, wat nu?")
    town.work()
    (earlier,) = [row.subject for row in view_queue(town.services, SANNE).rows]
    assert "Mijn fiets is weg" in find(sanne, "fiets weg").text
    refused = write(sanne, earlier=earlier)
    assert refused.status == 422
    assert "waaraan je de inwoner herkent" in refused.text

    seen = write(sanne, earlier=earlier, ground="noemde het framenummer van WhatsApp")
    first, second = (
        view_conversation(town.services, SANNE, one).conversation
        for one in (earlier, subject_in(seen))
    )
    (join,) = contacts.of_contact(town.services.table, first.contact, town.services.now())
    assert (join.other, join.by) == (second.contact, "sanne")
    again = write(sanne, earlier=earlier, ground="dezelfde stem", text="Nog iets")
    assert subject_in(again) == subject_in(seen), "one conversation for who was recognised"
    now = town.services.now()
    number = number_on(sanne, seen).replace(" ", "")
    assert number_on(sanne, again).replace(" ", "") == number
    assert [one.subject for one in cases.links(town.services.table, number, now)] == [
        second.subject
    ]
    assert keys.case(number)


def test_a_case_goes_on_under_its_own_number(town: Town, sanne: Visitor) -> None:
    number = number_on(sanne, write(sanne, reach=CALLER))
    found = find(sanne, number)
    earlier = found.page.fields["earlier"] or found.html.split('name="earlier" value="')[2][:20]
    seen = write(sanne, way="counter", reach="bo@voorbeeld.nl", earlier=earlier, ground="pas")
    assert number_on(sanne, seen) == number


def test_a_misheard_digit_is_told(sanne: Visitor) -> None:
    number = number_on(sanne, write(sanne))
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    seen = find(sanne, wrong)
    assert seen.status == 422
    assert "een cijfer verkeerd gehoord" in seen.text


def test_it_can_be_closed_at_once_but_never_danger(town: Town, sanne: Visitor) -> None:
    done = write(sanne, ending="signposted")
    assert view_queue(town.services, SANNE).rows == []
    assert "rondde het af: doorverwezen" in sanne.follow(done).text
    danger = write(sanne, text="Hij staat voor de deur met een mes, help", ending="answered")
    assert "niet afgerond" in sanne.follow(danger).text
    assert [row.subject for row in view_queue(town.services, SANNE).rows] == [subject_in(danger)]


def test_without_a_way_nothing_can_be_written_to_the_citizen(town: Town, sanne: Visitor) -> None:
    seen = write(sanne, reach=CALLER)
    assert "gaf geen adres" in sanne.follow(seen).text
    sanne.post(f"/gesprek/{subject_in(seen)}/oppakken")
    call = write(sanne, reach=CALLER, answer="call")
    assert "Bel de inwoner terug op +31612345678" in sanne.follow(call).text
    newest = view_conversation(town.services, SANNE, subject_in(seen)).newest
    refused = sanne.post(
        f"/gesprek/{subject_in(seen)}/antwoord", text="Dag", reply_id="r-1", seen=newest
    )
    assert refused.status == 403
    assert write(sanne, answer="write").status == 422


def test_an_answer_goes_by_the_way_that_the_citizen_gave(town: Town, sanne: Visitor) -> None:
    subject = subject_in(write(sanne, reach=CALLER, answer="write"))
    sanne.post(f"/gesprek/{subject}/oppakken")
    shown = sanne.get(f"/gesprek/{subject}")
    assert "Gaat per sms naar +31612345678" in shown.text
    sanne.post(
        f"/gesprek/{subject}/antwoord",
        text="We kijken ernaar.",
        reply_id="r-1",
        seen=shown.page.fields["seen"],
        daarna="meteen",
    )
    town.work()
    sent = [one for one in town.fakes.sent() if one["channel"] == "sms"][-1]
    assert sent["to"] == "+31612345678"
    assert sent["text"].startswith("We kijken ernaar.")


def test_only_who_answers_citizens_writes_down(town: Town) -> None:
    assert signed_in(town.services, TOMASZ).get("/telefoon").status == 403
