"""Searching with a purpose, within the team, and never who was only heard."""

import pytest

from chalicelib.store import access_log
from tests.conftest import MARIJKE, NOOR, SANNE, TOMASZ, Town
from tests.web.visiting import Seen, Visitor, signed_in


def search(visitor: Visitor, words: str, purpose: str = "find_back", months: str = "1") -> Seen:
    return visitor.post("/zoeken", zoek=words, doel=purpose, maanden=months)


@pytest.fixture
def sanne(town: Town) -> Visitor:
    town.whatsapp("Mijn caravan is gestolen van de camping in Ommen")
    town.work()
    return signed_in(town.services, SANNE)


def test_a_colleague_finds_what_was_said_and_the_log_knows_why(town: Town, sanne: Visitor) -> None:
    seen = search(sanne, "caravan Ommen")
    assert "1 bericht" in seen.text
    assert "Mijn caravan is gestolen" in seen.text
    lines = access_log.lines(town.services.table, "2026-11-21", town.services.now())
    (line,) = [one for one in lines if one.action == "search"]
    assert (line.actor, line.purpose) == ("sanne", "find_back")
    assert "caravan" in line.object


def test_the_page_asks_for_a_purpose(sanne: Visitor) -> None:
    assert "Kies een doel" in sanne.get("/zoeken").text


@pytest.mark.parametrize(
    ("words", "purpose", "told"),
    [("de het", "find_back", "Typ een woord"), ("caravan", "", "Kies waarvoor je zoekt")],
)
def test_without_words_or_purpose_nothing_is_searched(
    sanne: Visitor, words: str, purpose: str, told: str
) -> None:
    seen = search(sanne, words, purpose)
    assert seen.status == 422
    assert told in seen.text


def test_what_was_taken_back_is_not_found(town: Town, sanne: Visitor) -> None:
    removed = {"type": "revoke", "revoke": {"original_message_id": "wamid.1"}}
    town.deliver_whatsapp({"id": "wamid.2", "from_user_id": "NL.1001", **removed})
    town.work()
    assert "Niets gevonden" in search(sanne, "caravan").text


def test_another_team_finds_nothing_of_ours(town: Town, sanne: Visitor) -> None:
    assert sanne
    assert "Niets gevonden" in search(signed_in(town.services, NOOR), "caravan").text


@pytest.mark.parametrize("who", [MARIJKE, TOMASZ], ids=lambda who: who.role)
def test_who_helps_no_citizens_searches_nothing(town: Town, who: object) -> None:
    visitor = signed_in(town.services, who)  # type: ignore[arg-type]
    assert visitor.get("/zoeken").status == 403
    assert search(visitor, "caravan").status == 403
