"""What detection says of a message, knowing what the citizen wrote before in the conversation."""

from dataclasses import replace

from chalicelib.domain.assessment import Assessment, Context
from chalicelib.domain.conversation import KeptMessage
from chalicelib.domain.message import Message
from chalicelib.domain.moments import instant
from chalicelib.flows.services import Services
from chalicelib.store import kept_messages

EARLIER = 10
"""How many earlier messages of the conversation detection looks at."""


def assess(services: Services, message: KeptMessage) -> Assessment:
    """What detection says, knowing what the citizen wrote before in this conversation.

    Our own answers are left out: "bel 112" from us is no sign of danger.
    """
    told = kept_messages.until(services.table, message, services.now())
    return assessed_among(services, message, told)


def assessed_among(services: Services, message: KeptMessage, told: list[KeptMessage]) -> Assessment:
    """The same, where what the conversation held until then is known already."""
    return replace(assessed_with(services, message, told), meaning="")


def assessed_with(services: Services, message: KeptMessage, told: list[KeptMessage]) -> Assessment:
    """The same, with the vector that messages are compared by."""
    context = Context(channel=message.channel, earlier=texts_before(message, told)[-EARLIER:])
    return services.classify(as_written(message), context)


def texts_before(message: KeptMessage, told: list[KeptMessage]) -> tuple[str, ...]:
    """What the citizen wrote before this message, oldest first."""
    place = (message.at, message.arrival)
    own = [other for other in told if other.direction == "in" and other.text]
    return tuple(other.text for other in own if (other.at, other.arrival) < place)


def as_written(message: KeptMessage) -> Message:
    """The message as detection takes it."""
    return Message(
        external_id=message.external_id,
        author_id=message.author_id,
        author_name=message.author_name,
        text=read_together(message),
        kind=message.kind,
        media_count=message.media_count,
        timestamp=instant(message.at),
    )


def read_together(message: KeptMessage) -> str:
    """The title is part of what the citizen says: "SPOED, inbraak" may stand only there."""
    title = message.title
    return f"{title}\n\n{message.text}" if title and title != message.text else message.text
