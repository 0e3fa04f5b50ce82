"""One text to many, to each person once: an answer to everyone who reports, or an appeal.

proposed ──other eyes──▶ going ──everybody was looked at──▶ done
  └───────somebody stopped it──┴▶ stopped      what has not left is taken back, no more is written

An answer begins by going; an appeal, to volunteers who asked for those, by being proposed. Whom it
is for is listed once, on pages that are gone through in turn, and back when it is stopped.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from chalicelib.domain import delivery
from chalicelib.domain.assessment import Topic
from chalicelib.domain.message import ReceiptState
from chalicelib.domain.moments import Moment
from chalicelib.domain.principal import Principal, Role

Audience = Literal["private", "public"]
AUDIENCES: tuple[Audience, ...] = ("private", "public")

State = Literal["proposed", "going", "stopped", "done"]

Asks = Literal["witness", "alert"]
ASKS: tuple[Asks, ...] = ("witness", "alert")
"""Did you see anything; look out for."""

Way = Literal["reply", "template", "none"]

Why = Literal[
    "", "gone", "closed", "not_addressed", "window", "too_long", "no_text", "held", "wrote_again",
    "no_way", "capped", "waits",
]  # fmt: skip
"""Why somebody is not reached: nobody there any more; our account may not be used; they did not
write to us; the channel's time to answer is over; the text does not fit; there is none for this
audience; a colleague has them; they wrote after what its writer saw; they
spoke to us and left no address; of a volunteer: they had as many appeals as they may, or wait for
an answer of their own."""

DEFAULT = ""
"""The language of a text for whoever has none in theirs."""

HOLD = timedelta(seconds=20)
"""How long all of it waits, so that it can be taken back as a whole."""

PACE: dict[Audience, timedelta] = {
    "private": timedelta(milliseconds=250),
    "public": timedelta(seconds=2),
}
"""Between two answers of one account: well below what any platform takes, and in public slow enough
not to look like a machine gone wild."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The text for one audience in one language; ``DEFAULT`` for whoever has no other."""

    audience: Audience
    lang: str = DEFAULT
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """What makes it one: what it asks, of volunteers for this gemeente and topic.

    ``approved_by`` saw it with other eyes.
    """

    asks: Asks
    gemeente: str
    topic: Topic
    approved_by: str = ""
    approved_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """One text to many. ``seen_at``: who reported, or asked for appeals, later does not get it.

    ``template`` is the name of what goes out where a reply window has ended, empty for nothing;
    ``corrects`` is the earlier one that it puts right. ``stopped_by`` is a colleague's name.

    ``circle`` names the list of whom it is for, on so many ``pages``. Those before ``page`` were
    looked at (of a stopped one: those behind it were taken back), and brought so many ``turns`` of
    answers to each account, by channel and account.
    """

    incident: str
    id: str
    by: str
    name: str
    role: Role
    team: str
    at: Moment
    seen_at: Moment
    wordings: tuple[Wording, ...]
    template: str = ""
    corrects: str = ""
    state: State = "going"
    stopped_by: str = ""
    appeal: Appeal | None = None
    circle: str | None = None
    pages: int = 0
    page: int = 0
    turns: dict[str, int] = field(default_factory=dict)

    @property
    def writer(self) -> Principal:
        return Principal(id=self.by, name=self.name, role=self.role, team=self.team)

    @property
    def texts(self) -> str:
        """All that it says, to be read over."""
        return "\n".join(one.text for one in self.wordings)

    def said_to(self, audience: Audience, lang: str) -> str:
        """The text for them; empty where there is none."""
        return said_in(self.wordings, audience, lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody whom a text to many may go to, with the channels of their conversations.

    The last conversation is first. ``since`` is when they reported, or asked for appeals.
    """

    reporter: str
    conversations: dict[str, str]
    since: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """One person of it: how they were answered, or why not. Their words are not here.

    ``state``, ``reason`` and ``receipt`` are those of their answer, in its first part. ``left_at``:
    it was an appeal, and then they asked for no more of them.
    """

    incident: str
    announcement: str
    reporter: str
    subject: str
    channel: str
    account: str
    audience: Audience
    way: Way
    why: Why = ""
    reply_id: str = ""
    state: delivery.State = "queued"
    reason: str | None = None
    receipt: ReceiptState | None = None
    left_at: Moment | None = None


def said_in(wordings: Iterable[Wording], audience: Audience, lang: str) -> str:
    """The text for an audience in a language, else in the default one; empty where none is."""
    own = {one.lang: one.text for one in wordings if one.audience == audience and one.text.strip()}
    return own.get(lang) or own.get(DEFAULT, "")
