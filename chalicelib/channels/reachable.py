"""Phone numbers and mail addresses as people type or say them."""

import re

BETWEEN = re.compile(r"[\s().\-\u2010-\u2015/]+")
"""What people put between the digits of a number."""

DUTCH = re.compile(r"0[1-9][0-9]{8}")
ABROAD = re.compile(r"\+[1-9][0-9]{7,14}")
"""E.164: at most fifteen digits, the country's code included."""

MAILBOX = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


def read_phone(text: str) -> str | None:
    """The number in E.164 (``+31612345678``), read as Dutch without a country; None if it is none.

    It says how a number is written, not whether somebody has it.
    """
    digits = BETWEEN.sub("", text.strip().replace("(0)", ""))
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    if DUTCH.fullmatch(digits):
        return f"+31{digits[1:]}"
    return digits if ABROAD.fullmatch(digits) else None


def read_mailbox(text: str) -> str | None:
    """The address in lower case; None if it is none."""
    given = text.strip()
    return given.lower() if MAILBOX.fullmatch(given) else None
