"""What a request to a fake platform says."""

from typing import Any

from aiohttp import web


async def object_in(request: web.Request) -> dict[str, Any]:
    """The JSON object in it; an empty one when there is none, which the platform then refuses."""
    try:
        body = await request.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
