"""``python -m infra converse``: the intake assistant answers conversations, one JSON line each.

In: ``{"id", "channel", "turns": [{"from": "citizen", "text", "channel"?, "location"?}]}``; turns of
anybody else are skipped. Out: ``{id, emergency_turn, kind, topic, slots, handover, signpost,
disclosed_automation, replies}``, where ``emergency_turn`` counts the citizen's turns from nought,
or ``{"id", "error"}`` for a line that cannot be read. ``--check FOLDER`` says what is wrong with
the flows in a folder instead.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from chalicelib.detection.stack import Classify
from chalicelib.domain.assessment import Context
from chalicelib.domain.message import Message
from chalicelib.flows.citizen.pointing import pointing
from chalicelib.intake.engine import Assistant, outcome
from chalicelib.intake.flow import BadFlow, flow_of
from chalicelib.intake.state import Said, State
from chalicelib.web.sentences import advice
from infra.ask import own_desk
from infra.lines import BadLine, answer_each, standard_input

UNKNOWN_CHANNEL = "webchat"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("converse", help="the intake assistant, one JSON object a line")
    parser.add_argument("--check", type=Path, metavar="FOLDER", help="only check these flows")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check flows, or read from stdin and write to stdout."""
    if args.check:
        return check(args.check)
    desk = own_desk()
    assistant, classify = Assistant(advice(), pointing(desk)), desk.classify
    answer = partial(conversed, assistant=assistant, classify=classify)
    return answer_each(standard_input(), sys.stdout, answer)


def check(folder: Path) -> int:
    """Say what is wrong with each flow in a folder; 1 when anything is."""
    wrong = 0
    for file in sorted(folder.glob("*.toml")):
        try:
            flow_of(file.stem, file.read_text("utf-8"))
        except BadFlow as error:
            wrong += 1
            print(error)
    return 1 if wrong else 0


def conversed(said: Mapping[str, Any], assistant: Assistant, classify: Classify) -> dict[str, Any]:
    """What a conversation came to, and the reply to each turn. Raises ``BadLine``."""
    turns = said.get("turns")
    if not isinstance(turns, list) or not all(isinstance(turn, dict) for turn in turns):
        raise BadLine("turns is no list of objects")
    state, replies = State(), []
    for turn in citizens_turns(said):
        heard = said_by_citizen(state, turn, said, classify)
        state, reply = assistant.answer(state, heard)
        replies.append(reply)
    return {**asdict(outcome(state)), "replies": replies}


def citizens_turns(said: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The turns that are answered."""
    return (turn for turn in said["turns"] if turn.get("from", "citizen") == "citizen")


def said_by_citizen(
    state: State, turn: Mapping[str, Any], said: Mapping[str, Any], classify: Classify
) -> Said:
    """One turn with its assessment, knowing what the citizen said before."""
    text = str(turn.get("text") or "")
    channel = str(turn.get("channel") or said.get("channel") or UNKNOWN_CHANNEL)
    message = Message(external_id="stdin", author_id=None, text=text, kind="text", timestamp=None)
    assessment = classify(message, Context(channel=channel, earlier=state.texts))
    return Said(text=text, channel=channel, assessment=assessment, pin=pin_of(turn.get("location")))


def pin_of(location: Any) -> str:
    """A shared place in words: its name and address, else its coordinates."""
    if not isinstance(location, dict):
        return ""
    named = [str(location[key]) for key in ("name", "address") if location.get(key)]
    return ", ".join(named) or f"{location.get('lat')}, {location.get('lon')}"
