"""Citizens ask for appeals on their own channel, with proof, see what they chose, and stop."""

import re
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.moments import Moment, later
from chalicelib.domain.volunteer import (
    CAPS,
    WISH_LIFE,
    Volunteer,
    asked_once_more,
    may_be_asked,
    recent,
)
from chalicelib.flows.citizen.volunteering import ACCOUNTS
from chalicelib.flows.citizen.wording import STOP
from chalicelib.store import directory, kept_messages, keys, queue, references, volunteers
from tests.conftest import BEGIN, WHATSAPP, Town
from tests.web.visiting import Visitor

CODE = re.compile(r"MEE-[2-9A-Z]{4}-[2-9A-Z]{4}")
PAGE = re.compile(r"https://nabij\.example(/meehelpen/mijn/[\w-]+)")
"""The address in what a volunteer was sent."""


@pytest.fixture
def square(town: Town) -> Town:
    """Every account may also be used for appeals."""
    for one in directory.accounts(town.services.table):
        approvals = one.approvals | {"appeal": one.approvals["answer"]}
        town.services.table.write(directory.kept_account(replace(one, approvals=approvals)))
    ACCOUNTS.forget(town.services)
    BEFORE[:] = [len(town.fakes.sent())]
    return town


BEFORE = [0]


def received(town: Town, author: str = "NL.1001") -> list[str]:
    return [one["text"] for one in town.fakes.sent(*BEFORE) if one["to"] == author]


def writes(town: Town, text: str, author: str = "NL.1001") -> None:
    town.clock.forward(seconds=5)
    town.whatsapp(text, author=author)
    town.work()


def code_for(gemeente: str = "Enschede", *topics: str) -> str:
    chosen = {"onderwerp": topics[0]} if topics else {}
    seen = Visitor().post("/meehelpen", gemeente=gemeente, **chosen)
    return str(CODE.findall(seen.text)[0])


def joins(town: Town, author: str = "NL.1001", gemeente: str = "Enschede") -> None:
    writes(town, code_for(gemeente), author)


def who(town: Town, gemeente: str = "Enschede") -> list[Volunteer]:
    return volunteers.of_gemeente(town.services.table, gemeente, town.services.now())


def test_who_sends_the_code_of_the_page_takes_part_with_proof(square: Town) -> None:
    seen = Visitor().post("/meehelpen", gemeente="enschede", onderwerp="vermissing")
    code = CODE.findall(seen.text)[0]
    assert not who(square)
    asked_at = square.services.now()
    writes(square, code.lower())
    (one,) = who(square)
    assert (one.channel, one.gemeente, one.topics) == ("whatsapp", "Enschede", ("vermissing",))
    assert (one.asked_at, one.agreed_at) == (asked_at, square.services.now())
    assert one.wording in seen.text
    assert received(square)[-1].startswith("U doet mee voor Enschede, over: vermissing.")
    assert queue.find(square.services.table, one.subject, square.services.now()) is None


def test_a_wrong_late_or_used_code_signs_nobody_up_and_goes_to_people(square: Town) -> None:
    code = code_for()
    writes(square, "MEE-2222-2222")
    square.clock.forward(seconds=WISH_LIFE.total_seconds() + 1)
    writes(square, code)
    assert not who(square)
    fresh = code_for()
    writes(square, fresh)
    writes(square, fresh, author="NL.1002")
    assert [one.subject for one in who(square)] == [subject_of(square, "NL.1001")]
    item = queue.find(square.services.table, subject_of(square, "NL.1002"), square.services.now())
    assert item
    assert received(square, "NL.1002") == []


def subject_of(town: Town, author: str) -> str:
    lead = keys.thread("whatsapp", WHATSAPP, author)
    found = references.thread_subject(town.services.table, lead, town.services.now())
    assert found
    return found


