"""How good groups are: B-cubed (Bagga and Baldwin 1998), and how much chatter is left alone."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

Groups = Mapping[str, str | None]
"""The incident of each message; None: it stands alone."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What was right.

    ``precision``, ``recall`` over messages that are about an incident; ``all_…`` over all messages,
    each without an incident as a group of its own; ``alone``: the share of those without that were
    left so.
    """

    precision: float
    recall: float
    all_precision: float
    all_recall: float
    alone: float

    @property
    def f1(self) -> float:
        return harmonic(self.precision, self.recall)

    @property
    def all_f1(self) -> float:
        return harmonic(self.all_precision, self.all_recall)


def scored(truth: Groups, found: Groups) -> Scores:
    """Compare what was found with what is true."""
    about = [one for one in truth if truth[one] is not None]
    chatter = [one for one in truth if truth[one] is None]
    left = sum(found[one] is None for one in chatter)
    return Scores(
        *b_cubed(truth, found, about),
        *b_cubed(truth, found, list(truth)),
        alone=left / len(chatter) if chatter else 1.0,
    )


def b_cubed(truth: Groups, found: Groups, over: list[str]) -> tuple[float, float]:
    """Mean precision and recall of the group that each message is in."""
    if not over:
        return 1.0, 1.0
    true, ours = members(truth), members(found)
    precision = recall = 0.0
    for one in over:
        both = len(true[one] & ours[one])
        precision += both / len(ours[one])
        recall += both / len(true[one])
    return precision / len(over), recall / len(over)


def members(groups: Groups) -> dict[str, set[str]]:
    """For each message, all messages it is together with, itself included."""
    by_name: dict[str, set[str]] = defaultdict(set)
    for one, name in groups.items():
        if name is not None:
            by_name[name].add(one)
    return {one: by_name[name] if name is not None else {one} for one, name in groups.items()}


def harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0
