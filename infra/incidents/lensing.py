"""Learning the lens: pairs of messages about one event nearer each other than to all others.

A linear map, by the supervised contrastive loss (Khosla and others 2020, arXiv 2004.11362) within
each evening: what was written within three hours of each other is compared, and not what one
citizen wrote to what the same citizen wrote. Needs requirements-train.txt. Seeds are fixed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from chalicelib.detection.meaning import unpacked
from chalicelib.incidents.lens import Lens
from chalicelib.incidents.likeness import apart
from chalicelib.incidents.report import Report
from infra.incidents.scores import Groups

SEED = 7
ROUNDS, RATE, DECAY = 25, 2e-3, 0.1
FORGOTTEN = 0.5
"""Share of the numbers left out at random: evenings are few, and easily learned by rote."""

SHARPNESS = 0.1
WIDTH = 64
"""Numbers left of 384: those along which the map stretches most."""

COMPARED = 3 * 3600.0
FOLDS = 3

Meant = tuple[Sequence[Report], Groups, Sequence[str]]
"""An evening's reports, the true incident of each, and their packed meanings."""


def across(evenings: Mapping[str, Meant]) -> dict[str, Lens]:
    """For each evening a lens that was learned on others."""
    names = list(evenings)
    folds = [names[start::FOLDS] for start in range(FOLDS)]
    found: dict[str, Lens] = {}
    for fold in folds:
        others = [evenings[name] for name in names if name not in fold]
        found |= dict.fromkeys(fold, learned(others))
    return found


def learned(evenings: Sequence[Meant]) -> Lens:
    """The lens of these evenings."""
    vectors = [np.array([unpacked(one) for one in meanings]) for _, _, meanings in evenings]
    middle = np.vstack(vectors).mean(axis=0)
    pairs = [compared(reports, truth) for reports, truth, _ in evenings]
    turned = mapped([unit(each - middle) for each in vectors], pairs)
    rows = [tuple(map(float, row)) for row in strongest(turned)]
    return Lens(tuple(map(float, middle)), tuple(rows))


def compared(reports: Sequence[Report], truth: Groups) -> tuple[Any, Any]:
    """Two square tables: which messages are compared, and which of those are of one event."""
    near = [
        [apart(a.at, b.at) < COMPARED and a.subject != b.subject for b in reports] for a in reports
    ]
    told = [truth[one.message] for one in reports]
    same = [[a is not None and a == b for b in told] for a in told]
    return np.array(near), np.array(near) & np.array(same)


def mapped(vectors: Sequence[Any], pairs: Sequence[tuple[Any, Any]]) -> Any:
    """The map, as a square matrix; it begins as one that changes nothing."""
    import torch  # noqa: PLC0415 - only who trains has it
    from torch.nn import functional  # noqa: PLC0415 - see above

    torch.manual_seed(SEED)
    matrix = torch.nn.Parameter(torch.eye(vectors[0].shape[1]))
    pace = torch.optim.AdamW([matrix], lr=RATE, weight_decay=DECAY)
    given = [torch.tensor(each, dtype=torch.float32) for each in vectors]
    tables = [(torch.tensor(near), torch.tensor(same)) for near, same in pairs]
    for _ in range(ROUNDS):
        for each, (near, same) in zip(given, tables, strict=True):
            seen = functional.normalize(functional.dropout(each, FORGOTTEN) @ matrix.T, dim=1)
            likely = (seen @ seen.T / SHARPNESS).masked_fill(~near, -1e4).log_softmax(dim=1)
            paired = same.any(dim=1)
            loss = -((likely * same).sum(1)[paired] / same.sum(1)[paired]).mean()
            pace.zero_grad()
            loss.backward()
            pace.step()
    return matrix.detach().numpy()


def strongest(matrix: Any) -> Any:
    """Fewer rows that keep all angles as well as so few can (principal axes of the map)."""
    stretched, axes = np.linalg.eigh(matrix.T @ matrix)
    most = np.argsort(-stretched)[:WIDTH]
    return (axes[:, most] * np.sqrt(stretched[most].clip(min=0))).T


def unit(rows: Any) -> Any:
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)
