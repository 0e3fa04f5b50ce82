"""The report for who builds: what each detector does on unread authors, and what it costs."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from infra.incidents import evenings
from infra.training import agreement, disguises, speed
from infra.training.across import FOLDS, MEASURED, Study
from infra.training.corpus import SHARED, Labelled, load
from infra.training.measuring import MEASURES, figure
from infra.training.opinions import FULL, TIER_ONE, Decision
from infra.training.saying import said
from infra.training.streams import streams

Decided = Mapping[str, Sequence[Decision]]
LOOK_ALIKES = ("wilg",)
"""Written on purpose about what goes on now and is no emergency, for three quarters."""


def text(study: Study, digests: Mapping[str, str], apart: Sequence[str] = ()) -> str:
    """The whole report, in Markdown. ``apart``: topics to be kept apart as well."""
    study.say("measuring")
    pooled = study.decisions
    folds = ", ".join(f"({', '.join(names)})" for names in study.folds[:MEASURED])
    total = len(pooled[FULL.name])
    parts = [
        HEAD.format(folds=folds, total=f"{total:,}", files=files(digests)),
        "## All authors, each unread\n",
        table(pooled),
        f"## Without the batch of look-alikes ({', '.join(LOOK_ALIKES)})\n",
        table({name: usual(of) for name, of in pooled.items()}),
        by_author(pooled),
        *(without(study, topic) for topic in apart),
        f"## In a stream\n\n{STREAM}\n{table(study.on_evenings())}",
        f"## Ordinary short messages\n\n{chatter(study.on_chatter())}",
        f"## Do labellers agree?\n\n{agreement.text(study.batches)}",
        f"## Disguises\n\n{disguises.text(study)}",
        f"## The shared examples\n\n{shared()}",
        f"## Speed and size\n\n{speed.text(study)}",
    ]
    return "\n".join(parts)


def usual(of: Sequence[Decision]) -> list[Decision]:
    """Those by authors who wrote of everything."""
    return [one for one in of if one.message.batch not in LOOK_ALIKES]


def files(digests: Mapping[str, str]) -> str:
    """Which files these figures are of."""
    return "\n".join(f"| `{name}` | `{value}` |" for name, value in digests.items())


def table(by_detector: Decided) -> str:
    """The ablation: a row a measure, a column a detector."""
    lines = [f"| | {' | '.join(by_detector)} |", "|---" * (len(by_detector) + 1) + "|"]
    for name, measure in MEASURES.items():
        figures = (figure(measure, each) for each in by_detector.values())
        lines.append(f"| {name} | {' | '.join(map(str, figures))} |")
    return "\n".join(lines) + "\n"


def by_author(pooled: Decided) -> str:
    """The full stack on each author."""
    lines = [
        "## The full stack, author by author\n",
        "| | messages | precision | recall | urgency | kind | topic |",
    ]
    lines.append("|---|---|---|---|---|---|---|")
    names = ("precision", "recall", "urgency macro-F1", "kind macro-F1", "topic macro-F1")
    for batch in sorted({one.message.batch for one in pooled[FULL.name]}):
        of = [one for one in pooled[FULL.name] if one.message.batch == batch]
        shown = " | ".join(str(figure(MEASURES[name], of)) for name in names)
        lines.append(f"| {batch} | {len(of)} | {shown} |")
    return "\n".join(lines) + "\n"


def without(study: Study, topic: str) -> str:
    """Messages of a topic that no model had read, by authors that none had read."""
    unknown, known = study.apart_from(topic)
    lines = [
        f"## A topic kept apart: {topic}\n",
        f"{len(unknown)} messages by unread authors; the models had read nothing about it, and",
        "beside them those that had, by other authors.\n",
        "| | unknown topic | known topic |",
        "|---|---|---|",
    ]
    for name in ("precision", "recall", "false alarms on hard negatives"):
        each = (figure(MEASURES[name], decided) for decided in (unknown, known))
        lines.append(f"| {name} | {' | '.join(map(str, each))} |")
    return "\n".join(lines) + "\n"


def chatter(by_detector: Decided) -> str:
    """What becomes of messages like "hoi" and "Kerkstraat 21"."""
    lines = ["| | messages | false alarms | put before a person |", "|---|---|---|---|"]
    for name, of in by_detector.items():
        raised, doubted = (sum(one.emergency for one in of), sum(one.doubted for one in of))
        lines.append(f"| {name} | {len(of)} | {raised} | {doubted} |")
    return "\n".join(lines) + "\n"


def shared() -> str:
    """The untouched test: what is shipped, with today's rules."""
    if not SHARED.exists():
        return f"NOT MEASURED: {SHARED.name} is not beside the repository.\n"
    intro = f"{len(load(SHARED))} messages by others, neither trained nor tuned on by the models; "
    intro += "the rules' author had read them. "
    return intro + "ECE of the rules is of yes and no.\n\n" + as_shipped(SHARED)


def as_shipped(path: Path) -> str:
    """A table of what the service itself says of a file of labelled messages."""
    messages = recorded(path) or load(path)
    tiers = ("rules", TIER_ONE.name, FULL.name)
    return table({tier: decisions(messages, tier) for tier in tiers})


def recorded(path: Path) -> list[Labelled]:
    """The messages of an evening, none when the file is no evening."""
    return streams([path.stem]) if path.resolve().parent == evenings.FOLDER else []


def decisions(messages: Sequence[Labelled], tier: str) -> list[Decision]:
    """What the service itself says."""
    return [said(one, tier) for one in messages]


STREAM = f"""\
The evenings {", ".join(evenings.WEIGHED)}, each message with what its conversation said before.
The models learned the labels of other evenings, by other authors; these are labelled for emergency
and urgency alone.
"""
HEAD = f"""\
# How well detection finds what is dangerous

Written by `python -m infra train --report`; do not edit. For these files:

| file | sha256 |
|---|---|
{{files}}

The authors wrote without seeing each other's messages and are dealt into {FOLDS} folds; these are
measured: {{folds}}. Every figure on the {{total}} messages is on an author whom neither the models
learned nor the weighing was fitted on. In parentheses: 95 % bootstrap intervals over messages.
`rules` are the readable rules (on aster and berk with the word lists from before anybody read
these), `linear` the hashed linear model alone, `tier one` both with what the rules raise standing,
`frozen` encoders have a logistic regression on top, `encoder` is the fine-tuned one alone as it is
shipped (in bytes), `full` everything weighed together.

All messages are synthetic, a third of them emergencies, and a third written to deceive: precision
and calibration hold for this mixture, not for a stream with one emergency in hundreds. All
authors are sessions of one language model, so a real stream differs from all of them more than
they from each other. The shared examples at the end are by others.
"""
