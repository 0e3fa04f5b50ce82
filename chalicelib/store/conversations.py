"""Conversations: who writes to us, where, and what came last."""

from chalicelib.domain.conversation import Asked, Conversation
from chalicelib.domain.incident import is_incident
from chalicelib.domain.moments import Moment
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import attributes, from_item, to_item
from chalicelib.store.reading import get
from chalicelib.store.table import Absent, Change, Check, Is, Item, Present, Put, Table


def find(table: Table, subject: str, now: Moment) -> Conversation | None:
    """The conversation; None for an incident, which is none."""
    if is_incident(subject):
        return None
    item = get(table, keys.conversation(subject), now)
    return None if item is None else from_item(Conversation, item)


def person(conversation: Conversation) -> Item:
    """Index keys that list a contact's conversations, the last active one last."""
    return {
        "person_pk": keys.contact(conversation.contact),
        "person_sk": f"CONV#{conversation.inbound_at}",
    }


def opened(conversation: Conversation, now: Moment) -> Put:
    """The conversation begins, when nobody began it meanwhile."""
    item = to_item(
        keys.conversation(conversation.subject),
        conversation,
        expires_at=expires_at("conversation", now, conversation.channel),
        **person(conversation),
    )
    return Put(item, only_if=Absent("pk"))


def continued(before: Conversation, after: Conversation, now: Moment) -> Change:
    """The citizen wrote again. Conditional, so that two messages at once both count."""
    old = attributes(before)
    changed = {name: value for name, value in attributes(after).items() if old.get(name) != value}
    expiry = expires_at("conversation", now, after.channel)
    return Change(
        keys.conversation(after.subject),
        set={**changed, "expires_at": expiry, **person(after)},
        only_if=Is("newest_mark", before.newest_mark),
    )


def nothing_newer(conversation: Conversation) -> Check:
    """The send fence: holds while no newer message of the citizen arrived."""
    return Check(
        keys.conversation(conversation.subject),
        only_if=Is("newest_mark", conversation.newest_mark),
    )


def was_asked(conversation: Conversation, asked: Asked) -> Change:
    """An appeal went to its citizen. Behind the send fence, as ``nothing_newer``."""
    return Change(
        keys.conversation(conversation.subject),
        set={"asked": attributes(asked)},
        only_if=Is("newest_mark", conversation.newest_mark),
    )


def told_of(subject: str, incident: str | None) -> Change:
    """What the citizen told of last."""
    key = keys.conversation(subject)
    if incident is None:
        return Change(key, remove=("incident",), only_if=Present("pk"))
    return Change(key, set={"incident": incident}, only_if=Present("pk"))


def helps_no_more(subject: str) -> Change:
    """They asked for no more appeals."""
    return Change(keys.conversation(subject), set={"helps": ""}, only_if=Present("pk"))


def forgotten(conversation: Conversation) -> Change:
    """Nobody is behind it any more."""
    return Change(
        keys.conversation(conversation.subject),
        set={"author_id": "", "contact": ""},
        remove=("author_name", "answers", "answer_with", "helps", "asked", *keys.NOT_LISTED),
        only_if=Present("pk"),
    )
