"""PURE: the files embedded in a post, as Bluesky refers to them."""

from collections.abc import Iterator
from typing import Any

from chalicelib.channels.taming import dict_of, id_of, list_of, name_of, number_of
from chalicelib.domain.media import Media, MediaKind

MOST_BYTES = 1e12
"""A claimed size above this is no size."""


def count_of(record: dict[str, Any]) -> int:
    """How many files stand in this record; the card of a link is none."""
    embed = _files_in(record)
    return len(list_of(embed, "images")) + int("video" in embed)


def media_of(record: dict[str, Any], author: str | None) -> tuple[Media, ...]:
    """Those that can be fetched: by their writer and the digest of their bytes."""
    return tuple(_media(record, author or "")) if author else ()


def _files_in(record: dict[str, Any]) -> dict[str, Any]:
    embed = dict_of(record, "embed")
    return dict_of(embed, "media") or embed  # beside a quotation the files stand one deeper


def _media(record: dict[str, Any], author: str) -> Iterator[Media]:
    embed = _files_in(record)
    found: list[tuple[MediaKind, dict[str, Any]]] = [
        ("image", dict_of(one, "image")) for one in list_of(embed, "images")
    ]
    found.append(("video", dict_of(embed, "video")))
    for kind, blob in found:
        digest, size = id_of(blob, "ref", "$link"), number_of(blob, "size")
        if digest:
            yield Media(
                kind=kind,
                id=f"{author}/{digest}",
                mime=name_of(blob, "mimeType"),
                size=int(size) if size and 0 < size < MOST_BYTES else None,
            )
