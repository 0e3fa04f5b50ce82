"""Case numbers: what is misheard or mistyped is not another number."""

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.case_number import in_threes, numbered, read_number

EIGHT = st.text("0123456789", min_size=8, max_size=8)


@given(EIGHT)
def test_a_number_is_read_as_it_is_shown(digits: str) -> None:
    number = numbered(digits)
    assert read_number(in_threes(number)) == read_number(f" {number[:4]}-{number[4:]} ") == number


@given(EIGHT, st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_no_number(digits: str, at: int, by: int) -> None:
    number = numbered(digits)
    wrong = str((int(number[at]) + by) % 10)
    assert read_number(number[:at] + wrong + number[at + 1 :]) is None


@given(EIGHT, st.integers(0, 7))
def test_two_neighbours_swapped_are_no_number(digits: str, at: int) -> None:
    number = numbered(digits)
    swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert swapped == number or read_number(swapped) is None


@given(st.text(max_size=12))
def test_whatever_is_typed_is_read_or_is_none(text: str) -> None:
    found = read_number(text)
    assert found is None or (len(found) == 9 and found.isascii() and found.isdigit())
