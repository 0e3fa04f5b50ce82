"""Putting the encoder together: blocks of 4 bits, changes added, bytes that give weights back."""

import struct
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from infra.encoder import assemble, layout, package, packed


def test_a_block_of_four_bits_is_a_scale_and_two_halves() -> None:
    halves = bytes(low | (15 - low) << 4 for low in range(16))
    found = packed.unpacked(struct.pack("<e", 0.5) + halves, 32, 0)
    assert found[:16].tolist() == [(low - 8) * 0.5 for low in range(16)]
    assert found[16:].tolist() == [(7 - low) * 0.5 for low in range(16)]


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ValueError, match="no packed e5 model"):
        packed.read(path)


@given(arrays(np.float32, (7, 5), elements=st.floats(-4, 4, width=32)))
def test_rounding_is_off_by_half_a_step_at_most(weights: packed.Floats) -> None:
    table, scale = assemble.rounded(weights, axis=0, largest=assemble.LARGEST)
    assert np.abs(table * scale - weights).max() <= scale.max() / 2 + 1e-6
    assert np.abs(table).max() <= assemble.LARGEST


def test_no_two_tensors_share_a_byte() -> None:
    placed = list(layout.tensors(pieces=1000, answers=63).values())
    for one, after in pairwise(placed):
        assert one.offset + one.size <= after.offset
        assert after.offset % layout.ALIGNED == 0


def test_what_training_changed_is_added_to_what_was_published() -> None:
    published = np.array([[1.0, 2.0], [3.0, 4.0]], np.float32)
    raw = published.tobytes()
    held = packed.Packed(raw, 2, [], [], {"l0.q.w": (0, 4, 0)})
    changes = {
        "0.q.down": np.array([[1.0, 0.0]], np.float16),
        "0.q.up": np.array([[0.0], [0.5]], np.float16),
    }
    assert assemble.changed(held, {}, "0.q", 2, 2).tolist() == published.tolist()
    assert assemble.changed(held, changes, "0.q", 2, 2).tolist() == [[1.0, 2.0], [3.5, 4.0]]


def test_the_kept_pieces_begin_with_the_special_ones() -> None:
    kept = package.kept()
    assert kept[:4].tolist() == [0, 1, 2, 3]
    assert len(kept) == len(set(kept.tolist())) > 80_000
