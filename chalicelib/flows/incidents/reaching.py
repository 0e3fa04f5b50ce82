"""Whether and how one reporter can be answered together with all others, by their channel's rules.

Asked for the preview, and again when it goes out. An answer to many keeps within the usual window:
a channel's longer time for what a person writes to one citizen is never used for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.channels import splitting
from chalicelib.channels.contract import Rules
from chalicelib.domain.announcement import Announcement, Audience, Way, Why
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.incident import Member
from chalicelib.domain.moments import later
from chalicelib.domain.queue_item import QueueItem
from chalicelib.domain.template import FilledTemplate, Template, fill, shown
from chalicelib.errors import ChannelNotApproved, InvalidInput, NotFound
from chalicelib.flows.answering.elsewhere import SPOKEN, limits_of
from chalicelib.flows.answering.replying import must_be_allowed
from chalicelib.flows.answering.templating import offered
from chalicelib.flows.services import Services
from chalicelib.store import conversations, queue


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """One person: in which conversation, in which words, or why not.

    ``parts`` are the messages in which it goes out.
    """

    reporter: str
    subject: str
    channel: str
    account: str
    audience: Audience
    lang: str
    way: Way
    why: Why = ""
    parts: tuple[str, ...] = ()
    template: FilledTemplate | None = None
    conversation: Conversation | None = None
    item: QueueItem | None = None


def people(members: Iterable[Member]) -> dict[str, list[Member]]:
    """Each reporter with what they wrote, the conversation of their last message first."""
    found: dict[str, list[Member]] = {}
    for member in sorted(members, key=lambda one: (one.at, one.message), reverse=True):
        found.setdefault(member.reporter, []).append(member)
    return found


def reach(services: Services, told: Announcement, reporter: str, own: list[Member]) -> Reach:
    """The first of their conversations in which they can be answered, a private one before others.

    Where there is none, why not in the first.
    """
    subjects = dict.fromkeys(member.subject for member in own)
    channels = {member.subject: member.channel for member in own}
    ways = [look(services, told, reporter, one, channels[one]) for one in subjects]
    ways.sort(key=lambda one: (one.way == "none", one.audience == "public"))
    if any(one.why == "wrote_again" for one in ways):
        return next(one for one in ways if one.why == "wrote_again")
    return ways[0]


def look(
    services: Services, told: Announcement, reporter: str, subject: str, channel: str
) -> Reach:
    """How they can be answered in this conversation."""
    now = services.now()
    conversation = conversations.find(services.table, subject, now)
    none = Reach(
        reporter=reporter, subject=subject, channel=channel, account="", audience="private",
        lang="", way="none", why="gone",
    )  # fmt: skip
    if conversation is None or not conversation.author_id:
        return none
    rules = limits_of(services, conversation)
    audience: Audience = "public" if rules.public else "private"
    item = queue.find(services.table, subject, now)
    text = told.said_to(audience, conversation.lang)
    why = hindrance(services, told, conversation, item, text)
    template = filled_in(services, told, conversation, text) if why == "window" else None
    way: Way = "template" if template else "none" if why else "reply"
    return Reach(
        reporter=reporter,
        subject=subject,
        channel=channel,
        account=conversation.account,
        audience=audience,
        lang=conversation.lang,
        way=way,
        why="" if template else why,
        parts=(template[1],) if template else splitting.parts(text, rules),
        template=template[0] if template else None,
        conversation=conversation,
        item=item,
    )


def hindrance(
    services: Services,
    told: Announcement,
    conversation: Conversation,
    item: QueueItem | None,
    text: str,
) -> Why:
    """What stands in the way; empty where nothing does."""
    now = services.now()
    rules = limits_of(services, conversation)
    if conversation.newest_mark.partition("#")[0] > told.seen_at:
        return "wrote_again"
    if not text:
        return "no_text"
    if item and item.held_by_other(told.by, now):
        return "held"
    if shut := why_shut(services, conversation, rules):
        return shut
    if rules.window and later(conversation.inbound_at, rules.window) <= now:
        return "window"
    return "too_long" if splitting.is_too_long(text, rules) else ""


def why_shut(services: Services, conversation: Conversation, rules: Rules) -> Why:
    """Why nothing may be said there at all; empty where it may."""
    try:
        must_be_allowed(services, conversation)
    except NotFound:
        return "closed"
    except ChannelNotApproved:
        if conversation.channel == SPOKEN:
            return "no_way"
        addressed = conversation.addressed or not rules.only_if_addressed
        return "closed" if addressed else "not_addressed"
    return ""


def filled_in(
    services: Services, told: Announcement, conversation: Conversation, text: str
) -> tuple[FilledTemplate, str] | None:
    """The chosen template with the text in its one place, and how it reads; None where that fails.

    In the citizen's language where the platform approved it in that, else in any.
    """
    own = [one for one in simple_ones(services, conversation) if one.name == told.template]
    own.sort(key=lambda one: one.language[:2] != conversation.lang)
    for template in own[:1]:
        values = dict.fromkeys(template.places, " ".join(text.split()))
        try:
            return fill(template, values), shown(template, values)
        except InvalidInput:
            return None
    return None


def simple_ones(services: Services, conversation: Conversation) -> list[Template]:
    """Templates that say all of it by themselves, or have one place for it."""
    return [one for one in offered(services, conversation) if len(one.places) <= 1]
