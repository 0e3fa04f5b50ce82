"""``python -m infra converse``: a conversation in, a line out."""

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from chalicelib.detection import classifier
from chalicelib.flows.citizen.pointing import pointing
from chalicelib.intake.engine import Assistant
from chalicelib.knowledge.asking import Desk
from chalicelib.web.sentences import advice
from infra.converse import check, conversed
from infra.lines import answered

DESK = Desk(classifier("model"))
ASSISTANT = Assistant(advice(), pointing(DESK))
FIELDS = {"id", "emergency_turn", "kind", "topic", "slots", "handover", "signpost"}


def answer_to(line: str) -> dict[str, Any]:
    return answered(line, partial(conversed, assistant=ASSISTANT, classify=DESK.classify))


def test_a_conversation_is_answered_turn_by_turn() -> None:
    turns = [
        {"from": "citizen", "text": "mijn fiets is gestolen"},
        {"from": "bot", "text": "Waar?"},
        {"from": "citizen", "text": "gisteren in Utrecht", "channel": "sms"},
    ]
    line = json.dumps({"id": "c1", "channel": "whatsapp", "turns": turns})
    said = answer_to(line)
    assert FIELDS | {"disclosed_automation", "replies"} == said.keys()
    assert (said["topic"], said["kind"]) == ("fietsdiefstal", "aangifte")
    assert (len(said["replies"]), said["disclosed_automation"]) == (2, True)


def test_a_loose_tile_is_for_the_municipality() -> None:
    text = "Er ligt een losse tegel op de stoep, wie moet dat maken?"
    line = json.dumps({"id": "c2", "turns": [{"from": "citizen", "text": text}]})
    assert answer_to(line)["signpost"] == "gemeente"


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"id": 1, "turns": [1]}', "\ufffd"])
def test_a_bad_line_is_told(line: str) -> None:
    assert "error" in answer_to(line)


def test_a_conversation_without_turns_is_empty() -> None:
    said = answer_to('{"id": 1, "turns": []}')
    assert (said["slots"], said["replies"], said["disclosed_automation"]) == ({}, [], False)


def test_flows_are_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "fout.toml").write_text("version = 1\n")
    assert check(tmp_path) == 1
    assert "fout: title is missing" in capsys.readouterr().out
