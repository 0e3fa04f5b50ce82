"""How rare each word is: counted in the training messages, written to the incidents' table."""

import json
from collections import Counter
from pathlib import Path

from chalicelib.incidents.wording import RARITY, SHORTEST, every_stem

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "infra" / "training" / "corpus"
FROM = 3
"""A word that fewer messages hold is as rare as one that none holds."""


def write_rarity() -> int:
    """Count, write, and say how many words were kept."""
    messages = training_texts()
    counts: Counter[str] = Counter()
    for text in messages:
        counts.update(every_stem(text))
    kept = {word: n for word, n in counts.items() if n >= FROM and len(word) >= SHORTEST}
    head = "# stem, and in how many training messages it stands; the empty one: in all of them"
    lines = [head, f"\t{len(messages)}", *(f"{word}\t{kept[word]}" for word in sorted(kept))]
    target = ROOT / "chalicelib" / "incidents" / RARITY
    target.write_text("\n".join(lines) + "\n", "utf-8")
    return len(kept)


def training_texts() -> list[str]:
    """The training messages, in the order of their files."""
    return [
        json.loads(line)["text"]
        for path in sorted(CORPUS.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
