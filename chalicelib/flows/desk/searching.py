"""A colleague searches what was said: for a purpose, within their own team, and for a short time.

What was only heard in public and not said to us cannot be found here: that would follow a person.
"""

import time
from dataclasses import dataclass

from chalicelib.domain.conversation import Conversation, KeptMessage
from chalicelib.domain.principal import Principal
from chalicelib.domain.search import PURPOSES, Hit
from chalicelib.errors import InvalidInput, StoreUnavailable
from chalicelib.flows import nudges
from chalicelib.flows.services import Services
from chalicelib.store import access_log, conversations, kept_messages, keys, search
from chalicelib.store.table import Key

AT_MOST = 50
SECONDS = 2.0
"""After so long a search shows what it has, and says how far back it came."""

PERIODS = (1, 3, 12)
"""Months; the shortest is the default: search no further than is needed."""

RECENT = 20
"""So many messages of a conversation are made findable again with each new one, so that a nudge
that was lost is made good by the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A message that was found, with its conversation."""

    conversation: Conversation
    message: KeptMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """``until`` is the month at which time ran out, empty when all of the period was looked at."""

    found: list[Found]
    until: str


def find(
    services: Services, principal: Principal, asked: str, purpose: str, months: int = 1
) -> SearchView:
    """Messages with all these words. Raises ``InvalidInput`` without words or purpose."""
    principal.must_be_allowed_to("search")
    words = search.asked_in(asked)
    check(words, purpose, months)
    if services.index is None:
        raise StoreUnavailable("there is no search index here")
    now = services.now()
    about = f"{' '.join(words)} ({months})"
    services.table.write(access_log.used(principal, "search", about, now, purpose))
    ends = time.monotonic() + SECONDS
    hits = search.found(
        services.index,
        words,
        now,
        months=months,
        limit=AT_MOST,
        in_time=lambda: time.monotonic() < ends,
    )
    shown = (as_found(services, principal, hit) for hit in hits.hits)
    return SearchView(found=[one for one in shown if one], until=hits.until)


def check(words: list[str], purpose: str, months: int) -> None:
    """Raises ``InvalidInput``."""
    wrong: dict[str, dict[str, str]] = {}
    if not words:
        text = "Typ een woord, naam of nummer."
        wrong["zoek"] = {"nl": text, "en": "Type a word, a name or a number."}
    if purpose not in PURPOSES:
        wrong["doel"] = {"nl": "Kies waarvoor je zoekt.", "en": "Choose what you search for."}
    if months not in PERIODS:
        wrong["maanden"] = {"nl": "Kies een periode.", "en": "Choose a period."}
    if wrong:
        raise InvalidInput("not a search", wrong)


def as_found(services: Services, principal: Principal, hit: Hit) -> Found | None:
    """The message itself; nothing when it is gone, was taken back, or is another team's."""
    now = services.now()
    conversation = conversations.find(services.table, hit.subject, now)
    if conversation is None or principal.team not in ("", conversation.team):
        return None
    kept = kept_messages.listing(services.table, hit.subject, now)
    message = next((one for one in kept if one.id == hit.message), None)
    if message is None or message.deleted_at:
        return None
    return Found(conversation=conversation, message=message)


def make_findable(services: Services, subject: str) -> None:
    """Later, and apart from the work: a nudge that is lost is made good by the next message."""
    if services.index is not None:
        services.jobs.send("listening", nudges.index(keys.conversation(subject)))


def index(services: Services, key: Key) -> None:
    """Make what was said in a conversation last findable. Run twice it changes nothing."""
    subject = keys.subject_of(key)
    conversation = conversations.find(services.table, subject, services.now())
    if conversation is None or services.index is None:
        return
    kept = kept_messages.listing(services.table, subject, services.now())
    for message in kept[-RECENT:]:
        if not message.listened and not message.deleted_at:
            hit = Hit(subject=subject, message=message.id, at=message.at)
            search.indexed(services.index, hit, told(message, conversation), message.channel)


def told(message: KeptMessage, conversation: Conversation) -> str:
    """What a message is found by: its words, and the name and address of who wrote to us."""
    writer = (conversation.author_name, conversation.author_id)
    return " ".join(part for part in (*writer, message.title, message.text) if part)
