"""Who has the word in a conversation: the assistant or a person, never both.

    assistant ──danger, wish for a person──▶ waiting ──somebody claims──▶ person
        └────────────────somebody claims─────────────────────────────────▶ ┘
    person ──the agent finishes──▶ assistant, for a next matter

Every change makes ``turn`` one higher and each is conditional on it or sets it beyond reach, so
that an answer that the assistant prepared before a person came is never kept.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from chalicelib.domain.moments import Moment
from chalicelib.domain.principal import Principal

Owner = Literal["assistant", "waiting", "person"]

ASSISTANT = Principal(id="assistant", name="Automatische assistent", role="system")

REMIND_AFTER = timedelta(hours=20)
"""Within every channel's window of a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """The word in one conversation, and the number of the case that it belongs to.

    ``since`` and ``heard`` are places in the order of arrival: where this matter began, and the
    last message that the assistant took in. ``state`` is the JSON of what the assistant knows
    beyond the messages. ``remind_at`` is when an unanswered question is repeated, once.
    """

    subject: str
    owner: Owner = "assistant"
    case: str | None = None
    since: str = ""
    heard: str = ""
    state: str | None = None
    turn: int = 0
    told_case: bool = False
    remind_at: Moment | None = None
