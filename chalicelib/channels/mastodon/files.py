"""PURE: the files of a post, as Mastodon refers to them."""

from typing import Any

from chalicelib.channels.taming import id_of, items_of, name_of, text_of
from chalicelib.domain.media import Media, MediaKind

_KINDS: dict[str, MediaKind] = {
    "image": "image",
    "gifv": "video",
    "video": "video",
    "audio": "audio",
}


def media_of(status: dict[str, Any]) -> tuple[Media, ...]:
    """Those that can be fetched: our server has a copy of its own."""
    return tuple(
        Media(kind=_KINDS.get(text_of(one, "type"), "document"), id=id_of(one, "id"), url=url)
        for one in items_of(status, "media_attachments")
        if (url := name_of(one, "url"))
    )
