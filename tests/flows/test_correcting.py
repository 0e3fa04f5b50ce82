"""A person says what a message is: it is kept, it raises, and it hides nothing."""

import pytest

from chalicelib.domain.label import Said, text_when
from chalicelib.errors import InvalidInput, NotAllowed, NotFound
from chalicelib.flows.assessing.correcting import correct, opinion
from chalicelib.flows.desk.queueing import claim, finish
from chalicelib.flows.desk.viewing import ConversationView, view_conversation, view_queue
from chalicelib.store import access_log, labels
from tests.conftest import MARIJKE, NOOR, SANNE, YOUSSEF, Town
from tests.flows.detecting import Scripted, detected_by

CALM, FIRE = "Hoe laat open?", "er is brand in de flat"
NO_HURRY, EMERGENCY = Said(urgency="later"), Said(urgency="spoed")


def asked(town: Town, *texts: str) -> ConversationView:
    """A citizen wrote these."""
    detected_by(town, Scripted())
    for text in texts:
        town.whatsapp(text)
        town.work()
        town.clock.forward(seconds=1)
    return seen(town)


def seen(town: Town) -> ConversationView:
    (row,) = view_queue(town.services, SANNE).rows
    return view_conversation(town.services, SANNE, row.subject)


def ids(view: ConversationView) -> list[str]:
    return [one.message.id for one in view.messages]


def test_it_is_kept_with_what_detection_said_who_and_when(town: Town) -> None:
    view = asked(town, CALM)
    subject, (message,) = view.conversation.subject, ids(view)
    said = Said(urgency="nu", kind="klacht", topic="drugs", lang="en")
    correct(town.services, SANNE, subject, message, said)
    label = seen(town).messages[0].label
    assert label
    assert (label.by, label.name, label.source) == ("sanne", "Sanne de Wit", "correction")
    assert label.at == town.services.now()
    assert label.said == said
    assert (label.detected.urgency, label.detected.version) == ("later", "test-1")
    assert label.message_sk.startswith("MSG#")


def test_the_newest_word_counts_and_the_earlier_ones_stay(town: Town) -> None:
    view = asked(town, CALM)
    subject, (message,) = view.conversation.subject, ids(view)
    correct(town.services, SANNE, subject, message, Said(urgency="nu"))
    town.clock.forward(seconds=5)
    correct(town.services, YOUSSEF, subject, message, NO_HURRY)
    label = seen(town).messages[0].label
    assert label
    assert (label.by, label.said.urgency) == ("youssef", "later")
    now = town.services.now()
    assert len(labels.of_conversation(town.services.table, subject, now)) == 2
    assert len(list(labels.of_day(town.services.table, now[:10], now))) == 2


def test_an_emergency_after_all_stands_on_the_lane_of_every_team_and_its_clock_runs(
    town: Town,
) -> None:
    view = asked(town, CALM)
    correct(town.services, SANNE, view.conversation.subject, ids(view)[0], EMERGENCY)
    (row,) = view_queue(town.services, NOOR).rows
    assert (row.emergency, row.urgency) == (True, "spoed")
    assert "medewerker" in row.because
    town.clock.forward(minutes=3)
    town.sweep()
    assert [item.subject for item in town.pager.pages] == [view.conversation.subject]
    told = [(event.what, event.by, event.text) for event in seen(town).timeline]
    assert ("corrected", "sanne", "urgency=spoed") in told


def test_a_colleague_who_holds_it_keeps_it_and_sees_it_raised(town: Town) -> None:
    view = asked(town, CALM)
    claim(town.services, YOUSSEF, view.conversation.subject)
    correct(town.services, SANNE, view.conversation.subject, ids(view)[0], EMERGENCY)
    item = seen(town).item
    assert item
    assert (item.emergency, item.claimed_by) == (True, "youssef")


def test_an_emergency_in_what_was_finished_waits_again(town: Town) -> None:
    view = asked(town, CALM)
    subject = view.conversation.subject
    finish(town.services, SANNE, subject)
    correct(town.services, SANNE, subject, ids(view)[0], EMERGENCY)
    (row,) = view_queue(town.services, NOOR).rows
    assert (row.subject, row.emergency, row.answered) == (subject, True, False)


def test_no_emergency_leaves_the_lane_and_is_in_the_timeline_with_who_said_it(town: Town) -> None:
    view = asked(town, FIRE)
    correct(town.services, SANNE, view.conversation.subject, ids(view)[0], NO_HURRY)
    after = seen(town)
    assert after.item
    assert (after.item.emergency, after.item.urgency) == (False, "nu")
    assert after.item.acknowledge_by is None
    assert ("corrected", "Sanne de Wit") in [(e.what, e.name) for e in after.timeline]


