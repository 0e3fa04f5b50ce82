"""Platforms come in here: their check of our address, and what they deliver. No logic."""

from urllib.parse import unquote

from chalice import Blueprint, Response
from chalice.app import Request

from chalicelib import wiring
from chalicelib.channels.contract import WebhookRequest
from chalicelib.flows.taking_in.chatting import say
from chalicelib.flows.taking_in.forms import submit_as_sent
from chalicelib.flows.taking_in.partners import take_report
from chalicelib.flows.taking_in.receiving import answer_handshake, receive_webhook
from chalicelib.web.answers import as_json, json_body
from chalicelib.web.requests import body_of, query_of

webhooks = Blueprint(__name__)

ANY_TEXT = ["application/json", "text/plain", "application/x-www-form-urlencoded"]
"""What a platform says its body is does not matter: the bytes are kept as they are."""


@webhooks.route("/webhooks/{channel}/{account}", methods=["GET"])
def check_address(channel: str, account: str) -> Response:
    """A platform checks that this address is ours."""
    request = untouched(webhooks.current_request)
    found = answer_handshake(wiring.services(), unquote(channel), unquote(account), request)
    if isinstance(found, dict):
        return as_json(found)
    return Response(body=found, headers={"Content-Type": "text/plain"})


@webhooks.route("/webhooks/{channel}/{account}", methods=["POST"], content_types=ANY_TEXT)
def deliver(channel: str, account: str) -> Response:
    """A platform delivers; once this returns, the envelope is safe."""
    request = untouched(webhooks.current_request)
    if channel == "form":
        return hand_in(unquote(account), request)
    if channel == "partner":
        return reported(unquote(account), request)
    if channel == "chat":
        return said(unquote(account), request)
    receive_webhook(wiring.services(), unquote(channel), unquote(account), request)
    return as_json({"status": "kept"})


def said(account: str, request: WebhookRequest) -> Response:
    """What a visitor of our chat says is checked at once: they wait too."""
    say(wiring.services(), account, request, json_body(request.body))
    return as_json({"status": "kept"})


def reported(account: str, request: WebhookRequest) -> Response:
    """A partner's report is checked at once, and gets a private link to our answers."""
    secret = take_report(wiring.services(), account, request)
    address = f"{wiring.services().public_url}/formulier/antwoord/{secret}"
    return as_json({"status": "kept", "answers": address})


def hand_in(account: str, request: WebhookRequest) -> Response:
    """A form is checked at once, since its writer waits, and gets a private link to the answers."""
    secret = submit_as_sent(wiring.services(), account, request, json_body(request.body))
    return as_json({"status": "kept", "answers": f"/formulier/antwoord/{secret}"})


def untouched(request: Request) -> WebhookRequest:
    """The request as the channels take it: the very bytes, header names in lower case."""
    return WebhookRequest(
        method=request.method,
        headers={name.lower(): value for name, value in request.headers.items()},
        query=query_of(request),
        body=body_of(request),
    )
