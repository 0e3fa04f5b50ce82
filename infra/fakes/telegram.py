"""Telegram's Bot API, as far as we send to it (channels.md 13)."""

import time
from typing import Any

from aiohttp import web

from infra.fakes.failures import accept_or_fail
from infra.fakes.sent import Accepted
from infra.fakes.state import STATE

NAME = "telegram"
LONGEST = 4096


def routes() -> list[web.RouteDef]:
    """Where this platform listens."""
    return [web.post("/telegram/bot{token}/sendMessage", send_message)]


class Refusals:
    """Telegram's words for what every platform refuses."""

    def expired_token(self) -> web.Response:
        return refusal(401, "Unauthorized")

    def throttled(self, retry_after: float | None) -> web.Response:
        seconds = 1 if retry_after is None else int(retry_after)
        words = f"Too Many Requests: retry after {seconds}"
        return refusal(429, words, parameters={"retry_after": seconds})


def refusal(status: int, words: str, **more: Any) -> web.Response:
    """A refusal in Telegram's shape."""
    body = {"ok": False, "error_code": status, "description": words, **more}
    return web.json_response(body, status=status)


async def send_message(request: web.Request) -> web.StreamResponse:
    """One text into one chat."""
    account, _, secret = request.match_info["token"].partition(":")
    if not account.isdigit() or not secret:
        return refusal(404, "Not Found")
    body = await _json_of(request)
    problem = _problem_with(body)
    if problem:
        return refusal(400, f"Bad Request: {problem}")
    failure = request.app[STATE].script.next_for(NAME)
    return await accept_or_fail(
        request, failure, Refusals(), lambda: _accept(request, account, body)
    )


def _problem_with(body: dict[str, Any]) -> str | None:
    chat, text = str(body.get("chat_id", "")), body.get("text")
    if not chat.removeprefix("-").isdigit():
        return "chat not found"
    if not isinstance(text, str) or not text.strip():
        return "message text is empty"
    if len(text) > LONGEST:
        return "message is too long"
    quote = body.get("reply_parameters", {"message_id": 1})
    return None if isinstance(quote.get("message_id"), int) else "message to be replied not found"


def _accept(request: web.Request, account: str, body: dict[str, Any]) -> web.Response:
    state = request.app[STATE]
    chat, number = str(body["chat_id"]), int(state.posts.number(NAME))
    quoted = body.get("reply_parameters", {}).get("message_id")
    accepted = Accepted(
        channel=NAME,
        account=account,
        to=chat,
        text=body["text"],
        external_id=f"{chat}:{number}",
        in_reply_to=f"{chat}:{quoted}" if quoted else None,
    )
    state.log.add(accepted)
    kind = "supergroup" if chat.startswith("-") else "private"
    message = {"message_id": number, "date": int(time.time()), "text": body["text"]}
    result = {**message, "chat": {"id": int(chat), "type": kind}}
    return web.json_response({"ok": True, "result": result})


async def _json_of(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
