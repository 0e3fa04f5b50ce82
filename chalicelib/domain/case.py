"""A citizen's matter with a number: one over all channels, and the doors that open its dossier.

A case holds no words of the citizen: those stand in its conversations. What it shows follows from
what waits in these, so that it is never behind.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from chalicelib.domain.moments import Moment, later
from chalicelib.domain.queue_item import QueueItem
from chalicelib.domain.victim import Wants

CaseState = Literal["received", "in_hand", "answered", "closed", "withdrawn"]

News = Literal["in_hand", "handed_over", "with_unit", "incident", "closed"]
"""What is told to the citizen by itself. An answer tells itself."""

DoorKind = Literal["link", "session", "share", "join"]

LINK_LIFE = timedelta(days=14)
SESSION_LIFE = timedelta(hours=1)
CODE_LIFE = timedelta(minutes=10)
JOIN_LIFE = timedelta(minutes=15)
ERASE_WITHIN = timedelta(days=30)
"""The month that the law gives for a request to erase (Wpg 28, with the AVG's month)."""

CODE_DIGITS = 8
MOST_CODE_TRIES = 5
"""Of one code; with three codes an hour a guess succeeds once in about seven million hours."""

SHARE_DAYS = (1, 7, 30)
Part = Literal["status", "messages"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One matter. ``number`` opens nothing by itself.

    ``session`` is the citizen's own place in the web chat ``chat``, where what they add in the
    dossier goes. ``round`` grows when the citizen closes all doors: every older one is then shut.
    ``news`` at ``news_at`` is what the citizen was to be told last. ``updates`` is false after they
    asked for none; ``follows``: they asked for what is told of the incident that they reported.
    ``wants`` is what a victim said of that, ``contact`` the colleague by name they may ask for.
    """

    number: str
    team: str
    opened_at: Moment
    session: str
    chat: str | None = None
    lang: str = "nl"
    round: int = 1
    updates: bool = True
    follows: bool = False
    withdrawn_at: Moment | None = None
    erasure_asked_at: Moment | None = None
    erased_at: Moment | None = None
    news: News | None = None
    news_at: Moment | None = None
    wants: Wants | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLink:
    """A conversation that belongs to a case, and by what proof.

    Of one that goes on for years a case has what arrived after ``since`` and not after ``until``.
    """

    number: str
    subject: str
    channel: str
    account: str
    at: Moment
    by: Literal["opened", "dossier", "code", "colleague"]
    since: str = ""
    until: str | None = None

    def holds(self, arrival: str) -> bool:
        """Whether a message that arrived there belongs to the case."""
        return self.since < arrival and (self.until is None or arrival <= self.until)


NEW_AFTER = timedelta(days=7)
"""Who writes again this long after we were done has a new matter, with a number of its own."""


def is_over(case: Case, now: Moment) -> bool:
    """Whether what is written from now on is another matter."""
    closed = case.news == "closed" and later(case.news_at or case.opened_at, NEW_AFTER) <= now
    return closed or case.withdrawn_at is not None or case.erased_at is not None


CaseWhat = Literal[
    "opened", "added", "withdrawn", "shared", "share_ended", "closed_doors", "joined",
    "updates_off", "updates_on", "erasure_asked", "erased", "erasure_refused", "downloaded",
    "handed_in", "rated", "appointed", "called_off", "talked", "wishes",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseItem:
    """Something the citizen did in the dossier, or that was decided on it. ``text`` is shown."""

    what: CaseWhat
    at: Moment
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What a secret opens: a case as it stood in that round, until then, wholly or in part.

    ``parts`` are what a share shows; a link and a session show all. ``id`` names a share.
    ``used_by`` is the conversation in which a code to join came in, once. ``browser`` is the digest
    of the session that a link last opened: only the browser that holds it may open it again.
    """

    kind: DoorKind
    number: str
    round: int
    until: Moment
    parts: tuple[Part, ...] = ()
    id: str = ""
    used_by: str | None = None
    browser: str | None = None

    def opens(self, case: Case, now: Moment) -> bool:
        """Whether it still does."""
        return self.round == case.round and now < self.until

    def is_new_to(self, browser: str) -> bool:
        """Whether another browser than this one (the digest of its session) used it before."""
        return self.browser not in (None, browser)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of a dossier that somebody else may read for a while; its secret is not here."""

    id: str
    number: str
    until: Moment
    parts: tuple[Part, ...]
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """A code that is to come in on another channel; ``subject`` is where it came, if it did."""

    number: str
    digest: str
    until: Moment
    subject: str | None = None
    channel: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OneTimeCode:
    """A code that went to the citizen's channel: its slow digest, how often it was tried."""

    digest: str
    salt: str
    until: Moment
    tries: int = 0


def state_of(
    case: Case, items: Iterable[QueueItem | None], now: Moment, *, taken_in: bool
) -> CaseState:
    """Where the matter stands, from what waits in its conversations.

    ``taken_in``: a message of it has been through triage; until then nothing waits and yet it is
    not closed.
    """
    if case.withdrawn_at:
        return "withdrawn"
    waiting = [item for item in items if item]
    if any((item.claim_until or "") > now for item in waiting):
        return "in_hand"
    if any(not item.answered for item in waiting) or not taken_in:
        return "received"
    return "answered" if waiting else "closed"
