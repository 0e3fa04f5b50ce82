"""Graph for who reads afterwards what was not delivered: conversations, and comments under posts.

What citizens wrote to the fake (``POST /_posts``): ``where`` is ``private`` or ``comments``.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from infra.fakes.failures import accept_or_fail
from infra.fakes.posts import Post
from infra.fakes.state import STATE, State
from infra.fakes.whatsapp_answers import bears_token, graph_error

NODE = r"/{channel:messenger|facebook|instagram}/{version:v\d+\.\d+}/{node:[\w-]+}"
PLATFORM = {"messenger": "messenger", "facebook": "messenger", "instagram": "instagram"}
LARGEST_PAGE = 100


def routes() -> list[web.RouteDef]:
    """Where they are read."""
    return [
        web.get(f"{NODE}/conversations", conversations),
        web.get(f"{NODE}/{{edge:feed|media}}", posts_with_comments),
    ]


class Refusals:
    """Graph's words for what it refuses to who reads."""

    def expired_token(self) -> web.Response:
        return graph_error(401, 190, "Access token expired or missing")

    def throttled(self, retry_after: float | None) -> web.Response:
        del retry_after  # Graph says it in its meters
        return graph_error(429, 613, "Calls to this api have exceeded the rate limit.")


async def conversations(request: web.Request) -> web.StreamResponse:
    """Who wrote in private, the latest first, each with what was said."""
    channel = request.match_info["channel"]
    if request.query.get("platform") != PLATFORM[channel]:
        return graph_error(400, 100, "Invalid parameter: platform")
    return await _answer(request, list(_conversations(request.app[STATE], _place(request))))


async def posts_with_comments(request: web.Request) -> web.StreamResponse:
    """Our posts, the newest first, each with its comments."""
    wanted = "media" if request.match_info["channel"] == "instagram" else "feed"
    if request.match_info["edge"] != wanted:
        return graph_error(400, 100, "Tried accessing nonexisting field")
    return await _answer(request, list(_posts(request.app[STATE], _place(request))))


async def _answer(request: web.Request, holders: list[dict[str, Any]]) -> web.StreamResponse:
    if not bears_token(request):
        return Refusals().expired_token()
    if not request.query.get("fields"):
        return graph_error(400, 100, "The parameter fields is required")
    failure = request.app[STATE].script.next_for(request.match_info["channel"], reads=True)
    return await accept_or_fail(request, failure, Refusals(), lambda: _page(request, holders))


def _page(request: web.Request, holders: list[dict[str, Any]]) -> web.Response:
    size, start = int(request.query.get("limit", 25)), int(request.query.get("after", 0))
    if not 1 <= size <= LARGEST_PAGE:
        return graph_error(400, 100, "limit is too large")
    paging: dict[str, Any] = {"cursors": {"before": str(start), "after": str(start + size)}}
    if start + size < len(holders):
        paging["next"] = "https://graph.example/next"
    return web.json_response({"data": holders[start : start + size], "paging": paging})


def _place(request: web.Request) -> tuple[str, str]:
    return request.match_info["channel"], request.match_info["node"]


def _conversations(state: State, place: tuple[str, str]) -> Iterator[dict[str, Any]]:
    newest_first = state.posts.newest_first(*place, "private")
    for citizen in dict.fromkeys(post.author for post in newest_first):
        said = [_message(post) for post in newest_first if post.author == citizen]
        yield {"id": f"t_{citizen}", "messages": {"data": said}}


def _message(post: Post) -> dict[str, Any]:
    name = {"name": post.name} if post.name else {}
    said = {"id": post.id, "created_time": _moment(post), "message": post.text}
    return {**said, "from": {"id": post.author, **name}}


def _posts(state: State, place: tuple[str, str]) -> Iterator[dict[str, Any]]:
    newest_first = state.posts.newest_first(*place, "comments")
    is_instagram = place[0] == "instagram"
    for root in dict.fromkeys(post.thread for post in newest_first):
        below = [_comment(p, is_instagram=is_instagram) for p in newest_first if p.thread == root]
        yield {"id": root, "comments": {"data": below}}


def _comment(post: Post, *, is_instagram: bool) -> dict[str, Any]:
    if is_instagram:
        writer = {"id": post.author, "username": post.name or post.author}
        return {"id": post.id, "from": writer, "text": post.text, "timestamp": _moment(post)}
    parent = {"parent": {"id": post.reply_to}} if post.reply_to else {}
    writer = {"id": post.author, "name": post.name or post.author}
    said = {"id": post.id, "from": writer, "message": post.text, "created_time": _moment(post)}
    return {**said, **parent}


def _moment(post: Post) -> str:
    return datetime.fromtimestamp(post.at, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")
