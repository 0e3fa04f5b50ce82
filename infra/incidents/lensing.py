"""Learning the lens: pairs of messages about one event nearer each other than to all others.

A linear map, by the loss of ``contrasting`` within each evening. Needs requirements-train.txt.
Seeds are fixed.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from chalicelib.detection.meaning import unpacked
from chalicelib.domain.moments import instant
from chalicelib.incidents.lens import Lens
from chalicelib.incidents.report import Report
from infra.incidents.contrasting import Table, Told, compared, contrast
from infra.incidents.scores import Groups

SEED = 7
ROUNDS, RATE, DECAY = 25, 2e-3, 0.1
FORGOTTEN = 0.5
"""Share of the numbers left out at random: evenings are few, and easily learned by rote."""

SHARPNESS = 0.1
WIDTH = 64
"""Numbers left of 384: those along which the map stretches most."""

Meant = tuple[Sequence[Report], Groups, Sequence[str]]
"""An evening's reports, the true incident of each, and their packed meanings."""


def learned(evenings: Sequence[Meant]) -> Lens:
    """The lens of these evenings."""
    vectors = [np.array([unpacked(one) for one in meanings]) for _, _, meanings in evenings]
    middle = np.vstack(vectors).mean(axis=0)
    pairs = [compared(told(reports, truth)) for reports, truth, _ in evenings]
    turned = mapped([unit(each - middle) for each in vectors], pairs)
    rows = [tuple(map(float, row)) for row in strongest(turned)]
    return Lens(tuple(map(float, middle)), tuple(rows))


def told(reports: Sequence[Report], truth: Groups) -> list[Told]:
    """The reports as they are compared."""
    return [Told(r.subject, instant(r.at).timestamp(), truth[r.message]) for r in reports]


def mapped(vectors: Sequence[Any], pairs: Sequence[tuple[Table, Table]]) -> Any:
    """The map, as a square matrix; it begins as one that changes nothing."""
    import torch  # noqa: PLC0415 - only who trains has it
    from torch.nn import functional  # noqa: PLC0415 - see above

    torch.manual_seed(SEED)
    matrix = torch.nn.Parameter(torch.eye(vectors[0].shape[1]))
    pace = torch.optim.AdamW([matrix], lr=RATE, weight_decay=DECAY)
    given = [torch.tensor(each, dtype=torch.float32) for each in vectors]
    for _ in range(ROUNDS):
        for each, (near, same) in zip(given, pairs, strict=True):
            seen = functional.normalize(functional.dropout(each, FORGOTTEN) @ matrix.T, dim=1)
            loss = contrast(seen, near, same, SHARPNESS)
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
