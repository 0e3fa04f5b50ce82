"""How X counts a text: most of Europe's signs weigh 1, all others and an emoji 2, a link 23.

The weights are those that the platform publishes with its counting rules (twitter-text 3).
"""

import re
import unicodedata

LINK = 23
_LIGHT = ((0x0000, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
"""Code points of weight 1: Latin, Greek, Cyrillic, Hebrew, Arabic and plain punctuation."""

_ENDINGS = (
    "nl|com|org|net|eu|be|de|fr|uk|info|gov|edu|int|io|app|dev|nu|me|tv|co|frl|amsterdam|online"
)
"""A link without http:// is one too. X knows all endings; these are the ones that we write."""

_LINKS = re.compile(
    rf"""(?<![\w@.\-/])
    (?: https?://[^\s/?\#]+\.[^\s/?\#.]{{2,}} | (?:[a-z0-9\-]+\.)+(?:{_ENDINGS}) (?![\w@\-]) )
    (?: :\d+ )? (?: [/?\#][^\s]* )?""",
    re.IGNORECASE | re.VERBOSE,
)
_AFTER_A_LINK = ".,;:!?)'\"»”"
"""A sentence's own signs behind a link do not belong to it."""

_PICTURE = "[\U0001f000-\U0001faff\u203c\u2049\u2122\u2139\u2194-\u27bf\u2934-\u2b55\u3030\u303d]"
_SHADED = f"{_PICTURE}\ufe0f?[\U0001f3fb-\U0001f3ff]?"
_EMOJI = re.compile(
    f"[\U0001f1e6-\U0001f1ff]{{2}}"  # a flag
    f"|[0-9#*]\ufe0f?\u20e3"  # a key
    f"|{_SHADED}(?:[\U000e0020-\U000e007f]+|(?:\u200d{_SHADED})+)?"
)


def weighted_length(text: str) -> int:
    """The length of the text as X counts it."""
    normal = unicodedata.normalize("NFC", text)
    without_links, links = _LINKS.subn(_rest_of_link, normal)
    without_emoji, emoji = _EMOJI.subn("", without_links)
    return LINK * links + 2 * emoji + sum(map(_weight, without_emoji))


def _rest_of_link(link: re.Match[str]) -> str:
    found = link.group()
    return found[len(found.rstrip(_AFTER_A_LINK)) :]


def _weight(char: str) -> int:
    return 1 if any(low <= ord(char) <= high for low, high in _LIGHT) else 2
