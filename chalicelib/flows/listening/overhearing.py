"""What searches find becomes a line of their feeds, in the very write that assesses the message.

Found is: what a platform gave for a search; what somebody wrote in public on a page of our own and
holds its words; and, for the canaries, a danger in anything that is written to us.
"""

from chalicelib.channels.offers import Searches
from chalicelib.detection.heard_words import links_of, words_of
from chalicelib.detection.listening_words import dangers_in
from chalicelib.detection.tone import tone_of
from chalicelib.domain.account import Account
from chalicelib.domain.assessment import Assessment
from chalicelib.domain.conversation import KeptMessage
from chalicelib.domain.feed import Heard
from chalicelib.domain.listening import Search
from chalicelib.domain.query import holds
from chalicelib.domain.sketch import mark_of
from chalicelib.flows.briefly import Briefly
from chalicelib.flows.services import Services
from chalicelib.store import feeds, kept_messages, searches
from chalicelib.store.codec import from_text
from chalicelib.store.table import Operation

CANARY = "canary"
"""The feed of dangers near us; its words are their names."""

PRESSING = frozenset({"spoed", "nu"})

_SEARCHES: Briefly[list[Search]] = Briefly(
    lambda services: searches.every(services.table, services.now())
)


def forget_searches(services: Services) -> None:
    """One was changed here."""
    _SEARCHES.forget(services)


def found_by(services: Services, message: KeptMessage, account: Account | None) -> tuple[str, ...]:
    """The ids of the feeds that it belongs in."""
    found = list(message.searches)
    if message.listened:
        return tuple(found)
    found += [CANARY] if dangers_in(message.text) else []
    if account and message.thread and account.approved_for("listen", services.now()):
        found += on_our_page(services, message)
    return tuple(dict.fromkeys(found))


def on_our_page(services: Services, message: KeptMessage) -> list[str]:
    """Searches whose words stand in what was written in public on a page of our own."""
    if isinstance(services.channel(message.channel), Searches):
        return []  # the platform is asked for them
    now = services.now()
    return [
        one.id
        for one in _SEARCHES.of(services)
        if one.runs(now)
        and one.reads(message.channel, message.account)
        and holds(message.text, one.lines)
    ]


def lines_for(
    message: KeptMessage, assessment: Assessment, found: tuple[str, ...]
) -> list[Operation]:
    """Its line in each of these feeds."""
    return [feeds.kept(heard(message, assessment, search)) for search in found]


def heard(message: KeptMessage, assessment: Assessment, search: str) -> Heard:
    """What a feed keeps of a message: no name and none of its sentences."""
    return Heard(
        search=search,
        message=message.id,
        message_sk=kept_messages.key_of(message).sk,
        subject=message.subject,
        at=message.accepted_at,
        mark=mark_of(f"{message.channel}#{message.author_id or message.subject}", search),
        channel=message.channel,
        lang=assessment.lang,
        topic=assessment.topic,
        tone=tone_of(message.text),
        urgency=assessment.attention,
        words=words_of(message.text) if search != CANARY else tuple(dangers_in(message.text)),
        links=links_of(message.text),
        media=message.media_count,
    )


def found_again(services: Services, message: KeptMessage, search: str) -> None:
    """Another search found it too. Its line is written now, or by the triage that is still owed."""
    if not search or search in message.searches:
        return
    known = kept_messages.found_by(message, (*message.searches, search))
    if message.triaged and message.assessment:
        assessment = from_text(Assessment, message.assessment)
        services.table.write(known, *lines_for(message, assessment, (search,)))
    else:
        services.table.write(known)


def out_of_feeds(message: KeptMessage) -> list[Operation]:
    """Its writer took it back: no feed counts it any more."""
    return [
        feeds.taken_back(search, message.accepted_at, message.id) for search in message.searches
    ]


def waits_for_nobody(message: KeptMessage, assessment: Assessment) -> bool:
    """What a search found is read in its feed; only what presses waits for a person."""
    heard_only = message.listened and bool(message.searches)
    return heard_only and not assessment.emergency and assessment.attention not in PRESSING
