"""YouTube's API, as far as we read comments and reply to them (channels.md 10).

A post without ``thread`` is a comment under a video; with one it is a reply below that comment.
Tokens are lent to who bears a refresh token ``<channel id>:<secret>``.
"""

from dataclasses import replace
from typing import Any

from aiohttp import web

from infra.fakes.failures import accept_or_fail
from infra.fakes.posts import Post
from infra.fakes.sent import Accepted
from infra.fakes.state import STATE

NAME = "youtube"
LARGEST_PAGE = 100
ALONG = 5
"""How many replies come along with their thread."""

LONGEST = 10_000
ALWAYS = "UgAltijd"
"""A comment that is always there to be answered."""


def routes() -> list[web.RouteDef]:
    """Where this platform listens."""
    return [
        web.post("/youtube/token", lend_token),
        web.get("/youtube/youtube/v3/commentThreads", threads),
        web.get("/youtube/youtube/v3/comments", comments),
        web.post("/youtube/youtube/v3/comments", reply),
    ]


class Refusals:
    """YouTube's words for what every platform refuses."""

    def expired_token(self) -> web.Response:
        return refusal(401, "authError", "Invalid Credentials")

    def throttled(self, retry_after: float | None) -> web.Response:
        headers = {} if retry_after is None else {"Retry-After": f"{retry_after:g}"}
        return refusal(403, "rateLimitExceeded", "Rate Limit Exceeded", headers)


def refusal(
    status: int, reason: str, words: str, headers: dict[str, str] | None = None
) -> web.Response:
    """A refusal in YouTube's shape."""
    errors = [{"message": words, "domain": "youtube", "reason": reason}]
    body = {"error": {"code": status, "message": words, "errors": errors}}
    return web.json_response(body, status=status, headers=headers)


async def lend_token(request: web.Request) -> web.Response:
    """A token for an hour, for who bears a refresh token that was not revoked."""
    asked = await request.post()
    known = str(asked.get("refresh_token", ""))
    if asked.get("grant_type") != "refresh_token" or not known or known.endswith("verlopen"):
        return web.json_response({"error": "invalid_grant"}, status=400)
    token = {"access_token": known.partition(":")[0], "expires_in": 3599}
    return web.json_response({**token, "token_type": "Bearer"})


async def threads(request: web.Request) -> web.StreamResponse:
    """Threads about a channel, newest first, or known ones."""
    found = [post for post in _posts(request) if not post.thread]
    if "id" in request.query:
        found = [post for post in found if post.history[0] in request.query["id"].split(",")]
    else:
        channel = request.query.get("allThreadsRelatedToChannelId")
        found = [post for post in reversed(found) if post.account == channel]
    shown, more = _cut(request, found)
    items = [_thread(request, post) for post in shown]
    return await _read(request, "youtube#commentThreadListResponse", items, more)


async def comments(request: web.Request) -> web.StreamResponse:
    """The replies to a comment, or known comments."""
    parent, ids = request.query.get("parentId"), request.query.get("id", "").split(",")
    found = [
        post for post in _posts(request) if _id(post) in ids or (parent and post.thread == parent)
    ]
    shown, more = _cut(request, found)
    return await _read(request, "youtube#commentListResponse", _comments(request, shown), more)


async def _read(
    request: web.Request, kind: str, items: list[Any], more: dict[str, str]
) -> web.StreamResponse:
    if not _account(request):
        return Refusals().expired_token()
    page = {"kind": kind, "etag": "e", "items": items, **more}
    failure = request.app[STATE].script.next_for(NAME, reads=True)
    return await accept_or_fail(request, failure, Refusals(), lambda: web.json_response(page))


async def reply(request: web.Request) -> web.StreamResponse:
    """A reply of ours under a comment."""
    asked = (await request.json()).get("snippet", {})
    if not _account(request) or "X-Goog-Api-Key" in request.headers:
        return Refusals().expired_token()
    parent, text = str(asked.get("parentId", "")), str(asked.get("textOriginal", ""))
    if not text.strip():
        return refusal(400, "commentTextRequired", "The comment text is required")
    if len(text) > LONGEST:
        return refusal(400, "commentTextTooLong", "The comment text is too long")
    tops = {post.history[0]: post.author for post in _posts(request) if not post.thread}
    if parent != ALWAYS and parent not in tops:
        return refusal(404, "parentCommentNotFound", "The parent comment could not be found")

    def accept() -> web.Response:
        account = _account(request)
        ours = Post(channel=NAME, account=account, author=account, text=text, thread=parent)
        ours.id = request.app[STATE].posts.number(NAME)
        ours.history = [ours.id]
        request.app[STATE].posts.known.append(ours)
        request.app[STATE].log.add(
            Accepted(
                channel=NAME,
                account=account,
                to=tops.get(parent, ""),
                text=text,
                external_id=_id(ours),
                in_reply_to=parent,
            )
        )
        return web.json_response(_comment(request, ours))

    failure = request.app[STATE].script.next_for(NAME)
    return await accept_or_fail(request, failure, Refusals(), accept)


def _cut(request: web.Request, posts: list[Post]) -> tuple[list[Post], dict[str, str]]:
    size = min(int(request.query.get("maxResults", 20)), LARGEST_PAGE)
    start = int(request.query.get("pageToken", 0))
    more = {"nextPageToken": str(start + size)} if len(posts) > start + size else {}
    return posts[start : start + size], more


def _thread(request: web.Request, post: Post) -> dict[str, Any]:
    below = [one for one in _posts(request) if one.thread == post.history[0]]
    top = _comment(request, post)
    snippet = {"channelId": post.account, "videoId": "vid1", "canReply": True}
    return {
        "kind": "youtube#commentThread",
        "id": top["id"],
        "snippet": {**snippet, "totalReplyCount": len(below), "topLevelComment": top},
        **({"replies": {"comments": _comments(request, below[:ALONG])}} if below else {}),
    }


def _comments(request: web.Request, posts: list[Post]) -> list[dict[str, Any]]:
    return [_comment(request, post) for post in posts]


def _comment(request: web.Request, post: Post) -> dict[str, Any]:
    parent = {"parentId": post.thread} if post.thread else {}
    first = request.app[STATE].posts.find(NAME, post.history[0])
    home = f"{request.url.origin()}/youtube/media"
    picture = {"imageUrl": f"{home}/{post.files[0]}"} if post.files else {}
    return {
        "kind": "youtube#comment",
        "id": _id(post),
        "snippet": {
            "videoId": "vid1",
            "textDisplay": post.text,
            "authorDisplayName": f"@{post.name or post.author}",
            "authorChannelId": {"value": post.author},
            "publishedAt": first.written,
            "updatedAt": post.written,
            **parent,
            **picture,
        },
    }


def _id(post: Post) -> str:
    """The id that a comment keeps through its edits; a reply's begins with its comment's."""
    return f"{post.thread}.{post.history[0]}" if post.thread else post.history[0]


def _posts(request: web.Request) -> list[Post]:
    """Each comment as it is now, oldest first, without those taken back."""
    known = [post for post in request.app[STATE].posts.known if post.channel == NAME]
    gone = {post.history[0] for post in known if post.gone}
    firsts = {post.id: post for post in known}
    now = {post.history[0]: post for post in known}
    # An edit stays where its comment stood.
    return [replace(post, thread=firsts[id].thread) for id, post in now.items() if id not in gone]


def _account(request: web.Request) -> str:
    """Who asks: the channel whose token it is, or anybody with the key of a project."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    key = request.headers.get("X-Goog-Api-Key", "")
    return token.strip() if scheme.lower() == "bearer" else key
