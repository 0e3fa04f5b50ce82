"""The encoder: a small transformer that reads what a message means, in nine languages at once.

It reads the message and, marked as such, what came before it. Besides a score for every answer it
gives what each piece of the message brought to "emergency", and the message's meaning as a vector.
The files are put together by ``python -m infra encoder``; without them there is no encoder, and
the other detectors decide (``stack``).
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from chalicelib.detection.classifying import LOOK_BACK
from chalicelib.detection.fusing import Fusion
from chalicelib.detection.mending import mended
from chalicelib.detection.normalise import FIGURE_INSIDE, FIGURES, STRETCHED, tidy
from chalicelib.domain.assessment import Context

GRAPH, WEIGHTS, TOKENS = "encoder-1.onnx", "encoder.weights", "encoder.tokens.json"
ANSWERS, EXAMPLES = "encoder-1.json", "encoder-1.examples"
FILES_OF_OURS = (GRAPH, ANSWERS, EXAMPLES)
"""What the repository holds and the service reads; weights and tokens are put beside it."""

START, PADDING, END = 0, 1, 2
"""Ids of the pieces that open, fill up and close a text."""

OWN, BEFORE = 0, 1
"""What a piece is of: the message itself, or what came before it."""

MOST_PIECES = 126
"""Of a message; of a longer one the head and the tail are read, each by itself."""

MOST_BEFORE = 64
SPELLED = re.compile(r"(?<!\w)(?:[^\W\d_][ .\-*_]){3,}[^\W\d_](?!\w)")
BETWEEN = re.compile(r"[ .\-*_]")
WORDS = re.compile(r"\S+")
SHOUTED = 0.7
"""From this share of capitals on, a text is read in small letters."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text as the network takes it, and which characters each piece is of."""

    ids: list[int]
    types: list[int]
    spans: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Read:
    """What the encoder made of a message.

    ``scores`` by task and answer, before calibration. ``brought``: each word of the message as
    read, with what it brought to the emergency's score. ``meaning``: 384 numbers of unit length.
    ``nearest``: the labelled emergency that it means most like.
    """

    scores: Mapping[str, Mapping[str, float]]
    brought: Sequence[tuple[str, float]]
    meaning: Sequence[float]
    nearest: str = ""


class Encoder:
    """The encoder in this process. Raises ``FileNotFoundError`` when its files are not here."""

    def __init__(self, folder: Path) -> None:
        for name in (*FILES_OF_OURS, WEIGHTS, TOKENS):
            if not (folder / name).exists():
                raise FileNotFoundError(f"the encoder's {name} is not in {folder}")
        self.folder = folder

    @cached_property
    def answers(self) -> list[tuple[str, str]]:
        """The columns of the scores."""
        said = json.loads((self.folder / ANSWERS).read_text("utf-8"))
        return [(task, answer) for task, answer in said["columns"]]

    @cached_property
    def fusion(self) -> Fusion:
        """How its voice is weighed with the others."""
        return fusion_in(self.folder)

    @cached_property
    def tokenizer(self) -> Any:
        from tokenizers import Tokenizer  # noqa: PLC0415 - only who has the encoder has it

        return Tokenizer.from_file(str(self.folder / TOKENS))

    @cached_property
    def session(self) -> Any:
        return opened(self.folder / GRAPH)

    @cached_property
    def examples(self) -> tuple[list[str], Any]:
        """Labelled emergencies, and a row of meaning for each."""
        import numpy as np  # noqa: PLC0415 - see above

        with np.load(self.folder / EXAMPLES) as held:
            return json.loads(held["texts"].tobytes()), held["meanings"].astype(np.float32)

    def nearest(self, meaning: Any) -> str:
        """The labelled emergency that means most alike."""
        texts, meanings = self.examples
        return str(texts[int((meanings @ meaning).argmax())]) if texts else ""

    def read(self, text: str, before: str = "") -> Read:
        """What this message means, knowing what came before; of a long one its direst part."""
        shown = plain(text)
        meant = mended(shown)
        parts = encoded(self.tokenizer, meant, plain(before))
        return max((self.read_part(shown, meant, part) for part in parts), key=margin)

    def read_part(self, shown: str, meant: str, part: Pieces) -> Read:
        """What these pieces of ``meant`` mean; its words are named as they were typed."""
        import numpy as np  # noqa: PLC0415 - see above

        given = {"pieces": np.array([part.ids]), "types": np.array([part.types])}
        scores, meaning, brought = (each[0] for each in self.session.run(None, given))
        by_task: dict[str, dict[str, float]] = {}
        for (task, answer), score in zip(self.answers, scores.tolist(), strict=True):
            by_task.setdefault(task, {})[answer] = score
        shares = by_word(meant, part.spans, brought.tolist())
        words = [(word, share) for word, (_, share) in zip(shown.split(), shares, strict=True)]
        return Read(by_task, words, meaning.tolist(), self.nearest(meaning))


