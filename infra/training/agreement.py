"""How far a second labeller, who had not seen the first labels, agrees."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from infra.training.corpus import Labelled

BLIND = Path(__file__).parent / "relabelled" / "blind-1.tsv"


def text(batches: Mapping[str, Sequence[Labelled]]) -> str:
    """Cohen's kappa by task."""
    first = {one.id: one for each in batches.values() for one in each}
    names, *rows = (line.split("\t") for line in BLIND.read_text("utf-8").splitlines())
    second = {row[0]: dict(zip(names[1:], row[1:], strict=True)) for row in rows if row[0] in first}
    lines = [
        f"{len(second)} messages were labelled again, blind.\n",
        "| task | kappa |",
        "|---|---|",
    ]
    urgent = [(again["urgency"] == "spoed", first[key].emergency) for key, again in second.items()]
    lines.append(f"| emergency | {kappa(urgent):.2f} |")
    for task in ("urgency", "kind", "topic"):
        pairs = [(again[task], first[key].labels[task]) for key, again in second.items()]
        lines.append(f"| {task} | {kappa(pairs):.2f} |")
    return "\n".join(lines) + "\n"


def kappa(pairs: Sequence[tuple[object, object]]) -> float:
    """Cohen's kappa: agreement beyond what chance would give (Cohen 1960)."""
    same = sum(one == other for one, other in pairs) / len(pairs)
    ones, others = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(count * others[label] for label, count in ones.items()) / len(pairs) ** 2
    return (same - chance) / (1 - chance)
