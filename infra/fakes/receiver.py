"""A police unit and the operational centre, as far as they take cards from us.

``/_received`` tells which; in the demo somebody over there confirms each after a moment.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, web


@dataclass(slots=True)
class Desk:
    """Over there. ``confirms_after`` is in seconds; None: nobody confirms."""

    received: list[dict[str, Any]] = field(default_factory=list)
    confirms_after: float | None = None
    away: bool = False
    busy: set["asyncio.Task[None]"] = field(default_factory=set)


KNOWN = web.AppKey("receiver", Desk)


def routes() -> list[web.RouteDef]:
    """Where they listen, and what a test may ask."""
    return [
        web.post("/receiver", take),
        web.get("/_received", show),
        web.post("/_received", change),
    ]


async def take(request: web.Request) -> web.Response:
    """A card comes in; one that came before is known by its id."""
    desk = request.app[KNOWN]
    if desk.away:
        raise web.HTTPServiceUnavailable
    card: dict[str, Any] = await request.json()
    if all(one["id"] != card["id"] for one in desk.received):
        desk.received.append(card)
    if desk.confirms_after is not None:
        task = asyncio.create_task(confirm(desk.confirms_after, card))
        desk.busy.add(task)
        task.add_done_callback(desk.busy.discard)
    return web.json_response({"taken": card["id"]})


async def confirm(after: float, card: dict[str, Any]) -> None:
    """Somebody reads it and says so."""
    await asyncio.sleep(after)
    async with ClientSession() as session:
        form = {"wie": card["receiver_name"]}
        await session.post(card["receipt"], data=form, allow_redirects=False)


async def show(request: web.Request) -> web.Response:
    return web.json_response({"received": request.app[KNOWN].received})


async def change(request: web.Request) -> web.Response:
    """``{"away": true}``: nobody is there; ``{"clear": true}``: as at the beginning."""
    asked = await request.json()
    desk = request.app[KNOWN]
    if asked.get("clear"):
        desk.received.clear()
    desk.away = bool(asked.get("away"))
    return web.json_response({"received": desk.received})
