"""The messages of a conversation, the citizen's and ours, in the order of the platform's time."""

import operator

from chalicelib.domain.conversation import KeptMessage
from chalicelib.domain.fact import Fact
from chalicelib.domain.message import MessageKind
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.retention import expires_at
from chalicelib.store import facts, keys
from chalicelib.store.codec import attributes, from_item, to_item
from chalicelib.store.envelopes import PATIENCE
from chalicelib.store.reading import alive, each, get
from chalicelib.store.table import (
    Absent,
    Change,
    Delete,
    Is,
    Item,
    Key,
    Page,
    Present,
    Put,
    Table,
    all_of,
)

LAST = 30


def key_of(message: KeptMessage) -> Key:
    return keys.message(message.subject, message.at, message.id)


def accepted(message: KeptMessage, now: Moment) -> Put:
    """A citizen's message, kept and owed to triage."""
    key = key_of(message)
    due_at = later(now, PATIENCE)
    item = to_item(
        key,
        message,
        expires_at=expires_at("message", now, message.channel),
        **keys.due(keys.MESSAGE_DUE, due_at, key),
    )
    return Put(item)


def written(message: KeptMessage, now: Moment, fact: Fact | None = None) -> Put:
    """An answer of ours, or a message that owes no triage (its deletion came first)."""
    expiry = expires_at("message", now, message.channel)
    told = facts.listed(fact) if fact else {}
    item = to_item(key_of(message), message, expires_at=expiry, **told)
    return Put(item, only_if=Absent("pk"))


def triaged(
    message: KeptMessage, assessment: str, marks: Item, incident: str | None = None
) -> Change:
    """Assessed; no triage is owed any more. Fails when another worker was first.

    ``marks`` say where the message is found later (``store/assessed.py``).
    """
    told = {
        "began": message.began, "to_queue_ms": message.to_queue_ms, "incident": incident
    }  # fmt: skip
    place = {name: value for name, value in told.items() if value is not None}
    return Change(
        key_of(message),
        set={"triaged": True, "assessment": assessment, **place, **marks},
        remove=tuple(name for name in keys.NO_LONGER_DUE if name not in marks),
        only_if=Is("triaged", value=False),
    )


def assessed_again(message: KeptMessage, assessment: str, marks: Item) -> Change:
    """Judged anew, if nobody else did so meanwhile and no edit waits for triage."""
    return Change(
        key_of(message),
        set={"assessment": assessment, **marks},
        remove=tuple(name for name in keys.NO_LONGER_DUE if name not in marks),
        only_if=all_of(Is("assessment", message.assessment or ""), Is("triaged", value=True)),
    )


def part_of(subject: str, sk: str, incident: str | None) -> Change:
    """The message is part of this incident, or of none."""
    key = Key(keys.conversation_partition(subject), sk)
    if incident is None:
        return Change(key, remove=("incident",), only_if=Present("pk"))
    return Change(key, set={"incident": incident}, only_if=Present("pk"))


def find(table: Table, key: Key, now: Moment) -> KeptMessage | None:
    item = get(table, key, now)
    return None if item is None else from_item(KeptMessage, item)


def edited(before: KeptMessage, after: KeptMessage, now: Moment) -> Change:
    """The citizen changed the text; the earlier one stays, and triage looks again."""
    key = key_of(before)
    new = attributes(after)
    return Change(
        key,
        set={
            "text": new["text"],
            "media_count": new["media_count"],
            "earlier": new["earlier"],
            "edited_at": new["edited_at"],
            "triaged": False,
            **keys.due(keys.MESSAGE_DUE, later(now, PATIENCE), key),
        },
        remove=("translation",),
        only_if=Is("text", before.text),
    )


def original_came(standing_in: KeptMessage, kind: MessageKind, text: str) -> Change:
    """The original of an edit that overtook it: its text is the earlier one."""
    first = {"text": text, "until": standing_in.at}
    return Change(
        key_of(standing_in),
        set={"kind": kind, "earlier": [first], "edited_at": standing_in.at},
        only_if=Is("kind", "edited"),
    )


def deleted(message: KeptMessage, at: Moment) -> Change:
    """The citizen took it back: the words go, that something was here stays."""
    return Change(
        key_of(message),
        set={"text": "", "earlier": [], "media_count": 0, "deleted_at": at},
        remove=("location", "title", "answer_with", "translation"),
    )


def translated(message: KeptMessage, text: str) -> Change:
    """Beside the words that it translates; fails when these changed meanwhile."""
    key = key_of(message)
    return Change(key, set={"translation": text}, only_if=Is("text", message.text))


def found_by(message: KeptMessage, searches: tuple[str, ...]) -> Change:
    """The searches that found it; fails when triage finished meanwhile, or it is gone."""
    return Change(
        key_of(message),
        set={"searches": list(searches)},
        only_if=Is("triaged", value=message.triaged),
    )


def answer_key(subject: str, sk: str) -> Key:
    """Where an answer stands whose delivery remembers its sort key."""
    return Key(keys.conversation_partition(subject), sk)


def withdrawn(key: Key) -> Delete:
    """An answer of ours that was taken back before it left."""
    return Delete(key, only_if=Present("pk"))


def erased(message: KeptMessage, at: Moment) -> Change:
    """Destroyed at the citizen's request: who wrote and what is gone, that something was stays."""
    personal = ("author_id", "author_name", "location", "title", "answer_with", "assessment")
    return Change(
        key_of(message),
        set={"text": "", "earlier": [], "media_count": 0, "deleted_at": at},
        remove=(*personal, "reply_to", "translation", *keys.NOT_LISTED),
        only_if=Present("pk"),
    )


def delivery_state(key: Key, **state: str | None) -> Change:
    """Repeat a delivery's state on our answer in the conversation."""
    return Change(key, set={name: value for name, value in state.items() if value is not None})


def listing(table: Table, subject: str, now: Moment) -> list[KeptMessage]:
    """All messages in the order of the platform's time; equal times as they reached us."""
    partition = keys.conversation_partition(subject)
    found = each(table, partition, now, prefix=keys.MESSAGES, strong=True)
    kept = [from_item(KeptMessage, item) for item in found]
    return sorted(kept, key=lambda one: (one.at, one.accepted_at, one.direction, one.id))


def last(table: Table, subject: str, now: Moment) -> list[KeptMessage]:
    """The messages written last, in the same order: one page, however long it has become."""
    return in_order(
        table.query(
            keys.conversation_partition(subject),
            prefix=keys.MESSAGES,
            reverse=True,
            limit=LAST,
            strong=True,
        ),
        now,
    )


def until(table: Table, message: KeptMessage, now: Moment) -> list[KeptMessage]:
    """A message with those written last before it, in the same order: one page."""
    return in_order(
        table.query(
            keys.conversation_partition(message.subject),
            between=keys.messages_until(message.at),
            reverse=True,
            limit=LAST,
            strong=True,
        ),
        now,
    )


def in_order(newest_first: Page, now: Moment) -> list[KeptMessage]:
    """What is alive of a page that was read backwards."""
    kept = [from_item(KeptMessage, item) for item in newest_first.items if alive(item, now)]
    return kept[::-1]


def newest_inbound(table: Table, subject: str, now: Moment) -> KeptMessage | None:
    """The citizen's message that arrived last, triaged or not, among the last ones written."""
    inbound = [m for m in last(table, subject, now) if m.direction == "in"]
    return max(inbound, key=operator.attrgetter("arrival"), default=None)
