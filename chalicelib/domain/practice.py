"""A practice round: a recorded evening that comes in at a chosen pace, and what its makers know.

The labels are people's: what each message really is. Nothing in the service reads them while the
round runs; only the debrief does, afterwards.
"""

from dataclasses import dataclass
from typing import Literal

from chalicelib.domain.assessment import Urgency
from chalicelib.domain.moments import Moment

Audience = Literal["", "private"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeRound:
    """``evening`` is the recording's name, ``pace`` how many of its minutes go in one of ours."""

    started_at: Moment
    evening: str
    pace: int
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeLine:
    """One recorded message, ``after`` so many seconds of the recording.

    ``urgency`` and ``emergency`` say what it really is; ``audience`` is ``private`` where its
    answer is for this citizen alone. ``posted_at`` is when it was sent in, None before.
    """

    round: Moment
    number: int
    after: int
    channel: str
    author: str
    text: str
    urgency: Urgency
    emergency: bool = False
    audience: Audience = ""
    posted_at: Moment | None = None

    @property
    def mark(self) -> tuple[str, str]:
        """By what its message is known again: the channel and the words."""
        return words_of(self.channel, self.text)


def words_of(channel: str, text: str) -> tuple[str, str]:
    """The mark of a message, whatever white space its platform made of it."""
    return channel, " ".join(text.split())
