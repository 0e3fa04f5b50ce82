"""A message that asks for appeals, proves who asked, or stops them; and is no work for anybody.

    MEE-ABCD-EFGH      the code of the page: from now on
    MEEHELPEN Enschede what they would agree to ──MEEHELPEN JA──▶ from now on
    MEEHELPEN          how it is done; for who takes part, the link to their page
    STOP               no more, at once

What follows is written with the triage of the message and answered once.
"""

import re
from contextlib import suppress
from dataclasses import dataclass, replace

from chalicelib.domain.conversation import Conversation, KeptMessage
from chalicelib.domain.delivery import Opens
from chalicelib.domain.principal import SYSTEM
from chalicelib.errors import Rejected
from chalicelib.flows.answering.speaking import Words, to_be_said
from chalicelib.flows.citizen.doors import code_in
from chalicelib.flows.citizen.volunteering import (
    ACCOUNTS,
    WORD,
    begun,
    current,
    ended,
    gemeente_named,
    said,
    topics_in,
    wish_for,
)
from chalicelib.flows.citizen.wording import is_stop
from chalicelib.flows.services import Services
from chalicelib.store import keys, volunteers
from chalicelib.store.table import Operation

ASKS = re.compile(r"mee ?helpen[:,]?(?:\s+(.{2,40}))?", re.IGNORECASE)
YES = frozenset({"ja", "yes"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The conversation as it is from now on, what is written with it, and what is answered."""

    conversation: Conversation
    writes: tuple[Operation, ...] = ()
    words: Words | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """A message, and the conversation before it."""

    before: Conversation
    message: KeptMessage

    @property
    def text(self) -> str:
        return self.message.text.strip().rstrip(".!").strip()

    @property
    def conversation(self) -> Conversation:
        """With this message as what is answered."""
        return replace(
            self.before,
            inbound_at=max(self.before.inbound_at, self.message.at),
            answers=self.message.external_id,
            answer_with=self.message.answer_with or self.before.answer_with,
        )


def settled_by(
    services: Services, conversation: Conversation, message: KeptMessage
) -> Settled | None:
    """What this message settles about appeals; None when it is about something else."""
    heard = Heard(conversation, message)
    if is_stop(heard.text):
        return stopped(services, heard) if conversation.helps else None
    code, asks = code_in(WORD, heard.text), ASKS.fullmatch(heard.text)
    if not (code or asks) or not is_possible(services, heard):
        return None
    with suppress(Rejected):
        if code:
            return agreed(services, heard, code)
        return asked(services, heard, (asks[1] or "").strip() if asks else "")
    return None  # we could not answer, so a person looks at it


def is_possible(services: Services, heard: Heard) -> bool:
    """On an account that was approved for it, in private, by who wrote it themselves."""
    if heard.message.thread or heard.message.listened or heard.message.written_by:
        return False
    place = (heard.before.channel, heard.before.account)
    return any((one.channel, one.account) == place for one in ACCOUNTS.of(services))


def by_message(heard: Heard) -> str:
    """In the place of a code: only this conversation can say yes to what was asked in it."""
    return f"said in {heard.before.subject}"


def agreed(services: Services, heard: Heard, code: str) -> Settled | None:
    """Proven. A code that is not good is a message like any other."""
    known = volunteers.wish_of(services.table, code, services.now())
    if known is None:
        return None
    about = {"gemeente": known.gemeente, "topics": topics_in(known.topics, known.voice)}
    text = said(known.voice, "begun", **about)
    writes = [volunteers.proven(code), *begun(services, heard.before, known)]
    after = replace(heard.before, helps=known.gemeente)
    return answered(services, heard, after, text, *writes, opens="helping")


def asked(services: Services, heard: Heard, wanted: str) -> Settled | None:
    """They ask for appeals, or say yes to what they were told of them."""
    if wanted.casefold() in YES:
        return agreed(services, heard, by_message(heard))
    if not wanted:
        return told_how(services, heard)
    gemeente = gemeente_named(wanted)
    if gemeente is None:
        return None
    wish = wish_for(services, gemeente, (), heard.before.lang)
    text = said(wish.voice, "ask", wording=wish.wording)
    kept = volunteers.wished(by_message(heard), wish)
    return answered(services, heard, heard.before, text, kept)


def told_how(services: Services, heard: Heard) -> Settled:
    """How to ask for it; who takes part gets the link to their page."""
    one = current(services, heard.before)
    if one:
        text = said(one.voice, "page", gemeente=one.gemeente)
        return answered(services, heard, heard.before, text, opens="helping")
    text = said(heard.before.lang, "how", address=f"{services.public_url}/meehelpen")
    return answered(services, heard, heard.before, text)


def stopped(services: Services, heard: Heard) -> Settled:
    """At once, also where we could not say so."""
    writes, one = ended(services, heard.before), current(services, heard.before)
    after = replace(heard.before, helps="")
    text = said(one.voice if one else heard.before.lang, "stopped")
    with suppress(Rejected):
        return answered(services, heard, after, text, *writes)
    return Settled(conversation=after, writes=tuple(writes))


def answered(
    services: Services,
    heard: Heard,
    after: Conversation,
    text: str,
    *writes: Operation,
    opens: Opens | None = None,
) -> Settled:
    """All of it, with the answer. Raises ``Rejected`` where the channel would refuse that."""
    words = Words(reply_id=keys.digest("helping", heard.message.id), text=text, opens=opens)
    _, kept = to_be_said(services, heard.conversation, words, SYSTEM)
    return Settled(conversation=after, writes=(*writes, *kept), words=words)
