"""Drafts: one for each agent and conversation, listed by agent."""

from chalicelib.domain.draft import Draft
from chalicelib.domain.moments import Moment
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.reading import each, get
from chalicelib.store.table import Delete, Put, Table


def find(table: Table, subject: str, agent: str, now: Moment) -> Draft | None:
    item = get(table, keys.draft(subject, agent), now)
    return None if item is None else from_item(Draft, item)


def kept(draft: Draft) -> Put:
    """The last one written stands: it is one person's own."""
    key = keys.draft(draft.subject, draft.agent)
    expiry = expires_at("draft", draft.saved_at)
    listed = keys.drafted(draft.agent, draft.subject)
    return Put(to_item(key, draft, expires_at=expiry, **listed))


def gone(subject: str, agent: str) -> Delete:
    return Delete(keys.draft(subject, agent))


def subjects_of(table: Table, agent: str, now: Moment) -> list[str]:
    """The conversations in which this agent has something unsent."""
    found = each(table, keys.drafted_partition(agent), now, index="by_person")
    return [item["subject"] for item in found]
