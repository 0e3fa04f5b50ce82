"""X's API, as far as we read it and send to it (channels.md 8.4, 8.6, 8.7)."""

from typing import Any

from aiohttp import web

from infra.fakes import x_media, x_private, x_webhooks
from infra.fakes.failures import accept_or_fail
from infra.fakes.posts import Post, holds
from infra.fakes.state import STATE
from infra.fakes.x_sending import NAME, post_message, post_reply
from infra.fakes.x_words import PROBLEM, WINDOW, Refusals, problem, signed, window

SMALLEST_PAGE, LARGEST_PAGE = 5, 100


def routes() -> list[web.RouteDef]:
    """Where this platform listens."""
    return [
        web.get("/x/2/users/{account}/mentions", mentions),
        web.get("/x/2/tweets/search/recent", search),
        web.get("/x/2/tweets", look_up),
        web.post("/x/2/tweets", post_reply),
        *x_private.routes(),
        *x_webhooks.routes(),
        *x_media.routes(),
        web.post("/x/2/dm_conversations/with/{user}/messages", post_message),
    ]


async def mentions(request: web.Request) -> web.StreamResponse:
    """Posts that name the account, newest first."""
    account = request.match_info["account"]
    return await _read(request, account, "mentions", "pagination_token")


async def search(request: web.Request) -> web.StreamResponse:
    """Posts with all these words; every account finds the same."""
    if not request.query.get("query"):
        return problem(400, f"{PROBLEM}invalid-request", "Invalid Request", "query is required")
    return await _read(request, "", "search", "next_token")


async def look_up(request: web.Request) -> web.StreamResponse:
    """Known posts again, by their ids: what is gone stands among the errors."""
    if not signed(request):
        return Refusals().expired_token()
    known = {post.id: post for post in request.app[STATE].posts.known if not post.gone}
    ids = [id for id in request.query.get("ids", "").split(",") if id]
    page = page_of([known[id] for id in ids if id in known], str(request.url.origin()))
    page.pop("meta")
    if "author_id" not in request.query.get("expansions", ""):
        page.get("includes", {}).pop("users", None)
    gone = [not_found(id) for id in ids if id not in known]
    return web.json_response(page | ({"errors": gone} if gone else {}))


async def _read(request: web.Request, account: str, where: str, token: str) -> web.StreamResponse:
    if not signed(request):
        return Refusals().expired_token()
    state = request.app[STATE]
    failure = state.script.next_for(NAME, reads=True)
    posts = state.posts.newest_first(NAME, account, where)
    if where == "search":
        posts = [post for post in posts if holds(post, request.query["query"])]
    return await accept_or_fail(
        request, failure, Refusals(), lambda: _one_page(request, posts, request.query.get(token))
    )


def _one_page(request: web.Request, posts: list[Post], token: str | None) -> web.Response:
    size = int(request.query.get("max_results", 10))
    if not SMALLEST_PAGE <= size <= LARGEST_PAGE:
        return problem(400, f"{PROBLEM}invalid-request", "Invalid Request", "max_results")
    since = int(request.query.get("since_id", 0))
    if token and not token.startswith("before-"):
        return problem(400, f"{PROBLEM}invalid-request", "Invalid Request", "token")
    before = int(token.removeprefix("before-")) if token else None
    found = [p for p in posts if int(p.id) > since and (before is None or int(p.id) < before)]
    page = page_of(found[:size], str(request.url.origin()))
    if len(found) > size:
        page["meta"]["next_token"] = f"before-{found[size - 1].id}"
    return web.json_response(page, headers=window(remaining=299, left=WINDOW))


def page_of(posts: list[Post], origin: str) -> dict[str, Any]:
    """A page in X's shape."""
    if not posts:
        return {"meta": {"result_count": 0}}
    people = {post.author: post.name or post.author for post in posts}
    users = [{"id": id, "name": name, "username": f"u{id}"} for id, name in people.items()]
    ids = {"newest_id": posts[0].id, "oldest_id": posts[-1].id, "result_count": len(posts)}
    includes = {"users": users, **x_media.described(posts, origin)}
    return {"data": [_written(p) for p in posts], "includes": includes, "meta": ids}


def _written(post: Post) -> dict[str, Any]:
    answers = {
        "in_reply_to_user_id": post.account,
        "referenced_tweets": [{"type": "replied_to", "id": post.reply_to}],
    }
    return {
        "id": post.id,
        "text": post.text,
        "author_id": post.author,
        "created_at": post.written,
        "conversation_id": post.thread or post.history[0],
        "edit_history_tweet_ids": post.history,
        **(answers if post.reply_to else {}),
        **x_media.named_in(post),
    }


def not_found(id: str) -> dict[str, str]:
    """What X says of a post that is gone."""
    missing = {"resource_id": id, "resource_type": "tweet", "parameter": "ids", "value": id}
    return {**missing, "title": "Not Found Error", "type": f"{PROBLEM}resource-not-found"}
