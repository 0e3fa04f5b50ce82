"""``python -m infra train``: both models from the corpus, and how they are weighed.

The linear model and the encoder learn all batches and the evenings of ``LEARNED``. They are
weighed, with the rules, by what models said of each author that had learned the others, and of
evenings that these had not read; that is also what the report measures.
``--report`` adds the slow comparisons. Interrupted, it goes on where it was (``build/training``).
"""

import hashlib
import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from chalicelib.detection import mending
from chalicelib.detection.encoder import ANSWERS, EXAMPLES, GRAPH, Encoder
from chalicelib.detection.fusing import Fusion
from chalicelib.detection.linear import FILE, packed
from infra.encoder.command import CHANGES, MODEL, put_together
from infra.incidents.evenings import LEARNED
from infra.training import across, card, finetune, known_words, leaflet, reading, report
from infra.training.calibrating import calibrated
from infra.training.corpus import Labelled, batches
from infra.training.fitting import FAMILY_WEIGHTS, Fitted
from infra.training.opinions import FULL, TIER_ONE

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "detection"
LONGEST_EXAMPLE = 120
MOST_EXAMPLES = 900


def train(*, with_report: bool, compare: bool = False, apart: Sequence[str] = ()) -> int:
    """Fit, write, and measure."""
    study = across.Study(batches(), reading.teacher(progress), progress, compare=compare)
    (MODEL / mending.FILE).write_text(known_words.table(study.everything), "utf-8")
    linear = study.linear(study.everything, LEARNED)
    raw = written(linear, calibrated(study.weighing, TIER_ONE, by_rule=True))
    (MODEL / FILE).write_bytes(raw)
    progress(f"{FILE}: {len(raw) / 1e6:.2f} MB")
    fusion = calibrated(study.weighing, FULL, by_rule=False)
    folder = study.teacher.taught("whole", study.everything, LEARNED)
    shipped(folder, fusion, study)
    digests = {path.name: digest(path) for path in sorted(MODEL.iterdir()) if path.is_file()}
    (DOCS / "model-card.md").write_text(card.text(study.batches, digests, fusion))
    if with_report:
        (DOCS / "report.md").write_text(report.text(study, digests, apart))
        (DOCS / "bijsluiter.md").write_text(leaflet.text(study.decisions[FULL.name]))
        progress("docs/detection/report.md and bijsluiter.md are written")
    return 0


def written(fitted: Fitted, fusion: Fusion) -> bytes:
    """The linear model's file."""
    head = {
        "columns": fitted.columns,
        "biases": fitted.biases,
        "scales": fitted.scales,
        "families": FAMILY_WEIGHTS,
        "fusion": asdict(fusion),
    }
    return packed(head, fitted.table.tobytes())


def shipped(folder: Path, fusion: Fusion, study: across.Study) -> None:
    """What the repository keeps of the encoder, and the whole of it in ``build/encoder``."""
    shutil.copyfile(folder / GRAPH, MODEL / GRAPH)
    with np.load(folder / "changes.npz") as learned:
        np.savez_compressed(MODEL / "part.npz", **{n: learned[n] for n in learned if n != "kept"})
    (MODEL / "part.npz").replace(MODEL / CHANGES)
    head = {"columns": finetune.COLUMNS, "fusion": asdict(fusion)}
    (MODEL / ANSWERS).write_text(json.dumps(head, indent=1) + "\n")
    texts = examples(study.everything)
    encoder = Encoder(folder)
    meanings = np.array([encoder.read(text).meaning for text in texts])
    save_examples(MODEL / EXAMPLES, texts, meanings)
    put_together(ROOT / "build" / "encoder")


def examples(messages: Sequence[Labelled]) -> list[str]:
    """Short Dutch emergencies of all batches: agents read them beside one that resembles them."""
    short = [
        one.text
        for one in messages
        if one.emergency
        and one.lang == "nl"
        and not one.before
        and len(one.text) <= LONGEST_EXAMPLE
    ]
    return short[:: -(-len(short) // MOST_EXAMPLES)]


def save_examples(path: Path, texts: Sequence[str], meanings: Any) -> None:
    """Texts, and their meanings in bytes."""
    said = np.frombuffer(json.dumps(list(texts), ensure_ascii=False).encode(), np.uint8)
    table = np.rint(np.asarray(meanings) * 127 / np.abs(meanings).max()).astype(np.int8)
    with path.open("wb") as file:
        np.savez_compressed(file, texts=said, meanings=table)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def progress(line: str) -> None:
    """One line on stderr."""
    print(line, file=sys.stderr, flush=True)
