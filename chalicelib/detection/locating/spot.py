"""One name in a text, and what is seen of it there."""

from dataclasses import dataclass
from typing import Literal

from chalicelib.detection.locating.gazetteer import Entry

Role = Literal["here", "at", "between", "bare", "origin", "home", "route", "toward", "denied"]
"""It is said to be right here; it is there; between this and another place; only named; somebody is
from there; lives there; it is where a way begins; where one goes; it is not there."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One name as written, the places that bear it, and what stands around it.

    ``meant``: there is evidence enough that it is a place and not a word.
    """

    mention: str
    start: int
    end: int
    entries: tuple[Entry, ...]
    role: Role
    capital: bool
    hashtag: bool = False
    slip: bool = False
    station: bool = False
    named_gemeente: bool = False
    meant: bool = True

    @property
    def told(self) -> bool:
        """Whether the words around it say that it is a place."""
        return self.hashtag or self.station or self.role != "bare"

    @property
    def key(self) -> str:
        """The name as the gazetteer has it."""
        return self.entries[0].key

    @property
    def gemeenten(self) -> set[str]:
        """Those in which it may be."""
        return {entry.gemeente for entry in self.entries if entry.gemeente}
