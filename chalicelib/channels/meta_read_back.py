"""What Meta did not deliver, read afterwards (channels.md 5.1, 6): conversations, then comments.

    read_page   asks Graph for a page, and keeps what is new in it
    parse       PURE: such a page to messages, under the same ids as a delivery has

Graph's words here are from secondary sources: Meta documents the edges, we checked none live.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from chalicelib.channels.contract import Raw
from chalicelib.channels.gathering import Gathering
from chalicelib.channels.meta_direct import Ours
from chalicelib.channels.meta_graph import Graph
from chalicelib.channels.moments import iso_of
from chalicelib.channels.offers import PolledPage
from chalicelib.channels.taming import dict_of, id_of, items_of, name_of, read_object, text_of
from chalicelib.domain.media import Media, MediaKind
from chalicelib.domain.message import Message, Parsed

_DESCRIBED: tuple[tuple[str, MediaKind], ...] = (("image_data", "image"), ("video_data", "video"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """Something of ``node`` to read: holders (conversations, posts), with elements ``inside``.

    ``newest_first``: a page without anything new is the last one worth reading.
    """

    node: str
    question: str
    inside: str
    newest_first: bool = False


def conversations(node: str, platform: str) -> Edge:
    """Who wrote to us in private, the latest first."""
    fields = "updated_time,messages.limit(100){id,created_time,from,message,attachments}"
    question = f"conversations?platform={platform}&fields={fields}&limit=25"
    return Edge(node=node, question=question, inside="messages", newest_first=True)


def read_page(
    graph: Graph, edges: Sequence[Edge], cursor: str | None, since: datetime
) -> PolledPage:
    """One page of one edge; after the last page of an edge comes the next edge."""
    number, _, after = (cursor or "0:").partition(":")
    edge = edges[int(number)]
    question = edge.question + (f"&after={quote(after, safe='')}" if after else "")
    page = graph.get(edge.node, question).json()
    found = [new for one in items_of(page, "data") if (new := _newer(one, edge.inside, since))]
    further = id_of(page, "paging", "cursors", "after") if "next" in dict_of(page, "paging") else ""
    goes_on = further and (found or not edge.newest_first)
    place = f"{number}:{further}" if goes_on else f"{int(number) + 1}:"
    return PolledPage(
        body=json.dumps({"data": found}).encode(),
        request=f"GET {graph.version}/{edge.node}/{question}",
        items=sum(len(items_of(one, edge.inside, "data")) for one in found),
        cursor=place,
        more=int(place.partition(":")[0]) < len(edges),
    )


def _newer(holder: Any, inside: str, since: datetime) -> dict[str, Any] | None:
    """The holder with nothing in it that is older; None when nothing is left."""
    elements = items_of(holder, inside, "data")
    new = [one for one in elements if (at := _moment(one)) is None or at >= since]
    return {**dict_of(holder), inside: {"data": new}} if new else None


def parse(raw: Raw, ours: Ours) -> Parsed:
    """Everything in a page. Raises ``BadPayload`` when the bytes are no JSON object."""
    found = Gathering()
    for holder in items_of(read_object(raw.body), "data"):
        for element in items_of(holder, "messages", "data"):
            _gather(element, None, ours, found)
        for element in items_of(holder, "comments", "data"):
            _gather(element, id_of(holder, "id"), ours, found)
    return found.parsed()


def _gather(element: Any, root: str | None, ours: Ours, found: Gathering) -> None:
    """``root`` is the post that a comment stands under, None for a private message."""
    id, author = id_of(element, "id"), id_of(element, "from", "id")
    if id is None:
        found.ignore("element without an id")
    elif ours.wrote(author):
        found.ignore("our own")
    else:
        found.add(_comment(element, id, root) if root else _private(element, id))


def _private(element: Any, id: str) -> Message:
    text, files = text_of(element, "message"), _files(element)
    return Message(
        external_id=id,
        author_id=id_of(element, "from", "id"),
        author_name=name_of(element, "from", "name") or name_of(element, "from", "username"),
        text=text,
        kind=files[0].kind if files else "text" if text else "unsupported",
        timestamp=_moment(element),
        media_count=len(files),
        media=files,
    )


def _comment(element: Any, id: str, root: str) -> Message:
    picture = name_of(element, "attachment", "media", "image", "src")
    return Message(
        external_id=id,
        author_id=id_of(element, "from", "id"),
        author_name=name_of(element, "from", "name") or name_of(element, "from", "username"),
        text=text_of(element, "message") or text_of(element, "text"),
        kind="comment",
        timestamp=_moment(element),
        media_count=int(picture is not None),
        media=(Media(kind="image", url=picture),) if picture else (),
        reply_to=id_of(element, "parent", "id") or id_of(element, "parent_id") or root,
        thread=root,
    )


def _moment(element: Any) -> datetime | None:
    return iso_of(element, "created_time") or iso_of(element, "timestamp")


def _files(element: Any) -> tuple[Media, ...]:
    found = (_file(one) for one in items_of(element, "attachments", "data"))
    return tuple(file for file in found if file)


def _file(attachment: Any) -> Media | None:
    """A picture and a film describe themselves; anything else is named by its address."""
    for name, kind in _DESCRIBED:
        if url := name_of(attachment, name, "url"):
            return Media(kind=kind, url=url)
    url = name_of(attachment, "file_url")
    return Media(kind=_kind(attachment), url=url) if url else None


def _kind(attachment: Any) -> MediaKind:
    audio = text_of(attachment, "mime_type").startswith("audio/")
    return "audio" if audio else "document"
