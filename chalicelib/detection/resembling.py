"""What a model went by, in short Dutch sentences that quote the message's own words."""

from collections.abc import Callable, Sequence

from chalicelib.detection.normalise import fold

Words = Sequence[tuple[str, float]]
"""The message's words in order, each with what it brought to an answer."""

MOST_SHOWN = 3
MOST_TRIED = 4
LONGEST_QUOTE = 30
LEAST = 0.2
"""A word that brought less than this share of the strongest is not worth reading."""

MARKS = ".,!?;:()[]\"'…"


def resemblance(words: Words, named: str, *, against: bool = False) -> str:
    """The sentence. ``against``: the words that made it look like none of these."""
    found = strongest(words, against=against)
    quoted = ", ".join(f'"{word}"' for word in found) or "de vorm van het bericht"
    return f"Lijkt {'niet ' if against else ''}op eerdere {named} door {quoted}."


def strongest(words: Words, *, against: bool = False, most: int = MOST_SHOWN) -> list[str]:
    """The words that brought most, the strongest first; a word that is repeated counts once."""
    by_word: dict[str, float] = {}
    shown: dict[str, str] = {}
    for written, points in words:
        word = written.strip(MARKS)
        form = fold(word)
        if form:
            shown.setdefault(form, word[:LONGEST_QUOTE])
            by_word[form] = by_word.get(form, 0.0) + (-points if against else points)
    ranked = sorted(by_word, key=lambda form: (-by_word[form], form))
    if not ranked or by_word[ranked[0]] <= 0:
        return []
    enough = LEAST * by_word[ranked[0]]
    return [shown[form] for form in ranked[:most] if by_word[form] >= enough]


def without(text: str, words: Sequence[str]) -> str:
    """The text with these words taken out, wherever they stand."""
    gone = {fold(word) for word in words}
    return " ".join(word for word in text.split() if fold(word.strip(MARKS)) not in gone)


def missed(words: Words, text: str, whole: float, score: Callable[[str], float]) -> Words:
    """The strongest words, each with what the score loses when it is taken out.

    What a word brought is counted where it stands; the words around it may have carried it, so
    what it is said to have done is tried. ``whole`` is the score of all of the text.
    """
    tried = strongest(words, most=MOST_TRIED)
    return [(word, whole - score(without(text, [word]))) for word in tried]


def turning(text: str, words: Words, still: Callable[[str], bool]) -> list[str]:
    """The fewest of the strongest words without which the decision is another; none if it stands.

    ``still``: whether the decision on a text is the same. Asked a few times at most.
    """
    found = strongest(words)
    for count in range(1, len(found) + 1):
        if not still(without(text, found[:count])):
            return found[:count]
    return []
