"""``python -m infra train``: the linear model from the corpus; ``--report`` measures it as well.

The model is fitted on all batches and weighed with the rules by what each author's messages gave
while that author was left out. It is written with its card; the report is written beside them.
"""

import hashlib
import sys
from dataclasses import asdict
from pathlib import Path

from chalicelib.detection.fusing import Fusion
from chalicelib.detection.linear import FILE, packed
from infra.training import across, card, report
from infra.training.calibrating import calibrated
from infra.training.corpus import batches
from infra.training.fitting import FAMILY_WEIGHTS, Fitted

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "chalicelib" / "detection" / "model" / FILE
DOCS = ROOT / "docs" / "detection"


def train(*, with_report: bool) -> int:
    """Fit, write, and measure if asked."""
    study = across.Study(batches(), progress)
    names = list(study.batches)
    fusion = calibrated(study.unread(names))
    raw = written(study.model(names), fusion)
    MODEL.write_bytes(raw)
    digest = hashlib.sha256(raw).hexdigest()
    (DOCS / "model-card.md").write_text(card.text(study.batches, digest, len(raw), fusion))
    progress(f"{MODEL.name}: {len(raw) / 1e6:.2f} MB, sha256 {digest}")
    if with_report:
        (DOCS / "report.md").write_text(report.text(study, digest))
        progress("docs/detection/report.md is written")
    return 0


def written(fitted: Fitted, fusion: Fusion) -> bytes:
    """The file that the service reads."""
    head = {
        "columns": fitted.columns,
        "biases": fitted.biases,
        "scales": fitted.scales,
        "families": FAMILY_WEIGHTS,
        "fusion": asdict(fusion),
    }
    return packed(head, fitted.table.tobytes())


def progress(line: str) -> None:
    """One line on stderr."""
    print(line, file=sys.stderr, flush=True)
