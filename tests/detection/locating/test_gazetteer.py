import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.detection.locating.folding import fold, one_slip, shortened
from chalicelib.detection.locating.gazetteer import Gazetteer

WORDS = st.text("abcde", min_size=1, max_size=6)


def test_a_name_is_compared_without_its_marks() -> None:
    assert fold("'s-Gravenhage") == "s gravenhage"
    assert fold("Súdwest-Fryslân") == "sudwest fryslan"


@pytest.mark.parametrize("typed", ["devneter", "devener", "deeventer", "daventer"])
def test_one_slip_of_the_finger(typed: str) -> None:
    assert one_slip(typed, "deventer")
    assert shortened(typed) & shortened("deventer")


@pytest.mark.parametrize("typed", ["deventer", "dventr", "denvetre"])
def test_none_or_two_slips(typed: str) -> None:
    assert not one_slip(typed, "deventer")


@given(st.sets(WORDS, min_size=1), WORDS)
def test_every_name_is_found_and_no_other(names: set[str], wanted: str) -> None:
    lines = [f"{name}\tplace\t{name}\t\t52.0\t5.0\t100\t1" for name in names]
    gazetteer = Gazetteer(b"\n".join(sorted(line.encode() for line in lines)) + b"\n")
    assert [entry.name for entry in gazetteer.named(wanted)] == [wanted] * (wanted in names)
    assert gazetteer.begins(wanted) == any(name.startswith(wanted) for name in names)


def test_the_unit_and_the_province_of_a_gemeente(shipped: Gazetteer) -> None:
    assert shipped.unit_of("Hengelo") == "Oost-Nederland"
    assert shipped.province_of("Hengelo") == "Overijssel"
    assert shipped.unit_of(None) is None
