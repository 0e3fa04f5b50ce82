"""Suggestions: found, taken into a draft, rejected, and learned from what went out."""

from uuid import uuid4

import pytest

from chalicelib.errors import NotAllowed, NotFound
from chalicelib.flows.answering import replying
from chalicelib.flows.desk import drafting, queueing, suggesting
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.store import keys
from tests.conftest import MARIJKE, NOOR, SANNE, YOUSSEF, Town

ANSWER = "Dag, u vindt de uitslag van de fietsgraveeractie op ons bureau aan de Hoedemakerplein."


def asks(town: Town, text: str, author: str = "NL.1001") -> str:
    """A citizen asks; their conversation."""
    town.whatsapp(text, author=author)
    town.work()
    rows = view_queue(town.services, SANNE).rows
    return next(one.subject for one in rows if text[:20] in one.text)


def answers(town: Town, subject: str, text: str) -> None:
    """Sanne answers by hand, and it goes out."""
    services = town.services
    queueing.claim(services, SANNE, subject)
    seen = view_conversation(services, SANNE, subject).newest
    replying.reply(services, SANNE, subject, reply_id=uuid4().hex, text=text, seen=seen)
    town.work()
    town.clock.forward(seconds=1)


def names(town: Town, subject: str) -> list[str]:
    return [one.name for one in suggesting.suggest(town.services, SANNE, subject)]


def test_an_article_that_fits_is_suggested_with_its_chance(town: Town) -> None:
    subject = asks(town, "Hoe doe ik aangifte van mijn gestolen fiets?")
    found = suggesting.suggest(town.services, SANNE, subject)
    assert "article-aangifte-fiets" in [one.name for one in found]
    assert 0.3 < found[0].suggestion.chance < 1


def test_what_is_taken_becomes_a_draft_and_nothing_is_sent(town: Town) -> None:
    subject = asks(town, "Hoe doe ik aangifte van mijn gestolen fiets?")
    suggesting.take(town.services, SANNE, subject, "article-aangifte-fiets")
    town.work()
    draft = drafting.draft_of(town.services, SANNE, subject)
    assert draft
    assert "aangifte" in draft.text
    assert not [one for one in town.fakes.sent() if one["text"] == draft.text]
    assert suggesting.acceptance(town.services, SANNE).acceptance == 100


def test_what_does_not_fit_is_gone_here_and_sinks_elsewhere(town: Town) -> None:
    subject = asks(town, "Hoe doe ik aangifte van mijn gestolen fiets?")
    before = suggesting.suggest(town.services, SANNE, subject)[0]
    for _ in range(2):
        suggesting.reject(town.services, SANNE, subject, before.name)
    assert before.name not in names(town, subject)
    other = asks(town, "Mijn fiets is gestolen, hoe doe ik aangifte?", "NL.2")
    after = suggesting.suggest(town.services, SANNE, other)
    chance = next(one.suggestion.chance for one in after if one.name == before.name)
    assert chance < before.suggestion.chance
    assert suggesting.acceptance(town.services, SANNE).rejected == 1


def test_an_answer_that_went_out_is_suggested_for_the_next_question(town: Town) -> None:
    answers(town, asks(town, "Waar kan ik mijn fiets laten graveren?"), ANSWER)
    subject = asks(town, "Wordt er nog een keer fietsen laten graveren gedaan?", "NL.2")
    found = suggesting.suggest(town.services, SANNE, subject)
    learned = [one.suggestion.candidate for one in found if one.name.startswith("answer")]
    assert [one.text for one in learned] == [ANSWER]
    assert suggesting.acceptance(town.services, SANNE).answers == 1


def test_who_asked_is_not_in_what_is_remembered(town: Town) -> None:
    text = "Dag, we belden u op 06-12345678 over de gravure van uw fiets in Enschede."
    answers(town, asks(town, "Waar laat ik mijn fiets graveren? Mail ik@voorbeeld.example"), text)
    found = suggesting.candidates(town.services, "oost")
    (learned,) = [one for one in found if one.source == "answer"]
    assert "[telefoon]" in learned.text
    assert "06-" not in learned.text
    assert "@" not in "".join(learned.asked)


def test_another_team_learns_from_its_own_answers(town: Town) -> None:
    answers(town, asks(town, "Waar kan ik mijn fiets laten graveren?"), ANSWER)
    others = suggesting.candidates(town.services, "noord")
    assert {one.source for one in others} == {"article"}


def test_a_job_that_runs_twice_learns_once(town: Town) -> None:
    subject = asks(town, "Waar kan ik mijn fiets laten graveren?")
    answers(town, subject, ANSWER)
    messages = view_conversation(town.services, SANNE, subject).messages
    (reply,) = [one.message.reply_id for one in messages if one.message.reply_id]
    suggesting.learn(town.services, keys.delivery(reply))
    assert suggesting.acceptance(town.services, SANNE).answers == 1


def test_a_changed_suggestion_counts_as_edited(town: Town) -> None:
    subject = asks(town, "Hoe doe ik aangifte van mijn gestolen fiets?")
    suggesting.take(town.services, SANNE, subject, "article-aangifte-fiets")
    answers(town, subject, "Dat kan via politie.nl, kies daar aangifte van diefstal van een fiets.")
    tally = suggesting.acceptance(town.services, SANNE)
    assert (tally.taken, tally.edited) == (1, 1)


def test_what_is_not_there_cannot_be_taken(town: Town) -> None:
    subject = asks(town, "Hoe doe ik aangifte van mijn gestolen fiets?")
    with pytest.raises(NotFound):
        suggesting.take(town.services, SANNE, subject, "article-niets")


def test_who_may_not_answer_gets_no_suggestions(town: Town) -> None:
    subject = asks(town, "Hoe doe ik aangifte van mijn gestolen fiets?")
    with pytest.raises(NotAllowed):
        suggesting.suggest(town.services, MARIJKE, subject)
    assert suggesting.suggest(town.services, YOUSSEF, subject)
    assert suggesting.suggest(town.services, NOOR, subject)
