"""WhatsApp's files (channels.md 4.6): an id leads to an address, the address to bytes."""

import time
from typing import Any

from aiohttp import web

from infra.fakes.failures import accept_or_fail
from infra.fakes.files import StoredFile, uploaded
from infra.fakes.state import STATE
from infra.fakes.whatsapp_answers import NAME, Refusals, bears_token, graph_error

ADDRESS_HOLDS = 300.0
"""Seconds."""

MB = 1024 * 1024
LARGEST = {"image": 5 * MB, "video": 16 * MB, "audio": 16 * MB, "application": 100 * MB}
TAKEN = frozenset({
    "image/jpeg", "image/png", "video/mp4", "video/3gpp", "audio/aac", "audio/amr", "audio/mpeg",
    "audio/mp4", "audio/ogg", "application/pdf", "application/msword",
    "application/vnd.ms-excel", "application/vnd.ms-powerpoint", "text/plain",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
})  # fmt: skip


def routes() -> list[web.RouteDef]:
    """Where files are asked for and brought."""
    return [
        web.get(r"/whatsapp/{version:v\d+\.\d+}/{id:\d+}", tell_where),
        web.get(r"/whatsapp/files/{until:\d+}/{id:\d+}", give),
        web.post(r"/whatsapp/{version:v\d+\.\d+}/{account:\d+}/media", take),
    ]


async def tell_where(request: web.Request) -> web.StreamResponse:
    """Where a file is, for five minutes."""
    if not bears_token(request):
        return Refusals().expired_token()
    id = request.match_info["id"]
    file = request.app[STATE].files.found(NAME, id)
    if file is None:
        return graph_error(400, 100, "Unsupported get request. Object does not exist")
    failure = request.app[STATE].script.next_for(NAME, reads=True)
    return await accept_or_fail(request, failure, Refusals(), lambda: _where(request, id, file))


def _where(request: web.Request, id: str, file: StoredFile) -> web.Response:
    until = int(time.time() + ADDRESS_HOLDS)
    facts: dict[str, Any] = {
        "url": f"http://{request.host}/whatsapp/files/{until}/{id}",
        "mime_type": file.mime,
        "sha256": file.sha256,
        "file_size": len(file.body),
        "id": id,
        "messaging_product": "whatsapp",
    }
    return web.json_response(facts)


async def give(request: web.Request) -> web.Response:
    """The bytes, for who bears a token while the address holds."""
    if not bears_token(request):
        return Refusals().expired_token()
    file = request.app[STATE].files.found(NAME, request.match_info["id"])
    if file is None or int(request.match_info["until"]) < time.time():
        return web.Response(status=404)
    return web.Response(body=file.body, content_type=file.mime.partition(";")[0])


async def take(request: web.Request) -> web.Response:
    """A file of ours, to be sent by its id."""
    if not bears_token(request):
        return Refusals().expired_token()
    form = await request.post()
    file = await uploaded(request, NAME, "file")
    if form.get("messaging_product") != "whatsapp" or file is None:
        return graph_error(400, 100, "The parameters messaging_product and file are required")
    mime = str(form.get("type", ""))
    if mime not in TAKEN or mime != file.mime:
        return graph_error(400, 100, f"Param file must be a file with one of the types, not {mime}")
    if len(file.body) > LARGEST.get(mime.partition("/")[0], 100 * MB):
        return graph_error(400, 131053, "Media upload error: the file is too big")
    return web.json_response({"id": request.app[STATE].files.put(file)})