def test_it_can_be_asked_by_message_and_is_confirmed_by_another(square: Town) -> None:
    writes(square, "Meehelpen enschede")
    assert not who(square)
    assert received(square)[-1].endswith("Wilt u dit? Stuur dan: MEEHELPEN JA")
    writes(square, "meehelpen ja", author="NL.1002")
    assert not who(square)
    writes(square, "MEEHELPEN JA.")
    (one,) = who(square)
    assert received(square)[-2].startswith(one.wording)
    assert not one.topics


@pytest.mark.parametrize("text", ["meehelpen er is brand", "Meehelpen met zoeken, mag dat?"])
def test_what_only_sounds_like_it_goes_to_people(square: Town, text: str) -> None:
    writes(square, text)
    subject = subject_of(square, "NL.1001")
    assert queue.find(square.services.table, subject, square.services.now())
    assert received(square) == []


@pytest.mark.parametrize("word", sorted(STOP)[::6])
def test_one_word_stops_at_once_is_confirmed_once_and_leaves_nothing(
    square: Town, word: str
) -> None:
    joins(square)
    writes(square, f"{word.upper()}!")
    assert not who(square)
    assert received(square)[1:] == ["Goed. U krijgt geen oproepen meer. Uw keuze is gewist."]
    writes(square, "stop")
    assert len(received(square)) == 2


def test_another_gemeente_takes_the_place_of_the_first(square: Town) -> None:
    joins(square)
    joins(square, gemeente="Hengelo")
    assert not who(square)
    assert len(who(square, "Hengelo")) == 1


def test_a_private_page_shows_the_choice_and_ends_it(square: Town) -> None:
    joins(square)
    (path,) = PAGE.findall(received(square)[-1])
    kept = kept_messages.listing(
        square.services.table, subject_of(square, "NL.1001"), square.services.now()
    )
    assert not any(PAGE.search(one.text) for one in kept)
    visitor = Visitor()
    assert "Enschede" not in visitor.get(path).text
    opened = visitor.post(path).text
    assert "Enschede" in opened
    assert "Zo stond het er op " in opened
    ended = visitor.post(path, doe="stop")
    assert "U krijgt geen oproepen meer" in ended.text
    assert not who(square)
    assert visitor.post(path).status == 404
    assert visitor.post("/meehelpen/mijn/verzonnen").status == 404


def test_nothing_is_asked_or_offered_where_nobody_approved_it(town: Town) -> None:
    ACCOUNTS.forget(town.services)
    assert "Dat kan hier nog niet" in Visitor().get("/meehelpen").text
    assert "/meehelpen" not in Visitor().get("/formulier").page.links
    writes(town, "MEEHELPEN Enschede")
    assert queue.find(town.services.table, subject_of(town, "NL.1001"), town.services.now())


def test_the_page_says_what_is_wrong_and_keeps_what_was_chosen(square: Town) -> None:
    seen = Visitor().post("/meehelpen", gemeente="Nergenshuizen", onderwerp="brand")
    assert seen.status == 422
    assert "Deze gemeente kennen wij niet." in seen.text
    assert seen.page.fields["gemeente"] == "Nergenshuizen"


def test_of_who_somebody_is_nothing_is_kept() -> None:
    assert {one.name for one in fields(Volunteer)} == {
        "subject", "channel", "account", "gemeente", "topics", "wording", "voice", "asked_at",
        "agreed_at", "asked",
    }  # fmt: skip


MINUTES = st.lists(st.integers(min_value=0, max_value=90 * 24 * 60), max_size=60)


@settings(max_examples=50)
@given(MINUTES)
def test_nobody_is_ever_asked_more_often_than_the_caps_allow(minutes: list[int]) -> None:
    moments = sorted(later(BEGIN.isoformat(), WISH_LIFE * (one / 60)) for one in minutes)
    kept: tuple[Moment, ...] = ()
    sent: list[Moment] = []
    for now in moments:
        if may_be_asked(kept, now):
            kept = asked_once_more(kept, now)
            sent.append(now)
        for cap in CAPS:
            assert len(recent(sent, cap.within, now)) <= cap.most
