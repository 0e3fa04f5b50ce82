"""Where each tensor lies in the encoder's file of weights; the drawn network points to it.

Weights of products are bytes with a scale for each output; the table of pieces is bytes with a
scale for each row. Products are kept as (inputs, outputs), the way they are multiplied.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from math import prod

HIDDEN = 384
LAYERS = 12
HEADS = 12
INNER = 1536
POSITIONS = 512
EPSILON = 1e-12

PRODUCTS = {
    "qkv": (HIDDEN, 3 * HIDDEN),
    "ao": (HIDDEN, HIDDEN),
    "fi": (HIDDEN, INNER),
    "fo": (INNER, HIDDEN),
}
"""A layer's products: attention's questions, keys and values at once, its output, and two more."""

NORMS = ("aln", "oln")
BYTES = {"int8": 1, "float32": 4}
ALIGNED = 64


@dataclass(frozen=True, slots=True)
class Tensor:
    """One tensor and its place."""

    name: str
    kind: str
    shape: tuple[int, ...]
    offset: int

    @property
    def size(self) -> int:
        """In bytes."""
        return prod(self.shape) * BYTES[self.kind]


SHARED = ("word", "word.scale", "position", "norm.weight", "norm.bias")
"""What no training of ours changes: the cross-encoder reads these in the encoder's file."""


def tensors(pieces: int, answers: int, without: Collection[str] = ()) -> dict[str, Tensor]:
    """All tensors for a table of so many pieces and a head of so many answers.

    ``without``: those that lie in another file.
    """
    placed: dict[str, Tensor] = {}
    at = 0
    for name, kind, shape in parts(pieces, answers):
        if name in without:
            continue
        placed[name] = Tensor(name, kind, shape, at)
        at += -(-placed[name].size // ALIGNED) * ALIGNED
    return placed


def parts(pieces: int, answers: int) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """Name, kind and shape, in the order of the file."""
    yield "word", "int8", (pieces, HIDDEN)
    yield "word.scale", "float32", (pieces, 1)
    yield "position", "float32", (POSITIONS, HIDDEN)
    yield "type", "float32", (2, HIDDEN)
    yield from norm("norm")
    for layer in range(LAYERS):
        for name, (inputs, outputs) in PRODUCTS.items():
            yield f"{layer}.{name}", "int8", (inputs, outputs)
            yield f"{layer}.{name}.scale", "float32", (outputs,)
            yield f"{layer}.{name}.bias", "float32", (outputs,)
        for name in NORMS:
            yield from norm(f"{layer}.{name}")
    yield "head", "float32", (HIDDEN, answers)
    yield "head.bias", "float32", (answers,)


def norm(name: str) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """The two tensors of a normalisation."""
    yield f"{name}.weight", "float32", (HIDDEN,)
    yield f"{name}.bias", "float32", (HIDDEN,)
