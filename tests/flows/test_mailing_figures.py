"""The figures by mail: to who asked for them, in the morning, once, and of nobody in particular."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from chalicelib.domain.figures_mail import is_address, next_time
from chalicelib.domain.moments import moment
from chalicelib.errors import InvalidInput, NotAllowed
from chalicelib.flows.figures.counting import count_day
from chalicelib.flows.figures.mailing_figures import ask, asked_for
from chalicelib.store import directory
from tests.conftest import MARIJKE, SANNE, Town, account
from tests.flows.detecting import Scripted, detected_by
from tests.web.visiting import signed_in

MAILBOX, HOME = "webcare@voorbeeld.example", "m.bos@politie.example"


@pytest.fixture
def town(town: Town) -> Town:
    """A mailbox of ours, and three messages on Saturday evening."""
    detected_by(town, Scripted())
    town.services.table.write(directory.kept_account(account("email", MAILBOX)))
    for number, text in enumerate(("vraag", "hallo", "er is brand")):
        town.whatsapp(text, author=f"NL.{number}", id_=f"wamid.{number}")
    town.sweep()
    return town


def mails(town: Town) -> list[dict[str, str]]:
    return [one for one in town.fakes.sent() if one["to"] == HOME]


def test_they_come_in_the_morning_once_and_tell_of_nobody(town: Town) -> None:
    before = len(mails(town))
    wish = ask(town.services, MARIJKE, to=HOME, every="day", team="*")
    assert wish.next_at == "2026-11-22T06:00:00.000Z", "seven o'clock in the Netherlands"
    town.sweep()
    assert len(mails(town)) == before
    town.clock.forward(hours=10, minutes=1)
    count_day(town.services, "2026-11-21")
    town.sweep()
    town.sweep()
    sent = mails(town)[before:]
    assert len(sent) == 1
    assert sent[0]["account"] == MAILBOX
    assert "alle teams, 21-11-2026" in sent[0]["text"]
    assert "Binnengekomen: 3" in sent[0]["text"]
    assert "Spoed: 1" in sent[0]["text"]
    assert "Webcare Oost: 3 binnengekomen" in sent[0]["text"]
    assert "Nu wachten er 3" in sent[0]["text"]
    assert "brand" not in sent[0]["text"]
    assert "Bo" not in sent[0]["text"].split()
    again = asked_for(town.services, MARIJKE)
    assert again
    assert again.next_at == "2026-11-23T06:00:00.000Z"


def test_what_the_post_does_not_take_is_tried_again(town: Town) -> None:
    before = len(mails(town))
    ask(town.services, MARIJKE, to=HOME, every="day", team="oost")
    town.clock.forward(hours=10)
    town.fakes.fail(channel="email", status=503, times=1)
    town.sweep()
    assert len(mails(town)) == before
    town.clock.forward(minutes=16)
    town.sweep()
    assert len(mails(town)) == before + 1


def test_who_may_read_no_figures_any_more_gets_none(town: Town) -> None:
    before = len(mails(town))
    ask(town.services, MARIJKE, to=HOME, every="day", team="*")
    town.services.table.write(directory.kept_agent(replace(MARIJKE, role="operator")))
    town.clock.forward(hours=10)
    town.sweep()
    assert len(mails(town)) == before
    assert asked_for(town.services, MARIJKE) is None


def test_what_cannot_be_asked_is_said(town: Town) -> None:
    with pytest.raises(NotAllowed):
        ask(town.services, SANNE, to=HOME, every="day", team="*")
    with pytest.raises(InvalidInput) as refused:
        ask(town.services, MARIJKE, to="geen adres", every="uur", team="zuid")
    assert set(refused.value.fields) == {"mail", "elke", "team"}


def test_asked_and_stopped_on_the_page(town: Town) -> None:
    marijke = signed_in(town.services, MARIJKE)
    asked = marijke.post("/cijfers/mail", mail=HOME, elke="week", team="*")
    text = marijke.follow(asked).text
    assert "Je krijgt de cijfers per mail." in text
    assert f"elke maandag op {HOME}" in text
    assert "Stuur me dit" in marijke.follow(marijke.post("/cijfers/mail", stop="1")).text


def test_monday_morning_also_when_the_clock_changes() -> None:
    saturday = moment(datetime(2026, 10, 24, 12, 0, tzinfo=UTC))
    assert next_time("day", saturday) == "2026-10-25T06:00:00.000Z", "winter time since that night"
    assert next_time("week", saturday) == "2026-10-26T06:00:00.000Z"


@pytest.mark.parametrize(
    "text",
    ["", "a", "a@b", "a@b@c.nl", "a b@c.nl", "a@c.nl,d@e.nl", "a@c.nl\nBcc: d@e.nl", "@c.nl"],
)
def test_what_is_no_address(text: str) -> None:
    assert not is_address(text)
    assert is_address("m.bos+cijfers@politie.example")
