"""Augmentation: copies of messages as hurried fingers would have typed them. For training only.

A copy is marked by its id (``…~typed``), counts less than what somebody wrote, and never gets
into a measurement. Capitals and accents need none: the reading takes them away.
"""

from dataclasses import replace
from random import Random

from infra.training.corpus import Labelled

MARK = "~typed"
WEIGHT = 0.4
"""What a copy counts beside a written message."""

ONE_WORD_IN = 4
SHORTEST = 4


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
