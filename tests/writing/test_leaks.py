"""What should not be in an answer: each by its own proof, and no more than that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.writing.leaks import leaks, mark_of
from chalicelib.writing.numbers import is_bsn, is_iban


def found(text: str, *known: str) -> list[tuple[str, str]]:
    return [(one.kind, one.what) for one in leaks(text, known)]


@pytest.mark.parametrize(
    "text",
    ["Uw BSN is 111222333.", "bsn 1112.22.333", "nummer 111 222 333", "het is 123456782, toch?"],
)
def test_a_number_that_passes_the_eleven_proof_is_a_bsn(text: str) -> None:
    assert [kind for kind, _ in found(text)] == ["bsn"]


@pytest.mark.parametrize(
    "text",
    ["kenmerk 123456789", "PL0600-2026111222", "bedrag 111.222.333,50", "0900-8844", "00000000"],
)
def test_other_numbers_are_none(text: str) -> None:
    assert found(text) == []


@given(st.integers(10_000_000, 999_999_999), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_never_passes(number: int, place: int, by: int) -> None:
    digits = f"{number:09}"
    wrong = str((int(digits[place]) + by) % 10)
    other = digits[:place] + wrong + digits[place + 1 :]
    assert not (is_bsn(digits) and is_bsn(other))


@pytest.mark.parametrize(
    "text", ["NL91ABNA0417164300", "nl91 abna 0417 1643 00", "DE89370400440532013000"]
)
def test_an_account_is_known_by_its_check_digits(text: str) -> None:
    assert found(f"Maak het over op {text}.") == [("iban", text)]
    assert is_iban(text)


def test_a_mistyped_account_is_none() -> None:
    assert not [kind for kind, _ in found("NL92ABNA0417164300") if kind == "iban"]


def test_a_persons_telephone_is_told_from_an_organisations() -> None:
    assert found("Bel 06-12345678 of +31 6 87654321.") == [
        ("phone", "06-12345678"),
        ("phone", "+31 6 87654321"),
    ]
    assert found("Bel 112, 0900-8844, 0800-7000 of 088-7867372.") == []


def test_a_third_partys_name_is_told_from_the_two_who_write() -> None:
    text = "Dag Fatima Jansen, mevrouw De Boer en Kees van der Berg belden. Groet, Sanne de Wit"
    assert found(text, "Fatima Jansen", "Sanne de Wit") == [
        ("name", "De Boer"),
        ("name", "Kees van der Berg"),
    ]


@pytest.mark.parametrize(
    "text",
    ["Kom naar de Jan van Galenstraat.", "Mark is een munt.", "Het is in Den Haag.", "Dag Roos,"],
)
def test_a_street_a_place_and_a_first_name_alone_are_no_person(text: str) -> None:
    assert found(text) == []


def test_a_signature_of_two_lines_is_no_name_of_somebody_else() -> None:
    assert found("Groet, Sanne\r\nWebcare politie", "Sanne de Wit") == []


def test_what_is_for_colleagues_and_what_was_not_filled_in() -> None:
    assert found("Beste {naam}, intern: bureau [naam van het bureau]") == [
        ("internal", "intern"),
        ("blank", "{naam}"),
        ("blank", "[naam van het bureau]"),
    ]


def test_who_agreed_to_one_number_did_not_agree_to_another() -> None:
    assert mark_of(leaks("BSN 111222333")) != mark_of(leaks("BSN 123456782"))
    assert mark_of(leaks("111222333 06-12345678")) == mark_of(leaks("06-12345678 en 111222333"))
