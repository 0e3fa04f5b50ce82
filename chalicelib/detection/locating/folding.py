"""Names as they are compared: without capitals, accents, hyphens and apostrophes."""

import re
import unicodedata

BETWEEN = re.compile(r"[\s/.\-_'\u2019\u2018`\u00b4]+")
NO_LETTERS = re.compile(r"[^\w ]")


def fold(name: str) -> str:
    """'s-Gravenhage and S Gravenhage become the same: "s gravenhage"."""
    bare = name.casefold()
    if not bare.isascii():
        plain = unicodedata.normalize("NFKD", bare)
        bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return NO_LETTERS.sub("", BETWEEN.sub(" ", bare)).strip()


def shortened(key: str) -> set[str]:
    """The key itself and each key with one letter less.

    Two keys that differ by one slip of the finger (a letter less, more, other, or two swapped)
    always have one of these in common; comparing them costs no alphabet.
    """
    return {key} | {key[:at] + key[at + 1 :] for at in range(len(key))}


def one_slip(one: str, other: str) -> bool:
    """Whether one letter was left out, added, mistaken or swapped with its neighbour.

    The first letter is the one that nobody mistypes: Meppel is not what "Peppel" was to be.
    """
    if one == other or one[:1] != other[:1]:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, left = one[start:], other[start:]
    swapped = rest[:2] == left[1::-1] and rest[2:] == left[2:] and len(rest) > 1
    return swapped or rest[1:] == left[1:] or rest[1:] == left or rest == left[1:]
