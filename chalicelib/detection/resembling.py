"""What the model went by, in a short Dutch sentence that quotes the message's own words."""

from collections.abc import Mapping

from chalicelib.detection.normalise import Text

MOST_SHOWN = 3
LONGEST_QUOTE = 30
LEAST = 0.2
"""A word that brought less than this share of the strongest is not worth reading."""


def resemblance(
    text: Text, brought: Mapping[int, float], named: str, *, against: bool = False
) -> str:
    """The sentence. ``against``: the words that made it look like none of these."""
    found = strongest(text, brought, against=against)
    quoted = ", ".join(f'"{word}"' for word in found) or "de vorm van het bericht"
    return f"Lijkt {'niet ' if against else ''}op eerdere {named} door {quoted}."


def strongest(text: Text, brought: Mapping[int, float], *, against: bool = False) -> list[str]:
    """The words that brought most, the strongest first; a word that is repeated counts once."""
    by_word: dict[str, float] = {}
    shown: dict[str, str] = {}
    for place, points in brought.items():
        form = text.tokens[place].forms[0]
        shown.setdefault(form, text.quote((place,))[:LONGEST_QUOTE])
        by_word[form] = by_word.get(form, 0.0) + (-points if against else points)
    ranked = sorted(by_word, key=lambda form: (-by_word[form], form))
    if not ranked or by_word[ranked[0]] <= 0:
        return []
    enough = LEAST * by_word[ranked[0]]
    return [shown[form] for form in ranked[:MOST_SHOWN] if by_word[form] >= enough]
