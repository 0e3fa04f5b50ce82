"""Part of detection was away: the message is assessed again when it is back. It only raises."""

from chalicelib.domain.label import Said
from chalicelib.flows.assessing.correcting import correct
from chalicelib.flows.assessing.reassessing import reassess
from chalicelib.flows.desk.queueing import judge
from chalicelib.flows.desk.viewing import ConversationView, view_conversation, view_queue
from chalicelib.flows.running.accounting import owed
from chalicelib.store import due, kept_messages, keys
from tests.conftest import NOOR, SANNE, Town
from tests.flows.detecting import Scripted, detected_by

FIRE = "er is brand in de flat"


def while_away(town: Town, text: str = FIRE) -> Scripted:
    """A citizen wrote while part of detection was away."""
    detection = Scripted(away=True)
    detected_by(town, detection)
    town.whatsapp(text)
    town.work()
    return detection


def seen(town: Town) -> ConversationView:
    (row,) = view_queue(town.services, SANNE).rows
    return view_conversation(town.services, SANNE, row.subject)


def waiting(town: Town) -> int:
    return due.owed(town.services.table, keys.REDO_DUE)


def test_it_is_placed_at_once_and_raised_when_detection_is_back(town: Town) -> None:
    detection = while_away(town)
    (row,) = view_queue(town.services, SANNE).rows
    assert not row.emergency
    assert (waiting(town), owed(town.services)) == (1, 0)
    detection.away = False
    town.clock.forward(minutes=6)
    town.sweep()
    (row,) = view_queue(town.services, NOOR).rows
    assert row.emergency
    assert waiting(town) == 0
    assert [event.what for event in seen(town).timeline] == ["opened", "raised"]


def test_it_is_not_looked_at_before_its_time(town: Town) -> None:
    detection = while_away(town)
    detection.away = False
    town.clock.forward(minutes=4)
    town.sweep()
    assert waiting(town) == 1


def test_still_away_is_tried_later_and_later_and_after_a_day_no_more(town: Town) -> None:
    detection = while_away(town)
    tries = 0
    for _ in range(40 * 12):
        town.clock.forward(minutes=5)
        before = len(detection.heard)
        town.sweep()
        tries += len(detection.heard) - before
    assert waiting(town) == 0
    assert 5 < tries < 20
    assessment = seen(town).messages[0].assessment
    assert assessment
    assert assessment.redo


def test_less_urgent_than_was_thought_lowers_nothing(town: Town) -> None:
    detection = while_away(town, "brand")
    detection.away, detection.urgent = False, ()
    correct(town.services, SANNE, *first(town), Said(urgency="nu"))
    town.clock.forward(minutes=6)
    town.sweep()
    assert view_queue(town.services, SANNE).rows[0].urgency == "nu"
    assessment = seen(town).messages[0].assessment
    assert assessment
    assert not assessment.redo


def first(town: Town) -> tuple[str, str]:
    view = seen(town)
    return view.conversation.subject, view.messages[0].message.id


def test_what_a_person_said_of_it_stands(town: Town) -> None:
    detection = while_away(town)
    correct(town.services, SANNE, *first(town), Said(urgency="later"))
    detection.away = False
    town.clock.forward(minutes=6)
    town.sweep()
    assert not view_queue(town.services, SANNE).rows[0].emergency
    assert waiting(town) == 0


def test_a_judgement_of_its_conversation_stands_too(town: Town) -> None:
    detection = while_away(town)
    judge(town.services, SANNE, first(town)[0], emergency=False)
    detection.away = False
    town.clock.forward(minutes=6)
    town.sweep()
    assert not view_queue(town.services, SANNE).rows[0].emergency


def test_twice_is_harmless(town: Town) -> None:
    detection = while_away(town)
    detection.away = False
    town.clock.forward(minutes=6)
    town.sweep()
    seen(town)  # the first time is noted
    before = seen(town)
    message = before.messages[0].message
    assert reassess(town.services, kept_messages.key_of(message)) is None
    assert seen(town) == before


def test_it_knows_what_the_citizen_wrote_before_it_and_not_after(town: Town) -> None:
    detection = while_away(town, "eerst")
    for number in range(40):
        town.clock.forward(seconds=1)
        detection.away = False
        town.whatsapp(f"later {number}")
        town.work()
    town.clock.forward(minutes=6)
    town.sweep()
    assert detection.heard[-1].earlier == ()
