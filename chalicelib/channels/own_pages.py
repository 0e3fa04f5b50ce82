"""Pages of ours: answers are shown there, and what is brought along was checked as an upload."""

import re
from collections.abc import Mapping
from typing import Any

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets, Sent
from chalicelib.channels.http import Http
from chalicelib.channels.limits import FileRules
from chalicelib.channels.taming import id_of, items_of, name_of, text_of
from chalicelib.domain.media import Media, MediaKind

_MB = 1_000_000
KINDS: dict[str, MediaKind] = {"image": "image", "video": "video", "audio": "audio"}
_KEY = re.compile(r"[0-9a-f]{32}")

LETTERS = ("image/jpeg", "image/png", "image/gif", "image/webp", "application/pdf")
FILMS = (
    *("video/mp4", "video/webm", "video/quicktime", "video/3gpp"),
    *("audio/mpeg", "audio/mp4", "audio/ogg"),
)

UPLOADS = FileRules(
    largest={
        **dict.fromkeys(LETTERS, 25 * _MB),
        **dict.fromkeys(FILMS, 100 * _MB),
        "text/plain": 4 * _MB,
    },
    longest_caption=20_000,
    most=5,
)
"""What a browser may bring: pictures, films, sound, letters. What does not fit into one request to
us (``flows/answering/attaching.py``) comes in parts, in the dossier only. 100 MB is a minute
of film."""


class ShownOnOurPage:
    """The part of ``contract.Channel`` about sending, where a page of ours shows what is stored."""

    def send(
        self, outgoing: Outgoing, settings: AccountSettings, secrets: Secrets, http: Http
    ) -> Sent:
        """To store it was to send it; our own id is the only one there is."""
        del settings, secrets, http
        return Sent(external_id=outgoing.reply_id)


def files_in(body: Mapping[str, Any]) -> tuple[Media, ...]:
    """The uploads that a message names; the same one twice is one."""
    named = {key: one for one in items_of(body, "attachments") if (key := id_of(one, "key"))}
    return tuple(
        Media(kind=kind_of(one), id=key, name=name_of(one, "name"))
        for key, one in named.items()
        if _KEY.fullmatch(key)
    )


def kind_of(file: Any) -> MediaKind:
    return KINDS.get(text_of(file, "mime").partition("/")[0], "document")


def too_many(body: Mapping[str, Any]) -> bool:
    """Whether a message names more uploads than it may."""
    return len(items_of(body, "attachments")) > UPLOADS.most
