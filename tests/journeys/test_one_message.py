"""The main journey: a citizen writes, an agent claims and answers, the citizen gets it."""

import pytest

from chalicelib.errors import AlreadyClaimed, ClaimLost, NewerMessages, NotAllowed
from chalicelib.flows.answering.replying import reply
from chalicelib.flows.desk.handing_over import hand_over
from chalicelib.flows.desk.noting import note
from chalicelib.flows.desk.queueing import claim, finish, release, snooze
from chalicelib.flows.desk.viewing import ConversationView, view_conversation, view_queue
from chalicelib.flows.running import sweeping
from chalicelib.flows.running.accounting import balance
from tests.conftest import MARIJKE, NOOR, SANNE, TOMASZ, YOUSSEF, Town


def only_subject(town: Town) -> str:
    (row,) = view_queue(town.services, SANNE).rows
    return row.subject


def opened(town: Town, text: str = "Is het bureau open?") -> ConversationView:
    town.whatsapp(text)
    town.work()
    return view_conversation(town.services, SANNE, only_subject(town))


def test_a_question_is_queued_claimed_answered_and_delivered(town: Town) -> None:
    sent_before = len(town.fakes.sent())
    view = opened(town)
    subject = view.conversation.subject
    claim(town.services, SANNE, subject)
    reply(town.services, SANNE, subject, reply_id="r-1", text="Ja, tot 17 uur.", seen=view.newest)
    town.work()
    sent = town.fakes.sent()[sent_before:]
    assert [(one["to"], one["text"]) for one in sent] == [("NL.1001", "Ja, tot 17 uur.")]
    answered = view_conversation(town.services, SANNE, subject)
    assert [m.message.state for m in answered.messages] == [None, "sent"]
    finish(town.services, SANNE, subject, answered.newest)
    assert view_queue(town.services, SANNE).rows == []


def test_life_at_risk_stands_on_top_for_every_team(town: Town) -> None:
    town.whatsapp("Hoe laat gaat het bureau open?", author="NL.1")
    town.whatsapp("help er is brand in de flat, er zijn nog kinderen binnen", author="NL.2")
    town.work()
    first, second = view_queue(town.services, SANNE).rows
    assert (first.emergency, first.urgency, second.emergency) == (True, "spoed", False)
    assert first.because
    assert [row.subject for row in view_queue(town.services, NOOR).rows] == [first.subject]


def test_a_repeated_delivery_is_shown_once_and_counted(town: Town) -> None:
    for _ in range(3):
        town.whatsapp("Mijn fiets is weg", id_="wamid.same")
    town.work()
    view = view_conversation(town.services, SANNE, only_subject(town))
    assert len(view.messages) == 1
    ledger = balance(town.services, MARIJKE)
    assert (ledger.total.received, ledger.total.accepted, ledger.total.duplicates) == (3, 1, 2)
    assert ledger.owed == 0


def test_the_second_claimer_learns_the_holders_name(town: Town) -> None:
    view = opened(town)
    claim(town.services, SANNE, view.conversation.subject)
    with pytest.raises(AlreadyClaimed) as refused:
        claim(town.services, YOUSSEF, view.conversation.subject)
    assert refused.value.name == "Sanne de Wit"


def test_a_reply_to_a_stale_screen_is_refused_and_nothing_is_sent(town: Town) -> None:
    view = opened(town)
    subject = view.conversation.subject
    claim(town.services, SANNE, subject)
    town.whatsapp("laat maar, het is al opgelost")
    town.work()
    with pytest.raises(NewerMessages):
        reply(town.services, SANNE, subject, reply_id="r-9", text="We komen", seen=view.newest)
    now = view_conversation(town.services, SANNE, subject)
    assert [m.message.direction for m in now.messages] == ["in", "in"]


def test_a_double_click_sends_once(town: Town) -> None:
    view = opened(town)
    subject = view.conversation.subject
    claim(town.services, SANNE, subject)
    first = reply(
        town.services, SANNE, subject, reply_id="r-2", text="Goedenavond", seen=view.newest
    )
    again = reply(
        town.services, SANNE, subject, reply_id="r-2", text="Goedenavond", seen=view.newest
    )
    assert (first.again, again.again) == (False, True)
    town.work()
    assert [one["reply_id"] for one in town.fakes.sent()].count("r-2") == 1


def test_without_a_claim_nobody_answers(town: Town) -> None:
    view = opened(town)
    with pytest.raises(ClaimLost):
        reply(
            town.services,
            SANNE,
            view.conversation.subject,
            reply_id="r-3",
            text="Dag",
            seen=view.newest,
        )


def test_a_claim_ends_after_a_quarter(town: Town) -> None:
    view = opened(town)
    claim(town.services, SANNE, view.conversation.subject)
    town.clock.forward(minutes=16)
    town.sweep()
    assert view_queue(town.services, SANNE).rows[0].claimed_by is None
    claim(town.services, YOUSSEF, view.conversation.subject)


def test_handing_over_moves_it_to_the_other_team(town: Town) -> None:
    view = opened(town)
    hand_over(town.services, SANNE, view.conversation.subject, "noord", "graag jullie")
    assert view_queue(town.services, SANNE).rows == []
    assert [row.team for row in view_queue(town.services, NOOR).rows] == ["noord"]


def test_a_snoozed_item_comes_back_by_itself(town: Town) -> None:
    view = opened(town)
    snooze(town.services, SANNE, view.conversation.subject, "2026-11-21T21:00:00Z")
    assert view_queue(town.services, SANNE).rows == []
    town.clock.forward(minutes=61)
    town.sweep()
    assert len(view_queue(town.services, SANNE).rows) == 1


def test_nobody_acknowledges_so_the_next_person_is_paged(town: Town) -> None:
    opened(town, "er wordt nu ingebroken bij de buren, twee mannen, ze zijn nog binnen")
    town.clock.forward(minutes=3)
    town.sweep()
    assert [item.pages for item in town.pager.pages] == [1]
    town.clock.forward(minutes=3)
    town.sweep()
    assert [item.pages for item in town.pager.pages] == [1, 2]


def test_thousands_at_risk_are_paged_for_some_at_a_time(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "WOKEN", 1)
    for number in range(12):
        town.whatsapp(
            "er wordt nu ingebroken bij de buren", author=f"NL.{number}", id_=f"w{number}"
        )
    town.work()
    town.clock.forward(minutes=3)
    town.sweep()
    assert 0 < len(town.pager.pages) < 12
    for _ in range(12):
        town.clock.forward(seconds=2)
        town.work()
    assert len({item.subject for item in town.pager.pages}) == len(town.pager.pages) == 12


def test_releasing_gives_it_back(town: Town) -> None:
    view = opened(town)
    claim(town.services, SANNE, view.conversation.subject)
    release(town.services, SANNE, view.conversation.subject)
    claim(town.services, YOUSSEF, view.conversation.subject)


def test_a_note_is_seen_by_colleagues_and_never_sent(town: Town) -> None:
    sent_before = len(town.fakes.sent())
    view = opened(town)
    note(town.services, SANNE, view.conversation.subject, "belde eerder ook al")
    town.work()
    shown = view_conversation(town.services, YOUSSEF, view.conversation.subject)
    assert [event.text for event in shown.timeline if event.what == "note"] == [
        "belde eerder ook al"
    ]
    assert len(town.fakes.sent()) == sent_before


def test_an_operator_reads_no_conversation(town: Town) -> None:
    view = opened(town)
    with pytest.raises(NotAllowed):
        view_conversation(town.services, TOMASZ, view.conversation.subject)
