"""Teaching the encoder: every epoch the messages once more, each time typed a little differently.

All tasks learn together, for what makes an emergency (now, oneself, no film) is half the answer to
the others. The batches are half emergencies and traps; so a last, slow epoch settles what was
learned with ordinary messages many times over, of which a real stream is full. What was written
against the models (``LATER``) is read last, in slow steps, with half of the rest beside it: learned
from the beginning, pairs that differ in one fact made a model doubt what is plain. With these it
reads recorded evenings: what their messages are labelled for (``streams``), and which of them are
about one event (``stretches``). Numbers are rounded to 16 bits where the CPU is fast at it (bf16),
the order and the typing errors come from the seed, and half-way states are kept so that a run can
go on.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch import Tensor, nn

from chalicelib.detection.encoder import MOST_PIECES, PADDING, Pieces, encoded, plain
from infra.encoder import layout
from infra.encoder.packed import Packed
from infra.incidents.contrasting import contrast
from infra.training.augment import disguised
from infra.training.corpus import ANSWERS, LATER, ORDINARY, Labelled
from infra.training.network import Network
from infra.training.streams import streams
from infra.training.stretches import Stretch, stretches

WEIGHTS = {
    "emergency": 1.0, "urgency": 0.8, "kind": 0.6, "topic": 0.8, "immediacy": 0.5,
    "who": 0.2, "tone": 0.2,
}  # fmt: skip
"""How much each task counts in what is learned."""

COLUMNS = [(task, answer) for task, answers in ANSWERS.items() for answer in answers]
EPOCHS = 4
SEED = 1
BATCH = 32
RATE, HEAD_RATE = 1.5e-3, 1e-2
WARMING = 0.1
SETTLING_RATE, SETTLING_HEAD_RATE = 2e-4, 1e-3
TIMES = 4
"""How often an ordinary message is read in a slow epoch."""

LATER_RATE, LATER_HEAD_RATE, LATER_TIMES = 4e-4, 2e-3, 2
"""Of the epoch that reads what was written against the models: its pace, and how often it reads
each of those."""

STREAM_TIMES = 2
"""How often that epoch reads the messages of an evening."""

NARROWED, NARROWED_RATE = 64, 2e-3
"""To how many numbers a meaning is narrowed where events are told apart, and how fast that is
learned; only these lessons use it, and nobody keeps it."""

SHARPNESS = 0.07
"""Of the loss over messages about one event and about others."""

SMOOTHING = 0.05
DECAY = 0.01
LARGEST_STEP = 1.0
FILLING = 2
UNKNOWN = -100
"""The label of a task that nobody answered; torch leaves it out."""

Say = Callable[[str], None]
Lesson = Callable[[], Tensor]
"""Something read once: it gives the loss."""


@dataclass(frozen=True, slots=True)
class Pupil:
    """A network that is learning, and how."""

    network: Network
    optimizer: Any
    pace: Any
    body: list[Any]
    """What learns besides the head; its steps are kept small."""


def pupil(packed: Packed, kept: Any, steps: int) -> Pupil:
    """A network that has learned nothing yet."""
    network = Network(packed, kept, len(COLUMNS))
    head = list(network.head.parameters())
    known = {id(each) for each in head}
    body = [each for each in network.parameters() if each.requires_grad and id(each) not in known]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": RATE}, {"params": head, "lr": HEAD_RATE}], weight_decay=DECAY
    )
    pace = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [RATE, HEAD_RATE], total_steps=steps, pct_start=WARMING
    )
    return Pupil(network, optimizer, pace, body)


def taught(
    packed: Packed,
    kept: Any,
    tokenizer: Any,
    messages: Sequence[Labelled],
    say: Say,
    *,
    evenings: Sequence[str] = (),
    state: Path | None = None,
) -> Network:
    """A network that has learned these messages, and these evenings by name.

    ``state``: where a half-way run is kept.
    """
    learner = settled(packed, kept, tokenizer, messages, say, state=state)
    first = [each for each in messages if each.batch not in LATER]
    later = [each for each in messages if each.batch in LATER]
    read = often(first[::2] + later) + streams(evenings) * STREAM_TIMES
    loss = finished(learner, tokenizer, read, evenings)
    say(f"  settled with the later ones and evenings: loss {loss:.3f}")
    learner.network.eval()
    return learner.network


def settled(
    packed: Packed,
    kept: Any,
    tokenizer: Any,
    messages: Sequence[Labelled],
    say: Say,
    *,
    state: Path | None,
) -> Pupil:
    """A network that has learned all but the later ones of these messages, and no evening."""
    torch.manual_seed(SEED)
    first = [each for each in messages if each.batch not in LATER]
    learned = [each for each in first if each.batch != ORDINARY[-1]]
    steps = EPOCHS * math.ceil(len(learned) / BATCH)
    learner = pupil(packed, kept, steps + EPOCHS)
    begun = resumed(state, learner)
    learner.network.train()
    for epoch in range(begun, EPOCHS):
        loss = epoch_of(learner, tokenizer, learned, Random(SEED + epoch))
        say(f"  epoch {epoch + 1} of {EPOCHS}: loss {loss:.3f}")
        if state:
            keep(state, learner, epoch + 1)
    if begun <= EPOCHS:
        read = often(first)
        slow = slowed(learner, batches_in(read), (SETTLING_RATE, SETTLING_HEAD_RATE))
        loss = epoch_of(slow, tokenizer, read, Random(SEED + EPOCHS))
        say(f"  settled: loss {loss:.3f}")
        if state:
            keep(state, learner, EPOCHS + 1)
    return learner


def finished(
    learner: Pupil, tokenizer: Any, messages: Sequence[Labelled], evenings: Sequence[str]
) -> float:
    """The last slow epoch, with lessons on events between the others; the mean loss."""
    dice = Random(SEED + EPOCHS + 1)
    beside = on_evenings(learner, tokenizer, evenings, dice) if evenings else []
    rates = (LATER_RATE, LATER_HEAD_RATE, NARROWED_RATE)[: len(learner.optimizer.param_groups)]
    slow = slowed(learner, batches_in(messages) + len(beside), rates)
    return epoch_of(slow, tokenizer, messages, dice, beside)


def on_evenings(learner: Pupil, tokenizer: Any, names: Sequence[str], dice: Random) -> list[Lesson]:
    """The lessons of these evenings; what they alone need is learned with the rest."""
    torch.manual_seed(SEED)
    narrow = nn.Linear(layout.HIDDEN, NARROWED, bias=False)
    nn.init.orthogonal_(narrow.weight)
    learner.optimizer.add_param_group({"params": list(narrow.parameters())})
    each = stretches(names, dice)
    return [partial(lost_on_events, learner, narrow, tokenizer, one) for one in each]


def batches_in(messages: Sequence[Labelled]) -> int:
    return math.ceil(len(messages) / BATCH)


def often(messages: Sequence[Labelled]) -> list[Labelled]:
    """What a slow epoch reads: ordinary messages many times, later ones twice, the rest once."""
    times = dict.fromkeys(ORDINARY, TIMES) | dict.fromkeys(LATER, LATER_TIMES)
    return [each for each in messages for _ in range(times.get(each.batch, 1))]


def slowed(learner: Pupil, steps: int, rates: Sequence[float]) -> Pupil:
    """The same learner in small steps that become smaller."""
    for group, rate in zip(learner.optimizer.param_groups, rates, strict=True):
        group["lr"] = group["initial_lr"] = rate
    pace = torch.optim.lr_scheduler.LinearLR(learner.optimizer, 1.0, 0.05, total_iters=steps)
    return replace(learner, pace=pace)


def epoch_of(
    learner: Pupil,
    tokenizer: Any,
    messages: Sequence[Labelled],
    dice: Random,
    beside: Sequence[Lesson] = (),
) -> float:
    """Every message once, and the lessons beside them; the mean loss."""
    torch.manual_seed(dice.randrange(2**31))
    texts = [
        joined(encoded(tokenizer, plain(disguised(each.text, dice)), plain(each.before)))
        for each in messages
    ]
    labels = [numbers(each) for each in messages]
    lessons: list[Lesson] = [
        partial(lost_on_answers, learner, [texts[at] for at in group], [labels[at] for at in group])
        for group in grouped([len(each.ids) for each in texts], dice)
    ]
    if beside:
        lessons += beside
        dice.shuffle(lessons)
    return sum(step(learner, lesson) for lesson in lessons) / len(lessons)


def joined(parts: Sequence[Pieces]) -> Pieces:
    """A long message as one text of half its head and half its tail, for it counts once."""
    if len(parts) == 1:
        return parts[0]
    head, tail = parts
    at = 1 + MOST_PIECES // 2
    return Pieces(head.ids[:at] + tail.ids[at:], tail.types, head.spans[:at] + tail.spans[at:])


def step(learner: Pupil, lesson: Lesson) -> float:
    """One step; its loss."""
    loss = lesson()
    learner.optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(learner.body, LARGEST_STEP)
    learner.optimizer.step()
    learner.pace.step()
    return float(loss.detach())


def lost_on_answers(
    learner: Pupil, texts: Sequence[Pieces], labels: Sequence[Sequence[int]]
) -> Tensor:
    """The loss of a batch of messages."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = learner.network(*padded(texts))
    return lost(scores.float(), torch.tensor(labels))


