"""X's private messages as it lists them, and the tokens that it lends (channels.md 8.4, 8.7)."""

from itertools import count
from typing import Any

from aiohttp import web

from infra.fakes.failures import accept_or_fail
from infra.fakes.posts import Post
from infra.fakes.state import STATE
from infra.fakes.x_media import described, named_in
from infra.fakes.x_words import WINDOW, Refusals, problem, signed, window

NAME = "x"
LARGEST_PAGE = 100
LIFE = 7200
_NUMBERS = count(1)
_SPENT: set[str] = set()


def routes() -> list[web.RouteDef]:
    """Where they are."""
    return [web.get("/x/2/dm_events", dm_events), web.post("/x/2/oauth2/token", lend_token)]


async def lend_token(request: web.Request) -> web.StreamResponse:
    """A new pair; a refresh token is good for once."""
    form = await request.post()
    refresh = str(form.get("refresh_token", ""))
    if form.get("grant_type") != "refresh_token" or not form.get("client_id"):
        return web.json_response({"error": "invalid_request"}, status=400)
    if not refresh or refresh in _SPENT or refresh == "verlopen":
        return web.json_response({"error": "invalid_grant"}, status=400)
    failure = request.app[STATE].script.next_for(NAME, reads=True)
    return await accept_or_fail(request, failure, Refusals(), lambda: _lent(refresh))


def _lent(refresh: str) -> web.Response:
    _SPENT.add(refresh)
    number = next(_NUMBERS)
    pair = {"access_token": f"geleend-{number}", "refresh_token": f"volgende-{number}"}
    return web.json_response({"token_type": "bearer", "expires_in": LIFE, **pair})


async def dm_events(request: web.Request) -> web.StreamResponse:
    """What was written to us in private, newest first."""
    if not signed(request):
        return Refusals().expired_token()
    state = request.app[STATE]
    failure = state.script.next_for(NAME, reads=True)
    posts = [p for p in reversed(state.posts.known) if p.channel == NAME and p.where == "private"]
    return await accept_or_fail(request, failure, Refusals(), lambda: _page(request, posts))


def _page(request: web.Request, posts: list[Post]) -> web.Response:
    size = int(request.query.get("max_results", 100))
    if not 1 <= size <= LARGEST_PAGE:
        return problem(400, "about:blank", "Invalid Request", "max_results")
    start = int(request.query.get("pagination_token", 0))
    shown = posts[start : start + size]
    meta: dict[str, Any] = {"result_count": len(shown)}
    if start + size < len(posts):
        meta["next_token"] = str(start + size)
    page: dict[str, Any] = {"meta": meta}
    if shown:
        page |= {"data": [_written(post) for post in shown], "includes": described(shown, "")}
    return web.json_response(page, headers=window(remaining=14, left=WINDOW))


def _written(post: Post) -> dict[str, Any]:
    return {
        "id": post.id,
        "event_type": "MessageCreate",
        "text": post.text,
        "sender_id": post.author,
        "created_at": post.written,
        **named_in(post),
    }
