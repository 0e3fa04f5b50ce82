"""PURE: comments on our own media, and where somebody names us elsewhere (channels.md 7).

Neither tells when it was written: the moment is that of the entry.
"""

from datetime import datetime
from typing import Any

from chalicelib.channels.gathering import Gathering
from chalicelib.channels.meta_direct import Ours
from chalicelib.channels.taming import id_of, name_of, text_of, value_of
from chalicelib.domain.message import Message

ELSEWHERE = "mention:"
"""What the thread of a mention begins with: it stands under media that are not ours."""


def gather_comment(value: Any, ours: Ours, at: datetime | None, found: Gathering) -> None:
    """A comment under our media. Only our own carry our scoped id."""
    id = id_of(value, "id") or id_of(value, "comment_id")
    author, media = id_of(value, "from", "id"), id_of(value, "media", "id")
    if id is None:
        found.ignore("comment without id")
        return
    if ours.wrote(author) or _under_our_scoped_id(value, author):
        found.ignore("our own")
        return
    found.add(
        Message(
            external_id=id,
            author_id=author,
            author_name=name_of(value, "from", "username"),
            text=text_of(value, "text"),
            kind="comment",
            reply_to=id_of(value, "parent_id") or media,
            timestamp=at,
            account=ours.account,
            thread=media or id,
        )
    )


def _under_our_scoped_id(value: Any, author: str | None) -> bool:
    """Within the writer it marks us; beside the writer it says under which id we would write."""
    beside = id_of(value, "self_ig_scoped_id")
    within = value_of(value, "from", "self_ig_scoped_id")
    return within is not None or (beside is not None and beside == author)


def gather_mention(value: Any, ours: Ours, at: datetime | None, found: Gathering) -> None:
    """That we are named, in a comment or a caption: Meta tells the ids only."""
    comment, media = id_of(value, "comment_id"), id_of(value, "media_id")
    id = comment or media
    if id is None:
        found.ignore("mention without id")
        return
    found.add(
        Message(
            external_id=id,
            author_id=None,
            text="",
            kind="mention",
            reply_to=media if comment else None,
            timestamp=at,
            account=ours.account,
            thread=f"{ELSEWHERE}{media or id}",
        )
    )
