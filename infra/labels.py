"""``python -m infra labels export``: what people said of messages, as a batch to train on.

Only of accounts that are approved for the use ``train`` at this moment, only of messages that are
still kept, without who wrote them and with person data masked. Each line is one that
``infra.training.corpus.labelled`` reads, with where the label came from beside it.
"""

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from chalicelib.domain.conversation import KeptMessage
from chalicelib.domain.label import ASKED, Label, Said, text_when
from chalicelib.domain.moments import moment
from chalicelib.domain.retention import expires_at
from chalicelib.errors import WebcareError
from chalicelib.flows.services import Services
from chalicelib.store import access_log, directory, kept_messages, keys, labels
from chalicelib.store.table import Key
from chalicelib.writing.masking import masked
from infra.opened import days_from, services_at, user_named

Line = dict[str, Any]


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("labels", help="what people said of messages, to train on")
    acts = parser.add_subparsers(required=True, metavar="ACT")
    export = acts.add_parser("export", help="JSON lines, of accounts approved for training only")
    export.add_argument("--since", required=True, help="the first day, 2026-11-21")
    export.add_argument("--by", required=True, help="who exports, for the log of use")
    export.add_argument("--data", type=Path, help="folder of an embedded installation")
    export.add_argument("--out", type=Path, help="the file to write (mode 0600); default: stdout")
    export.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """The command itself."""
    try:
        services = services_at(args.data)
        if args.out is None:
            return export(services, args.since, args.by, sys.stdout)
        args.out.touch(mode=0o600)
        with args.out.open("w", encoding="utf-8") as out:
            return export(services, args.since, args.by, out)
    except WebcareError as error:
        print(error.message, file=sys.stderr)
        return 2


def export(services: Services, since: str, by: str, out: TextIO) -> int:
    """Write the lines, and say on stderr how many labels were left out and why."""
    days = list(days_from(since, services.now()))
    used = access_log.used(user_named(by), "export_labels", since, services.now())
    services.table.write(used)
    left_out: Counter[str] = Counter()
    count = 0
    for label in newest(services, days):
        line, reason = exported(services, label)
        if line is None:
            left_out[reason] += 1
            continue
        out.write(json.dumps(line, ensure_ascii=False) + "\n")
        count += 1
    print(f"{count} labels; left out: {dict(left_out) or 'none'}", file=sys.stderr)
    return 0


def newest(services: Services, days: list[str]) -> list[Label]:
    """The label of each message that counts, in the order they were said."""
    found: dict[tuple[str, str], Label] = {}
    for label in all_of(services, days):
        place = (label.subject, label.message)
        before = found.pop(place, None)
        found[place] = joined(before, label) if before else label
    return list(found.values())


def all_of(services: Services, days: list[str]) -> Iterator[Label]:
    for day in days:
        yield from labels.of_day(services.table, day, services.now())


def joined(before: Label, after: Label) -> Label:
    """The later one; a blind one, which says the urgency only, does not undo what else was said."""
    said = {name: getattr(after.said, name) or getattr(before.said, name) for name in ASKED}
    return replace(after, said=Said(**said))


def exported(services: Services, label: Label) -> tuple[Line | None, str]:
    """The line of a label, or why there is none."""
    now = services.now()
    account = directory.find_account(services.table, label.channel, label.account)
    if account is None or not account.approved_for("train", now):
        return None, "account not approved for training"
    key = Key(keys.conversation_partition(label.subject), label.message_sk)
    message = kept_messages.find(services.table, key, now)
    if message is None or message.deleted_at or not text_when(message, label.at):
        return None, "message is gone"
    return as_line(message, label), ""


def as_line(message: KeptMessage, label: Label) -> Line:
    """What was not judged stands as detection said it, and is not among ``judged``."""
    said = {name: getattr(label.said, name) or getattr(label.detected, name) for name in ASKED}
    return {
        "id": f"label-{label.message}",
        "channel": message.channel,
        "lang": said["lang"],
        "text": masked(text_when(message, label.at), message.author_name),
        "emergency": label.said.emergency,
        "urgency": said["urgency"],
        "kind": said["kind"],
        "topic": said["topic"],
        "source": label.source,
        "judged": ["emergency", *(name for name in ASKED if getattr(label.said, name))],
        "labelled_at": label.at,
        "labelled_by": hashlib.sha256(f"labeller\x1f{label.by}".encode()).hexdigest()[:8],
        "detected": asdict(label.detected),
        "destroy_by": moment(
            datetime.fromtimestamp(expires_at("message", message.accepted_at), UTC)
        ),
    }
