"""The report: what each detector does on authors, a topic and examples that it has not read."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence

from chalicelib.detection import classifier
from chalicelib.detection.features import features_of
from chalicelib.detection.linear import stored, unpacked
from chalicelib.detection.reading import reading_of
from chalicelib.domain.assessment import Context
from chalicelib.domain.message import Message
from infra.training.across import Study
from infra.training.corpus import SHARED, Labelled, load
from infra.training.measuring import MEASURES, figure
from infra.training.opinions import Decision

APART = "vermissing"
"""The topic that is kept out of training and measured alone."""

EMERGENCIES = ("precision", "recall", "F1")


def text(study: Study, digest: str) -> str:
    """The whole report, in Markdown."""
    study.say("measuring: each author in turn")
    by_author = {name: study.decisions(name) for name in study.batches}
    pooled = {
        detector: [one for each in by_author.values() for one in each[detector]]
        for detector in ("rules", "linear", "fusion")
    }
    parts = [
        HEAD.format(digest=digest),
        "## All three authors, each unread\n",
        table(pooled),
        *(f"## Author {name}\n\n{table(each)}" for name, each in by_author.items()),
        f"## Topic kept apart: {APART}\n\nNo message on this topic was trained or calibrated on.\n",
        table(study.on_topic(APART)),
        chatter(study.on_chatter()),
        by_language(pooled["fusion"]),
        curve(pooled["fusion"]),
        f"## What the service does today on the shared examples\n\n{shared()}",
        f"## Speed\n\n{speed(study)}",
    ]
    return "\n".join(parts)


def table(by_detector: Mapping[str, Sequence[Decision]]) -> str:
    """The ablation: a row a measure, a column a detector."""
    lines = [f"| | {' | '.join(by_detector)} |", "|---" * (len(by_detector) + 1) + "|"]
    for name, measure in MEASURES.items():
        figures = (figure(measure, each) for each in by_detector.values())
        lines.append(f"| {name} | {' | '.join(map(str, figures))} |")
    return "\n".join(lines) + "\n"


def chatter(by_detector: Mapping[str, Sequence[Decision]]) -> str:
    """What becomes of messages like "hoi" and "Kerkstraat 21"."""
    lines = ["## Ordinary short messages\n"]
    lines += ["| | messages | false alarms | put before a person |", "|---|---|---|---|"]
    for name, of in by_detector.items():
        raised, doubted = (sum(one.emergency for one in of), sum(one.doubted for one in of))
        lines.append(f"| {name} | {len(of)} | {raised} | {doubted} |")
    return "\n".join(lines) + "\n"


def by_language(decisions: Sequence[Decision]) -> str:
    """Emergencies by the language of the message, for the fusion."""
    lines = ["## Fusion by language\n", "| language | messages | precision | recall |"]
    lines.append("|---|---|---|---|")
    for lang in sorted({one.message.lang for one in decisions}):
        of = [one for one in decisions if one.message.lang == lang]
        shown = " | ".join(str(figure(MEASURES[name], of)) for name in EMERGENCIES[:2])
        lines.append(f"| {lang} | {len(of)} | {shown} |")
    return "\n".join(lines) + "\n"


def curve(decisions: Sequence[Decision]) -> str:
    """How often it was an emergency when the fusion gave so much of a chance."""
    lines = ["## Calibration of the fusion\n", "| chance given | messages | were emergencies |"]
    lines.append("|---|---|---|")
    for step in range(10):
        of = [one for one in decisions if min(9, int(one.chance * 10)) == step]
        if of:
            real = sum(one.message.emergency for one in of) / len(of)
            lines.append(f"| {step / 10:.1f}-{step / 10 + 0.1:.1f} | {len(of)} | {real:.2f} |")
    return "\n".join(lines) + "\n"


def shared() -> str:
    """The untouched test: the shipped model with today's rules."""
    if not SHARED.exists():
        return f"NOT MEASURED: {SHARED.name} is not beside the repository.\n"
    messages = load(SHARED)
    by_detector = {
        "rules": [said(one, model=False) for one in messages],
        "rules and model": [said(one, model=True) for one in messages],
    }
    intro = f"{len(messages)} messages by others, neither trained nor tuned on by the model; "
    intro += "the rules' author had read them. "
    return intro + "ECE of the rules is of yes and no.\n\n" + table(by_detector)


def said(one: Labelled, *, model: bool) -> Decision:
    """What the service itself says."""
    message = Message(external_id="-", author_id=None, text=one.text, kind="text", timestamp=None)
    assessment = classifier("model" if model else "rules")(message, Context(channel=one.channel))
    findings = {(each.name, each.value): each.score for each in assessment.findings}
    chance = findings.get(("model", "spoed"))
    if chance is None:
        calm = findings.get(("model", "geen_spoed"))
        unsure = findings.get(("unsure", "mens"), 0.0)
        chance = 1 - calm if calm is not None else unsure
    return Decision(
        one,
        chance if model else float(assessment.emergency),
        assessment.urgency,
        assessment.kind,
        assessment.topic,
        assessment.lang,
        doubted=any(each.name == "unsure" for each in assessment.findings),
    )


def speed(study: Study) -> str:
    """Milliseconds a message on this machine, other work going on beside it."""
    some = [one for each in study.batches.values() for one in each][::5]
    model = unpacked(stored())
    readings = [reading_of(one.text) for one in some]
    lines = ["| | median | 99 % |", "|---|---|---|"]
    for name, work in {
        "the model: features and scores": lambda at: model.scores(features_of(readings[at])),
        "rules alone": lambda at: said(some[at], model=False),
        "rules and model": lambda at: said(some[at], model=True),
    }.items():
        times = sorted(taken(work, at) for at in range(len(some)))
        worst = times[int(len(times) * 0.99)]
        lines.append(f"| {name} | {statistics.median(times):.2f} ms | {worst:.2f} ms |")
    return "\n".join(lines) + "\n"


def taken(work: Callable[[int], object], at: int) -> float:
    """Milliseconds of CPU."""
    started = time.process_time()
    work(at)
    return 1000 * (time.process_time() - started)


HEAD = """\
# How well detection finds what is dangerous

Written by `python -m infra train --report` for the model with sha256 `{digest}`; do not edit.

Three authors wrote a batch each without seeing the others'. Each batch is tested with a model
fitted and calibrated on the other two, so every figure is on an author that was not read. In
parentheses: 95 % bootstrap intervals over messages. `rules` are the readable rules with the word
lists from before anybody read the corpus (see the model card), `linear` is the model without the
rules' say, `fusion` is both: what the rules raise stays raised.

All messages are synthetic, a third of them emergencies, and more than half are written to deceive:
precision and calibration hold for this mixture, not for a stream with one emergency in hundreds.
Features and strengths were chosen on these same tables, so they flatter a little. Of the topic
kept apart (by the same authors) the model cannot name the topic, for it never heard of it.
"""
