"""Augmentation: messages as hurried fingers would have typed them. For training only.

The linear model gets copies, marked by their id (``…~typed``), that count less than what somebody
wrote; the encoder sees some messages in disguise, other ones each epoch. None gets into a
measurement.
"""

import unicodedata
from dataclasses import replace
from random import Random

from infra.training.corpus import Labelled

MARK = "~typed"
WEIGHT = 0.4
"""What a copy counts beside a written message."""

ONE_WORD_IN = 4
SHORTEST = 4
PICTURED = 5
"""One of so many disguised messages gets pictures."""

STREWN = (0.1, 0.25, 0.5)
"""After which share of the words."""

PICTURES = tuple("😭😂😱🙏😡😢😅🤣👍💀😬🥺😩🙄😳💔👀🤔😊🎉⚽🌧🚲🐕")


def typed(message: Labelled) -> Labelled:
    """The same message with typing errors, always the same ones."""
    dice = Random(message.id)
    words = [hurried(word, dice) for word in message.text.split(" ")]
    return replace(message, id=message.id + MARK, text=" ".join(words))


def hurried(word: str, dice: Random) -> str:
    """Now and then a word with a letter dropped, doubled, swapped, or a space inside."""
    if len(word) < SHORTEST or dice.randrange(ONE_WORD_IN):
        return word
    at = dice.randrange(1, len(word) - 1)
    return dice.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + " " + word[at:],
        ]
    )


def disguised(text: str, dice: Random) -> str:
    """One message in two as it is; the others without accents, marks or care, or with pictures."""
    if dice.randrange(2):
        return text
    look = dice.choice(LOOKS)
    words = [hurried(word, dice) for word in look(text).split(" ")]
    return " ".join(words if dice.randrange(PICTURED) else pictured(words, dice))


def pictured(words: list[str], dice: Random) -> list[str]:
    """Words with little pictures strewn between them, which change nothing of what is said."""
    often = dice.choice(STREWN)
    return [word + (" " + dice.choice(PICTURES) if dice.random() < often else "") for word in words]


def bare(text: str) -> str:
    """Without accents."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def unmarked(text: str) -> str:
    """Without marks, as dictated."""
    return "".join(letter for letter in text if letter not in ".,!?;:")


LOOKS = (str, str, str.lower, bare, unmarked)
