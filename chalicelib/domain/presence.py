"""Who has a conversation open, and who is typing in it. It falls away by itself."""

from dataclasses import dataclass
from datetime import timedelta

from chalicelib.domain.moments import Moment, later

HERE_FOR = timedelta(seconds=45)
"""A page tells every twenty seconds that it is open; two that are lost end it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """One colleague at one conversation, as their page last told."""

    subject: str
    agent: str
    name: str
    at: Moment
    typing: bool = False

    def is_here(self, now: Moment) -> bool:
        """Whether the page told so lately."""
        return later(self.at, HERE_FOR) > now