def test_it_stays_at_risk_while_another_message_is_an_emergency(town: Town) -> None:
    view = asked(town, FIRE, "de brand slaat over")
    subject, (first, second) = view.conversation.subject, ids(view)
    correct(town.services, SANNE, subject, first, NO_HURRY)
    item = seen(town).item
    assert item
    assert item.emergency
    town.clock.forward(seconds=1)
    correct(town.services, SANNE, subject, second, NO_HURRY)
    item = seen(town).item
    assert item
    assert not item.emergency


def test_what_a_colleague_holds_is_not_lowered_under_their_hands(town: Town) -> None:
    view = asked(town, FIRE)
    claim(town.services, YOUSSEF, view.conversation.subject)
    correct(town.services, SANNE, view.conversation.subject, ids(view)[0], NO_HURRY)
    after = seen(town)
    assert after.item
    assert after.item.emergency
    assert after.messages[0].label


def test_less_urgent_than_thought_hides_nothing_and_more_urgent_goes_up(town: Town) -> None:
    view = asked(town, CALM)
    subject, (message,) = view.conversation.subject, ids(view)
    correct(town.services, SANNE, subject, message, Said(urgency="geen"))
    assert view_queue(town.services, SANNE).rows[0].urgency == "later"
    correct(town.services, SANNE, subject, message, Said(urgency="nu"))
    assert view_queue(town.services, SANNE).rows[0].urgency == "nu"


def test_a_confirmation_is_kept_and_is_no_news(town: Town) -> None:
    view = asked(town, CALM)
    correct(town.services, SANNE, view.conversation.subject, ids(view)[0], NO_HURRY)
    after = seen(town)
    assert after.messages[0].label
    assert [event.what for event in after.timeline] == ["opened"]


def test_it_is_in_the_log_of_use(town: Town) -> None:
    view = asked(town, CALM)
    correct(town.services, SANNE, view.conversation.subject, ids(view)[0], NO_HURRY)
    now = town.services.now()
    lines = [(u.actor, u.action) for u in access_log.lines(town.services.table, now[:10], now)]
    assert ("sanne", "correct") in lines


def test_it_goes_when_its_message_goes(town: Town) -> None:
    view = asked(town, CALM)
    town.clock.forward(days=300)
    correct(town.services, SANNE, view.conversation.subject, ids(view)[0], NO_HURRY)
    said_on = town.services.now()[:10]
    town.clock.forward(days=67)
    now = town.services.now()
    assert labels.of_conversation(town.services.table, view.conversation.subject, now) == []
    assert list(labels.of_day(town.services.table, said_on, now)) == []


def test_the_text_that_was_judged_is_known_after_an_edit(town: Town) -> None:
    view = asked(town, CALM)
    message = view.messages[0].message
    label = correct(town.services, SANNE, view.conversation.subject, message.id, NO_HURRY)
    assert text_when(message, label.at) == CALM


def test_only_an_agent_and_only_what_was_assessed(town: Town) -> None:
    view = asked(town, CALM)
    subject = view.conversation.subject
    with pytest.raises(NotAllowed):
        correct(town.services, MARIJKE, subject, ids(view)[0], NO_HURRY)
    with pytest.raises(NotFound):
        correct(town.services, SANNE, subject, "nobody", NO_HURRY)
    with pytest.raises(NotFound):
        correct(town.services, SANNE, "nowhere", ids(view)[0], NO_HURRY)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, ["urgency"]),
        ({"urgency": "snel"}, ["urgency"]),
        ({"urgency": ["nu"]}, ["urgency"]),
        ({"urgency": "nu", "kind": "x", "topic": "y", "lang": "Dutch"}, ["kind", "topic", "lang"]),
        ({"urgency": "nu", "lang": 5}, ["lang"]),
    ],
)
def test_an_opinion_names_what_cannot_be(fields: dict[str, object], wrong: list[str]) -> None:
    with pytest.raises(InvalidInput) as refused:
        opinion(fields)
    assert list(refused.value.fields) == wrong


def test_what_was_not_asked_is_not_said() -> None:
    assert opinion({"urgency": "nu", "kind": ""}) == Said(urgency="nu")
    assert opinion({"urgency": "spoed", "lang": "und"}).emergency
