"""What a text message allows, known before sending (channels.md 15).

AWS takes 1,600 characters at once and charges by the part: 160 septets of the GSM alphabet, 70
UTF-16 units when one character is not in it; 153 and 67 where there are more parts than one.
"""

from chalicelib.channels.limits import Rules

NAME = "sms"

LONGEST_BODY = 1600
"""Characters, as the API model of SendTextMessage (2022-03-31) has it."""

CLOSING = "\nSpoed? Bel 112."
"""Under every message that does not name it already: nobody may wait for us in an emergency."""

GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""GSM 03.38: one septet each."""

GSM_EXTENDED = frozenset("\f^{}\\[~]|€")
"""GSM 03.38: an escape and a septet, which stay together."""


def closed(text: str) -> str:
    """The text as it goes out."""
    return text if "112" in text else text + CLOSING


def length(text: str) -> int:
    """Characters as they go out; room for the closing is always kept, so more is never less."""
    return len(text) + len(CLOSING)


def parts(body: str) -> int:
    """In how many parts a body goes out, each of which is paid for."""
    if all(letter in GSM or letter in GSM_EXTENDED for letter in body):
        return _filled([1 + (letter in GSM_EXTENDED) for letter in body], 160, 153)
    return _filled([len(letter.encode("utf-16-be")) // 2 for letter in body], 70, 67)


def _filled(sizes: list[int], alone: int, together: int) -> int:
    """What does not fit whole goes to the next part: no character is cut in two."""
    if sum(sizes) <= alone:
        return 1
    count, used = 1, 0
    for size in sizes:
        if used + size > together:
            count, used = count + 1, 0
        used += size
    return count


RULES = Rules(longest_text=LONGEST_BODY, measure=length)
"""No files: AWS has MMS for no Dutch number."""
