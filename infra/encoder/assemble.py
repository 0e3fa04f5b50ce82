"""The file of weights: the published encoder, what our training changed in it, in bytes.

What training changed is small: for each product two narrow matrices whose product is added (LoRA,
Hu et al. 2021), the two vectors of types, and the head. Adding and rounding takes seconds and no
more than numpy. Rounding is to 7 bits: on a CPU without VNNI instructions 8 would overflow.
"""

import json
from collections.abc import Collection, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chalicelib.detection.cross_encoder import WEIGHTS as CROSS_WEIGHTS
from chalicelib.detection.encoder import TOKENS, WEIGHTS
from infra.encoder import layout, pieces
from infra.encoder.packed import Floats, Packed

LARGEST = 63
LARGEST_WORD = 127
"""The table of pieces is looked up, not multiplied with bytes: it may use all 8 bits."""

Changes = Mapping[str, NDArray[np.generic]]
"""What training brought: ``<layer>.<product>.down`` (rank x inputs) and ``.up`` (outputs x rank),
``type``, ``head``, ``head.bias``, ``kept`` (piece ids)."""


def assembled(packed: Packed, changes: Changes, without: Collection[str] = ()) -> bytes:
    """The file of weights. ``without``: tensors that lie in another file."""
    kept = np.asarray(changes["kept"], np.int64)
    answers = int(changes["head.bias"].shape[0])
    places = layout.tensors(len(kept), answers, without)
    last = list(places.values())[-1]
    raw = bytearray(last.offset + last.size)
    for name, value in values(packed, changes, kept):
        if name in without:
            continue
        place = places[name]
        cast = np.ascontiguousarray(value, place.kind)
        if cast.shape != place.shape:
            raise ValueError(f"{name} has shape {cast.shape}, the network expects {place.shape}")
        raw[place.offset : place.offset + place.size] = cast.tobytes()
    return bytes(raw)


def values(
    packed: Packed, changes: Changes, kept: NDArray[np.int64]
) -> list[tuple[str, NDArray[np.generic]]]:
    """Every tensor by name."""
    hidden = layout.HIDDEN
    word, scale = rounded(packed.rows("emb.word", kept), axis=1, largest=LARGEST_WORD)
    each: list[tuple[str, NDArray[np.generic]]] = [
        ("word", word),
        ("word.scale", scale),
        ("position", packed.tensor("emb.pos", layout.POSITIONS, hidden)),
        ("type", changes["type"]),
        ("head", changes["head"]),
        ("head.bias", changes["head.bias"]),
        ("norm.weight", packed.tensor("emb.ln.w", hidden)),
        ("norm.bias", packed.tensor("emb.ln.b", hidden)),
    ]
    for layer in range(layout.LAYERS):
        for name, weights, bias in products(packed, changes, layer):
            table, scale = rounded(weights.T, axis=0, largest=LARGEST)
            each += [(name, table), (f"{name}.scale", scale[0]), (f"{name}.bias", bias)]
        for norm in layout.NORMS:
            each.append((f"{layer}.{norm}.weight", packed.tensor(f"l{layer}.{norm}.w", hidden)))
            each.append((f"{layer}.{norm}.bias", packed.tensor(f"l{layer}.{norm}.b", hidden)))
    return each


def products(packed: Packed, changes: Changes, layer: int) -> list[tuple[str, Floats, Floats]]:
    """A layer's products as (outputs, inputs) with their biases, changed as training found."""
    found = []
    for name, (inputs, outputs) in layout.PRODUCTS.items():
        parts = ("q", "k", "v") if name == "qkv" else (name,)
        size = outputs // len(parts)
        weights = [changed(packed, changes, f"{layer}.{part}", size, inputs) for part in parts]
        biases = [packed.tensor(f"l{layer}.{part}.b", size) for part in parts]
        found.append((f"{layer}.{name}", np.concatenate(weights), np.concatenate(biases)))
    return found


def changed(packed: Packed, changes: Changes, name: str, outputs: int, inputs: int) -> Floats:
    """A published product with our change added, where there is one."""
    weights = packed.tensor(f"l{name}.w", outputs, inputs)
    if f"{name}.up" not in changes:
        return weights
    up = np.asarray(changes[f"{name}.up"], np.float32)
    down = np.asarray(changes[f"{name}.down"], np.float32)
    return np.asarray(weights + up @ down, np.float32)


def rounded(weights: Floats, axis: int, largest: int) -> tuple[NDArray[np.int8], Floats]:
    """Bytes, and the scale along the axis that gives the weights back."""
    scale = np.maximum(np.abs(weights).max(axis=axis, keepdims=True), 1e-12) / largest
    return np.rint(weights / scale).astype(np.int8), np.asarray(scale, np.float32)


def tokens(packed: Packed, changes: Changes) -> str:
    """The tokenizer for the kept pieces."""
    return pieces.tokenizer(packed.pieces, packed.scores, changes["kept"].tolist())


def write(packed: Packed, changes: Changes, folder: Path) -> None:
    """All that the service reads, into the folder; complete or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    complete(folder / WEIGHTS, assembled(packed, changes))
    complete(folder / TOKENS, tokens(packed, changes).encode())


def write_cross(packed: Packed, changes: Changes, folder: Path) -> None:
    """The cross-encoder's weights, beside the encoder's, in which the rest of them lies."""
    complete(folder / CROSS_WEIGHTS, assembled(packed, changes, layout.SHARED))


def complete(path: Path, content: bytes) -> None:
    """The file with all of this, or as it was."""
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(content)
    part.replace(path)


def answers(head: str) -> list[tuple[str, str]]:
    """The head's columns, from JSON."""
    return [(task, answer) for task, answer in json.loads(head)]
