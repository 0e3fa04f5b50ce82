"""How far a second labeller, who had not seen the first labels, agrees."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from infra.incidents.evenings import KEPT_APART, WEIGHED
from infra.training.corpus import Labelled
from infra.training.streams import streams

BLIND = Path(__file__).parent / "relabelled"
"""``blind-1.tsv``: the first ten batches; ``blind-2.tsv``: those that were written later;
``blind-3.tsv``: evenings that no model reads, four of ten lines an emergency."""

TASKS = ("emergency", "urgency", "kind", "topic")


def text(batches: Mapping[str, Sequence[Labelled]]) -> str:
    """Cohen's kappa by task, of each time that messages were labelled again."""
    known = [*(one for each in batches.values() for one in each), *streams(WEIGHED + KEPT_APART)]
    first = {one.id: one for one in known}
    files = sorted(BLIND.glob("blind-*.tsv"))
    times = [again(path, first) for path in files]
    rows = [[task, *(shown(found.get(task)) for _, found in times)] for task in TASKS]
    counts = " and ".join(str(count) for count, _ in times)
    head = ["kappa", *(path.stem for path in files)]
    table = [head, ["---"] * len(head), *rows]
    lines = [f"{counts} messages were labelled again, blind.\n"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in table)]) + "\n"


def shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def again(path: Path, first: Mapping[str, Labelled]) -> tuple[int, dict[str, float]]:
    """How many of a file were labelled before, and the agreement by task."""
    names, *rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    second = {row[0]: dict(zip(names[1:], row[1:], strict=True)) for row in rows if row[0] in first}
    urgent = [(one["urgency"] == "spoed", first[key].emergency) for key, one in second.items()]
    found = {"emergency": kappa(urgent)}
    for task in names[1:]:
        if task in TASKS:
            pairs = [(one[task], first[key].labels[task]) for key, one in second.items()]
            found[task] = kappa(pairs)
    return len(second), found


def kappa(pairs: Sequence[tuple[object, object]]) -> float:
    """Cohen's kappa: agreement beyond what chance would give (Cohen 1960)."""
    same = sum(one == other for one, other in pairs) / len(pairs)
    ones, others = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(count * others[label] for label, count in ones.items()) / len(pairs) ** 2
    return (same - chance) / (1 - chance)
