"""Teaching the cross-encoder: ``python -m infra incidents teach`` (needs requirements-train.txt).

It begins as the encoder of ``python -m infra train`` is before that one reads evenings
(``finetune.settled``; an hour and a half, or from where that command left it), and learns the pairs
of ``pairing`` in one slow pass: an hour and a half on two cores. Seeds are fixed.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from random import Random
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from chalicelib.detection.cross_encoder import GRAPH, paired
from chalicelib.detection.encoder import Pieces
from infra.encoder import layout
from infra.encoder.command import CROSS_CHANGES, MODEL, put_together
from infra.encoder.graph import draw_cross
from infra.incidents.pairing import Pair
from infra.training import finetune, reading
from infra.training.corpus import batches
from infra.training.finetune import Pupil
from infra.training.network import START

SEED = 1
RATE, HEAD_RATE = 5e-4, 5e-3
WARMING = 0.08
SMOOTHING = 0.04
"""How much of each answer is held open: some labels are wrong."""

OFTEN = 50
"""Steps between two lines on how it goes."""


def teach(pairs: Sequence[Pair], texts: Mapping[str, Mapping[str, str]], say: finetune.Say) -> None:
    """Learn, and write what was learned. ``texts``: of each evening, by message."""
    teacher = reading.teacher(say)
    tokenizer = teacher.tokenizer()
    learner = beginner(teacher, tokenizer)
    given = [pieces(tokenizer, pair, texts[pair.evening]) for pair in pairs]
    dice = Random(SEED)
    groups = finetune.grouped([len(each.ids) for each in given], dice)
    learner = paced(learner, len(groups) + 1)
    learner.network.train()
    for number, group in enumerate(groups):
        same = [pairs[at].same for at in group]
        loss = finetune.step(learner, partial(lost, learner, [given[at] for at in group], same))
        if number % OFTEN == 0:
            say(f"  step {number} of {len(groups)}: loss {loss:.3f}")
    keep(learner.network.changes(), len(teacher.kept))


def beginner(teacher: reading.Teacher, tokenizer: Any) -> Pupil:
    """The encoder before it reads evenings, with a head that says one thing."""
    messages = [each for batch in batches().values() for each in batch]
    state = teacher.folder("settled") / f"{reading.stamped(messages)[:12]}.pt"
    learner = finetune.settled(
        teacher.packed, teacher.kept, tokenizer, messages, teacher.say, state=state
    )
    learner.network.head = nn.Linear(layout.HIDDEN, 1)
    nn.init.normal_(learner.network.head.weight, std=START)
    nn.init.zeros_(learner.network.head.bias)
    return learner


def paced(learner: Pupil, steps: int) -> Pupil:
    """The same network, in steps that grow and shrink again."""
    head = list(learner.network.head.parameters())
    rates = [RATE, HEAD_RATE]
    optimizer = torch.optim.AdamW(
        [{"params": learner.body, "lr": RATE}, {"params": head, "lr": HEAD_RATE}],
        weight_decay=finetune.DECAY,
    )
    pace = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, rates, total_steps=steps, pct_start=WARMING
    )
    return Pupil(learner.network, optimizer, pace, learner.body)


def pieces(tokenizer: Any, pair: Pair, texts: Mapping[str, str]) -> Pieces:
    """A pair as the network takes it."""
    ids, types = paired(tokenizer, texts[pair.message], [texts[name] for name in pair.told])
    return Pieces(ids, types, [])


def lost(learner: Pupil, given: Sequence[Pieces], same: Sequence[bool]) -> Tensor:
    """The loss of some pairs."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = learner.network(*finetune.padded(given))[:, 0]
    wanted = torch.tensor(same, dtype=torch.float32) * (1 - SMOOTHING) + SMOOTHING / 2
    loss: Tensor = nn.functional.binary_cross_entropy_with_logits(scores.float(), wanted)
    return loss


def keep(changes: Mapping[str, Any], kept: int) -> None:
    """What the repository keeps of it, and the whole of it in ``build/encoder``."""
    with (MODEL / CROSS_CHANGES).open("wb") as file:
        np.savez_compressed(file, **changes)
    drawn = draw_cross(kept).SerializeToString(deterministic=True)
    (MODEL / GRAPH).write_bytes(drawn)
    put_together(reading.ROOT / "build" / "encoder")
