"""What of a text is a link, a name or a tag: Bluesky wants that said, in bytes of UTF-8.

Without it a link is dead text. Names lead to people, so each is looked up; one that nobody has
stays plain text.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

Facet = dict[str, Any]

_KIND = "app.bsky.richtext.facet"
_LINK = re.compile(r"(?<![\w@/])https?://[^\s<>\"]+", re.IGNORECASE)
_AFTER_A_LINK = ".,;:!?'”»"
_NAME = re.compile(r"(?<![\w@./])@((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,})", re.IGNORECASE)
_TAG = re.compile(r"(?<![\w#&/])#(?=\w*[^\W\d])(\w{1,64})")


def facets_of(text: str, did_of: Callable[[str], str | None]) -> list[Facet]:
    """All of them, in the order of the text; ``did_of`` looks a name up."""
    links = [_facet(text, found, end, "link", uri=url) for found, url, end in _links(text)]
    names = [
        _facet(text, found, found.end(), "mention", did=did)
        for found in _NAME.finditer(text)
        if (did := did_of(found[1]))
    ]
    tags = [_facet(text, found, found.end(), "tag", tag=found[1]) for found in _TAG.finditer(text)]
    taken: list[Facet] = []
    for facet in [*links, *names, *tags]:
        if not any(_overlap(facet, other) for other in taken):
            taken.append(facet)
    return sorted(taken, key=lambda facet: int(facet["index"]["byteStart"]))


def _links(text: str) -> Iterator[tuple[re.Match[str], str, int]]:
    """Each link without the signs of the sentence around it."""
    for found in _LINK.finditer(text):
        url = found.group().rstrip(_AFTER_A_LINK)
        if url.endswith(")") and "(" not in url:
            url = url.rstrip(")" + _AFTER_A_LINK)
        yield found, url, found.start() + len(url)


def _facet(text: str, found: re.Match[str], end: int, what: str, **said: str) -> Facet:
    index = {"byteStart": _bytes(text[: found.start()]), "byteEnd": _bytes(text[:end])}
    return {"index": index, "features": [{"$type": f"{_KIND}#{what}", **said}]}


def _bytes(text: str) -> int:
    return len(text.encode())


def _overlap(one: Facet, other: Facet) -> bool:
    a, b = one["index"], other["index"]
    return bool(a["byteStart"] < b["byteEnd"] and b["byteStart"] < a["byteEnd"])
