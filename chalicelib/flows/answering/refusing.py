"""What an answer is refused for before anything of it is kept."""

import re
from collections.abc import Sequence

from chalicelib.channels import splitting
from chalicelib.channels.limits import Rules
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.media import KeptMedia
from chalicelib.domain.moments import later
from chalicelib.errors import ChannelNotApproved, InvalidInput, NotFound, TooLong, WindowClosed
from chalicelib.flows.answering.attaching import must_fit
from chalicelib.flows.answering.elsewhere import limits_of, way_of_answer
from chalicelib.flows.services import Services
from chalicelib.store import directory

REPLY_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def must_be_written(reply_id: str, text: str) -> None:
    """Raises ``InvalidInput`` naming what is missing."""
    fields = {}
    if not REPLY_ID.fullmatch(reply_id):
        fields["reply_id"] = {
            "nl": "1 tot 64 letters, cijfers, _ of -",
            "en": "1 to 64 letters, digits, _ or -",
        }
    if not text.strip():
        fields["text"] = {"nl": "schrijf eerst een antwoord", "en": "write an answer first"}
    if fields:
        raise InvalidInput("the reply is not complete", fields)


def must_be_sendable(services: Services, conversation: Conversation) -> Rules:
    """What the channel would refuse whatever is said, before anything is kept; its rules here."""
    limits = must_be_allowed(services, conversation)
    window = limits.longest_window
    if window and later(conversation.inbound_at, window) <= services.now():
        raise WindowClosed("the reply window has ended", since=conversation.inbound_at)
    return limits


def must_be_allowed(services: Services, conversation: Conversation) -> Rules:
    """What is refused inside and after the window alike; the channel's rules here."""
    now = services.now()
    limits, way = limits_of(services, conversation), way_of_answer(services, conversation)
    account = directory.find_account(services.table, way.channel, way.account)
    if account is None:
        raise NotFound("the account of this conversation is gone", channel=conversation.channel)
    account.must_be_approved_for("answer", now)
    if limits.only_if_addressed and not conversation.addressed:
        reason = "this citizen did not write to us"
        raise ChannelNotApproved(reason, channel=conversation.channel, reason=reason)
    return limits


def must_be_offered(limits: Rules, text: str, choices: Sequence[str]) -> None:
    """Raises ``InvalidInput`` or ``TooLong`` for buttons that the channel would not show."""
    allowed = limits.choices
    if not choices:
        return
    most = allowed.most if allowed else 0
    if allowed is None or len(choices) > most or len({*choices}) < len(choices):
        many = {"nl": f"hoogstens {most} verschillende", "en": f"at most {most} different ones"}
        raise InvalidInput("too many choices", {"choices": many})
    if not all(one.strip() and allowed.measure(one) <= allowed.longest_choice for one in choices):
        longest = allowed.longest_choice
        size = {"nl": f"1 tot {longest} tekens per keuze", "en": f"1 to {longest} characters each"}
        raise InvalidInput("a choice is too long", {"choices": size})
    length = limits.measure(text)
    if length > allowed.longest_text:
        raise TooLong("too long above choices", longest=allowed.longest_text, length=length)


def parts_of(limits: Rules, text: str, uploads: Sequence[KeptMedia]) -> tuple[str, ...]:
    """The messages that a text becomes; beside a file it is one. Raises ``TooLong``."""
    if uploads:
        must_fit(limits, text, uploads)
        return (text,)
    if splitting.is_too_long(text, limits):
        most = limits.longest_text * limits.most_parts
        raise TooLong("the text is too long", longest=most, length=limits.measure(text))
    return splitting.parts(text, limits)
