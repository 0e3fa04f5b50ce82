"""PURE: a page of YouTube to messages (channels.md 10).

    {"items": [{"snippet": {"topLevelComment": {…}}, "replies": {"comments": [{…}]}}]}   threads
    {"items": [{"id", "snippet": {…}}]}                                                  comments

Both can be asked for by id; what is then not there was taken back.
"""

import re
from typing import Any

from chalicelib.channels.contract import AccountSettings, Raw
from chalicelib.channels.gathering import Gathering
from chalicelib.channels.html_text import text_of_html
from chalicelib.channels.looking_again import asked_for, gather_gone
from chalicelib.channels.moments import iso_of
from chalicelib.channels.taming import dict_of, id_of, items_of, name_of, read_object, text_of
from chalicelib.domain.media import Media
from chalicelib.domain.message import Message, Parsed
from chalicelib.errors import BadPayload

COMMENT = "youtube#comment"
THREADS, COMMENTS = "youtube#commentThreadListResponse", "youtube#commentListResponse"
_PLAIN = "textFormat=plainText"
_MARKUP = re.compile(r"</?[a-zA-Z]|&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z]+);")


def parse(raw: Raw, settings: AccountSettings) -> Parsed:
    """Everything in these bytes. Raises ``BadPayload`` for a refusal, or what is no page."""
    if not 200 <= raw.response_status < 300:  # noqa: PLR2004
        raise BadPayload("the platform refused", status=raw.response_status)
    page = read_object(raw.body)
    if page.get("kind") not in (THREADS, COMMENTS) and "items" not in page:
        raise BadPayload("not a page", said=text_of(page, "error", "message")[:80])
    found = Gathering()
    reader = _Reader(settings.account, found, plain=_PLAIN in text_of(dict(raw.request), "line"))
    items = items_of(page, "items")
    for item in items:
        reader.read(item, in_threads=page.get("kind") != COMMENTS)
    asked = asked_for(raw, "/commentThreads", "id") or asked_for(raw, "/comments", "id")
    gather_gone(asked, (id for item in items if (id := id_of(item, "id"))), found)
    return found.parsed()


class _Reader:
    """What holds for a whole page while it is read: who we are, and how text is written."""

    def __init__(self, own: str, found: Gathering, *, plain: bool) -> None:
        self._own = own
        self._found = found
        self._plain = plain

    def read(self, item: Any, *, in_threads: bool) -> None:
        """A thread with the replies that came along, or one comment."""
        if not in_threads or text_of(item, "kind") == COMMENT:
            self._keep(item, id_of(item, "id"), id_of(item, "snippet", "parentId"), None)
            return
        top, id = dict_of(item, "snippet", "topLevelComment"), id_of(item, "id")
        id = id_of(top, "id") or id
        self._keep(top, id, None, id_of(item, "snippet", "videoId"))
        for reply in items_of(item, "replies", "comments"):
            self._keep(reply, id_of(reply, "id"), id_of(reply, "snippet", "parentId") or id, None)

    def _keep(self, comment: Any, id: str | None, parent: str | None, video: str | None) -> None:
        snippet = dict_of(comment, "snippet")
        if id is None or not snippet:
            self._found.ignore("element without a comment")
        elif self._own and _author(snippet) == self._own:
            self._found.ignore("our own")
        else:
            self._found.add(self._message(id, snippet, parent, video))

    def _message(
        self, id: str, snippet: dict[str, Any], parent: str | None, video: str | None
    ) -> Message:
        written, changed = iso_of(snippet, "publishedAt"), iso_of(snippet, "updatedAt")
        picture = name_of(snippet, "imageUrl")
        return Message(
            external_id=id,
            author_id=_author(snippet),
            author_name=name_of(snippet, "authorDisplayName"),
            text=self._text(snippet),
            kind="comment",
            timestamp=written,
            media_count=int(picture is not None),
            media=(Media(kind="image", url=picture),) if picture else (),
            reply_to=parent or id_of(snippet, "videoId") or video,
            thread=parent or id,
            edited_at=changed if changed and written and changed > written else None,
        )

    def _text(self, snippet: dict[str, Any]) -> str:
        """What the writer typed; shown text is HTML, unless it was asked for as plain text."""
        typed, shown = text_of(snippet, "textOriginal"), text_of(snippet, "textDisplay")
        if typed or self._plain or not _MARKUP.search(shown):
            return typed or shown
        return text_of_html(shown)


def _author(snippet: dict[str, Any]) -> str | None:
    return id_of(snippet, "authorChannelId", "value")
