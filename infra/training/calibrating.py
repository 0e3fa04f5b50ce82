"""How the opinions are weighed: fitted on messages and evenings whose author no model had read.

Recall comes first: the threshold is the highest that finds enough of the emergencies, as long as
precision holds; a language with enough messages gets its own, half-way to that of all.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.optimize import minimize

from chalicelib.detection.fusing import ANY, LEAST_CHANCE, Fusion, shares
from infra.training.opinions import SURE, Detector, Opinion

RECALL_WANTED = 0.965
PRECISION_WANTED = 0.72
"""Of a mixture in which one author of five wrote hardly anything but look-alikes, and half are
evenings on which a second labeller's alarms are right little more often; on the others it comes to
well above. So chosen that the interval of the authors' recall lies above 0.95."""

SEEN_WANTED = 0.985
"""Of the emergencies, how many must raise the alarm or be put before a person, if that is cheap."""

MOST_DOUBTED = 0.10
"""Of all messages, how many a person may be asked to look at for that."""

HEEDED = 0.5
"""What a rule raises must be an emergency in one case of two, or it is only doubted."""

FEWEST_EMERGENCIES = 100
"""A language with fewer has the threshold of all."""

STEPS = tuple(step / 200 for step in range(4, 191))
HELD_BACK = 1e-3
"""How strongly weights are drawn to nought."""

VOICES = ("linear", "use", "e5", "encoder", "urgent", "spoke", "points", "attention", "follows")
TASKS = ("urgency", "kind", "topic")


def calibrated(each: Sequence[Opinion], detector: Detector, *, by_rule: bool) -> Fusion:
    """The fusion for these opinions. ``by_rule``: what a rule raises stands whatever models say."""
    weights = weighed(each, detector)
    start = Fusion(weights, {ANY: 1.0}, 1.0, 1.0, {})
    chances = np.array([start.chance(detector.heard(one)) for one in each])
    truth = np.array([one.message.emergency for one in each])
    common = threshold(chances, truth)
    thresholds = {ANY: common}
    for lang in sorted({one.extract.lang for one in each}):
        mine = np.array([one.extract.lang == lang for one in each])
        if truth[mine].sum() >= FEWEST_EMERGENCIES:
            own = threshold(chances[mine], truth[mine])
            thresholds[lang] = round((own + common) / 2, 4)
    ruled = np.array([detector.rules and one.extract.raised == "spoed" for one in each])
    return Fusion(
        weights,
        thresholds,
        0.0 if by_rule else min(heeded(chances, truth, ruled, common), *thresholds.values()),
        doubt(chances, truth, common),
        {task: powers(each, detector, task) for task in TASKS},
    )


def weighed(each: Sequence[Opinion], detector: Detector) -> dict[str, float]:
    """A logistic regression in which no voice but the bias may count against an emergency."""
    heard = [detector.heard(one) for one in each]
    names = [voice for voice in VOICES if any(voice in said for said in heard)]
    table = np.array([[said.get(voice, 0.0) for voice in names] for said in heard])
    signs = np.array([1.0 if one.message.emergency else -1.0 for one in each])

    def surprise(numbers: Any) -> tuple[float, Any]:
        margins = signs * (numbers[0] + table @ numbers[1:])
        wrong = -signs / (1 + np.exp(margins))
        slope = np.concatenate([[wrong.mean()], table.T @ wrong / len(signs)])
        held = HELD_BACK * numbers
        return (
            float(np.logaddexp(0, -margins).mean() + (held * numbers).sum() / 2),
            slope + held,
        )

    limits = [(None, None), *[(0.0, None)] * len(names)]
    found = minimize(surprise, np.zeros(len(names) + 1), jac=True, bounds=limits).x
    return {name: round(float(n), 5) for name, n in zip(["bias", *names], found, strict=True)}


def threshold(chances: Any, truth: Any) -> float:
    """The highest that finds enough; the lowest that is precise enough, when that is higher."""
    enough = max((t for t in STEPS if recall(chances, truth, t) >= RECALL_WANTED), default=STEPS[0])
    precise = min(
        (t for t in STEPS if precision(chances, truth, t) >= PRECISION_WANTED), default=STEPS[-1]
    )
    return max(enough, precise)


def recall(chances: Any, truth: Any, lowest: float) -> float:
    return float((chances[truth] >= lowest).mean())


def precision(chances: Any, truth: Any, lowest: float) -> float:
    said = truth[chances >= lowest]
    return float(said.mean()) if len(said) else 1.0


def heeded(chances: Any, truth: Any, ruled: Any, common: float) -> float:
    """The lowest from which what a rule raises is right often enough to stand."""
    below = [t for t in STEPS if t < common]
    for lowest in below:
        said = truth[ruled & (chances >= lowest) & (chances < common)]
        if len(said) and said.mean() >= HEEDED:
            return lowest
    return common


def doubt(chances: Any, truth: Any, common: float) -> float:
    """The highest from which enough are seen, but not so low that too many are looked at."""
    best = common
    for lowest in sorted((t for t in STEPS if t < common), reverse=True):
        if ((chances >= lowest) & (chances < common)).mean() > MOST_DOUBTED:
            return best
        best = lowest
        if recall(chances, truth, lowest) >= SEEN_WANTED:
            return best
    return best


def powers(each: Sequence[Opinion], detector: Detector, task: str) -> dict[str, float]:
    """For one task, to which power each source counts: the likeliest, never below nought."""
    each = [one for one in each if task in one.message.labels]
    names = list(detector.sources)
    told = detector.scores(each[0]).values()
    answers = list(dict.fromkeys(answer for found in told for answer in found[task]))
    places = {answer: at for at, answer in enumerate(answers)}
    logs = np.array(
        [
            [
                [np.log(max(found.get(a, 0.0), LEAST_CHANCE)) for a in answers]
                for found in chances(one, names, task)
            ]
            for one in each
        ]
    )
    said = np.zeros((len(each), len(answers)))
    if detector.rules:
        for row, one in enumerate(each):
            answer, certainty = ruled_answer(one, task)
            said[row, places[answer]] = certainty
    truth = np.array([places[one.message.labels[task]] for one in each])

    def surprise(numbers: Any) -> float:
        totals = np.einsum("s,msa->ma", numbers[:-1], logs) + numbers[-1] * said
        totals -= totals.max(axis=1, keepdims=True)
        right = totals[np.arange(len(truth)), truth]
        return float((np.log(np.exp(totals).sum(axis=1)) - right).mean())

    limits = [(0.0, 5.0)] * len(names) + [(0.0, 8.0 if detector.rules else 0.0)]
    found = minimize(surprise, np.array([0.7] * len(names) + [0.0]), bounds=limits).x
    return {name: round(float(n), 3) for name, n in zip([*names, "rules"], found, strict=True)}


def chances(one: Opinion, names: Sequence[str], task: str) -> list[dict[str, float]]:
    """By source the chance of each answer."""
    return [shares(one.sources[name][task]) for name in names]


def ruled_answer(one: Opinion, task: str) -> tuple[str, float]:
    """What the rules say on this task, and how surely."""
    extract = one.extract
    if task == "urgency":
        return extract.urgency, 1.0
    if task == "topic":
        return extract.topic, extract.topic_score
    if one.message.emergency and extract.raised != "spoed":
        return "melding", SURE
    return extract.kind, extract.kind_score
