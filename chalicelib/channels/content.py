"""What a citizen sent in one message, whatever the platform calls its parts."""

from dataclasses import dataclass

from chalicelib.domain.media import Media
from chalicelib.domain.message import Location, MessageKind


@dataclass(frozen=True, slots=True)
class Content:
    """The part of a message that depends on its kind."""

    kind: MessageKind
    text: str = ""
    media: tuple[Media, ...] = ()
    location: Location | None = None
