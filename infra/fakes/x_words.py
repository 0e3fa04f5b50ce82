"""X's own words: how it refuses, counts requests, and knows who asks."""

import time
from email.utils import formatdate

from aiohttp import web

PROBLEM = "https://api.twitter.com/2/problems/"
WINDOW = 900


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


def signed(request: web.Request) -> bool:
    """Whether somebody signed in asks."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return scheme in ("Bearer", "OAuth") and bool(token.strip())
