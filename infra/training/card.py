"""The model card: what the model is, from which data and code, and what it is not for."""

from chalicelib.detection.fusing import Fusion
from infra.training.corpus import FOLDER, Labelled, digest
from infra.training.extracting import LISTS, ROOT, UNREAD

CODE = ("features.py", "linear.py", "fusing.py", "normalise.py", "reading.py", "phrases.py")


def text(batches: dict[str, list[Labelled]], model: str, size: int, fusion: Fusion) -> str:
    """The card, in Markdown."""
    code = [ROOT / "chalicelib" / "detection" / name for name in CODE]
    code += (ROOT / "infra" / "training").glob("*.py")
    total = sum(map(len, batches.values()))
    counted = ", ".join(f"{name} {len(messages)}" for name, messages in batches.items())
    return CARD.format(
        model=model,
        size=f"{size / 1e6:.2f}",
        total=total,
        counted=counted,
        data=digest([*FOLDER.glob("*.jsonl"), FOLDER.parent / "chatter.tsv"]),
        code=digest(code),
        words=UNREAD,
        lists=" and ".join(LISTS),
        threshold=f"{fusion.threshold:.2f}",
        doubt=f"{fusion.doubt:.2f}",
    )


CARD = """\
# Model card: linear-1

Written by `python -m infra train`; do not edit. How well it does: [report.md](report.md).

| | |
|---|---|
| file | `chalicelib/detection/model/linear-1.bin`, {size} MB |
| sha256 of the file | `{model}` |
| sha256 of the corpus | `{data}` |
| sha256 of the code | `{code}` |
| word lists it was trained beside | `{lists}` as of commit `{words}` |
| trained on | {total} synthetic messages ({counted}), each also as a copy with typing errors |
| the model raises from | {threshold} |
| a person must look from | {doubt} |

## What it is

Logistic regressions on hashed words, word pairs, pieces of words, the ideas that the rules find and
the shape of the message: emergency, urgency, kind and topic. Weights of one byte. It runs on the
standard library. `chalicelib/detection/fusing.py` weighs it with the rules; what the rules raise
stays raised. `NABIJ_DETECTION=rules` turns it off.

Half of `infra/training/chatter.tsv` (ordinary short messages) is trained on, half is kept apart.

## What it is not

- It has never seen a real message. Every message was made up, by one language model in three
  independent sessions, and labelled by its author; no dispatcher has checked a label.
- It knows words, not meaning: who writes of danger in words that nobody used before is not heard,
  and outside Dutch it leans on the word lists of the rules.
- It may have learned how made-up emergencies are typed (calm or hurried, with few full stops).
  Real messages may be otherwise; measure before trusting, and again after.
- It reads a message by itself; only the rules read the conversation.
- No name, place, channel or author is a feature as such, but words are: who writes in a dialect or
  a second language may be heard less well. Measure by group before use.

## How it was made honest

Somebody who tunes rules on a message makes the rules look better on it than they are. Training,
calibration and report therefore read with the word lists of the last commit before the corpus was
read. Thresholds come from messages whose author the model had not read, never from `shared/`.
"""
