"""Numbers that identify a person: BSN, bank account, telephone. Each by its own proof.

A BSN has nine digits (eight with the first 0 left out) and passes the eleven-proof: 9a+8b+…+2h-i is
a multiple of eleven (Besluit BSN). An IBAN is two letters, two check digits and up to thirty signs,
of which the rearranged number leaves 1 when divided by 97 (ISO 13616). A telephone number is Dutch
or international; those of organisations (0800, 0900, 088, 14 + area, three digits) are left out.
"""

import re
from collections.abc import Iterator

_DIGITS = re.compile(r"(?<![\w.,+-])\d(?:[ .-]?\d){7,8}(?![\w-]|[.,]\d)")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\w+])(?:(?:\+|00)\d{2}[\s.-]?(?:\(0\))?(?:[\s.-]?\d){8,11}|0[1-9](?:[\s.-]?\d){8})(?!\w)"
)
_OF_ORGANISATIONS = ("0800", "0900", "0906", "0909", "088", "+3188", "003188", "085", "+3185")

_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def bsns(text: str) -> Iterator[str]:
    """What is a citizen service number by the eleven-proof, as it stands in the text."""
    for found in _DIGITS.finditer(text):
        if is_bsn("".join(filter(str.isdigit, found.group()))):
            yield found.group()


def is_bsn(digits: str) -> bool:
    """Whether these eight or nine digits pass the eleven-proof."""
    whole = [int(one) for one in digits.rjust(9, "0")]
    if len(whole) != len(_WEIGHTS) or not any(whole) or whole[:2] == [0, 0]:
        return False
    weighed = sum(one * weight for one, weight in zip(whole, _WEIGHTS, strict=True))
    return weighed % 11 == 0


def ibans(text: str) -> Iterator[str]:
    """What is a bank account by its check digits, as it stands in the text."""
    for found in _IBAN.finditer(text):
        if is_iban(found.group()):
            yield found.group()


def is_iban(written: str) -> bool:
    """Whether the check digits are right; blanks do not count."""
    plain = "".join(written.split()).upper()
    moved = plain[4:] + plain[:4]
    return int("".join(str(int(one, 36)) for one in moved)) % 97 == 1


def phones(text: str) -> Iterator[str]:
    """Telephone numbers that can be a person's, as they stand in the text."""
    for found in _PHONE.finditer(text):
        plain = "".join(one for one in found.group() if one.isdigit() or one == "+")
        if not plain.startswith(_OF_ORGANISATIONS):
            yield found.group()
