"""What each part costs a message, on one core of this machine, with other libraries beside it."""

import statistics
import time
from collections.abc import Callable
from typing import Any

from chalicelib.detection.encoder import Encoder, encoded, plain
from chalicelib.detection.features import features_of
from chalicelib.detection.linear import stored, unpacked
from chalicelib.detection.reading import reading_of
from infra.encoder.command import FOLDER, MODEL
from infra.training import frozen
from infra.training.across import Study
from infra.training.saying import said

EVERY = 20
"""Each part is timed on one message of so many."""


def text(study: Study) -> str:
    """The table; parts take turns, so that what else runs here slows all alike."""
    some = study.everything[::EVERY]
    readings = [reading_of(one.text) for one in some]
    linear, encoder = unpacked(stored()), Encoder(FOLDER)
    torch_read = torch_pipeline(study)
    parts: dict[str, tuple[str, Callable[[int], object]]] = {
        "rules": ("0.1", lambda at: said(some[at], "rules")),
        "linear model, features and scores": (
            megabytes("linear-1.bin"), lambda at: linear.scores(features_of(readings[at]))
        ),
        "tier one: rules and linear model": (
            megabytes("linear-1.bin"), lambda at: said(some[at], "tier one")
        ),
        "encoder, bytes, onnxruntime": (
            "58", lambda at: encoder.read(some[at].text, some[at].before)
        ),
        "full: everything, with its becauses": ("60", lambda at: said(some[at], "full")),
        "USE, frozen, numpy": ("33", lambda at: frozen.universal().encode([some[at].text])),
        "the same encoder in torch (transformers)": ("225", lambda at: torch_read(some[at].text)),
        "langdetect as it comes": ("1", lambda at: langdetect_default(some[at].text)),
    }  # fmt: skip
    times: dict[str, list[float]] = {name: [] for name in parts}
    for at in range(len(some)):
        for name, (_, work) in parts.items():
            times[name].append(taken(work, at))
    lines = [f"CPU time, {len(some)} messages, mean {tokens(encoder, some):.0f} pieces.\n"]
    lines += ["| | MB | median | 99 % |", "|---|---|---|---|"]
    for name, (size, _) in parts.items():
        each = sorted(times[name])
        worst = each[int(len(each) * 0.99)]
        lines.append(f"| {name} | {size} | {statistics.median(each):.2f} ms | {worst:.2f} ms |")
    return "\n".join(lines) + "\n"


def megabytes(name: str) -> str:
    return f"{(MODEL / name).stat().st_size / 1e6:.1f}"


def tokens(encoder: Encoder, some: Any) -> float:
    """The mean number of pieces."""
    texts = [encoded(encoder.tokenizer, plain(one.text), plain(one.before)) for one in some]
    return statistics.mean(sum(len(part.ids) for part in parts) for parts in texts)


def torch_pipeline(study: Study) -> Callable[[str], object]:
    """The network as torch runs it, unrounded."""
    import torch  # noqa: PLC0415 - only to compare

    from infra.training.finetune import COLUMNS, padded  # noqa: PLC0415
    from infra.training.network import Network  # noqa: PLC0415

    torch.set_num_threads(1)
    network = Network(study.teacher.packed, study.teacher.kept, len(COLUMNS)).eval()
    tokenizer = study.teacher.tokenizer()

    def read(text: str) -> object:
        with torch.no_grad():
            return network(*padded(encoded(tokenizer, plain(text), "")[:1]))

    return read


def langdetect_default(text: str) -> object:
    """As the library comes: 55 languages, no seed."""
    from langdetect import LangDetectException, detect  # noqa: PLC0415 - only to compare

    try:
        return detect(text)
    except LangDetectException:
        return None


def taken(work: Callable[[int], object], at: int) -> float:
    """Milliseconds of CPU."""
    started = time.process_time()
    work(at)
    return 1000 * (time.process_time() - started)
