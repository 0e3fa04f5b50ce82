"""Templates: read from the platform, offered to agents, checked before they go out.

A template is what may still be sent when the reply window has ended, or when the platform says
that it has (WhatsApp's 131047).
"""

from collections.abc import Mapping
from datetime import timedelta

from chalicelib.channels.offers import Templates
from chalicelib.domain.account import Account
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.principal import Principal
from chalicelib.domain.template import Template, fill, shown
from chalicelib.errors import ChannelError, InvalidInput, Misconfigured
from chalicelib.flows import nudges
from chalicelib.flows.answering import replying
from chalicelib.flows.answering.refusing import must_be_allowed, must_be_written
from chalicelib.flows.answering.replying import Replied
from chalicelib.flows.answering.writing_out import Said
from chalicelib.flows.desk.queueing import found, must_have_seen
from chalicelib.flows.desk.viewing import ConversationView
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.sources import settings_of
from chalicelib.flows.taking_in.unlocking import with_either_key
from chalicelib.log import logger
from chalicelib.store import directory, keys, templates
from chalicelib.store.table import Key

MINUTE = "07"
"""Of each hour. Meta takes minutes to days to approve one; agents need not see it at once."""

AT_ONCE = 90
"""Writes in one transaction; a page may hold more."""


def begin_reading_templates(services: Services) -> None:
    """Once an hour, a job for each account that has templates and may answer."""
    now = services.now()
    if now[14:16] != MINUTE:
        return
    for account in directory.accounts(services.table):
        if has_templates(services, account.channel) and account.approved_for("answer", now):
            key = keys.account(account.channel, account.account)
            services.jobs.send("poll", nudges.templates(key))


def read_templates(services: Services, key: Key) -> list[Template]:
    """The templates of one account, as the platform has them now."""
    account = directory.account_at(services.table, key)
    return read(services, account) if account else []


def read(services: Services, account: Account) -> list[Template]:
    """Make ours what the platform has. When it does not answer, what we knew stays in use."""
    channel = services.channels.get(account.channel)
    if not isinstance(channel, Templates):
        return []
    before = templates.of_account(services.table, account.channel, account.account)
    try:
        after = with_either_key(
            services,
            account.channel,
            account.account,
            lambda secrets: [*channel.templates(settings_of(account), secrets, services.http)],
        )
    except (ChannelError, Misconfigured) as error:
        logger.warning("templates not read", channel=account.channel, why=error.message)
        return before
    changes = templates.replaced(before, after)
    for start in range(0, len(changes), AT_ONCE):
        services.table.write(*changes[start : start + AT_ONCE])
    return after


def offered(services: Services, conversation: Conversation) -> list[Template]:
    """The templates that an agent can send here now."""
    if not has_templates(services, conversation.channel):
        return []
    known = templates.of_account(services.table, conversation.channel, conversation.account)
    return [one for one in known if one.may_be_sent]


def has_templates(services: Services, channel: str) -> bool:
    """Whether the platform approves texts beforehand."""
    return isinstance(services.channels.get(channel), Templates)


def is_the_way_on(view: ConversationView) -> bool:
    """Whether our last answer did not arrive: then a template may be what still does."""
    ours = [one.message for one in view.messages if one.message.direction == "out"]
    return bool(ours) and ours[-1].state == "refused"


def named(services: Services, conversation: Conversation, name: str, language: str) -> Template:
    """One that is known. Raises ``InvalidInput``."""
    one = templates.find(services.table, conversation.channel, conversation.account, name, language)
    if one is None:
        gone = {"nl": "dit sjabloon bestaat niet meer", "en": "this template is gone"}
        raise InvalidInput("no such template", {"template": gone})
    return one


def reply_with_template(
    services: Services,
    agent: Principal,
    subject: str,
    *,
    reply_id: str,
    name: str,
    language: str,
    values: Mapping[str, str],
    seen: str,
    hold: timedelta = timedelta(),
) -> Replied:
    """Answer with a template, exactly once for each ``reply_id``, also after the window.

    Raises ``InvalidInput`` with what is not filled in, and what ``replying.reply`` raises.
    """
    agent.must_be_allowed_to("answer")
    conversation = found(services, subject)
    template = named(services, conversation, name, language)
    text = shown(template, values)
    must_be_written(reply_id, text)
    earlier = replying.said_before(services, subject, reply_id)
    if earlier:
        return Replied(earlier, again=True)
    filled = fill(template, values)
    must_be_allowed(services, conversation)
    must_have_seen(services, conversation, seen)
    said = Said(reply_id, (text,), template=filled, hold=hold)
    return replying.keep_and_send(services, agent, conversation, said)
