"""WhatsApp's Graph API, as far as we send to it (channels.md 4.4, 4.5, 4.7)."""

import time
from typing import Any
from uuid import uuid4

from aiohttp import web

from infra.fakes.failures import accept_or_fail
from infra.fakes.sent import Accepted
from infra.fakes.state import STATE, State
from infra.fakes.whatsapp_checks import problem_with

NAME = "whatsapp"
PATH = r"/whatsapp/{version:v\d+\.\d+}/{account:\d+}/messages"
STATES = ("sent", "delivered", "read", "played", "failed")


def routes() -> list[web.RouteDef]:
    """Where this platform listens."""
    return [web.post(PATH, post_messages)]


async def post_messages(request: web.Request) -> web.StreamResponse:
    """Send a message or mark one as read: Graph has one address for both."""
    if not _bears_token(request):
        return Refusals().expired_token()
    body = await _json_of(request)
    problem = problem_with(body)
    if problem:
        return graph_error(400, 100, problem)
    if "status" in body:
        return _mark_read(request, body)
    failure = request.app[STATE].script.next_for(NAME)
    return await accept_or_fail(request, failure, Refusals(), lambda: _accept(request, body))


class Refusals:
    """Graph's words for what every platform refuses."""

    def expired_token(self) -> web.Response:
        return graph_error(401, 190, "Access token expired or missing")

    def throttled(self, retry_after: float | None) -> web.Response:
        answer = graph_error(429, 130429, "Rate limit hit")
        if retry_after is not None:
            answer.headers["Retry-After"] = f"{retry_after:g}"
        return answer


def graph_error(status: int, code: int, message: str) -> web.Response:
    """A refusal in Graph's shape."""
    error = {"message": f"(#{code}) {message}", "type": "OAuthException", "code": code}
    return web.json_response({"error": {**error, "fbtrace_id": uuid4().hex[:12]}}, status=status)


def _mark_read(request: web.Request, body: dict[str, Any]) -> web.Response:
    log = request.app[STATE].log
    log.add_read(NAME, request.match_info["account"], body["message_id"])
    return web.json_response({"success": True})


def _accept(request: web.Request, body: dict[str, Any]) -> web.Response:
    accepted = Accepted(
        channel=NAME,
        account=request.match_info["account"],
        to=body.get("to") or body["recipient"],
        text=body["text"]["body"],
        external_id=f"wamid.{uuid4().hex.upper()}",
        reply_id=body.get("biz_opaque_callback_data"),
        in_reply_to=body.get("context", {}).get("message_id"),
    )
    state: State = request.app[STATE]
    state.log.add(accepted)
    state.callbacks.begin(NAME, {name: _receipt(accepted, name) for name in STATES})
    address = {"wa_id": body["to"]} if "to" in body else {"user_id": body["recipient"]}
    contact = {"input": accepted.to, **address}
    message = {"id": accepted.external_id}
    return web.json_response(
        {"messaging_product": "whatsapp", "contacts": [contact], "messages": [message]}
    )


def _receipt(accepted: Accepted, state: str) -> dict[str, Any]:
    to_number = accepted.to.isdigit()
    status = {
        "id": accepted.external_id,
        "status": state,
        "timestamp": str(int(time.time())),
        "recipient_id" if to_number else "recipient_user_id": accepted.to,
        **({"biz_opaque_callback_data": accepted.reply_id} if accepted.reply_id else {}),
    }
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"phone_number_id": accepted.account},
        "statuses": [status],
    }
    change = {"field": "messages", "value": value}
    return {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}


def _bears_token(request: web.Request) -> bool:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return scheme == "Bearer" and bool(token.strip())


async def _json_of(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
