"""A proposal: the encoder taught once more with labels from practice, beside the one in use.

``python -m infra train --with labels.jsonl`` (as ``python -m infra labels export`` writes them)
teaches an encoder what the repository holds and these labels, puts it into ``build/proposal`` and
compares it with the one in use on fixed sets. Nothing in use changes: a person reads the table and
decides, and a new version goes through ``train`` and a release like any change.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from chalicelib.detection import classifier
from chalicelib.detection.encoder import Encoder
from infra.encoder.command import FOLDER
from infra.incidents.evenings import LEARNED
from infra.training import reading
from infra.training.corpus import SHARED, Labelled, batches, dealt, load
from infra.training.measuring import MEASURES, figure
from infra.training.opinions import Decision
from infra.training.saying import decision

ROOT = Path(__file__).parents[2]
OUT = ROOT / "build" / "proposal"
CASES = ROOT / "tests" / "detection" / "cases"
FEWEST = 30
"""Fewer labels than this tell nothing; a proposal would be noise."""


class TooFew(Exception):
    """There are not enough labels to learn from."""


def propose(labels: Path, say: Callable[[str], None]) -> Path:
    """Teach, compare, and the page with the comparison. Raises ``TooFew``."""
    practice = load(labels)
    if len(practice) < FEWEST:
        raise TooFew(f"{labels.name} holds {len(practice)} labels; at least {FEWEST} are needed")
    learned, _ = dealt()
    each = [one for batch in batches().values() for one in batch] + learned + practice
    folder = reading.teacher(say).taught("proposal", each, LEARNED)
    reading.weighed_as_in_use(folder)
    OUT.mkdir(parents=True, exist_ok=True)
    page = OUT / "proposal.md"
    page.write_text(compared(Encoder(FOLDER), Encoder(folder), fixed_sets(), len(practice)))
    say(f"the comparison is in {page}, the encoder in {folder}")
    return page


def fixed_sets() -> dict[str, Sequence[Labelled]]:
    """What no proposal may learn: the service's own cases, others' examples, ordinary chatter."""
    paths = sorted(CASES.glob("*.jsonl"))
    found: dict[str, Sequence[Labelled]] = {path.stem: load(path) for path in paths}
    _, found["chatter kept apart"] = dealt()
    if SHARED.exists():
        found["examples by others"] = load(SHARED)
    return found


def compared(
    before: Encoder, after: Encoder, sets: dict[str, Sequence[Labelled]], learned: int
) -> str:
    """Before and after on every set, in Markdown."""
    lines = [f"# Proposal: {learned} labels from practice learned\n"]
    for name, messages in sets.items():
        lines += [
            f"## {name}: {len(messages)} messages\n",
            "| | in use | proposed |",
            "|---|---|---|",
        ]
        pair = [decisions(encoder, messages) for encoder in (before, after)]
        for measure, of in MEASURES.items():
            lines.append(f"| {measure} | {figure(of, pair[0])} | {figure(of, pair[1])} |")
        lines.append("")
    return "\n".join(lines)


def decisions(encoder: Encoder, messages: Sequence[Labelled]) -> list[Decision]:
    """What all of detection says with this encoder."""
    classify = classifier("full", encoder)
    return [decision(one, classify) for one in messages]
