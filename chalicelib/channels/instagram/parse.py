"""PURE: what Meta delivers about an Instagram account, in its two envelopes (channels.md 7).

    body ─▶ entry[] ─▶ changes[]                   comments, mentions: with Facebook login
                    ├▶ messaging[] and standby[]   private messages
                    └▶ field and value             the same as a change, flat: with Instagram login

Which login the account was opened with decides the envelope; both may come.
"""

from typing import Any

from chalicelib.channels import meta_read_back
from chalicelib.channels.contract import AccountSettings, Raw
from chalicelib.channels.gathering import Gathering
from chalicelib.channels.instagram.comments import gather_comment, gather_mention
from chalicelib.channels.meta_direct import gather_direct, ours_in
from chalicelib.channels.meta_entries import entries_of
from chalicelib.channels.moments import epoch_of
from chalicelib.channels.taming import dict_of, items_of, text_of
from chalicelib.domain.message import Parsed

COMMENTS = frozenset({"comments", "live_comments"})
DIRECT = frozenset({"messages", "message_edit", "message_reactions", "standby"})
"""Fields whose value is what otherwise stands in ``messaging[]``; so are all ``messaging_…``."""


def parse(raw: Raw, settings: AccountSettings) -> Parsed:
    """Everything in these bytes. Raises ``BadPayload`` when they are no JSON object."""
    if raw.transport == "poll":
        page = {"id": settings.settings.get("page_id")}  # whose name a linked account writes under
        return meta_read_back.parse(raw, ours_in(page, settings.account))
    found = Gathering()
    for entry in entries_of(raw, "instagram", found):
        _gather_entry(entry, settings.account, found)
    return found.parsed()


def _gather_entry(entry: Any, account: str, found: Gathering) -> None:
    changes = items_of(entry, "changes")
    private = [*items_of(entry, "messaging"), *items_of(entry, "standby")]
    if not changes and not private and text_of(entry, "field"):
        changes = [entry]
    if not changes and not private:
        found.ignore("entry with nothing in it")
    for change in changes:
        _gather_change(change, entry, account, found)
    for element in private:
        gather_direct(element, ours_in(entry, account), found)


def _gather_change(change: Any, entry: Any, account: str, found: Gathering) -> None:
    field, value = text_of(change, "field"), dict_of(change, "value")
    ours, at = ours_in(entry, account), epoch_of(entry, "time")
    if field in COMMENTS:
        gather_comment(value, ours, at, found)
    elif field == "mentions":
        gather_mention(value, ours, at, found)
    elif field in DIRECT or field.startswith("messaging_"):
        gather_direct(value, ours, found)
    else:
        found.ignore(f"field {field[:40]!r}")
