"""Whatever can happen has words: events, refusals to act, and where an answer is."""

from typing import get_args

import pytest

from chalicelib import errors
from chalicelib.domain.conversation import Event, EventWhat
from chalicelib.flows.answering.replying import reply
from chalicelib.flows.desk.queueing import claim
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.store import kept_messages
from chalicelib.web.language import LANGUAGES, words_in
from chalicelib.web.sentences import advice, call_112, problem, told
from chalicelib.web.times import clock, lasting, tomorrow_morning
from tests.conftest import SANNE, Town
from tests.web.visiting import signed_in

NOW = "2026-11-21T20:00:00.000Z"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("what", get_args(EventWhat))
def test_every_event_has_a_sentence(lang: str, what: EventWhat) -> None:
    for by in ("sanne", "system"):
        event = Event(what=what, at=NOW, by=by, name="Sanne", text="refused: kapot")
        assert told(words_in(lang), NOW, event)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "error",
    [
        errors.AlreadyClaimed(by="sanne", until=NOW, name="Sanne"),
        errors.ClaimLost("x", holder=None),
        errors.ClaimLost("x", holder="Sanne"),
        errors.NewerMessages(1),
        errors.NewerMessages(3),
        errors.StaleVersion("x"),
        errors.TooLong("x", longest=10, length=12),
        errors.WindowClosed("x", since=NOW),
        errors.ChannelNotApproved("x", reason="approval ended"),
    ],
)
def test_every_refusal_says_why(lang: str, error: errors.WebcareError) -> None:
    assert "{" not in problem(words_in(lang), NOW, error)


@pytest.mark.parametrize(
    ("state", "receipt", "read"),
    [
        ("queued", None, "In de wachtrij"),
        ("sending", None, "Wordt verstuurd"),
        ("sent", None, "Verstuurd"),
        ("sent", "delivered", "Bezorgd"),
        ("sent", "read", "Gelezen"),
        ("sent", "failed", "Niet bezorgd: het nummer bestaat niet"),
        ("refused", None, "Niet bezorgd: het nummer bestaat niet"),
        ("uncertain", None, "Onzeker of dit is aangekomen We sturen het niet vanzelf opnieuw"),
    ],
)
def test_where_an_answer_is(town: Town, state: str, receipt: str | None, read: str) -> None:
    town.whatsapp("Hallo?")
    town.work()
    subject = view_queue(town.services, SANNE).rows[0].subject
    claim(town.services, SANNE, subject)
    newest = view_conversation(town.services, SANNE, subject).newest
    reply(town.services, SANNE, subject, reply_id="r-1", text="Ja?", seen=newest)
    ours = view_conversation(town.services, SANNE, subject).messages[-1].message
    key = kept_messages.key_of(ours)
    reason = "het nummer bestaat niet"
    change = kept_messages.delivery_state(key, state=state, receipt=receipt, reason=reason)
    town.services.table.write(change)
    assert read in signed_in(town.services, SANNE).get(f"/gesprek/{subject}").text


def test_the_advice_is_in_the_citizens_language_and_in_dutch() -> None:
    assert call_112("nl") == call_112("und") == advice()["nl"]
    assert call_112("pl").startswith(advice()["pl"])
    assert advice()["nl"] in call_112("pl")
    assert all("112" in text for text in advice().values())


@pytest.mark.parametrize(
    ("at", "read"),
    [
        ("2026-11-21T20:00:00.000Z", "21:00"),
        ("2026-11-20T22:59:00.000Z", "gisteren 23:59"),
        ("2026-11-21T23:00:00.000Z", "morgen 00:00"),
        ("2026-07-01T10:00:00.000Z", "1 jul 12:00"),
        ("2025-12-31T23:00:00.000Z", "1 jan 00:00"),
        ("2025-12-31T22:00:00.000Z", "31 dec 2025 23:00"),
    ],
)
def test_moments_are_dutch_wall_clock(at: str, read: str) -> None:
    assert clock(words_in("nl"), at, NOW) == read


@pytest.mark.parametrize(
    ("seconds", "read"),
    [(0, "< 1 min"), (59, "< 1 min"), (60, "1 min"), (7500, "2 u 05 min"), (90_000, "1 dag")],
)
def test_how_long_something_lasts(seconds: int, read: str) -> None:
    assert lasting(words_in("nl"), seconds) == read


def test_tomorrow_morning_is_nine_o_clock_through_a_change_of_summer_time() -> None:
    assert tomorrow_morning("2026-10-24T20:00:00.000Z") == "2026-10-25T08:00:00.000Z"
    assert tomorrow_morning("2026-03-28T20:00:00.000Z") == "2026-03-29T07:00:00.000Z"
