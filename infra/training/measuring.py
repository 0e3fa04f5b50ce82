"""Figures with their uncertainty: 95 % bootstrap intervals, seeded, over messages."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from infra.training.opinions import Decision

RESAMPLES = 200
BINS = 10

Decisions = Sequence[Decision]
Measure = Callable[[Decisions], float | None]


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure with the interval in which it lies; None where there is nothing to measure."""

    value: float | None
    low: float = 0.0
    high: float = 0.0

    def __str__(self) -> str:
        if self.value is None:
            return "-"
        return f"{self.value:.2f} ({self.low:.2f}-{self.high:.2f})"


def figure(measure: Measure, decisions: Decisions) -> Figure:
    """The measure, and again on resamples of the messages."""
    value = measure(decisions)
    if value is None:
        return Figure(None)
    dice = Random(1)
    again = (measure(dice.choices(decisions, k=len(decisions))) for _ in range(RESAMPLES))
    known = sorted(result for result in again if result is not None)
    cut = len(known) // 40
    return Figure(value, known[cut], known[-1 - cut])


def precision(decisions: Decisions) -> float | None:
    said = [each for each in decisions if each.emergency]
    return share(said, lambda each: each.message.emergency)


def recall(decisions: Decisions) -> float | None:
    real = [each for each in decisions if each.message.emergency]
    return share(real, lambda each: each.emergency)


def f1(decisions: Decisions) -> float | None:
    found = sum(each.emergency and each.message.emergency for each in decisions)
    total = sum(each.emergency + each.message.emergency for each in decisions)
    return 2 * found / total if total else None


def hard_positives(decisions: Decisions) -> float | None:
    """Recall on emergencies that whisper."""
    return recall([each for each in decisions if each.message.note.startswith("HP")])


def hard_negatives(decisions: Decisions) -> float | None:
    """False alarms on harmless messages full of danger."""
    hard = [each for each in decisions if each.message.note.startswith("HN")]
    return share([each for each in hard if not each.message.emergency], lambda each: each.emergency)


def other_languages(decisions: Decisions) -> float | None:
    """Recall where the message is in no Dutch."""
    return recall([each for each in decisions if each.message.lang not in {"nl", "mixed", ""}])


def seen(decisions: Decisions) -> float | None:
    """Recall when a person's look at the doubtful counts."""
    real = [each for each in decisions if each.message.emergency]
    return share(real, lambda each: each.emergency or each.doubted)


def asked(decisions: Decisions) -> float | None:
    """How many harmless messages a person is asked to look at."""
    calm = [each for each in decisions if not each.message.emergency]
    return share(calm, lambda each: each.doubted)


def urgency(decisions: Decisions) -> float | None:
    return on_task(decisions, "urgency")


def kind(decisions: Decisions) -> float | None:
    return on_task(decisions, "kind")


def topic(decisions: Decisions) -> float | None:
    return on_task(decisions, "topic")


def lang(decisions: Decisions) -> float | None:
    known = [each for each in decisions if each.message.lang not in {"mixed", ""}]
    return share(known, lambda each: each.lang == each.message.lang)


def calibration_error(decisions: Decisions) -> float | None:
    """ECE of the emergency's probability, in ten bins."""
    bins: dict[int, list[Decision]] = {}
    for each in decisions:
        bins.setdefault(min(BINS - 1, int(each.chance * BINS)), []).append(each)
    off = sum(
        abs(sum(each.chance for each in held) - sum(each.message.emergency for each in held))
        for held in bins.values()
    )
    return off / len(decisions) if decisions else None


def share(of: Decisions, true: Callable[[Decision], bool]) -> float | None:
    return sum(true(each) for each in of) / len(of) if of else None


def on_task(decisions: Decisions, task: str) -> float | None:
    """Macro-F1 on one task, of what is labelled for it."""
    told = [each for each in decisions if task in each.message.labels]
    truth = [each.message.labels[task] for each in told]
    return macro_f1(truth, [getattr(each, task) for each in told]) if told else None


def macro_f1(truth: Sequence[str], said: Sequence[str]) -> float:
    """The mean F1 over the answers that occur in the truth."""
    real, given = Counter(truth), Counter(said)
    right = Counter(one for one, other in zip(truth, said, strict=True) if one == other)
    return sum(2 * right[name] / (real[name] + given[name]) for name in real) / max(1, len(real))


MEASURES: dict[str, Measure] = {
    "precision": precision,
    "recall": recall,
    "F1": f1,
    "hard positives found": hard_positives,
    "false alarms on hard negatives": hard_negatives,
    "recall, other languages": other_languages,
    "recall with a person's look": seen,
    "harmless put before a person": asked,
    "urgency macro-F1": urgency,
    "kind macro-F1": kind,
    "topic macro-F1": topic,
    "language": lang,
    "calibration error (ECE)": calibration_error,
}
