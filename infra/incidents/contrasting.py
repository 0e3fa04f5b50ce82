"""Messages about one event nearer each other than to all others: what that means for a stretch.

The supervised contrastive loss (Khosla and others 2020, arXiv 2004.11362). What was written within
three hours of each other is compared, and not what one citizen wrote to what the same citizen
wrote. Needs requirements-train.txt.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

COMPARED = 3 * 3600.0


@dataclass(frozen=True, slots=True)
class Told:
    """A message as far as it is compared: in which conversation, when (seconds), on what event."""

    subject: str
    at: float
    event: str | None


Table = Any
"""Truths, a row and a column for each message."""


def compared(told: Sequence[Told]) -> tuple[Table, Table]:
    """Which messages are compared, and which of those are of one event."""
    near = [[abs(a.at - b.at) < COMPARED and a.subject != b.subject for b in told] for a in told]
    same = [[a.event is not None and a.event == b.event for b in told] for a in told]
    return np.array(near), np.array(near) & np.array(same)


def contrast(seen: Any, near: Table, same: Table, sharpness: float) -> Any:
    """The loss, of a torch tensor with a row of unit length for each message."""
    import torch  # noqa: PLC0415 - only who trains has it

    truly, paired = torch.tensor(same), torch.tensor(same.any(axis=1))
    likely = (seen @ seen.T / sharpness).masked_fill(~torch.tensor(near), -1e4).log_softmax(dim=1)
    return -((likely * truly).sum(1)[paired] / truly.sum(1)[paired]).mean()
