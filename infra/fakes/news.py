"""A news site with a feed of all that was put into it: RSS 2.0, with a tag for its version."""

import hashlib
from email.utils import formatdate
from html import escape

from aiohttp import web

from infra.fakes.failures import accept_or_fail
from infra.fakes.posts import Post
from infra.fakes.state import STATE

NAME = "news"


class Refusals:
    """A site's words for what every platform refuses."""

    def expired_token(self) -> web.Response:
        return web.Response(status=401)

    def throttled(self, retry_after: float | None) -> web.Response:
        return web.Response(status=429, headers={"Retry-After": f"{retry_after or 300:g}"})


def routes() -> list[web.RouteDef]:
    """Where this platform listens."""
    return [web.get("/news/{feed:.*}", feed)]


async def feed(request: web.Request) -> web.StreamResponse:
    """All that was published, newest first; nothing to who has this version."""
    state = request.app[STATE]
    posts = [post for post in state.posts.known if post.channel == NAME and not post.gone]
    body = written(posts[::-1])
    tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:16]}"'
    same = request.headers.get("If-None-Match") == tag
    answer = web.Response(
        status=304 if same else 200,
        text=None if same else body,
        content_type="application/rss+xml",
        headers={"ETag": tag},
    )
    return await accept_or_fail(
        request, state.script.next_for(NAME, reads=True), Refusals(), lambda: answer
    )


def written(posts: list[Post]) -> str:
    items = "".join(
        f"<item><title>{escape(post.text)}</title><guid>{post.id}</guid>"
        f"<pubDate>{formatdate(post.at)}</pubDate></item>"
        for post in posts
    )
    return f"<rss version='2.0'><channel><title>Voorbeeldnieuws</title>{items}</channel></rss>"
