"""What model and rules see of each message, read with the words as they were before tuning.

The colleagues who tune the word lists have read batches since. Rules that have seen a message
look surer about it than they are, and a model that trains beside them learns to lean on them. So
training and measuring read with the lists of ``UNREAD``, the last commit before anybody had read
the corpus; the service reads with today's. ``python -m infra.training.extracting`` is the reader
itself, started in a copy of the code with those lists.
"""

import io
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chalicelib.detection.classifying import judge
from chalicelib.detection.features import features_of
from chalicelib.detection.fusing import voices
from chalicelib.domain.assessment import Context
from chalicelib.domain.message import Message

ROOT = Path(__file__).parents[2]
UNREAD = "4327799"
LISTS = ("chalicelib/detection/words", "chalicelib/detection/rules")


@dataclass(frozen=True, slots=True)
class Extract:
    """What is seen of one message: buckets by family, and what the rules say."""

    families: list[list[int]]
    heard: dict[str, float]
    urgency: str
    raised: str
    kind: str
    kind_score: float
    topic: str
    topic_score: float
    lang: str


Told = tuple[str, str, tuple[str, ...]]
"""A message's text, its channel, and what was said before it."""


def extracted(texts: Sequence[Told], words: str = UNREAD) -> list[Extract]:
    """An extract of each message; ``words`` is the commit of the lists, empty for now's."""
    if not words:
        return [Extract(**extract(*each)) for each in texts]
    with tempfile.TemporaryDirectory() as folder:
        staged(Path(folder), words)
        done = subprocess.run(
            [sys.executable, "-m", "infra.training.extracting"],
            cwd=folder,
            input=json.dumps(texts).encode(),
            stdout=subprocess.PIPE,
            check=True,
        )
    return [Extract(**each) for each in json.loads(done.stdout)]


def staged(folder: Path, words: str) -> None:
    """A copy of our code with the word lists of another commit."""
    skip = shutil.ignore_patterns("__pycache__", "static", "templates")
    shutil.copytree(ROOT / "chalicelib", folder / "chalicelib", ignore=skip)
    shutil.copytree(ROOT / "infra", folder / "infra", ignore=skip)
    archive = subprocess.run(
        ["git", "archive", words, *LISTS],  # noqa: S607 - git as found
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in LISTS:
        (folder / name).rename(folder / f"{Path(name).name}-of-today")
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tar:
        tar.extractall(folder, filter="data")


def extract(text: str, channel: str, earlier: Sequence[str] = ()) -> dict[str, Any]:
    """One message, by itself."""
    message = Message(external_id="-", author_id=None, text=text, kind="text", timestamp=None)
    judged = judge(message, Context(channel=channel, earlier=tuple(earlier)))
    return {
        "families": [sorted(family) for family in features_of(judged.reading)],
        "heard": voices(judged, 0.0),
        "urgency": judged.urgency,
        "raised": judged.seen.urgency,
        "kind": judged.matter.kind,
        "kind_score": judged.matter.score,
        "topic": judged.subject.topic,
        "topic_score": judged.subject.score,
        "lang": judged.reading.spoken.code,
    }


if __name__ == "__main__":
    json.dump([extract(*each) for each in json.load(sys.stdin)], sys.stdout)
