"""PURE: the files of posts and private messages, as X's three notations refer to them.

A post that is delivered names its files and no more: ``<post>/<media key>``. A page that we read
describes them too, with the address; so do the older notation and private messages.
"""

from collections.abc import Mapping
from typing import Any

from chalicelib.channels.taming import id_of, items_of, list_of, name_of, number_of, text_of
from chalicelib.domain.media import Media, MediaKind

KINDS: dict[str, MediaKind] = {"photo": "image", "video": "video", "animated_gif": "video"}
KINDS_BY_KEY: dict[str, MediaKind] = {"3": "image", "7": "video", "13": "video", "16": "video"}
"""What a media key begins with, for what is named and not described."""

FILM = "video/mp4"
Described = Mapping[str, Any]
"""What a page says of each file, by its key."""


def described_in(page: Any) -> Described:
    """Of every file that this page describes."""
    found = items_of(page, "includes", "media")
    return {key: one for one in found if (key := id_of(one, "media_key"))}


def keys_of(element: Any) -> list[str]:
    """The files that a post or message names, each once."""
    named = list_of(element, "attachments", "media_keys")
    return list(dict.fromkeys(key for one in named if (key := id_of(one))))


def media_of(element: Any, described: Described) -> tuple[Media, ...]:
    """Those that can be fetched, or asked after by what they stand in."""
    named = [(key, described.get(key)) for key in keys_of(element)]
    return tuple(
        Media(kind=kind, id=f"{id_of(element, 'id')}/{key}", url=address_of(one))
        for key, one in named
        if (kind := kind_of(key, one))
    )


def kind_of(key: str, described: Any) -> MediaKind | None:
    """By its description, else by its key; None for what we do not know."""
    word = text_of(described, "type")
    return KINDS.get(word) or KINDS_BY_KEY.get(key.partition("_")[0])


def address_of(described: Any) -> str | None:
    """Where its bytes are: a photo itself, of a film the best that is whole."""
    older = list_of(described, "video_info", "variants")
    films = [one for one in older or list_of(described, "variants") if _is_film(one)]
    best = max(films, key=_rate, default=None)
    if best is not None:
        return name_of(best, "url")
    return name_of(described, "url") or name_of(described, "media_url_https")


def older_media_of(elements: list[Any], holder: str | None) -> tuple[Media, ...]:
    """The files that the older notation describes where they stand."""
    return tuple(
        Media(kind=kind, id=f"{holder}/{id_of(one, 'id_str') or id_of(one, 'id')}", url=url)
        for one in elements
        if (kind := KINDS.get(text_of(one, "type"))) and (url := address_of(one))
    )


def _is_film(variant: Any) -> bool:
    return text_of(variant, "content_type") == FILM and bool(name_of(variant, "url"))


def _rate(variant: Any) -> float:
    return number_of(variant, "bit_rate") or number_of(variant, "bitrate") or 0.0
