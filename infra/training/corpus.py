"""The batches, each by one author; what of them is a label and what must never be a feature."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "corpus"
SHARED = Path(__file__).parents[3] / "shared" / "examples" / "messages.jsonl"
"""Others' messages, beside the repository: tested on, never trained on, never committed."""

TASKS = ("emergency", "urgency", "kind", "topic")


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

    @property
    def emergency(self) -> bool:
        return self.labels["emergency"] == "ja"


def batches() -> dict[str, list[Labelled]]:
    """Every batch, by name."""
    return {path.stem: load(path) for path in sorted(FOLDER.glob("*.jsonl"))}


def load(path: Path) -> list[Labelled]:
    """One file."""
    lines = path.read_text("utf-8").splitlines()
    return [labelled(path.stem, line) for line in lines if line.strip()]


def chatter() -> list[Labelled]:
    """Ordinary short messages that ask for nothing: what the batches, made to deceive, lack."""
    lines = (FOLDER.parent / "chatter.tsv").read_text("utf-8").splitlines()
    calm = {"emergency": "nee", "urgency": "geen", "kind": "overig", "topic": "anders"}
    return [
        Labelled(f"chatter-{number}", "chatter", text, "whatsapp", lang, calm)
        for number, (lang, text) in enumerate(line.split("\t") for line in lines)
    ]


def labelled(batch: str, line: str) -> Labelled:
    """One line. ``voice``, ``tone`` and the like give a label away and are left behind."""
    said = json.loads(line)
    labels = {task: str(said[task]) for task in TASKS[1:]}
    labels["emergency"] = "ja" if said["emergency"] else "nee"
    return Labelled(
        id=said["id"],
        batch=batch,
        text=said["text"],
        channel=said.get("channel", "webchat"),
        lang=said["lang"],
        labels=labels,
        note=said.get("note", ""),
    )


def digest(paths: list[Path]) -> str:
    """One digest of these files' names and contents."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
