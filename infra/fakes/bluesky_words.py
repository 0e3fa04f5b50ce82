"""How Bluesky names things and words its refusals."""

import hashlib
import time

from aiohttp import web

from infra.fakes.posts import Post
from infra.fakes.state import STATE

NAME = "bluesky"
POST = "app.bsky.feed.post"
ALWAYS = Post(
    channel=NAME, account="", author="did:plc:wilgaaaaaaaaaaaaaaaaaaaa", text="?", id="3kaltijd"
)
"""A post that is always there to be answered."""


class Refusals:
    """Bluesky's words for what every platform refuses."""

    def expired_token(self) -> web.Response:
        """An access token that ended is renewed; a password that was revoked is not."""
        return refusal(401, "AuthenticationRequired", "Invalid identifier or password")

    def throttled(self, retry_after: float | None) -> web.Response:
        reset = int(time.time()) + int(300 if retry_after is None else retry_after)
        headers = {"ratelimit-remaining": "0", "ratelimit-reset": str(reset)}
        body = {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}
        return web.json_response(body, status=429, headers=headers)


def refusal(status: int, error: str, words: str) -> web.Response:
    """A refusal in Bluesky's shape."""
    return web.json_response({"error": error, "message": words}, status=status)


def did_of(request: web.Request, kind: str = "access") -> str:
    """Whose session a request bears; nobody's when it is of another kind."""
    token = request.headers.get("Authorization", "").removeprefix("Bearer kop.")
    found, _, did = token.removesuffix(".sig").partition("~")
    return did if found == kind else ""


def address(post: Post) -> str:
    return f"at://{post.author}/{POST}/{post.id}"


def cid_of(uri: str) -> str:
    """The digest under which the platform knows a post's bytes."""
    return "bafyrei" + hashlib.sha256(uri.encode()).hexdigest()[:40]


def posts_on(request: web.Request, where: str) -> list[Post]:
    """What citizens wrote in public or in private, oldest first, without what was taken back."""
    known = [post for post in request.app[STATE].posts.known if post.channel == NAME]
    return [post for post in known if post.where == where and not post.gone]
