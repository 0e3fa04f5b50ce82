"""Where a message is about: its own words, the point that came with it, and its conversation."""

from chalicelib.detection.locating.finding import find
from chalicelib.detection.locating.gazetteer import at_hand
from chalicelib.domain.conversation import KeptMessage
from chalicelib.domain.message import Location
from chalicelib.domain.whereabouts import Surroundings, Whereabouts
from chalicelib.flows.services import Services
from chalicelib.store import conversations
from chalicelib.store.codec import from_text


def locate(services: Services, message: KeptMessage) -> Whereabouts:
    """What is known now; a later message of the conversation may have told more."""
    told = conversations.last_messages(services.table, message.subject, services.now())
    around = Surroundings(earlier=others(message, told))
    return find(words_and_point(message), around, at_hand())


def others(message: KeptMessage, told: list[KeptMessage]) -> tuple[str, ...]:
    """What else the citizen wrote, what was written nearest before the message last."""
    own = [one for one in told if one.direction == "in" and one.id != message.id]
    before = [one for one in own if one.at <= message.at]
    after = [one for one in own if one.at > message.at]
    return tuple(words_and_point(one) for one in (*reversed(after), *before))


def words_and_point(message: KeptMessage) -> str:
    """All that a message says about where, as a text."""
    parts = [message.title, message.text]
    if message.location:
        location = from_text(Location, message.location)
        parts += [location.name, location.address, f"{location.lat:.5f}, {location.lon:.5f}"]
    return "\n".join(part for part in parts if part)
