"""The batches, each by one author; what of them is a label and what must never be a feature."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from chalicelib.detection.encoder import before
from chalicelib.domain.assessment import URGENCIES, Context, MatterKind, Topic

FOLDER = Path(__file__).parent / "corpus"
SHARED = Path(__file__).parents[3] / "shared" / "examples" / "messages.jsonl"
"""Others' messages, beside the repository: tested on, never trained on, never committed."""

TASKS = ("emergency", "urgency", "kind", "topic")
ANSWERS: dict[str, tuple[str, ...]] = {
    "emergency": ("nee", "ja"),
    "urgency": URGENCIES,
    "kind": get_args(MatterKind),
    "topic": get_args(Topic),
    "immediacy": (
        "now", "past", "news", "fiction", "question", "hypothetical", "exercise", "none"
    ),
    "who": ("self", "witness", "third", "none"),
    "tone": ("calm", "afraid", "joking", "panic", "formal", "angry", "sad", "ironic"),
}  # fmt: skip
"""All that the encoder learns; the linear model learns ``TASKS``."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One message with what a labeller said of it. ``note`` tells the hard ones, for measuring."""

    id: str
    batch: str
    text: str
    channel: str
    lang: str
    labels: dict[str, str]
    note: str = ""
    earlier: tuple[str, ...] = ()
    quoted: str = ""
    media: str = ""
    voice: str = ""
    """Who was imagined to write it: for measuring by dialect, never read by a model."""

    @property
    def emergency(self) -> bool:
        return self.labels["emergency"] == "ja"

    @property
    def context(self) -> Context:
        """What detection is told of the conversation."""
        return Context(
            channel=self.channel, earlier=self.earlier, quoted=self.quoted, media=self.media
        )

    @property
    def before(self) -> str:
        """The same, as the encoder reads it."""
        return before(self.context)


LATER = (
    "berberis", "esdoorn", "hazelaar", "kamille", "kastanje", "kornoelje", "lijsterbes",
    "mirte", "olm", "populier", "sleedoorn",
)  # fmt: skip
"""Authors who wrote against the models that learned all others: pairs that differ in one fact, an
adversary's, a handful of words each, dull reports, turns of conversations. Learned last, and by
every model: no fold is theirs."""

APART = ("jeneverbes", "moerbei", "vuilboom")
"""Authors whom no model and no threshold has read: only measured on."""


def batches() -> dict[str, list[Labelled]]:
    """Every batch that is learned, by name."""
    return {
        path.stem: load(path) for path in sorted(FOLDER.glob("*.jsonl")) if path.stem not in APART
    }


def load(path: Path) -> list[Labelled]:
    """One file."""
    lines = path.read_text("utf-8").splitlines()
    return [labelled(path.stem, line) for line in lines if line.strip()]


ORDINARY = ("chatter", "everyday")
"""Short messages that ask for nothing: what the batches, made to deceive, lack. Of ``chatter`` one
half is kept apart to measure on; ``everyday`` is all learned."""


def dealt() -> tuple[list[Labelled], list[Labelled]]:
    """The ordinary ones that are learned, and those that are kept apart."""
    chatter, everyday = (ordinary(name) for name in ORDINARY)
    return chatter[::2] + everyday, chatter[1::2]


def ordinary(name: str) -> list[Labelled]:
    """One of the two lists of these."""
    lines = (FOLDER.parent / f"{name}.tsv").read_text("utf-8").splitlines()
    calm = {"emergency": "nee", "urgency": "geen", "kind": "overig", "topic": "anders"}
    calm |= {"immediacy": "none", "tone": "calm"}
    return [
        Labelled(f"{name}-{number}", name, text, "whatsapp", lang, calm)
        for number, (lang, text) in enumerate(line.split("\t") for line in lines)
    ]


def labelled(batch: str, line: str) -> Labelled:
    """One line. ``voice`` and ``note`` give a label away and are no part of the text.

    A label from practice names under ``judged`` what a person said; the rest is detection's own
    and teaches nothing.
    """
    said = json.loads(line)
    judged = {*said.get("judged", ANSWERS)}
    labels = {task: str(said[task]) for task in ANSWERS if task in said and task in judged}
    labels["emergency"] = "ja" if said["emergency"] else "nee"
    return Labelled(
        id=said["id"],
        batch=batch,
        text=said["text"],
        channel=said.get("channel", "webchat"),
        lang=said["lang"],
        labels=labels,
        note=said.get("note", ""),
        earlier=tuple(said.get("earlier", ())),
        quoted=said.get("quoted", ""),
        media=said.get("media", ""),
        voice=said.get("voice", ""),
    )


def digest(paths: list[Path]) -> str:
    """One digest of these files' names and contents."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
