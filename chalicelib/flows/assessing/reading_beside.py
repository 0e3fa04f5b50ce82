"""Reading a message beside what others wrote of an event, where all else leaves it in doubt.

A message that plainly belongs somewhere is not read. What others wrote is read from their messages
each time and kept nowhere else: what was taken back or erased is not read.
"""

from collections.abc import Sequence

from chalicelib.detection import EncoderAway
from chalicelib.flows.services import SameEvent, Services
from chalicelib.incidents.matching import Open, ReadBeside
from chalicelib.incidents.picture import Source
from chalicelib.store import kept_messages, keys


def beside(services: Services, text: str) -> ReadBeside | None:
    """How this text reads beside an incident's; None where there is nobody to read it."""
    same_event = services.same_event
    if same_event is None or not text.strip():
        return None

    def read(candidates: Sequence[Open]) -> list[float | None]:
        told = [texts(services, one.picture.sources) for one in candidates]
        return compared(same_event, text, told)

    return read


def compared(same_event: SameEvent, text: str, told: Sequence[Sequence[str]]) -> list[float | None]:
    """What is said of each group that tells anything; nothing while the encoder is away."""
    telling = [one for one in told if one]
    try:
        said = iter(same_event(text, telling) if telling else ())
    except EncoderAway:
        return [None] * len(told)
    return [next(said) if one else None for one in told]


def texts(services: Services, sources: Sequence[Source]) -> list[str]:
    """What these messages say, as far as it is still there."""
    now = services.now()
    each = (keys.message(one.subject, one.at, one.message) for one in sources)
    found = (kept_messages.find(services.table, key, now) for key in each)
    return [one.text for one in found if one and one.text.strip()]
