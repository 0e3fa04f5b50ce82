"""The tone of a message, by words: negative, positive or neutral. A hint for a feed, no more.

A word such as "niet" turns the one that follows within two words. Irony is not seen.
"""

import re
from functools import cache
from typing import Literal

from chalicelib.detection.searching import data
from chalicelib.domain.query import folded

Tone = Literal["negative", "neutral", "positive"]
REACH = 2
"""How many words after "niet" are turned."""

SIGN = re.compile(r"[^\W_]+|[^\w\s]")


@cache
def beginnings(of: str) -> tuple[str, ...]:
    return tuple(folded(str(data("tone.toml")[of])).split())


def tone_of(text: str) -> Tone:
    """What prevails."""
    sum_, turned = 0, 0
    for word in SIGN.findall(folded(text)):
        value = word.startswith(beginnings("positive")) - word.startswith(beginnings("negative"))
        sum_ += -value if turned and value > 0 else value
        turned = REACH if word in beginnings("turns") else max(0, turned - 1)
    return "positive" if sum_ > 0 else "negative" if sum_ < 0 else "neutral"
