"""Encoders that have learned some messages, and what they say of others.

Each is kept in ``build/training`` under a name made from its messages and the code, so that an
interrupted run goes on where it was. What is measured is the file as the service runs it, rounded
to bytes, never the network in torch.
"""

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from chalicelib.detection.encoder import ANSWERS, EXAMPLES, GRAPH, Encoder
from chalicelib.detection.fusing import Scores
from infra.encoder import assemble, layout, package, packed
from infra.encoder.command import MODEL
from infra.encoder.graph import draw
from infra.encoder.packed import Packed
from infra.incidents.evenings import path
from infra.training import finetune
from infra.training.corpus import Labelled, digest

ROOT = Path(__file__).parents[2]
WORK = ROOT / "build" / "training"
CODE = (
    "finetune.py", "network.py", "augment.py", "streams.py", "stretches.py",
    "../incidents/contrasting.py",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Teacher:
    """The published encoder, and the pieces that are kept of it."""

    packed: Packed
    kept: Any
    say: finetune.Say

    def folder(self, name: str) -> Path:
        return WORK / name

    def taught(self, name: str, messages: Sequence[Labelled], evenings: Sequence[str]) -> Path:
        """The folder of an encoder that has learned these, made if it is not there."""
        stamp = stamped(messages, evenings=evenings)
        folder = self.folder(f"{name}-{stamp[:12]}")
        if not (folder / ANSWERS).exists():
            self.say(f"teaching the encoder: {name}, {len(messages)} messages")
            tokenizer = self.tokenizer()
            network = finetune.taught(
                self.packed, self.kept, tokenizer, messages, self.say,
                evenings=evenings, state=folder / "state.pt",
            )  # fmt: skip
            self.write(folder, network.changes())
        return folder

    def published(self) -> Path:
        """The folder of the encoder without our changes; its head says nothing."""
        folder = self.folder("published")
        if not (folder / ANSWERS).exists():
            width = len(finetune.COLUMNS)
            nothing = {"head": np.zeros((layout.HIDDEN, width)), "head.bias": np.zeros(width)}
            self.write(
                folder, {**nothing, "type": self.packed.tensor("emb.type", 2, layout.HIDDEN)}
            )
        return folder

    def reads(self, folder: Path, messages: Sequence[Labelled]) -> list[Scores]:
        """What the encoder in this folder says of them, by task and answer."""
        encoder = Encoder(folder)
        self.say(f"reading {len(messages)} messages with {folder.name}")
        return [encoder.read(each.text, each.before).scores for each in messages]

    def tokenizer(self) -> Any:
        from tokenizers import Tokenizer  # noqa: PLC0415 - only who trains

        return Tokenizer.from_str(assemble.tokens(self.packed, {"kept": self.kept}))

    def write(self, folder: Path, changes: dict[str, Any]) -> None:
        """Everything that an encoder needs, and its changes, into the folder."""
        changes = {**changes, "kept": self.kept}
        folder.mkdir(parents=True, exist_ok=True)
        np.savez(folder / "changes.npz", **changes)
        assemble.write(self.packed, changes, folder)
        graph = draw(len(self.kept), finetune.COLUMNS)
        (folder / GRAPH).write_bytes(graph.SerializeToString(deterministic=True))
        with (folder / EXAMPLES).open("wb") as file:  # none yet
            np.savez(file, texts=np.frombuffer(b"[]", np.uint8), meanings=np.zeros((0, 1)))
        (folder / ANSWERS).write_text(json.dumps({"columns": finetune.COLUMNS}))


def weighed_as_in_use(folder: Path) -> None:
    """An encoder of ours is weighed, and shows examples, as the one that is shipped."""
    for name in (ANSWERS, EXAMPLES):
        shutil.copyfile(MODEL / name, folder / name)


def teacher(say: finetune.Say) -> Teacher:
    """With the published encoder, fetched if it is not here."""
    return Teacher(packed.read(package.fetched(say)), package.kept(), say)


def stamped(
    messages: Sequence[Labelled], code: Sequence[str] = CODE, evenings: Sequence[str] = ()
) -> str:
    """What makes one run another: the messages with their labels, the evenings, and the code."""
    total = hashlib.sha256()
    for each in messages:
        total.update(repr(each).encode())
    paths = [Path(__file__).parent / name for name in code]
    total.update(digest([*paths, *map(path, evenings)]).encode())
    return total.hexdigest()
