"""The word in a conversation: one item, changed only under the turn that was read."""

from dataclasses import replace
from datetime import timedelta

from chalicelib.domain.moments import Moment, later
from chalicelib.domain.retention import expires_at
from chalicelib.domain.talk import Talk
from chalicelib.store import keys
from chalicelib.store.codec import attributes, from_item
from chalicelib.store.reading import get
from chalicelib.store.table import Absent, Change, Check, Is, Item, Table, any_of

SOON = timedelta(seconds=60)
"""After this a lost nudge is found."""


def find(table: Table, subject: str, now: Moment) -> Talk | None:
    item = get(table, keys.talk(subject), now)
    return None if item is None else from_item(Talk, item)


def due(subject: str, at: Moment) -> Item:
    return keys.due(keys.TALK_DUE, at, keys.talk(subject))


def owed(subject: str, now: Moment) -> Change:
    """The assistant is to look at this conversation; a new conversation begins with it."""
    kept = {"subject": subject, "expires_at": expires_at("conversation", now)}
    return Change(keys.talk(subject), set={**kept, **due(subject, later(now, SOON))})


def saved(before: Talk, after: Talk, now: Moment) -> Change:
    """What differs, if nobody took a turn meanwhile. Owed again only where a reminder waits."""
    old, new = attributes(before), attributes(after)
    changed = {name: value for name, value in new.items() if old.get(name) != value}
    waits = due(after.subject, after.remind_at) if after.remind_at else {}
    gone = {*(old.keys() - new.keys()), *(() if waits else keys.NO_LONGER_DUE)}
    expiry = expires_at("conversation", now)
    return Change(
        keys.talk(after.subject),
        set={**changed, **waits, "turn": before.turn + 1, "expires_at": expiry},
        remove=tuple(sorted(gone)),
        only_if=any_of(Absent("turn"), Is("turn", 0)) if not before.turn else at_turn(before),
    )


def at_turn(talk: Talk) -> Is:
    return Is("turn", talk.turn)


def taken(subject: str) -> Change:
    """A person has the word from now on, whatever the assistant was about to say."""
    return Change(
        keys.talk(subject),
        set={"subject": subject, "owner": "person"},
        remove=("remind_at",),
        add={"turn": 1},
    )


def ended(talk: Talk, newest_mark: str) -> Change:
    """The matter is done; a next one begins with the assistant again."""
    return Change(
        keys.talk(talk.subject),
        set={
            "subject": talk.subject,
            "owner": "assistant",
            "since": newest_mark,
            "heard": newest_mark,
        },
        remove=("state", "remind_at", "told_case", *keys.NO_LONGER_DUE),
        add={"turn": 1},
    )


def belongs(subject: str, number: str, now: Moment, before: str | None = None) -> Change:
    """The conversation belongs to this case. Fails where it belongs to another than ``before``."""
    return Change(
        keys.talk(subject),
        set={"subject": subject, "case": number, "expires_at": expires_at("conversation", now)},
        only_if=Is("case", before) if before else Absent("case"),
    )


def told(subject: str, number: str, now: Moment) -> Change:
    """Likewise, for a new conversation whose citizen knows the number already."""
    new = belongs(subject, number, now)
    return replace(new, set={**new.set, "told_case": True})


def nobody_claims(subject: str) -> Check:
    """No person has the item: the assistant may speak."""
    return Check(keys.queue_item(subject), only_if=Absent("claimed_by"))
