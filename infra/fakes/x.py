"""X's API, as far as we read it and send to it (channels.md 8.4, 8.6, 8.7)."""

import time
from email.utils import formatdate
from typing import Any

from aiohttp import web

from infra.fakes.failures import accept_or_fail
from infra.fakes.posts import Post
from infra.fakes.sent import Accepted
from infra.fakes.state import STATE

NAME = "x"
PROBLEM = "https://api.twitter.com/2/problems/"
LONGEST = 280
WINDOW = 900
SMALLEST_PAGE, LARGEST_PAGE = 5, 100


def routes() -> list[web.RouteDef]:
    """Where this platform listens."""
    return [
        web.get("/x/2/users/{account}/mentions", mentions),
        web.get("/x/2/tweets/search/recent", search),
        web.get("/x/2/tweets", look_up),
        web.post("/x/2/tweets", post_reply),
        web.post("/x/2/dm_conversations/with/{user}/messages", post_message),
    ]


class Refusals:
    """X's words for what every platform refuses."""

    def expired_token(self) -> web.Response:
        return problem(401, "about:blank", "Unauthorized", "Unauthorized")

    def throttled(self, retry_after: float | None) -> web.Response:
        wait = WINDOW if retry_after is None else retry_after
        answer = problem(429, "about:blank", "Too Many Requests", "Too Many Requests")
        answer.headers.update(window(remaining=0, left=int(wait)))
        return answer


def problem(status: int, type: str, title: str, detail: str) -> web.Response:
    """A refusal in X's shape."""
    body = {"type": type, "title": title, "detail": detail, "status": status}
    return web.json_response(body, status=status)


def window(*, remaining: int, left: int) -> dict[str, str]:
    """The headers that count requests; one clock for both moments."""
    now = int(time.time())
    return {
        "Date": formatdate(now, usegmt=True),
        "x-rate-limit-limit": "300",
        "x-rate-limit-remaining": str(remaining),
        "x-rate-limit-reset": str(now + left),
    }


async def mentions(request: web.Request) -> web.StreamResponse:
    """Posts that name the account, newest first."""
    account = request.match_info["account"]
    return await _read(request, account, "mentions", "pagination_token")


async def search(request: web.Request) -> web.StreamResponse:
    """Posts that somebody looks for; every account finds the same."""
    if not request.query.get("query"):
        return problem(400, f"{PROBLEM}invalid-request", "Invalid Request", "query is required")
    return await _read(request, "", "search", "next_token")


async def look_up(request: web.Request) -> web.StreamResponse:
    """Known posts again, by their ids: what is gone stands among the errors."""
    if not _signed(request):
        return Refusals().expired_token()
    known = {post.id: post for post in request.app[STATE].posts.known if not post.gone}
    ids = [id for id in request.query.get("ids", "").split(",") if id]
    page = page_of([known[id] for id in ids if id in known])
    page.pop("meta")
    if "author_id" not in request.query.get("expansions", ""):
        page.pop("includes", None)
    gone = [not_found(id) for id in ids if id not in known]
    return web.json_response(page | ({"errors": gone} if gone else {}))


async def _read(request: web.Request, account: str, where: str, token: str) -> web.StreamResponse:
    if not _signed(request):
        return Refusals().expired_token()
    state = request.app[STATE]
    failure = state.script.next_for(NAME, reads=True)
    posts = state.posts.newest_first(NAME, account, where)
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
    page = page_of(found[:size])
    if len(found) > size:
        page["meta"]["next_token"] = f"before-{found[size - 1].id}"
    return web.json_response(page, headers=window(remaining=299, left=WINDOW))


def page_of(posts: list[Post]) -> dict[str, Any]:
    """A page in X's shape."""
    if not posts:
        return {"meta": {"result_count": 0}}
    people = {post.author: post.name or post.author for post in posts}
    users = [{"id": id, "name": name, "username": f"u{id}"} for id, name in people.items()]
    ids = {"newest_id": posts[0].id, "oldest_id": posts[-1].id, "result_count": len(posts)}
    return {"data": [_written(p) for p in posts], "includes": {"users": users}, "meta": ids}


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
    }


def not_found(id: str) -> dict[str, str]:
    """What X says of a post that is gone."""
    missing = {"resource_id": id, "resource_type": "tweet", "parameter": "ids", "value": id}
    return {**missing, "title": "Not Found Error", "type": f"{PROBLEM}resource-not-found"}


async def post_reply(request: web.Request) -> web.StreamResponse:
    """Answer in public."""
    body = await _json_of(request)
    target = str((body.get("reply") or {}).get("in_reply_to_tweet_id", ""))
    refused = _refused(request, body) or _unasked(request, target)
    if refused:
        return refused
    accepted = _accepted(request, body, to=_author_of(request, target), in_reply_to=target or None)
    answer = {"data": {"id": accepted.external_id, "text": accepted.text}}
    return await _take(request, accepted, answer)


async def post_message(request: web.Request) -> web.StreamResponse:
    """Answer in private."""
    body = await _json_of(request)
    refused = _refused(request, body, longest=10_000)
    if refused:
        return refused
    accepted = _accepted(request, body, to=request.match_info["user"], kind="private")
    answer = {"data": {"dm_event_id": accepted.external_id, "dm_conversation_id": "c"}}
    return await _take(request, accepted, answer)


def _refused(
    request: web.Request, body: dict[str, Any], longest: int = LONGEST
) -> web.Response | None:
    if not _signed(request):
        return Refusals().expired_token()
    text = body.get("text")
    if not isinstance(text, str) or not text.strip():
        return problem(400, f"{PROBLEM}invalid-request", "Invalid Request", "text is required")
    if len(text) > longest and "http" not in text:
        return problem(403, "about:blank", "Forbidden", "Your Tweet text is too long.")
    return None


def _unasked(request: web.Request, target: str) -> web.Response | None:
    """X lets us answer only who wrote to us; a post that it does not show cannot be answered."""
    found = [p for p in request.app[STATE].posts.known if target and target in p.history]
    if found and (found[0].gone or found[0].where == "search"):
        words = "You are not permitted to reply: you have not been mentioned by the author."
        return problem(403, "about:blank", "Forbidden", words)
    return None


def _author_of(request: web.Request, target: str) -> str:
    found = [p.author for p in request.app[STATE].posts.known if target in p.history]
    return found[0] if found else ""


def _accepted(request: web.Request, body: dict[str, Any], **more: Any) -> Accepted:
    number = request.app[STATE].posts.number(NAME)
    return Accepted(channel=NAME, account="", text=body["text"], external_id=number, **more)


async def _take(
    request: web.Request, accepted: Accepted, answer: dict[str, Any]
) -> web.StreamResponse:
    state = request.app[STATE]

    def accept() -> web.Response:
        state.log.add(accepted)
        return web.json_response(answer, status=201, headers=window(remaining=99, left=WINDOW))

    return await accept_or_fail(request, state.script.next_for(NAME), Refusals(), accept)


def _signed(request: web.Request) -> bool:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return scheme in ("Bearer", "OAuth") and bool(token.strip())


async def _json_of(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
