"""What is said aloud: how it reached us, where an answer may go, and what came of it at once."""

from dataclasses import dataclass
from typing import Literal, get_args

WayOfSpeaking = Literal["phone", "counter", "street"]
WAYS: tuple[WayOfSpeaking, ...] = get_args(WayOfSpeaking)

AnswerBy = Literal["call", "sms", "email"]

Ending = Literal["answered", "signposted", "passed_on", "nothing"]
ENDINGS: tuple[Ending, ...] = get_args(Ending)
"""With what a matter can be closed while the citizen is still there: it was answered, they were
pointed to who owns it, it was passed on by phone, nothing was needed."""


@dataclass(frozen=True, slots=True)
class AnswerWay:
    """The way that the citizen gave for an answer. ``call``: a colleague calls, nothing is sent."""

    by: AnswerBy
    to: str

    def __str__(self) -> str:
        return f"{self.by}:{self.to}"


def is_written(way: AnswerWay | None) -> bool:
    """Whether an answer can be written to the citizen."""
    return way is not None and way.by != "call"


def answer_way(text: str | None) -> AnswerWay | None:
    """The way as it was kept beside a message; None where the citizen gave none."""
    by, _, to = (text or "").partition(":")
    match by:
        case "call" | "sms" | "email" if to:
            return AnswerWay(by, to)
        case _:
            return None
