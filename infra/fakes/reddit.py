"""Reddit's API, as far as we read it and send to it (channels.md 9). Tokens come from it too."""

from typing import Any

from aiohttp import web

from infra.fakes.failures import accept_or_fail
from infra.fakes.posts import Post, holds
from infra.fakes.sent import Accepted
from infra.fakes.state import STATE

NAME = "reddit"
LARGEST_PAGE = 100
LONGEST = 10_000


def routes() -> list[web.RouteDef]:
    """Where this platform listens."""
    return [
        web.post("/reddit/api/v1/access_token", hand_out_token),
        web.get("/reddit/message/{where:inbox|mentions}", read_messages),
        web.get("/reddit/search", search),
        web.get("/reddit/r/{subreddit}/comments", read_comments),
        web.get("/reddit/r/{subreddit}/new", read_submissions),
        web.post("/reddit/api/comment", comment),
        web.post("/reddit/api/read_message", mark_read),
    ]


class Refusals:
    """Reddit's words for what every platform refuses."""

    def expired_token(self) -> web.Response:
        return web.json_response({"message": "Unauthorized", "error": 401}, status=401)

    def throttled(self, retry_after: float | None) -> web.Response:
        left = "600" if retry_after is None else f"{retry_after:g}"
        headers = {"x-ratelimit-remaining": "0", "x-ratelimit-used": "100"}
        return web.Response(
            status=429,
            text="<html>Too Many Requests</html>",
            headers={**headers, "x-ratelimit-reset": left},
        )


async def hand_out_token(request: web.Request) -> web.Response:
    """A token for who knows the client's secret; a wrong password is refused with status 200."""
    if not request.headers.get("Authorization", "").startswith("Basic "):
        return Refusals().expired_token()
    form = await request.post()
    known = form.get("refresh_token") or form.get("password")
    if not known or known == "verlopen":
        return web.json_response({"error": "invalid_grant"})
    token = {"access_token": f"{form.get('username', 'fietspad')}", "token_type": "bearer"}
    return web.json_response({**token, "expires_in": 86400, "scope": "*"})


async def read_messages(request: web.Request) -> web.StreamResponse:
    """Inbox or mentions, newest first."""
    return await _read(request, request.match_info["where"])


async def search(request: web.Request) -> web.StreamResponse:
    """Submissions with all these words; whoever asks finds the same."""
    state = request.app[STATE]
    posts = state.posts.newest_first(NAME, "", "submissions")
    found = [post for post in posts if holds(post, request.query["q"])]
    failure = state.script.next_for(NAME, reads=True)
    return await accept_or_fail(request, failure, Refusals(), lambda: _one_page(request, found))


async def read_comments(request: web.Request) -> web.StreamResponse:
    """The newest comments of a subreddit."""
    return await _read(request, "comments")


async def read_submissions(request: web.Request) -> web.StreamResponse:
    """The newest submissions of a subreddit."""
    return await _read(request, "submissions")


async def _read(request: web.Request, where: str) -> web.StreamResponse:
    state = request.app[STATE]
    posts = state.posts.newest_first(NAME, _account(request), where)
    failure = state.script.next_for(NAME, reads=True)
    return await accept_or_fail(request, failure, Refusals(), lambda: _one_page(request, posts))


def _one_page(request: web.Request, posts: list[Post]) -> web.Response:
    names = [_name(post) for post in posts]
    size = min(int(request.query.get("limit", 25)), LARGEST_PAGE)
    after, before = request.query.get("after"), request.query.get("before")
    start = names.index(after) + 1 if after in names else 0
    end = names.index(before) if before in names else (0 if before else len(posts))
    shown = posts[start:end][:size]
    more = _name(shown[-1]) if len(posts[start:end]) > size else None
    children = [{"kind": _name(post)[:2], "data": _written(post)} for post in shown]
    listing = {"after": more, "before": None, "dist": len(shown), "children": children}
    headers = {"x-ratelimit-remaining": "99.0", "x-ratelimit-used": "1", "x-ratelimit-reset": "500"}
    return web.json_response({"kind": "Listing", "data": listing}, headers=headers)


def _name(post: Post) -> str:
    """The first id counts: an edit changes nothing about it."""
    if post.where == "submissions":
        return f"t3_{post.history[0]}"
    return f"{'t1' if post.thread else 't4'}_{post.history[0]}"


def _written(post: Post) -> dict[str, Any]:
    gone = "[deleted]"
    return {
        "name": _name(post),
        "id": post.history[0],
        "author": gone if post.gone else post.name or post.author,
        **({} if post.gone else {"author_fullname": post.author}),
        **_words(post),
        "parent_id": post.reply_to or post.thread,
        **({"link_id": post.thread, "type": "username_mention"} if post.thread else {}),
        "created_utc": post.at,
        "edited": post.at if len(post.history) > 1 else False,
    }


def _words(post: Post) -> dict[str, str]:
    """A submission has a title, which stays when its text goes."""
    said = "[deleted]" if post.gone else post.text
    if post.where != "submissions":
        return {"body": said}
    title, _, text = post.text.partition("\n")
    return {"title": title, "selftext": "[deleted]" if post.gone else text}


async def comment(request: web.Request) -> web.StreamResponse:
    """Answer under something; a refusal has status 200."""
    form = await request.post()
    text, target = str(form.get("text", "")), str(form.get("thing_id", ""))
    if not _account(request):
        return Refusals().expired_token()
    if target[:3] not in ("t1_", "t3_", "t4_"):
        return errors("DELETED_COMMENT", "that comment has been deleted", "parent")
    if not text.strip() or len(text) > LONGEST:
        return errors("TOO_LONG", "this is too long (max: 10000)", "text")
    failure = request.app[STATE].script.next_for(NAME)
    return await accept_or_fail(
        request, failure, Refusals(), lambda: _accept(request, target, text)
    )


def errors(code: str, words: str, field: str) -> web.Response:
    """A refusal in the shape of an answer."""
    return web.json_response({"json": {"errors": [[code, words, field]]}})


def _accept(request: web.Request, target: str, text: str) -> web.Response:
    state = request.app[STATE]
    name = f"{target[:2] if target.startswith('t4') else 't1'}_{state.posts.number(NAME)}"
    asked = [post for post in state.posts.known if post.channel == NAME and _name(post) == target]
    state.log.add(
        Accepted(
            channel=NAME,
            account=_account(request),
            to=asked[0].author if asked else "",
            text=text,
            external_id=name,
            in_reply_to=target,
        )
    )
    thing = {"kind": name[:2], "data": {"name": name, "id": name[3:], "body": text}}
    return web.json_response({"json": {"errors": [], "data": {"things": [thing]}}})


async def mark_read(request: web.Request) -> web.Response:
    """Take something from the unread ones."""
    form = await request.post()
    request.app[STATE].log.add_read(NAME, _account(request), str(form.get("id", "")))
    return web.json_response({})


def _account(request: web.Request) -> str:
    """The token is the account's own name: enough for a stand-in."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
