"""How Graph refuses, whatever was asked."""

from uuid import uuid4

from aiohttp import web

NAME = "whatsapp"


class Refusals:
    """Graph's words for what every platform refuses."""

    def expired_token(self) -> web.Response:
        return graph_error(401, 190, "Access token expired or missing")

    def throttled(self, retry_after: float | None) -> web.Response:
        answer = graph_error(429, 130429, "Rate limit hit")
        if retry_after is not None:
            answer.headers["Retry-After"] = f"{retry_after:g}"
        return answer


def graph_error(
    status: int, code: int, message: str, *, subcode: int | None = None
) -> web.Response:
    """A refusal in Graph's shape."""
    error = {"message": f"(#{code}) {message}", "type": "OAuthException", "code": code}
    more = {} if subcode is None else {"error_subcode": subcode}
    trace = {"fbtrace_id": uuid4().hex[:12]}
    return web.json_response({"error": {**error, **more, **trace}}, status=status)


def bears_token(request: web.Request) -> bool:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return scheme == "Bearer" and bool(token.strip())
