"""The lens: of a meaning only what it says of the event."""

import numpy as np
import pytest

from chalicelib.detection.meaning import alike, packed, unpacked
from chalicelib.incidents.lens import Lens, in_line, shipped, unwritten
from infra.incidents.lensing import WIDTH, strongest

SHARED, EVENT, OTHER_EVENT = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
LENS = Lens(middle=(0.0, 0.0, 0.0), rows=(EVENT, OTHER_EVENT))


def meaning(*parts: tuple[float, ...]) -> str:
    return packed([sum(column) for column in zip(*parts, strict=True)])


def test_what_all_messages_share_makes_no_two_alike() -> None:
    one, other = meaning(SHARED, SHARED, EVENT), meaning(SHARED, SHARED, OTHER_EVENT)
    assert alike(one, other) == pytest.approx(0.8, abs=0.01)
    assert alike(LENS.through(one), LENS.through(other)) == pytest.approx(0.0, abs=0.01)


def test_the_middle_of_all_meanings_is_taken_away() -> None:
    usual = Lens(middle=unpacked(meaning(SHARED)), rows=(SHARED, EVENT))
    assert alike(usual.through(meaning(SHARED, EVENT)), meaning((-0.29, 0.71))) > 0.99


def test_without_the_encoder_nothing_is_seen() -> None:
    assert LENS.through("") == ""


def test_another_encoder_needs_another_lens() -> None:
    with pytest.raises(ValueError, match="longer"):
        LENS.through(packed([1.0, 0.5]))


def test_the_shipped_lens_is_for_this_encoder() -> None:
    assert (len(shipped().middle), len(shipped().rows)) == (384, WIDTH)


def test_a_vector_is_read_as_it_was_written() -> None:
    assert unwritten(in_line((3.0, -4.0, 0.5))) == pytest.approx((3.0, -4.0, 0.5), abs=0.02)


def test_fewer_rows_keep_the_angles() -> None:
    narrow = np.random.default_rng(7).normal(size=(8, 200))
    one, other = np.random.default_rng(8).normal(size=(2, 200))
    rows = strongest(np.vstack([narrow, np.zeros((192, 200))]))
    assert rows.shape == (WIDTH, 200)
    assert rows @ one @ (rows @ other) == pytest.approx(narrow @ one @ (narrow @ other))
