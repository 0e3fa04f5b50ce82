"""Judging blind: drawn at night, judged by a person who sees nothing of what detection said."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from chalicelib.domain.assessment import Urgency
from chalicelib.domain.sample import Sizes
from chalicelib.errors import NotAllowed, NotFound
from chalicelib.flows.assessing.drawing import draw
from chalicelib.flows.assessing.recalling import view_recall
from chalicelib.flows.assessing.sampling import ToJudge, judge_lot, next_to_judge
from chalicelib.flows.desk.queueing import finish
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.store import samples
from tests.conftest import MARIJKE, NOOR, SANNE, YOUSSEF, Town, furnish
from tests.emulator import emulator
from tests.flows.detecting import Scripted, detected_by

DAY = "2026-11-21"


@pytest.fixture(params=["sqlite", "dynamo"])
def evening(town: Town, request: pytest.FixtureRequest) -> Town:
    """Thirty citizens wrote; two of them were raised and one was doubted. On either engine."""
    if request.param == "dynamo":
        town.services = replace(town.services, table=emulator().table())
        furnish(town.services)
    detected_by(town, Scripted(doubted=("misschien",)))
    for number in range(27):
        town.whatsapp(f"vraag {number}", author=f"NL.{number}")
    town.whatsapp("er is brand", author="NL.brand1")
    town.whatsapp("nog een brand", author="NL.brand2")
    town.whatsapp("misschien wel", author="NL.misschien")
    town.work()
    return town


def night(town: Town, **sizes: int) -> None:
    """The night comes, and with it the draw."""
    town.services = replace(town.services, sizes=replace(town.services.sizes, **sizes))
    detected_by(town, town.services.classify)
    town.clock.forward(hours=6)
    town.sweep()


def judged(town: Town, urgency: Urgency = "later") -> Iterator[ToJudge]:
    """Everything on the pile, one after another."""
    while (found := next_to_judge(town.services, SANNE)).lot:
        yield found
        judge_lot(town.services, SANNE, found.day, found.lot.order, urgency)


def test_nothing_is_drawn_by_day_and_everything_once_at_night(evening: Town) -> None:
    evening.sweep()
    assert next_to_judge(evening.services, SANNE).lot is None
    night(evening)
    evening.sweep()
    sample = samples.find(evening.services.table, "oost", DAY, evening.services.now())
    assert sample
    assert (sample.raised, sample.low) == (2, 28)
    assert draw(evening.services, "oost", DAY) is None


def test_a_lost_nudge_is_found_a_minute_later(evening: Town) -> None:
    evening.clock.forward(hours=6)
    for job in evening.services.jobs.receive("listening"):
        evening.services.jobs.finish(job)
    evening.sweep()
    assert next_to_judge(evening.services, SANNE).lot


def test_the_judge_sees_the_words_and_how_much_is_left(evening: Town) -> None:
    night(evening, low=3, raised=1, doubted=0)
    first = next_to_judge(evening.services, SANNE)
    assert (first.day, first.done, first.left) == (DAY, 0, 4)
    assert first.message
    assert first.message.text
    texts = [one.message.text for one in judged(evening) if one.message]
    assert len(set(texts)) == 4
    after = next_to_judge(evening.services, SANNE)
    assert (after.done, after.left, after.lot) == (4, 0, None)


def test_what_detection_doubted_is_judged_on_the_same_pile(evening: Town) -> None:
    night(evening, low=1, raised=0, doubted=1)
    sources = {one.lot.source for one in judged(evening) if one.lot}
    assert sources == {"sample", "uncertain"}


def test_the_same_messages_are_drawn_whenever_it_is_done(evening: Town) -> None:
    evening.services = replace(evening.services, sizes=Sizes(low=5, raised=1, doubted=1))
    evening.clock.forward(hours=6)
    draw(evening.services, "oost", DAY)
    now = evening.services.now()
    first = [lot.message_sk for lot in samples.lots(evening.services.table, "oost", DAY, now)]
    assert len(first) == 7


def test_recall_is_what_was_raised_of_what_people_found(evening: Town) -> None:
    night(evening)
    for one in judged(evening):
        assert one.message
        assert one.lot
    view = view_recall(evening.services, MARIJKE)
    assert (view.tally.judged_raised, view.tally.confirmed) == (2, 0)
    assert (view.tally.judged_low, view.tally.missed) == (20, 0)


def test_a_missed_emergency_lowers_recall_and_stands_on_top_of_the_queue(evening: Town) -> None:
    night(evening)
    missed = 0
    while (found := next_to_judge(evening.services, SANNE)).lot and found.message:
        emergency = "brand" in found.message.text or (found.lot.source == "sample" and not missed)
        missed += emergency and "brand" not in found.message.text
        urgency: Urgency = "spoed" if emergency else "later"
        outcome = judge_lot(evening.services, SANNE, found.day, found.lot.order, urgency)
        assert outcome.raised == (emergency and not found.lot.raised)
    view = view_recall(evening.services, MARIJKE)
    assert (view.tally.confirmed, view.tally.missed) == (2, 1)
    assert view.recall.estimate
    assert round(view.recall.estimate, 3) == round(2 / (2 + 1 + 8 / 20), 3)
    assert view.recall.least < view.recall.estimate <= view.recall.most
    life = [row for row in view_queue(evening.services, NOOR).rows if row.emergency]
    assert len(life) == 3


def test_what_was_finished_is_not_raised_by_who_judges_blind(evening: Town) -> None:
    night(evening, low=1, raised=0, doubted=0)
    found = next_to_judge(evening.services, SANNE)
    assert found.lot
    finish(evening.services, YOUSSEF, found.lot.subject)
    outcome = judge_lot(evening.services, SANNE, found.day, found.lot.order, "spoed")
    assert not outcome.raised
    assert view_conversation(evening.services, SANNE, found.lot.subject).item is None


def test_blind_judging_lowers_nothing(evening: Town) -> None:
    night(evening, low=0, raised=5, doubted=0)
    assert len(list(judged(evening, "geen"))) == 2
    assert sum(row.emergency for row in view_queue(evening.services, SANNE).rows) == 2


def test_the_label_says_that_it_was_blind(evening: Town) -> None:
    night(evening, low=1, raised=0, doubted=0)
    (one,) = judged(evening, "nu")
    assert one.lot
    view = view_conversation(evening.services, SANNE, one.lot.subject)
    label = view.messages[0].label
    assert label
    assert (label.source, label.said.urgency, label.said.kind) == ("sample", "nu", None)


def test_two_judges_of_one_message_count_once(evening: Town) -> None:
    night(evening, low=1, raised=0, doubted=0)
    found = next_to_judge(evening.services, SANNE)
    assert found.lot
    for agent in (SANNE, YOUSSEF):
        judge_lot(evening.services, agent, found.day, found.lot.order, "later")
    assert view_recall(evening.services, MARIJKE).tally.judged_low == 1


def test_who_cannot_tell_leaves_it_out_of_the_count(evening: Town) -> None:
    night(evening, low=1, raised=0, doubted=0)
    found = next_to_judge(evening.services, SANNE)
    assert found.lot
    judge_lot(evening.services, SANNE, found.day, found.lot.order, None)
    assert next_to_judge(evening.services, SANNE).lot is None
    assert view_recall(evening.services, MARIJKE).tally.judged_low == 0


def test_words_that_were_taken_back_are_not_judged(town: Town) -> None:
    detected_by(town, Scripted())
    id_ = town.whatsapp("laat maar", author="NL.5")
    town.whatsapp("blijft staan", author="NL.6")
    town.work()
    town.clock.forward(seconds=5)
    town.deliver_whatsapp(
        {"id": "wamid.d", "from_user_id": "NL.5", "type": "revoke",
         "revoke": {"original_message_id": id_}}
    )  # fmt: skip
    town.work()
    night(town)
    texts = [one.message.text for one in judged(town) if one.message]
    assert texts == ["blijft staan"]


def test_only_who_answers_in_a_team_judges_and_only_its_own(evening: Town) -> None:
    night(evening, low=1, raised=0, doubted=0)
    found = next_to_judge(evening.services, SANNE)
    assert found.lot
    assert next_to_judge(evening.services, NOOR).lot is None
    with pytest.raises(NotFound):
        judge_lot(evening.services, NOOR, found.day, found.lot.order, "nu")
    with pytest.raises(NotFound):
        judge_lot(evening.services, SANNE, "yesterday", "#", "nu")
    with pytest.raises(NotAllowed):
        next_to_judge(evening.services, MARIJKE)
    with pytest.raises(NotAllowed):
        view_recall(evening.services, SANNE)
