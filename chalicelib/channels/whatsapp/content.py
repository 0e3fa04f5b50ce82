"""What one WhatsApp message element says: kind, text, number of files, place."""

import base64
import binascii
from collections.abc import Callable
from typing import Any

from chalicelib.channels.content import Content
from chalicelib.channels.taming import dict_of, id_of, items_of, location_of, name_of, text_of
from chalicelib.domain.media import Media, MediaKind
from chalicelib.domain.message import MessageKind


def content_of(element: Any) -> Content:
    """What this element says; ``unsupported`` for any type that we do not know."""
    read = _READERS.get(text_of(element, "type"))
    return read(element) if read else Content("unsupported")


def _media(kind: MediaKind) -> Callable[[Any], Content]:
    def read(element: Any) -> Content:
        file = dict_of(element, kind)
        found = _file(kind, file)
        return Content(kind, text_of(file, "caption"), (found,) if found else ())

    return read


def _file(kind: MediaKind, file: dict[str, Any]) -> Media | None:
    id, url = id_of(file, "id"), id_of(file, "url")
    if id is None and url is None:
        return None
    return Media(
        kind=kind,
        id=id,
        url=url,
        mime=name_of(file, "mime_type"),
        sha256=_hexadecimal(text_of(file, "sha256")),
        name=name_of(file, "filename"),
    )


def _hexadecimal(digest: str) -> str | None:
    """Meta writes a digest in base64; what is none counts as not given."""
    try:
        found = base64.b64decode(digest, validate=True)
    except (binascii.Error, ValueError):
        return None
    return found.hex() if len(found) == 32 else None  # noqa: PLR2004  bytes of a SHA-256


def _text(element: Any) -> Content:
    return Content("text", text_of(element, "text", "body"))


def _location(element: Any) -> Content:
    place = dict_of(element, "location")
    return Content("location", location=location_of(place, "latitude", "longitude"))


def _contacts(element: Any) -> Content:
    cards = items_of(element, "contacts")
    names = (name_of(card, "name", "formatted_name") for card in cards)
    return Content("contacts", ", ".join(name for name in names if name))


def _interactive(element: Any) -> Content:
    answer = dict_of(element, "interactive")
    # The chosen reply stands under the name of its own type, also for types yet to come.
    chosen = dict_of(answer, text_of(answer, "type"))
    return Content("interactive", text_of(chosen, "title") or text_of(chosen, "body"))


def _button(element: Any) -> Content:
    return Content("interactive", text_of(element, "button", "text"))


def _reaction(element: Any) -> Content:
    return Content("reaction", text_of(element, "reaction", "emoji"))


def _system(element: Any) -> Content:
    return Content("system", text_of(element, "system", "body"))


def _order(element: Any) -> Content:
    # Nothing is sold here, but the words that came along were written to us.
    return Content("unsupported", text_of(element, "order", "text"))


def _edit(element: Any) -> Content:
    said = content_of(dict_of(element, "edit", "message"))
    kind: MessageKind = "edited" if original_id(element) else "unsupported"
    return Content(kind, said.text, said.media, said.location)


def _revoke(element: Any) -> Content:
    return Content("deleted" if original_id(element) else "unsupported")


def original_id(element: Any) -> str | None:
    """The message that an edit or revoke changes; None for other types."""
    kind = text_of(element, "type")
    return id_of(element, kind, "original_message_id") if kind in {"edit", "revoke"} else None


_READERS: dict[str, Callable[[Any], Content]] = {
    "text": _text,
    "image": _media("image"),
    "video": _media("video"),
    "audio": _media("audio"),
    "document": _media("document"),
    "sticker": _media("sticker"),
    "location": _location,
    "contacts": _contacts,
    "interactive": _interactive,
    "button": _button,
    "reaction": _reaction,
    "system": _system,
    "order": _order,
    "edit": _edit,
    "revoke": _revoke,
}