def lost_on_events(learner: Pupil, narrow: nn.Linear, tokenizer: Any, one: Stretch) -> Tensor:
    """The loss of a stretch of an evening."""
    texts = [joined(encoded(tokenizer, plain(text), plain(past))) for text, past in one.texts]
    with torch.autocast("cpu", dtype=torch.bfloat16):
        meanings = learner.network.meaning(*padded(texts))
    seen = nn.functional.normalize(narrow(meanings.float()), dim=1)
    loss: Tensor = contrast(seen, one.near, one.same, SHARPNESS)
    return loss


def lost(scores: Tensor, wanted: Tensor) -> Tensor:
    """The loss over all tasks."""
    total, at = torch.zeros(()), 0
    for number, (task, answers) in enumerate(ANSWERS.items()):
        labels = wanted[:, number]
        if bool((labels != UNKNOWN).any()):
            total = total + WEIGHTS[task] * nn.functional.cross_entropy(
                scores[:, at : at + len(answers)], labels, label_smoothing=SMOOTHING
            )
        at += len(answers)
    return total


def numbers(message: Labelled) -> list[int]:
    """The labels as places among the answers."""
    return [
        answers.index(message.labels[task]) if task in message.labels else UNKNOWN
        for task, answers in ANSWERS.items()
    ]


