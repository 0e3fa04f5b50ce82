"""Templates: in step with the platform, checked before sending, the way on after the window."""

from dataclasses import replace

import pytest

from chalicelib.domain.account import Account
from chalicelib.domain.template import Template
from chalicelib.errors import InvalidInput, NewerMessages, WindowClosed
from chalicelib.flows.answering import templating
from chalicelib.flows.answering.replying import reply
from chalicelib.flows.answering.templating import reply_with_template
from chalicelib.flows.desk.queueing import claim
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.store import conversations, directory, templates
from tests.conftest import SANNE, WHATSAPP, Town, account
from tests.flows.test_delivering import delivery, receipt, times_sent

VALUES = {"1": "Bo", "2": "uw vraag"}


def with_templates(town: Town) -> list[Template]:
    """Our account knows its business account, and the templates were read."""
    known: Account = account("whatsapp", WHATSAPP)
    known.settings["business_account"] = "900300400500"
    town.services.table.write(directory.kept_account(known))
    town.clock.at = town.clock.at.replace(minute=7)
    town.sweep()
    return templates.of_account(town.services.table, "whatsapp", WHATSAPP)


def asked(town: Town) -> tuple[str, str]:
    """A citizen wrote and an agent took it up; the subject, and what was seen."""
    town.whatsapp("Hoe staat het met mijn fiets?")
    town.work()
    (row,) = view_queue(town.services, SANNE).rows
    claim(town.services, SANNE, row.subject)
    return row.subject, view_conversation(town.services, SANNE, row.subject).newest


def test_what_the_platform_has_is_what_agents_are_offered(town: Town) -> None:
    assert len(with_templates(town)) == 8
    subject, _ = asked(town)
    conversation = conversations.find(town.services.table, subject, town.services.now())
    assert conversation
    offered = {(one.name, one.language) for one in templating.offered(town.services, conversation)}
    assert offered == {
        ("antwoord_klaar", "nl"),
        ("gesloten", "nl"),
        ("meer_weten", "en"),
        ("meer_weten", "nl"),
        ("nieuws", "nl"),
    }


def test_what_is_gone_or_changed_there_is_so_here(town: Town) -> None:
    (first, *_) = with_templates(town)
    gone = Template(
        channel="whatsapp", account=WHATSAPP, name="weg", language="nl", state="approved"
    )
    changed = replace(first, body="oud")
    town.services.table.write(*templates.replaced([], [gone, changed]))
    assert [one.name for one in with_templates(town)].count("weg") == 0
    assert first in with_templates(town)


def test_when_the_platform_does_not_answer_the_known_ones_stay(town: Town) -> None:
    before = with_templates(town)
    assert town.services.secrets.of("whatsapp", WHATSAPP)
    known = directory.find_account(town.services.table, "whatsapp", WHATSAPP)
    assert known
    known.settings["api_version"] = "nieuwste"
    assert templating.read(town.services, known) == before


def test_after_the_window_a_template_goes_out_and_a_text_does_not(town: Town) -> None:
    with_templates(town)
    subject, seen = asked(town)
    town.clock.forward(hours=25)
    claim(town.services, SANNE, subject)
    with pytest.raises(WindowClosed):
        reply(town.services, SANNE, subject, reply_id="sjabloon-0", text="Dag", seen=seen)
    sent_template(town, subject, seen, "sjabloon-1")
    town.work()
    assert (delivery(town, "sjabloon-1").state, times_sent(town, "sjabloon-1")) == ("sent", 1)
    row = next(one for one in town.fakes.sent() if one["reply_id"] == "sjabloon-1")
    shown = view_conversation(town.services, SANNE, subject).messages[-1].message.text
    assert shown.startswith(row["text"])
    assert "Bo" in row["text"]


def sent_template(town: Town, subject: str, seen: str, reply_id: str) -> None:
    reply_with_template(
        town.services,
        SANNE,
        subject,
        reply_id=reply_id,
        name="antwoord_klaar",
        language="nl",
        values=VALUES,
        seen=seen,
    )


def test_a_template_that_is_not_filled_in_is_kept_back(town: Town) -> None:
    with_templates(town)
    subject, seen = asked(town)
    for name, values in (("antwoord_klaar", {"1": "Bo"}), ("bestaat_niet", {}), ("gepauzeerd", {})):
        with pytest.raises(InvalidInput):
            reply_with_template(
                town.services, SANNE, subject,
                reply_id="sjabloon-2", name=name, language="nl", values=values, seen=seen,
            )  # fmt: skip
    town.work()
    assert times_sent(town, "sjabloon-2") == 0


def test_twice_is_once_and_the_fence_holds(town: Town) -> None:
    with_templates(town)
    subject, seen = asked(town)
    sent_template(town, subject, seen, "sjabloon-3")
    sent_template(town, subject, seen, "sjabloon-3")
    town.work()
    assert times_sent(town, "sjabloon-3") == 1
    town.whatsapp("en nog iets")
    town.work()
    with pytest.raises(NewerMessages):
        sent_template(town, subject, seen, "sjabloon-4")


def test_when_the_platform_says_the_window_has_ended_a_template_is_the_way_on(town: Town) -> None:
    with_templates(town)
    subject, seen = asked(town)
    reply(town.services, SANNE, subject, reply_id="sjabloon-5", text="Hij is gevonden.", seen=seen)
    town.work()
    error = {"code": 131047, "title": "Re-engagement message"}
    receipt(town, "failed", delivery(town, "sjabloon-5").external_id or "", errors=[error])
    shown = view_conversation(town.services, SANNE, subject)
    assert "sjabloon" in (shown.messages[-1].message.reason or "")
    assert templating.is_the_way_on(shown)
