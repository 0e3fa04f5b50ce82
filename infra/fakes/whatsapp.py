"""WhatsApp's Graph API, as far as we send to it (channels.md 4.4, 4.5, 4.7)."""

import time
from typing import Any
from uuid import uuid4

from aiohttp import web

from infra.fakes import whatsapp_media, whatsapp_templates
from infra.fakes.bodies import object_in
from infra.fakes.failures import accept_or_fail
from infra.fakes.files import StoredFile
from infra.fakes.sent import Accepted
from infra.fakes.state import STATE, State
from infra.fakes.whatsapp_answers import NAME, Refusals, bears_token, graph_error
from infra.fakes.whatsapp_checks import FILE_TYPES, problem_with
from infra.fakes.whatsapp_choices import choices_of

PATH = r"/whatsapp/{version:v\d+\.\d+}/{account:\d+}/messages"
STATES = ("sent", "delivered", "read", "played", "failed")


def routes() -> list[web.RouteDef]:
    """Where this platform listens."""
    return [web.post(PATH, post_messages), *whatsapp_media.routes(), *whatsapp_templates.routes()]


async def post_messages(request: web.Request) -> web.StreamResponse:
    """Send a message or mark one as read: Graph has one address for both."""
    if not bears_token(request):
        return Refusals().expired_token()
    body = await object_in(request)
    problem = problem_with(body)
    if problem:
        return graph_error(400, 100, problem)
    if "status" in body:
        return _mark_read(request, body)
    if body["type"] == "template" and (refused := whatsapp_templates.refused(body)):
        return refused
    if body["type"] in FILE_TYPES and file_of(request, body) is None:
        return graph_error(400, 100, "Param id is not a valid whatsapp business account media id")
    failure = request.app[STATE].script.next_for(NAME)
    return await accept_or_fail(request, failure, Refusals(), lambda: _accept(request, body))


def _mark_read(request: web.Request, body: dict[str, Any]) -> web.Response:
    log = request.app[STATE].log
    log.add_read(NAME, request.match_info["account"], body["message_id"])
    return web.json_response({"success": True})


def file_of(request: web.Request, body: dict[str, Any]) -> StoredFile | None:
    """The file that we uploaded and now send."""
    id = body.get(body["type"], {}).get("id", "")
    file = request.app[STATE].files.found(NAME, str(id))
    return file if file and file.ours else None


def text_of(body: dict[str, Any]) -> str:
    """What the citizen reads."""
    if body["type"] == "text":
        return str(body["text"]["body"])
    if body["type"] == "interactive":
        return str(body["interactive"]["body"]["text"])
    if body["type"] == "template":
        return whatsapp_templates.text_of(body)
    return str(body[body["type"]].get("caption", ""))


def _accept(request: web.Request, body: dict[str, Any]) -> web.Response:
    file = file_of(request, body)
    accepted = Accepted(
        channel=NAME,
        account=request.match_info["account"],
        to=body.get("to") or body["recipient"],
        text=text_of(body),
        external_id=f"wamid.{uuid4().hex.upper()}",
        reply_id=body.get("biz_opaque_callback_data"),
        in_reply_to=body.get("context", {}).get("message_id"),
        kind=body["type"],
        file=file.sha256 if file else None,
        choices=tuple(choices_of(body)),
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
