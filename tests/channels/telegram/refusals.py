"""Telegram's refusals (channels.md 13)."""

from datetime import timedelta
from typing import Any

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets
from chalicelib.errors import (
    ChannelAccessLost,
    ChannelRefused,
    ChannelThrottled,
    ChannelUnavailable,
)
from tests.channels.refusals import Refusal, Sending

SENDING = Sending(
    outgoing=Outgoing(reply_id="reply-1", to="7700", text="Tot vijf uur.", in_reply_to="7700:21"),
    account=AccountSettings(account="9001"),
    secrets=Secrets(current={"bot_token": "9001:geheim"}),
)


def _said(status: int, words: str, means: type, reason: str = "", **more: Any) -> Refusal:
    body = {"ok": False, "error_code": status, "description": words, **more}
    return Refusal(what=words, status=status, body=body, means=means, reason=reason)


def _too_many(what: str, wait: int, parameters: dict[str, int], **headers: str) -> Refusal:
    body = {"ok": False, "error_code": 429, "description": "x", "parameters": parameters}
    return Refusal(
        what=what,
        status=429,
        body=body,
        headers=headers,
        means=ChannelThrottled,
        wait=timedelta(seconds=wait),
    )


REFUSALS = (
    _said(403, "Forbidden: bot was blocked by the user", ChannelRefused, "geblokkeerd"),
    _said(403, "Forbidden: user is deactivated", ChannelRefused, "bestaat niet meer"),
    _said(
        403, "Forbidden: bot can't initiate conversation with a user", ChannelRefused, "beginnen"
    ),
    _said(403, "Forbidden: bot was kicked from the supergroup chat", ChannelRefused, "verwijderd"),
    _said(403, "Forbidden: bot is not a member of the supergroup chat", ChannelRefused, "groep"),
    _said(400, "Bad Request: chat not found", ChannelRefused, "gesprek"),
    _said(400, "Bad Request: message is too long", ChannelRefused, "te lang"),
    _said(400, "Bad Request: not enough rights to send text messages", ChannelRefused, "groep"),
    _said(400, "Bad Request: iets nieuws", ChannelRefused, "iets nieuws"),
    _said(401, "Unauthorized", ChannelAccessLost, "toegang"),
    _said(404, "Not Found", ChannelAccessLost, "sleutel"),
    _said(409, "Conflict: terminated by other getUpdates request", ChannelAccessLost, "programma"),
    _said(500, "Internal Server Error", ChannelUnavailable, "storing"),
    _said(502, "Bad Gateway", ChannelUnavailable, "storing"),
    _too_many("parameters say how long", 35, {"retry_after": 35}),
    _too_many("the header says how long", 9, {}, **{"Retry-After": "9"}),
    _too_many("nobody says how long", 1, {}),
    Refusal(what="a teapot", status=418, body="<html>", means=ChannelRefused),
)
