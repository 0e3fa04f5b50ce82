"""Who bears a key that a platform does not know is turned away, in that platform's own words."""

import re
from collections.abc import Awaitable, Callable

from aiohttp import web

from infra.fakes.state import STATE

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

IN_THE_PATH = re.compile(r"/bot([^/]+)/")

REFUSED: dict[str, tuple[int, dict[str, object]]] = {
    "telegram": (401, {"ok": False, "error_code": 401, "description": "Unauthorized"}),
    "x": (401, {"title": "Unauthorized", "type": "about:blank", "status": 401}),
    "reddit": (401, {"message": "Unauthorized", "error": 401}),
}
"""Each platform's own words; Meta's are those of all others."""

META = (401, {"error": {"message": "(#190) Access token expired", "code": 190}})


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let only those through whose key this platform knows."""
    channel = request.path.split("/")[1]
    if request.app[STATE].access.is_known(channel, key_of(request)):
        return await handler(request)
    status, body = REFUSED.get(channel, META)
    return web.json_response(body, status=status)


def key_of(request: web.Request) -> str:
    """The key that a request bears, in its header or its path."""
    found = IN_THE_PATH.search(request.path)
    if found:
        return found.group(1)
    return request.headers.get("Authorization", "").partition(" ")[2]
