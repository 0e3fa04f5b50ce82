"""``python -m infra replay --report``: how right a replay was, beside two baselines and shuffled.

The evening's lines hold the truth: ``incident``, ``gemeente``. What was found is the replay's own
output; baselines and shuffles work on the same reports, in memory (``stream``).
"""

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.detection.locating.finding import find
from chalicelib.detection.locating.gazetteer import at_hand
from chalicelib.domain.assessment import Context
from chalicelib.domain.message import Message
from chalicelib.domain.moments import instant, moment
from chalicelib.domain.whereabouts import Surroundings
from chalicelib.flows.services import Classify
from chalicelib.incidents.report import Report, report_of
from chalicelib.incidents.scoring import weights
from infra.encoder.command import own_encoder
from infra.incidents.baselines import by_slot, by_words
from infra.incidents.beside import reading
from infra.incidents.evenings import in_conversation, subject_of
from infra.incidents.scores import Groups, Scores, scored
from infra.incidents.stream import matched

Lines = Sequence[Mapping[str, Any]]
SHUFFLES, SEED = 10, 7
WITHIN = timedelta(minutes=2)
EARLIER = 10


def measured(lines: Lines, found: Lines, classify: Classify, *, shuffles: int) -> dict[str, Any]:
    """All figures of one evening."""
    truth: Groups = {line["id"]: line["incident"] for line in lines}
    reports = reports_of(lines, classify)
    texts = [line["text"] for line in lines]
    encoder = own_encoder()
    told = {line["id"]: line["text"] for line in lines}
    beside = reading(told, encoder) if encoder else None
    served = {line["id"]: line.get("incident") for line in found}
    memory = scored(truth, matched(reports, weights(), beside))
    shuffled_f1 = [
        scored(truth, matched(shuffled(reports, seed), weights(), beside)).f1
        for seed in range(SEED, SEED + shuffles)
    ]
    return {
        "messages": len(lines),
        "service": shown(scored(truth, served)),
        "in memory": shown(memory),
        "TF-IDF cosine, one hour": shown(scored(truth, by_words(reports, texts))),
        "same topic, gemeente and hour": shown(scored(truth, by_slot(reports))),
        "shuffled within two minutes, F1": [round(f1, 3) for f1 in shuffled_f1],
        "places": places(lines, found),
    }


def reports_of(lines: Lines, classify: Classify) -> list[Report]:
    """What matching reads of each line; one author on one channel is one conversation."""
    reports = []
    for line, before in in_conversation(lines):
        subject = subject_of(line)
        at = datetime.fromisoformat(line["at"]).astimezone(UTC)
        message = Message(
            external_id=line["id"], author_id=line["author"], author_name=line["author"],
            text=line["text"], kind="text", timestamp=at,
        )  # fmt: skip
        context = Context(channel=line["channel"], earlier=before[-EARLIER:])
        where = find(line["text"], Surroundings(earlier=before), at_hand())
        reports.append(
            report_of(
                line["text"], classify(message, context), where,
                message=line["id"], subject=subject, reporter=subject, at=moment(at),
            )
        )  # fmt: skip
    return reports


def shuffled(reports: Sequence[Report], seed: int) -> list[Report]:
    """In the order in which they arrive when each may be two minutes late."""
    dice = random.Random(seed)
    late = {one.message: instant(one.at) + WITHIN * dice.random() for one in reports}
    return sorted(reports, key=lambda one: late[one.message])


def shown(scores: Scores) -> dict[str, float]:
    """The figures that are asked for."""
    return {
        "precision": round(scores.precision, 3), "recall": round(scores.recall, 3),
        "f1": round(scores.f1, 3), "precision of all": round(scores.all_precision, 3),
        "recall of all": round(scores.all_recall, 3), "f1 of all": round(scores.all_f1, 3),
        "chatter left alone": round(scores.alone, 3),
    }  # fmt: skip


def places(lines: Lines, found: Lines) -> dict[str, Any]:
    """Gemeente: right, another than the true one, or none; unit where the gemeente is right."""
    told = {line["id"]: line for line in found}
    said = {name: line.get("gemeente") for name, line in told.items()}
    right, units = rightly_placed(lines, said), at_hand()
    unit = [
        line for line in right
        if told[line["id"]].get("unit") == units.unit_of(line["gemeente"])
    ]  # fmt: skip
    return {
        "gemeente right, of those that have one": share(right, placed(lines)),
        "gemeente wrong, of all": share(wrongly_placed(lines, said), lines),
        "unit right, where the gemeente is": share(unit, right),
    }


def placed(lines: Lines) -> Lines:
    """The messages that have a gemeente."""
    return [line for line in lines if line["gemeente"]]


def rightly_placed(lines: Lines, said: Mapping[str, str | None]) -> Lines:
    """Those of which the gemeente was said."""
    return [line for line in placed(lines) if said[line["id"]] == line["gemeente"]]


def wrongly_placed(lines: Lines, said: Mapping[str, str | None]) -> Lines:
    """Those of which another was said, or one that nobody can know."""
    return [line for line in lines if said[line["id"]] not in (None, line["gemeente"])]


def share(part: Sequence[Any], of: Sequence[Any]) -> float:
    return round(len(part) / len(of), 3) if of else 1.0
