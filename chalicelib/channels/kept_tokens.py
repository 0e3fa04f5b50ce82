"""Tokens that platforms lend us for an hour or two: kept by this process, written down nowhere.

Asking for a new one with each call costs a request, and Bluesky locks out who signs in too often.
"""

import hashlib
import time
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """``access`` goes along with requests; ``refresh`` gets the next one, where there is such."""

    access: str = field(repr=False)
    refresh: str = field(default="", repr=False)
    until: float = float("inf")


@dataclass(slots=True)
class KeptTokens:
    """One platform's tokens, by who signed in and where. A token that ended is not there."""

    _known: dict[tuple[str, ...], Token] = field(default_factory=dict, repr=False)

    def find(self, who: tuple[str, ...]) -> Token | None:
        token = self._known.get(who)
        return token if token and time.monotonic() < token.until else None

    def keep(self, who: tuple[str, ...], token: Token) -> Token:
        self._known[who] = token
        return token

    def drop(self, who: tuple[str, ...]) -> None:
        self._known.pop(who, None)


def whose(*parts: str) -> tuple[str, ...]:
    """A key that tells accounts and rotated secrets apart and holds no secret."""
    return tuple(hashlib.sha256(part.encode()).hexdigest()[:24] for part in parts)
