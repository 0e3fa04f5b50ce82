"""PURE: what Meta delivers about a page (channels.md 5 and 6).

    body ─▶ entry[] ─▶ messaging[] and standby[]   private messages
                    └▶ changes[]                   comments, posts, mentions, reviews

A page has one address for all of these, so whichever of its two channels has that address reads
both: Messenger and Facebook differ in name and approval only.
"""

from typing import Any

from chalicelib.channels import meta_read_back
from chalicelib.channels.contract import AccountSettings, Raw
from chalicelib.channels.facebook.feed import gather_change
from chalicelib.channels.gathering import Gathering
from chalicelib.channels.meta_direct import gather_direct, ours_in
from chalicelib.channels.meta_entries import entries_of
from chalicelib.channels.taming import items_of
from chalicelib.domain.message import Parsed


def parse(raw: Raw, settings: AccountSettings) -> Parsed:
    """Everything in these bytes. Raises ``BadPayload`` when they are no JSON object."""
    if raw.transport == "poll":
        return meta_read_back.parse(raw, ours_in({}, settings.account))
    found = Gathering()
    for entry in entries_of(raw, "page", found):
        _gather_entry(entry, settings.account, found)
    return found.parsed()


def _gather_entry(entry: Any, account: str, found: Gathering) -> None:
    ours = ours_in(entry, account)
    private = [*items_of(entry, "messaging"), *items_of(entry, "standby")]
    changes = items_of(entry, "changes")
    if not private and not changes:
        found.ignore("entry with nothing in it")
    for element in private:
        gather_direct(element, ours, found)
    for change in changes:
        gather_change(change, ours, found)