def grouped(lengths: list[int], dice: Random) -> list[list[int]]:
    """Batches of about equal length, so that little is filled up, in an order by chance."""
    order = list(range(len(lengths)))
    dice.shuffle(order)
    groups = []
    for start in range(0, len(order), BATCH * 16):
        near = sorted(order[start : start + BATCH * 16], key=lambda at: lengths[at])
        groups += [near[at : at + BATCH] for at in range(0, len(near), BATCH)]
    dice.shuffle(groups)
    return groups


def padded(texts: Sequence[Pieces]) -> tuple[Tensor, Tensor]:
    """Texts as a matrix of pieces and one of types, filled up to the longest."""
    longest = max(len(each.ids) for each in texts)
    return (
        torch.tensor([each.ids + [PADDING] * (longest - len(each.ids)) for each in texts]),
        torch.tensor([each.types + [FILLING] * (longest - len(each.types)) for each in texts]),
    )


def keep(state: Path, learner: Pupil, epoch: int) -> None:
    """Write down where we are."""
    state.parent.mkdir(parents=True, exist_ok=True)
    part = state.with_suffix(".part")
    network = learner.network.state_dict()
    held = {
        "network": {name: value for name, value in network.items() if changing(name)},
        "optimizer": learner.optimizer.state_dict(),
        "pace": learner.pace.state_dict(),
        "epoch": epoch,
    }
    torch.save(held, part)
    part.replace(state)


def resumed(state: Path | None, learner: Pupil) -> int:
    """Where to go on: the number of epochs that are done."""
    if state is None or not state.exists():
        return 0
    held = torch.load(state, weights_only=True)
    learner.network.load_state_dict(held["network"], strict=False)
    learner.optimizer.load_state_dict(held["optimizer"])
    learner.pace.load_state_dict(held["pace"])
    return int(held["epoch"])


def changing(name: str) -> bool:
    """Whether this part of the network learns."""
    return name.endswith((".down", ".up")) or name.startswith("head.") or "token_type" in name