def opened(graph: Path) -> Any:
    """A network of ours, on one core."""
    import onnxruntime  # noqa: PLC0415 - 60 MB, and only where the encoder runs

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])


def fusion_in(folder: Path) -> Fusion:
    """How the encoder of this folder is weighed with the others."""
    return Fusion.of(json.loads((folder / ANSWERS).read_text("utf-8"))["fusion"])


def plain(raw: str) -> str:
    """The text without disguises: no shouting, no stretched or s.p.e.l.l.e.d words, no m3s."""
    whole = raw.encode(errors="ignore").decode()  # half a character is none
    text = SPELLED.sub(lambda found: BETWEEN.sub("", found.group()), tidy(whole))
    text = STRETCHED.sub(r"\1\1", text)
    text = re.sub(r"\w+", unfigured, text)
    letters = [letter for letter in text if letter.isalpha()]
    shouting = sum(letter.isupper() for letter in letters) > SHOUTED * len(letters)
    return text.lower() if shouting and len(letters) > 1 else text


def before(context: Context) -> str:
    """What came before a message and what hangs on it, as one text; the last said stands last."""
    parts = [f"[{context.media}]"] if context.media else []
    parts += [f"> {context.quoted}"] if context.quoted else []
    return " . ".join((*parts, *context.earlier[-LOOK_BACK:]))


def unfigured(word: re.Match[str]) -> str:
    """A word with letters for its figures, if these stand inside it."""
    found = word.group()
    return found.translate(FIGURES) if FIGURE_INSIDE.search(found) else found


def margin(read: Read) -> float:
    """How much more goes to an emergency than to none."""
    return read.scores["emergency"]["ja"] - read.scores["emergency"]["nee"]


def encoded(tokenizer: Any, shown: str, before: str) -> list[Pieces]:
    """The pieces of a message, of a long one its head and its tail, each with what came before."""
    own = tokenizer.encode(shown, add_special_tokens=False)
    past: list[int] = []
    if before:
        past = [*tokenizer.encode(before, add_special_tokens=False).ids[-MOST_BEFORE:], END]
    parts = []
    for ids, spans in zip(cut(own.ids), cut(own.offsets), strict=True):
        types = [OWN] * (len(ids) + 2) + [BEFORE] * len(past)
        parts.append(Pieces([START, *ids, END, *past], types, [(0, 0), *spans, (0, 0)]))
    return parts


def cut(whole: list[Any]) -> list[list[Any]]:
    """All of it, or head and tail of what is too long."""
    return [whole] if len(whole) <= MOST_PIECES else [whole[:MOST_PIECES], whole[-MOST_PIECES:]]


def by_word(
    shown: str, spans: Sequence[tuple[int, int]], brought: Sequence[float]
) -> list[tuple[str, float]]:
    """What each word brought: the sum over its pieces."""
    words = [(found.start(), found.end(), found.group()) for found in WORDS.finditer(shown)]
    totals = [0.0] * len(words)
    at = 0
    for (start, end), share in zip(spans, brought, strict=False):
        if start == end:
            continue
        if words and start < words[at][0]:
            at = 0
        while at < len(words) - 1 and words[at][1] <= start:
            at += 1
        totals[at] += share
    return [(word, round(total, 4)) for (*_, word), total in zip(words, totals, strict=True)]
