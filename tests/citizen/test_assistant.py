"""The assistant on a live channel: it answers at once, says what it is, and gives way to people."""

from chalicelib.flows.citizen.assisted import set_assistant
from chalicelib.flows.citizen.assisting import assist
from chalicelib.flows.citizen.hearing import collected
from chalicelib.flows.desk.queueing import claim, finish, release
from chalicelib.flows.desk.viewing import view_queue
from chalicelib.store import kept_messages, keys, talks
from chalicelib.store.queue import LIFE
from tests.citizen.conftest import Square
from tests.conftest import MARIJKE, SANNE, WHATSAPP, YOUSSEF

STOLEN = "Mijn zwarte fiets is gisteren gestolen"


def subject_of(square: Square) -> str:
    return view_queue(square.town.services, SANNE).rows[0].subject


def test_it_says_what_it_is_and_asks_what_is_missing(square: Square) -> None:
    first = square.writes(STOLEN)
    assert "automatische assistent" in first
    assert "medewerker" in first
    assert "?" in first
    second = square.writes("In Enschede op de Oude Markt")
    assert "automatische assistent" not in second
    told = collected(square.town.services, subject_of(square))
    assert told
    assert told.topic == "fietsdiefstal"
    assert "Enschede" in told.slots["where"]


def test_each_message_is_answered_once_however_often_it_is_nudged(square: Square) -> None:
    square.writes(STOLEN)
    for _ in range(3):
        assist(square.town.services, keys.talk(subject_of(square)))
    square.town.work()
    assert len(square.received()) == 1


def test_a_lost_nudge_is_found(square: Square) -> None:
    square.town.whatsapp(STOLEN)
    square.town.work()
    before = len(square.received())
    square.town.clock.forward(seconds=5)
    square.town.services.table.write(talks.owed(subject_of(square), square.town.services.now()))
    square.town.clock.forward(minutes=3)
    square.town.sweep()
    assert before == len(square.received()) == 1


def test_danger_brings_112_and_the_lane_of_life_at_risk(square: Square) -> None:
    answer = square.writes("help er is brand in mijn huis en mijn kind is nog binnen")
    assert "112" in answer
    assert "/melding/link/" not in answer
    (row,) = view_queue(square.town.services, SANNE).rows
    assert row.emergency
    item = square.town.services.table.get(keys.queue_item(row.subject))
    assert item
    assert LIFE in item["list_pk"]
    talk = talks.find(square.town.services.table, row.subject, square.town.services.now())
    assert talk
    assert talk.owner == "waiting"


def test_who_asks_for_a_person_waits_for_one(square: Square) -> None:
    square.writes(STOLEN)
    assert "medewerker" in square.writes("Ik wil een medewerker spreken")
    before = len(square.received())
    square.writes("Bent u daar?")
    assert len(square.received()) == before
    (row,) = view_queue(square.town.services, SANNE).rows
    assert not row.answered


def test_from_the_claim_on_it_is_silent(square: Square) -> None:
    square.writes(STOLEN)
    claim(square.town.services, SANNE, subject_of(square))
    square.town.work()
    before = len(square.received())
    square.writes("In Enschede")
    assert len(square.received()) == before
    release(square.town.services, SANNE, subject_of(square))
    square.writes("Hallo?")
    assert len(square.received()) == before


def test_what_it_was_about_to_send_stays_when_a_person_comes(square: Square) -> None:
    town = square.town
    town.fakes.fail(channel="whatsapp", mode="throttle", retry_after=60)
    square.writes(STOLEN)
    assert square.received() == []
    claim(town.services, SANNE, subject_of(square))
    town.clock.forward(minutes=10)
    town.sweep()
    assert not any("assistent" in one for one in square.received())
    messages = kept_messages.listing(town.services.table, subject_of(square), town.services.now())
    ours = [one for one in messages if one.by == "assistant"]
    assert [one.state for one in ours] == ["refused"]


def test_a_next_matter_begins_with_the_assistant_again(square: Square) -> None:
    square.writes(STOLEN)
    subject = subject_of(square)
    claim(square.town.services, SANNE, subject)
    finish(square.town.services, SANNE, subject)
    square.town.clock.forward(days=10)
    first = square.number()
    answer = square.writes("Er is geluidsoverlast bij mij in de straat")
    assert "automatische assistent" in answer
    assert first not in answer


def test_an_unanswered_question_is_repeated_once(square: Square) -> None:
    square.writes(STOLEN)
    for _ in range(5):
        square.town.clock.forward(hours=21)
        square.town.sweep()
    assert len(square.received()) == 2
    assert "herinneren" in square.received()[-1]


def test_switched_off_only_people_answer(square: Square) -> None:
    set_assistant(square.town.services, MARIJKE, "whatsapp", WHATSAPP, on=False)
    square.writes(STOLEN)
    assert square.received() == []
    claim(square.town.services, YOUSSEF, subject_of(square))


def test_at_home_it_asks_first_whether_it_is_safe(square: Square) -> None:
    answer = square.writes("mijn ex stalkt me al weken, hij volgt me overal")
    assert "/melding/link/" not in answer
