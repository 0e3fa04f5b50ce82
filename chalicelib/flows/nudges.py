"""What is said on a lane: which thing owes work. Only keys; the table is the truth."""

from dataclasses import dataclass
from typing import Literal

import msgspec

from chalicelib.errors import BadPayload
from chalicelib.jobs.jobs import Lane
from chalicelib.store.table import Key


@dataclass(frozen=True, slots=True)
class Nudge:
    """Look at this item. ``read`` asks to show the citizen that we saw their message."""

    what: Literal[
        "envelope", "message", "delivery", "read", "poll", "redo", "sample", "check", "media",
        "templates",
    ]  # fmt: skip
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
    "templates": "poll",
}
"""What can wait never stands in the way of what was written to us."""


def envelope(key: Key) -> str:
    return body(Nudge("envelope", key.pk, key.sk))


def message(key: Key) -> str:
    return body(Nudge("message", key.pk, key.sk))


def delivery(key: Key) -> str:
    return body(Nudge("delivery", key.pk, key.sk))


def poll(key: Key) -> str:
    return body(Nudge("poll", key.pk, key.sk))


def redo(key: Key) -> str:
    return body(Nudge("redo", key.pk, key.sk))


def sample(key: Key) -> str:
    return body(Nudge("sample", key.pk, key.sk))


def templates(key: Key) -> str:
    """``key`` is that of an account in the directory."""
    return body(Nudge("templates", key.pk, key.sk))


def check(key: Key) -> str:
    """``key`` is that of an account in the directory."""
    return body(Nudge("check", key.pk, key.sk))


def media(key: Key) -> str:
    return body(Nudge("media", key.pk, key.sk))


def read_mark(key: Key) -> str:
    return body(Nudge("read", key.pk, key.sk))


def body(nudge: Nudge) -> str:
    return msgspec.json.encode(nudge).decode()


def understood(text: str) -> Nudge:
    """The nudge in a job's body. Raises ``BadPayload`` when it is none of ours."""
    try:
        return msgspec.json.decode(text, type=Nudge)
    except msgspec.DecodeError as error:
        raise BadPayload("not a nudge of ours") from error
