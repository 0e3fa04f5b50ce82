"""``python -m infra redetect``: stored messages read again by another detection. Changes nothing.

Out: a JSON line for each message that would have been assessed otherwise, ``{id, subject, at, was,
now}``, and at the end one with the counts: how many were read, how many differ, and every
transition (``urgency later → spoed``). Each is read with what its citizen wrote before it.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, TextIO, get_args

from chalicelib.domain.assessment import Assessment
from chalicelib.domain.conversation import KeptMessage
from chalicelib.errors import WebcareError
from chalicelib.flows.assessing.classifying import assess
from chalicelib.flows.desk.viewing import assessment_of
from chalicelib.flows.services import Services
from chalicelib.settings import Detection
from chalicelib.store import access_log, assessed, directory, kept_messages, keys
from chalicelib.store.table import Key
from infra.opened import days_from, looking_only, services_at, user_named

COMPARED = ("urgency", "kind", "topic", "lang")
MOST = 10_000


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("redetect", help="what another detection would have said")
    parser.add_argument("--since", required=True, help="the first day, 2026-11-21")
    parser.add_argument("--by", required=True, help="who looks, for the log of use")
    parser.add_argument("--detection", choices=get_args(Detection), help="default: as it is set")
    parser.add_argument("--data", type=Path, help="folder of an embedded installation")
    parser.add_argument("--most", type=int, default=MOST, help=f"messages at most; default {MOST}")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """The command itself."""
    setting = {"NABIJ_DETECTION": args.detection} if args.detection else {}
    try:
        services = services_at(args.data, **setting)
        used = access_log.used(user_named(args.by), "redetect", args.since, services.now())
        services.table.write(used)
        redetect(looking_only(services), args.since, args.most, sys.stdout)
    except WebcareError as error:
        print(error.message, file=sys.stderr)
        return 2
    return 0


@dataclass(slots=True)
class Outcome:
    """What came of it."""

    read: int = 0
    differ: int = 0
    transitions: Counter[str] = field(default_factory=Counter)


def redetect(services: Services, since: str, most: int, out: TextIO) -> Outcome:
    """Read again, and write what differs as it is found."""
    outcome = Outcome()
    for message in islice(stored(services, since), most):
        was = assessment_of(message)
        if was is None:
            continue
        outcome.read += 1
        now = assess(services, message)
        changed = transitions(was, now)
        if changed:
            outcome.differ += 1
            outcome.transitions.update(changed)
            write(out, line(message, was, now))
    counts = dict(outcome.transitions.most_common())
    write(out, {"read": outcome.read, "differ": outcome.differ, "transitions": counts})
    return outcome


def stored(services: Services, since: str) -> Iterator[KeptMessage]:
    """Every assessed message with words, by the teams' lists of each day."""
    now = services.now()
    teams = [team.id for team in directory.teams(services.table)]
    for day in days_from(since, now):
        for team in teams:
            for place in assessed.of_day(services.table, team, day, now):
                key = Key(keys.conversation_partition(place.subject), place.message_sk)
                message = kept_messages.find(services.table, key, now)
                if message and message.text:
                    yield message


def transitions(was: Assessment, now: Assessment) -> list[str]:
    """What is said otherwise: ``urgency later → spoed``."""
    pairs = [(name, getattr(was, name), getattr(now, name)) for name in COMPARED]
    return [f"{name} {before} → {after}" for name, before, after in pairs if before != after]


def line(message: KeptMessage, was: Assessment, now: Assessment) -> dict[str, Any]:
    """One message that would differ; of its words only what because quotes."""
    return {
        "id": message.id,
        "subject": message.subject,
        "at": message.at,
        "was": told(was),
        "now": told(now),
    }


def told(assessment: Assessment) -> dict[str, Any]:
    said = {name: getattr(assessment, name) for name in COMPARED}
    because = assessment.findings[0].because
    return {**said, "because": because, "version": assessment.version}


def write(out: TextIO, found: dict[str, Any]) -> None:
    out.write(json.dumps(found, ensure_ascii=False) + "\n")
    out.flush()
