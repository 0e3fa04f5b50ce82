"""Files on Messenger, Facebook and Instagram (channels.md 5.3).

Those of citizens stand under short-lived links that need no key: fetched at once, since a link that
has ended is a refusal. Ours are brought first, and then sent by the id that they got.
"""

import json
from http import HTTPStatus
from typing import Any

from chalicelib.channels.contract import OutgoingFile
from chalicelib.channels.http import File, Http
from chalicelib.channels.meta_errors import Codes, error_of
from chalicelib.channels.meta_graph import Graph
from chalicelib.channels.offers import FetchedMedia
from chalicelib.channels.taming import id_of
from chalicelib.domain.media import Media
from chalicelib.errors import ChannelRefused, ChannelUnavailable, OutcomeUnknown

HOSTS = (".fbcdn.net", ".fbsbx.com", ".cdninstagram.com")
"""Where Meta keeps them."""

KINDS = {"document": "file"}
"""What Meta calls a kind differently."""

GONE = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


def fetch(media: Media, codes: Codes, http: Http) -> FetchedMedia:
    """The bytes of one file."""
    answer = http.download(codes.channel, media.url or "", hosts=HOSTS)
    if answer.status in GONE:
        raise ChannelRefused(codes.channel, "expired", "de koppeling naar het bestand is verlopen")
    if answer.status != HTTPStatus.OK:
        raise error_of(answer, codes)
    return FetchedMedia(body=answer.body, mime=answer.headers.get("content-type"))


def upload(graph: Graph, sender: str, file: OutgoingFile) -> dict[str, Any]:
    """Bring a file of ours; what to send instead of a text. Nothing reaches anybody yet."""
    kind = KINDS.get(file.kind, file.kind)
    message = {"attachment": {"type": kind, "payload": {"is_reusable": False}}}
    form: dict[str, str | File] = {
        "message": json.dumps(message),
        "filedata": (file.name, file.body, file.mime),
    }
    try:
        answer = graph.post(sender, "message_attachments", form=form)
    except OutcomeUnknown as error:
        # Nobody was sent anything: bringing the file again reaches nobody twice.
        raise ChannelUnavailable(error.channel, error.code, error.reason) from error
    id = id_of(answer.json(), "attachment_id")
    if id is None:
        platform = graph.codes.platform
        reason = f"{platform} nam het bestand niet aan"
        raise ChannelUnavailable(graph.codes.channel, "no-id", reason)
    return {"attachment": {"type": kind, "payload": {"attachment_id": id}}}
