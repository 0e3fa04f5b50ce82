"""Which keys the platforms know, when they end, and to whom they deliver; good until told."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

IN_THE_PATH = re.compile(r"/bot([^/]+)/")

REFUSED: dict[str, tuple[int, dict[str, object]]] = {
    "telegram": (401, {"ok": False, "error_code": 401, "description": "Unauthorized"}),
    "x": (401, {"title": "Unauthorized", "type": "about:blank", "status": 401}),
    "reddit": (401, {"message": "Unauthorized", "error": 401}),
}
"""Each platform's own words; Meta's are those of all others."""

META = (401, {"error": {"message": "(#190) Access token expired", "code": 190}})


@dataclass(slots=True)
class Access:
    """``keys`` holds, where it was told, the only key that a platform takes."""

    keys: dict[str, str] = field(default_factory=dict)
    ends: dict[str, int] = field(default_factory=dict)
    lapsed: set[str] = field(default_factory=set)
    webhooks: dict[str, str] = field(default_factory=dict)
    events: list[dict[str, object]] = field(default_factory=list)
    replayed: list[dict[str, object]] = field(default_factory=list)

    def change(
        self,
        channel: str,
        *,
        key: str | None = None,
        ends_at: int | None = None,
        subscribed: bool = True,
    ) -> None:
        """What is told of a platform; what is not told stays."""
        if key is not None:
            self.keys[channel] = key
        if ends_at is not None:
            self.ends[channel] = ends_at
        if not subscribed:
            self.lapsed.add(channel)
            self.webhooks = {name: url for name, url in self.webhooks.items() if name != channel}

    def is_known(self, channel: str, key: str) -> bool:
        return self.keys.get(channel, key) == key


def key_of(request: web.Request) -> str:
    """The key that a request bears, in its header or its path."""
    found = IN_THE_PATH.search(request.path)
    if found:
        return found.group(1)
    return request.headers.get("Authorization", "").partition(" ")[2]


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn away who bears a key that this platform does not know."""
    from infra.fakes.state import STATE  # noqa: PLC0415  the state holds the access

    channel = request.path.split("/")[1]
    if request.app[STATE].access.is_known(channel, key_of(request)):
        return await handler(request)
    status, body = REFUSED.get(channel, META)
    return web.json_response(body, status=status)
