"""The web chat's own API: visitors come in, write, read and open a socket. No logic.

POST /chat/{account}/visitors    a signed id, which every other request shows as ``X-Visitor``
POST /chat/{account}/messages    what the visitor writes, or that they read an answer
POST /chat/{account}/files       a file for the next message, which names it by its key
GET  /chat/{account}/messages    the whole conversation
POST /chat/{account}/tickets     opens one socket; it says when there is something to read
"""

from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from chalice import Blueprint, Response

from chalicelib import wiring
from chalicelib.domain.conversation import KeptMessage
from chalicelib.domain.sniffing import UNKNOWN
from chalicelib.flows.taking_in import chatting
from chalicelib.web.answers import as_json, json_body
from chalicelib.web.requests import body_of
from chalicelib.web.webhooks import untouched

chat = Blueprint(__name__)


@chat.route("/chat/{account}/visitors", methods=["POST"])
def visitors(account: str) -> Response:
    """Somebody opens the chat."""
    found = chatting.welcome(wiring.services(), unquote(account))
    return as_json({"session_id": found.session, "visitor": found.visitor}, 201)


@chat.route("/chat/{account}/messages", methods=["POST"])
def say(account: str) -> Response:
    """The visitor writes, or has read."""
    request = untouched(chat.current_request)
    fields = json_body(request.body)
    chatting.say(wiring.services(), unquote(account), request, fields)
    return as_json({"status": "kept"}, 202)


@chat.route("/chat/{account}/files", methods=["POST"], content_types=[UNKNOWN])
def bring(account: str) -> Response:
    """The visitor's file: its bytes, and its name in ``X-File-Name``."""
    request = chat.current_request
    name = unquote(request.headers.get("x-file-name", ""))
    asked = replace(untouched(request), body=body_of(request))
    return as_json({"key": chatting.bring(wiring.services(), unquote(account), asked, name)}, 201)


@chat.route("/chat/{account}/messages")
def read(account: str) -> Response:
    """What was said so far."""
    request = untouched(chat.current_request)
    found = chatting.read(wiring.services(), unquote(account), request)
    return as_json({"messages": [shown(message) for message in found]})


@chat.route("/chat/{account}/tickets", methods=["POST"])
def ticket(account: str) -> Response:
    """For a socket."""
    request = untouched(chat.current_request)
    return as_json({"ticket": chatting.give_ticket(wiring.services(), unquote(account), request)})


def shown(message: KeptMessage) -> dict[str, Any]:
    """A message as the visitor sees it; who of us answered is not theirs to know."""
    return {
        "message_id": message.external_id,
        "by": "visitor" if message.direction == "in" else "team",
        "text": message.text,
        "at": message.at,
    }
