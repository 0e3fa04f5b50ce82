"""Numbers and addresses as people say them."""

import pytest

from chalicelib.channels.reachable import read_mailbox, read_phone


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("06 12 34 56 78", "+31612345678"),
        ("+31 (0)6-12345678", "+31612345678"),
        ("0031612345678", "+31612345678"),
        ("038 4231234", "+31384231234"),
        ("+32 470 12 34 56", "+32470123456"),
        ("612345678", None),
        ("123 456 789", None),
        ("112", None),
        ("00", None),
        ("bel me", None),
    ],
)
def test_a_number_is_read_as_dutch_unless_it_names_its_country(
    said: str, number: str | None
) -> None:
    assert read_phone(said) == number


def test_an_address_is_kept_in_lower_case() -> None:
    assert read_mailbox(" Bo@Voorbeeld.NL ") == "bo@voorbeeld.nl"
    assert read_mailbox("bo bij voorbeeld") is None
