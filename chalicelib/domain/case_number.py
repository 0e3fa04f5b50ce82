"""Case numbers that can be read aloud: nine digits in threes, the last one checks the others.

The check digit is Damm's (H. M. Damm, 2004): it finds every wrong digit and every swap of two
neighbours, and Dutch swaps neighbours when it says numbers ("vierentwintig" is 24). A number is no
secret: it opens nothing without a code or a link.
"""

LENGTH = 9
GROUP = 3

QUASIGROUP = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip
"""Damm's own table: totally anti-symmetric, nought on the diagonal."""

SPACING = frozenset(" .-\u00a0\u2009\u202f\u2011")
"""What people write between the digits."""


def check_digit(digits: str) -> str:
    """The digit that makes these digits right."""
    between = "0"
    for digit in digits:
        between = QUASIGROUP[int(between)][int(digit)]
    return between


def numbered(digits: str) -> str:
    """The case number that begins with these eight digits."""
    return digits + check_digit(digits)


def read_number(text: str) -> str | None:
    """The number as somebody typed or said it; None where it cannot be one of ours."""
    digits = "".join(one for one in text.strip() if one not in SPACING)
    fits = len(digits) == LENGTH and digits.isascii() and digits.isdigit()
    return digits if fits and check_digit(digits) == "0" else None


def in_threes(number: str) -> str:
    """As it is shown and read aloud: ``123 456 789``."""
    return " ".join(number[at : at + GROUP] for at in range(0, len(number), GROUP))
