"""What is said on a lane: which thing owes work. Only keys; the table is the truth."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import msgspec

from chalicelib.errors import BadPayload
from chalicelib.jobs.jobs import Lane
from chalicelib.store.table import Key

Kind = Literal[
    "envelope", "message", "delivery", "read", "poll", "redo", "sample", "check", "media",
    "templates", "count", "card", "talk", "case", "learn", "incident", "index",
    "search", "figures", "announcement", "post", "appointment", "call", "waking",
    "handover",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Nudge:
    """Look at this item. ``read`` asks to show the citizen that we saw their message."""

    what: Kind
    pk: str
    sk: str

    @property
    def key(self) -> Key:
        return Key(self.pk, self.sk)


LANE_OF: dict[str, Lane] = {
    "envelope": "direct",
    "message": "direct",
    "delivery": "deliver",
    "read": "deliver",
    "poll": "poll",
    "redo": "listening",
    "sample": "listening",
    "check": "poll",
    "media": "media",
    "card": "deliver",
    "templates": "poll",
    "count": "listening",
    "talk": "direct",
    "case": "deliver",
    "learn": "listening",
    "incident": "listening",
    "index": "listening",
    "search": "listening",
    "figures": "deliver",
    "announcement": "deliver",
    "post": "deliver",
    "appointment": "direct",
    "call": "deliver",
    "handover": "deliver",
    "waking": "deliver",
}
"""What can wait never stands in the way of what was written to us."""


def body(nudge: Nudge) -> str:
    return msgspec.json.encode(nudge).decode()


def of(kind: Kind) -> Callable[[Key], str]:
    """What makes the job's body from a key."""
    return lambda key: body(Nudge(kind, key.pk, key.sk))


envelope = of("envelope")
message = of("message")
delivery = of("delivery")
poll = of("poll")
redo = of("redo")
sample = of("sample")
media = of("media")
incident = of("incident")
card = of("card")
talk = of("talk")
case = of("case")
read_mark = of("read")
count = of("count")
learn = of("learn")
index = of("index")
search = of("search")
figures = of("figures")
announcement = of("announcement")
post = of("post")
appointment = of("appointment")
call = of("call")
handover = of("handover")

# The key of these two is that of an account in the directory.
check = of("check")
templates = of("templates")


def waking() -> str:
    """More items of the queue have a moment that came; which, the due index knows."""
    return body(Nudge("waking", "", ""))


def understood(text: str) -> Nudge:
    """The nudge in a job's body. Raises ``BadPayload`` when it is none of ours."""
    try:
        return msgspec.json.decode(text, type=Nudge)
    except msgspec.DecodeError as error:
        raise BadPayload("not a nudge of ours") from error
