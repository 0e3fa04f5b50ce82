"""Whether and how one reporter can be answered together with all others, by their channel's rules.

Asked for the preview, and again when it goes out. An answer to many keeps within the usual window:
a channel's longer time for what a person writes to one citizen is never used for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from chalicelib.channels import splitting
from chalicelib.channels.limits import Rules
from chalicelib.domain.announcement import Announcement, Audience, Person, Way, Why
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.incident import Member
from chalicelib.domain.moments import later
from chalicelib.domain.queue_item import QueueItem
from chalicelib.domain.template import FilledTemplate, Template, fill, shown
from chalicelib.domain.volunteer import Volunteer
from chalicelib.errors import ChannelNotApproved, InvalidInput, NotFound
from chalicelib.flows.answering.elsewhere import SPOKEN, limits_of
from chalicelib.flows.answering.refusing import must_be_allowed
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
    volunteer: Volunteer | None = None


def reporters(members: Iterable[Member]) -> list[Person]:
    """Each reporter of an incident."""
    return [
        Person(
            reporter=name,
            conversations={one.subject: one.channel for one in own},
            since=min(one.at for one in own),
        )
        for name, own in people(members).items()
    ]


def people(members: Iterable[Member]) -> dict[str, list[Member]]:
    """Each reporter with what they wrote, the conversation of their last message first."""
    found: dict[str, list[Member]] = {}
    for member in sorted(members, key=lambda one: (one.at, one.message), reverse=True):
        found.setdefault(member.reporter, []).append(member)
    return found


def reach(services: Services, told: Announcement, person: Person) -> Reach:
    """The first of their conversations in which they can be answered, a private one before others.

    Where there is none, why not in the first.
    """
    ways = [
        look(services, told, person.reporter, subject, channel)
        for subject, channel in person.conversations.items()
    ]
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
    if conversation is None or not conversation.author_id:
        return nobody(reporter, subject, channel)
    here = place(services, reporter, conversation)
    text = told.said_to(here.audience, conversation.lang)
    why = hindrance(services, told, here, text)
    offers = simple_ones(services, conversation) if why == "window" else []
    return worded(services, here, why, text, filled_in(told, conversation, offers, text))


def nobody(reporter: str, subject: str, channel: str) -> Reach:
    """Nobody is there any more."""
    return Reach(
        reporter=reporter, subject=subject, channel=channel, account="", audience="private",
        lang="", way="none", why="gone",
    )  # fmt: skip


def place(services: Services, reporter: str, conversation: Conversation) -> Reach:
    """The conversation with what waits in it; nothing is said there yet."""
    subject = conversation.subject
    return Reach(
        reporter=reporter,
        subject=subject,
        channel=conversation.channel,
        account=conversation.account,
        audience="public" if limits_of(services, conversation).public else "private",
        lang=conversation.lang,
        way="none",
        conversation=conversation,
        item=queue.find(services.table, subject, services.now()),
    )


def worded(
    services: Services,
    here: Reach,
    why: Why,
    text: str,
    template: tuple[FilledTemplate, str] | None,
) -> Reach:
    """By the text, by a template where that is the way on, or not."""
    if template:
        return replace(here, way="template", parts=(template[1],), template=template[0])
    if why or here.conversation is None:
        return replace(here, why=why)
    parts = splitting.parts(text, limits_of(services, here.conversation))
    return replace(here, way="reply", parts=parts)


def hindrance(services: Services, told: Announcement, here: Reach, text: str) -> Why:
    """What stands in the way of an answer; empty where nothing does."""
    conversation = here.conversation
    if conversation is None or conversation.newest_mark.partition("#")[0] > told.seen_at:
        return "wrote_again"
    if not text:
        return "no_text"
    if here.item and here.item.held_by_other(told.by, services.now()):
        return "held"
    return hindrance_there(services, conversation, text)


def hindrance_there(services: Services, conversation: Conversation, text: str) -> Why:
    """What the channel and our account there have against it."""
    rules = limits_of(services, conversation)
    if shut := why_shut(services, conversation, rules):
        return shut
    if rules.window and later(conversation.inbound_at, rules.window) <= services.now():
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
    told: Announcement, conversation: Conversation, offers: Iterable[Template], text: str
) -> tuple[FilledTemplate, str] | None:
    """The chosen template with the text in its one place, and how it reads; None where that fails.

    In the citizen's language where the platform approved it in that, else in any.
    """
    own = [one for one in offers if one.name == told.template]
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
