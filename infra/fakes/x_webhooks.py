"""Where X delivers to, and which events it was asked for (channels.md 8.1, 8.2)."""

from typing import Any

from aiohttp import web

from infra.fakes.state import STATE
from infra.fakes.x_words import PROBLEM, Refusals, problem, signed

NAME = "x"
EVENTS = frozenset(
    f"{what}.{how}"
    for what, hows in {
        "post": ("create", "delete", "mention.create", "reply.create", "quote.create"),
        "dm": ("received", "sent", "read", "indicate_typing"),
        "chat": ("received", "sent"),
    }.items()
    for how in hows
)


def routes() -> list[web.RouteDef]:
    """Where the app looks after its deliveries."""
    return [
        web.get("/x/2/webhooks", webhooks),
        web.post("/x/2/webhooks", register),
        web.put("/x/2/webhooks/{id}", check_again),
        web.post("/x/2/webhooks/replay", replay),
        web.get("/x/2/activity/subscriptions", subscriptions),
        web.post("/x/2/activity/subscriptions", subscribe),
    ]


async def webhooks(request: web.Request) -> web.StreamResponse:
    """The addresses, and whether the last check of each went well."""
    if not signed(request):
        return Refusals().expired_token()
    failure = request.app[STATE].script.next_for(NAME, reads=True)
    if failure:
        return web.json_response(failure.body, status=failure.status)
    url = request.app[STATE].access.webhooks.get(NAME)
    found = [{"id": "W1", "url": url, "valid": NAME not in request.app[STATE].access.lapsed}]
    return web.json_response({"data": found} if url else {"meta": {"result_count": 0}})


async def register(request: web.Request) -> web.StreamResponse:
    """A first address; X wants it without a port."""
    url = str((await request.json()).get("url", ""))
    if not url.startswith("https://") or ":" in url.removeprefix("https://"):
        return problem(400, f"{PROBLEM}invalid-request", "Invalid Request", "url")
    access = request.app[STATE].access
    access.webhooks[NAME] = url
    access.lapsed.discard(NAME)
    return web.json_response({"data": {"id": "W1", "url": url, "valid": True}})


async def check_again(request: web.Request) -> web.StreamResponse:
    """The address answers its check again."""
    request.app[STATE].access.lapsed.discard(NAME)
    return web.json_response({"data": {"attempted": True}})


async def replay(request: web.Request) -> web.StreamResponse:
    """What was not delivered in the last day, by the minute."""
    asked: dict[str, Any] = await request.json()
    moments = (str(asked.get("from_date", "")), str(asked.get("to_date", "")))
    if not asked.get("webhook_id") or not all(len(m) == 12 and m.isdigit() for m in moments):  # noqa: PLR2004
        return problem(400, f"{PROBLEM}invalid-request", "Invalid Request", "from_date")
    request.app[STATE].access.replayed.append(asked)
    return web.json_response({"data": {"job_id": "1", "created_at": moments[0]}})


async def subscriptions(request: web.Request) -> web.StreamResponse:
    """What was asked for."""
    if not signed(request):
        return Refusals().expired_token()
    return web.json_response({"data": request.app[STATE].access.events})


async def subscribe(request: web.Request) -> web.StreamResponse:
    """One event about one account."""
    asked: dict[str, Any] = await request.json()
    if asked.get("event_type") not in EVENTS or not asked.get("filter", {}).get("user_id"):
        return problem(400, f"{PROBLEM}invalid-request", "Invalid Request", "event_type")
    request.app[STATE].access.events.append(asked)
    return web.json_response({"data": {"subscription": asked}})
