"""On which number somebody can be called, and when."""

import re

PHONE = re.compile(r"(?<![\w-])(?:\+31|0031|0)[ -]?(?:\d[ -]?){8}\d(?!\d)")
CALL = re.compile(
    r"\b(?:bel|belt|bellen|gebeld|terugbel\w*|bereikbaar|call|anrufen)\b", re.IGNORECASE
)
AFTER = re.compile(
    r"\b(?:(?P<day>morgen|overmorgen|vandaag|(?:maan|dins|woens|donder|vrij|zater|zon)dag) )?"
    r"(na|voor|tussen|om|rond|vanaf|after) (\d{1,2})(?:[:.](\d\d))?(?: uur)?"
    r"(?: en (\d{1,2})(?:[:.]\d\d)? ?uur?)?",
    re.IGNORECASE,
)


def number(text: str) -> str | None:
    """The telephone number in a text."""
    found = PHONE.search(text)
    return found.group().strip() if found else None


def time_to_call(text: str) -> re.Match[str] | None:
    """The words that say when to call, where calling is what they are about."""
    sentences = re.split(r"(?<=[.!?])\s", text)
    for at, sentence in enumerate(sentences):
        near = " ".join(sentences[max(0, at - 1) : at + 1])
        if CALL.search(near) and AFTER.search(sentence):
            return AFTER.search(text, text.find(sentence))
    return None


def said(match: re.Match[str]) -> str:
    """``na 18.00 uur``."""
    day, word, hour, minutes, until = match.groups()
    word = {"after": "na"}.get(word.casefold(), word.casefold())
    end = f" en {until}.00" if until else ""
    return f"{day or ''} {word} {hour}.{minutes or '00'}{end} uur".strip()
