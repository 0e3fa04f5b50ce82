"""The service itself says something to a citizen: the assistant, news of a case, a link, a code.

Nobody's claim is needed and nobody's is touched; what it must not come after is handed in as
conditions. A link or code is made when the message leaves (``with_secret``): what is kept of the
message never holds one.
"""

from dataclasses import dataclass, replace

from chalicelib.channels.limits import Rules
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.delivery import Delivery, Opens
from chalicelib.domain.principal import Principal
from chalicelib.domain.talk import ASSISTANT
from chalicelib.errors import ChannelRefused
from chalicelib.flows import nudges
from chalicelib.flows.answering.elsewhere import Way, way_to
from chalicelib.flows.answering.refusing import must_be_sendable, parts_of
from chalicelib.flows.answering.writing_out import Said, our_messages, to_deliveries
from chalicelib.flows.citizen import doors, volunteering, volunteers_page
from chalicelib.flows.hinting import tell
from chalicelib.flows.services import Services
from chalicelib.store import deliveries, kept_messages, keys, talks
from chalicelib.store.table import Operation

TAKEN_OVER = "een medewerker nam het gesprek over"
STOPPED = "deze inwoner wil geen oproepen meer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is said, once for each ``reply_id``; ``opens`` adds a link or code (``Delivery``)."""

    reply_id: str
    text: str
    opens: Opens | None = None
    case: str | None = None
    yields: bool = False


def speak(
    services: Services,
    conversation: Conversation,
    words: Words,
    *others: Operation,
    by: Principal = ASSISTANT,
) -> Delivery:
    """Keep it together with the ``others`` and send it on its way.

    Raises ``ConditionFailed`` when one of these does not hold, or it was said before;
    ``WindowClosed``, ``TooLong`` or ``ChannelNotApproved`` where the channel would refuse it, or
    nothing of ours leads to this citizen.
    """
    made, writes = to_be_said(services, conversation, words, by)
    services.table.write(*others, *writes)
    send(services, conversation, words)
    return made


def to_be_said(
    services: Services, conversation: Conversation, words: Words, by: Principal
) -> tuple[Delivery, list[Operation]]:
    """What keeps it, to be written with something else. Raises as ``speak`` before its write."""
    way = way_to(services, conversation)
    limits = must_be_sendable(services, conversation)
    opens = words.opens if may_carry(words, limits, way, conversation) else None
    said = Said(words.reply_id, parts_of(limits, words.text, ()))
    messages = our_messages(conversation, by, said, services.now())
    made = to_deliveries(conversation, messages, by, limits)
    made = [
        replace(one, yields=words.yields, channel=way.channel, account=way.account, to=way.to)
        for one in made
    ]
    made[-1] = replace(made[-1], opens=opens, case=words.case)
    now = services.now()
    return made[0], [
        *(deliveries.first(one, now) for one in made),
        *(kept_messages.written(one, now) for one in messages),
    ]


def send(services: Services, conversation: Conversation, words: Words) -> None:
    """It was kept: on its way. When this is lost, the sweeper finds it."""
    services.jobs.send("deliver", nudges.delivery(keys.delivery(words.reply_id)))
    tell(services, conversation.subject)


def may_carry(words: Words, limits: Rules, way: Way, conversation: Conversation) -> bool:
    """Whether a secret may go along.

    On our own page it is not needed; an address that was only typed into a form gets no link by
    itself, and a code when that was asked for.
    """
    typed = way.channel != conversation.channel
    return not limits.on_our_page and not (typed and words.opens == "link")


def with_secret(services: Services, delivery: Delivery) -> str:
    """The text as it leaves, with the link or code that it asks for.

    Raises ``ChannelRefused`` when the case is gone.
    """
    if delivery.opens == "helping":
        return f"{delivery.text}\n{volunteers_page.make_link(services, delivery.subject)}"
    if delivery.opens is None or delivery.case is None:
        return delivery.text
    make = doors.make_link if delivery.opens == "link" else doors.make_code
    secret = make(services, delivery.case)
    if secret is None:
        raise ChannelRefused(delivery.channel, "no-case", "de melding bestaat niet meer")
    return f"{delivery.text}\n{secret}"


def must_still_be_said(services: Services, delivery: Delivery) -> None:
    """Raises ``ChannelRefused`` when a person took the word, or a volunteer stopped, meanwhile."""
    if delivery.appeal and not volunteering.still_helps(services, delivery.subject):
        raise ChannelRefused(delivery.channel, "stopped", STOPPED)
    if not delivery.yields:
        return
    talk = talks.find(services.table, delivery.subject, services.now())
    if talk and talk.owner == "person":
        raise ChannelRefused(delivery.channel, "taken-over", TAKEN_OVER)
