"""PURE: a long answer, in as many messages as the channel's rules allow.

    parts(text, rules)      joined they are the text again, but for a part of blanks only

A part ends where a reader would pause: at a paragraph, else at a sentence, else at a word; a word
that fits nowhere is cut between two signs. The blanks at a cut stay at the end of the part before.
The composer's preview and the sending itself both ask here, so what was shown is what goes out.
"""

import re
from collections.abc import Callable, Iterator
from itertools import groupby

from chalicelib.channels.graphemes import graphemes
from chalicelib.channels.limits import Rules

_PARAGRAPH = re.compile(r"\n\s*\n\s*$")
_SENTENCE = re.compile(r"""[.!?…。؟]["')»”\u2019]*\s+$""")

LEAST = 0.5
"""How full a part must at least be to end at a pause: not a message for every sentence."""

Fits = Callable[[str], bool]


def parts(text: str, rules: Rules) -> tuple[str, ...]:
    """The messages in which this text goes out.

    What does not go into the last one that the rules allow is one part more: see ``is_too_long``.
    """
    fits = fitting(rules)
    if rules.most_parts == 1 or fits(text):
        return (text,)
    found: list[str] = []
    left = list(_words(text))
    while left and len(found) < rules.most_parts:
        part, left = _first_part(left, fits)
        found.append(part)
    # A platform takes no message of blanks, and nothing is lost with one.
    return tuple(part for part in (*found, "".join(left)) if part.strip()) or (text,)


def is_too_long(text: str, rules: Rules) -> bool:
    """Whether it does not go out in the parts that these rules allow."""
    found = parts(text, rules)
    return len(found) > rules.most_parts or not all(map(fitting(rules), found))


def fitting(rules: Rules) -> Fits:
    """Whether a text goes into one message."""
    return lambda text: rules.measure(text) <= rules.longest_text


def _words(text: str) -> Iterator[str]:
    """Each word with the blanks behind it, never cut within a sign."""
    word = ""
    for is_blank, signs in groupby(graphemes(text), key=str.isspace):
        word += "".join(signs)
        if is_blank:
            yield word
            word = ""
    if word:
        yield word


def _first_part(words: list[str], fits: Fits) -> tuple[str, list[str]]:
    """As many words as go into one message, up to a pause; and those that are left."""
    while not (count := _how_many_fit(words, fits)):
        if len(words[0]) == 1:
            count = 1  # no rules are this narrow, but nothing may be lost, nor go on for ever
            break
        words = [*_in_two(words[0], fits), *words[1:]]
    if count < len(words):
        count = _up_to_a_pause(words[:count])
    return "".join(words[:count]), words[count:]


def _how_many_fit(words: list[str], fits: Fits) -> int:
    """How many of these go together into one message; 0 when the first alone does not."""
    low, high = 0, 1
    while high <= len(words) and fits("".join(words[:high])):
        low, high = high, high * 2
    high = min(high, len(words) + 1)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits("".join(words[:middle])) else (low, middle)
    return low


def _up_to_a_pause(words: list[str]) -> int:
    """After how many of these words a reader would pause; all, when nowhere late enough."""
    least = LEAST * sum(map(len, words))
    for pause in (_PARAGRAPH, _SENTENCE):
        read = sum(map(len, words))
        for count in range(len(words), 0, -1):
            if read >= least and pause.search(words[count - 1]):
                return count
            read -= len(words[count - 1])
    return len(words)


def _in_two(word: str, fits: Fits) -> list[str]:
    """A word that is too long by itself: as many signs as go into a message, and the rest.

    A sign that is too long by itself (a letter under a thousand accents) is cut between those.
    """
    signs = graphemes(word)
    if not fits(signs[0]):
        signs = [*signs[0], *signs[1:]]
    count = max(1, _how_many_fit(signs, fits))
    return ["".join(signs[:count]), "".join(signs[count:])]
