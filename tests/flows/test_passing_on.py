"""A matter goes to a unit or the centre: written down, sent, and owed until they have it."""

from uuid import uuid4

import pytest

from chalicelib.domain.card import Card, Told
from chalicelib.domain.principal import Principal
from chalicelib.errors import InvalidInput, NotAllowed, NotFound
from chalicelib.flows.desk import filling_cards, passing_on, receiving_cards
from chalicelib.flows.desk.surroundings import standing_alarms
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from tests.conftest import CENTRE, MARIJKE, SANNE, UNIT, Town
from tests.dying import dying

TOLD = Told(what="steekpartij", where="Oude Markt, Enschede", weapons="mes")


def conversation(town: Town, *texts: str) -> str:
    for text in texts or ("Er is een man met een mes op de Oude Markt in Enschede",):
        town.whatsapp(text)
    town.work()
    return view_queue(town.services, SANNE).rows[0].subject


def passed_on(
    town: Town, subject: str, to: str = CENTRE.id, *, by: Principal = SANNE, id_: str = ""
) -> Card:
    return passing_on.pass_on(
        town.services, by, subject, receiver=to, told=TOLD, card_id=id_ or uuid4().hex
    )


def now_is(town: Town, card: Card) -> Card:
    found = passing_on.passed_on(town.services, SANNE, card.subject)
    return next(one for one in found if one.id == card.id)


def happened(town: Town, subject: str) -> list[str]:
    timeline = view_conversation(town.services, SANNE, subject).timeline
    return [event.what for event in timeline if event.what.startswith("passed")]


def test_the_card_holds_what_the_citizen_wrote(town: Town) -> None:
    subject = conversation(
        town,
        "Er wordt gevochten op de Oude Markt in Enschede, een man heeft een mes",
        "Hij rent weg richting het station. Bel mij op 06-12345678",
    )
    told = filling_cards.proposed(town.services, SANNE, subject)
    assert "Oude Markt" in told.where
    assert "mes" in told.weapons
    assert "station" in told.direction
    assert "06-12345678" in told.callback
    assert told.injured == "", "what nobody said stays empty"


def test_the_centre_has_it_and_says_so(town: Town) -> None:
    subject = conversation(town)
    card = passed_on(town, subject)
    town.clock.forward(seconds=1)
    town.work()
    town.clock.forward(seconds=9)
    (received,) = town.fakes.received()
    assert received["told"]["weapons"] == "mes"
    assert now_is(town, card).state == "sent"
    secret = received["receipt"].rpartition("/")[2]
    receiving_cards.receive(town.services, secret, "Ans, meldkamer")
    receiving_cards.receive(town.services, secret, "nog eens")
    after = now_is(town, card)
    assert (after.state, after.taken_by, after.due_at) == ("received", "Ans, meldkamer", None)
    assert happened(town, subject) == ["passed_on", "passed_sent", "passed_received"]


def test_a_double_click_passes_on_once(town: Town) -> None:
    subject = conversation(town)
    for _ in range(2):
        passed_on(town, subject, id_="1234abcd")
    town.work()
    assert len(town.fakes.received()) == 1


def test_a_lost_nudge_is_found(town: Town) -> None:
    subject = conversation(town)
    card = passed_on(town, subject)
    for job in town.services.jobs.receive("deliver"):
        town.services.jobs.finish(job)
    town.clock.forward(seconds=61)
    town.sweep()
    assert now_is(town, card).state == "sent"


def test_nobody_over_there_is_said_aloud_and_tried_again(town: Town) -> None:
    subject = conversation(town)
    town.fakes.receivers_away()
    card = passed_on(town, subject)
    town.work()
    assert not town.pager.alarms, "one attempt in vain is no alarm"
    town.clock.forward(seconds=61)
    town.sweep()
    assert town.pager.alarms == ["Meldkamer is niet te bereiken. Bel ze."]
    town.fakes.receivers_away(away=False)
    town.clock.forward(minutes=6)
    town.sweep()
    assert now_is(town, card).state == "sent"


def test_who_does_not_confirm_is_called(town: Town) -> None:
    subject = conversation(town)
    card = passed_on(town, subject)
    town.work()
    town.clock.forward(minutes=3)
    town.sweep()
    assert happened(town, subject)[-1] == "passed_unanswered"
    assert [one.text for one in standing_alarms(town.services, SANNE)] == town.pager.alarms
    receiving_cards.told_by_phone(town.services, SANNE, subject, card.id)
    assert now_is(town, card).taken_by == "telefonisch, Sanne de Wit"
    assert not standing_alarms(town.services, SANNE)
    town.sweep()
    assert len(town.pager.alarms) == 1


def test_who_dies_before_it_is_said_aloud_leaves_it_owed(town: Town) -> None:
    subject = conversation(town)
    passed_on(town, subject)
    town.work()
    town.clock.forward(minutes=3)
    with dying(town, lambda operation: operation.key.pk == "ALARMS"):
        town.sweep()
    assert not standing_alarms(town.services, SANNE)
    town.clock.forward(minutes=1)
    town.sweep()
    assert len(standing_alarms(town.services, SANNE)) == len(town.pager.alarms) == 1
    assert happened(town, subject)[-1] == "passed_unanswered"


def test_a_unit_has_half_an_hour(town: Town) -> None:
    subject = conversation(town)
    passed_on(town, subject, UNIT.id)
    town.work()
    town.clock.forward(minutes=29)
    town.sweep()
    assert not town.pager.alarms
    town.clock.forward(minutes=2)
    town.sweep()
    assert len(town.pager.alarms) == 1


@pytest.mark.parametrize(
    ("to", "told", "field"),
    [
        ("niemand", TOLD, "naar"),
        (CENTRE.id, Told(where="hier"), "what"),
        (CENTRE.id, Told(what="ruzie"), "where"),
        (CENTRE.id, Told(what="x" * 1001), "long"),
    ],
)
def test_a_card_that_nobody_could_act_on_is_refused(
    town: Town, to: str, told: Told, field: str
) -> None:
    subject = conversation(town)
    with pytest.raises(InvalidInput) as refused:
        passing_on.pass_on(town.services, SANNE, subject, receiver=to, told=told, card_id="1")
    assert field in refused.value.fields


def test_a_link_opens_its_card_for_a_day(town: Town) -> None:
    passed_on(town, conversation(town))
    town.work()
    secret = town.fakes.received()[0]["receipt"].rpartition("/")[2]
    assert receiving_cards.behind_link(town.services, secret).told == TOLD
    town.clock.forward(hours=25)
    with pytest.raises(NotFound):
        receiving_cards.behind_link(town.services, secret)


def test_who_may_not_answer_passes_nothing_on(town: Town) -> None:
    subject = conversation(town)
    with pytest.raises(NotAllowed):
        passed_on(town, subject, by=MARIJKE)
