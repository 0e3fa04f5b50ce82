"""What only answers a question leaves no flow; what somebody does may."""
# ruff: noqa: RUF001 - answers in several languages

import pytest

from chalicelib.intake.danger import is_bare, is_denial


@pytest.mark.parametrize("text", ["zojuist", "twee jongens op een scooter", "Parkstraat 4 Ede"])
def test_a_bare_answer_says_only_where_when_or_who(text: str) -> None:
    assert is_bare(text)


@pytest.mark.parametrize(
    "text", ["hij komt de trap op", "ik hoor hem nu", "een man met een mes", "help"]
)
def test_what_somebody_does_is_no_bare_answer(text: str) -> None:
    assert not is_bare(text)


@pytest.mark.parametrize(
    "text", ["nee niemand gewond", "no, nobody was hurt", "hayır yaralı yok", "لا أحد مصاب"]
)
def test_a_denial_says_that_something_is_not_so(text: str) -> None:
    assert is_denial(text)


def test_a_no_that_is_followed_by_an_act_is_no_denial() -> None:
    assert not is_denial("nee hij slaat me weer")
