"""Citizens' files on Mastodon, Bluesky, YouTube and X: at open addresses, for who knows them."""

from aiohttp import web

from infra.fakes.state import STATE


def routes() -> list[web.RouteDef]:
    """Where each platform hands them out."""
    return [
        web.get("/{channel:mastodon}/media/{id}", give),
        web.get("/{channel:bluesky}/img/feed_fullsize/plain/{writer}/{id}@jpeg", give),
        web.get("/{channel:youtube|x}/media/{id}", give),
    ]


async def give(request: web.Request) -> web.Response:
    """The bytes, as what they are."""
    asked = request.match_info
    file = request.app[STATE].files.found(asked["channel"], asked["id"])
    if file is None:
        return web.Response(status=404, text="weg")
    return web.Response(body=file.body, content_type=file.mime)
