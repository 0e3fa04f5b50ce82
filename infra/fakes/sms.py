"""AWS End User Messaging: text messages out, their events with what they cost, and in."""

import json
import re
import time
from typing import Any
from uuid import uuid4

from aiohttp import web

from infra.fakes import aws
from infra.fakes.bodies import object_in
from infra.fakes.failures import accept_or_fail
from infra.fakes.notices import as_notice
from infra.fakes.posts import Post
from infra.fakes.sent import Accepted
from infra.fakes.state import STATE, State

NAME = "sms"
LONGEST = 1600
DOLLARS_PER_PART = 0.0812
STATES = {"sent": "TEXT_SUCCESSFUL", "delivered": "TEXT_DELIVERED", "failed": "TEXT_UNREACHABLE"}

OUR_NUMBERS = ("+31970000001",)

_NUMBER = re.compile(r"\+?[1-9][0-9]{1,18}")
_SEVEN_BITS = re.compile(r"[ -Z_a-z\n\r£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà]*")
"""GSM 03.38 without what takes two septets: a fake may count roughly, and says when it cannot."""


def routes() -> list[web.RouteDef]:
    """Where this platform listens."""
    return [web.post("/sms/", call)]


async def call(request: web.Request) -> web.StreamResponse:
    """One address for every call; a header says which."""
    target = request.headers.get("X-Amz-Target", "")
    if target == "PinpointSMSVoiceV2.DescribePhoneNumbers":
        return await describe_numbers(request)
    if target != "PinpointSMSVoiceV2.SendTextMessage":
        return aws.refusal(400, "UnknownOperationException", "")
    body = await object_in(request)
    reason = _problem_with(body)
    if reason:
        return aws.refusal(400, "ValidationException", "not valid", Reason=reason)
    failure = request.app[STATE].script.next_for(NAME)
    return await accept_or_fail(request, failure, aws.Refusals(), lambda: _accept(request, body))


async def describe_numbers(request: web.Request) -> web.StreamResponse:
    """Two pages: somebody else's number, then ours, which citizens can answer."""
    body, state = await object_in(request), request.app[STATE]
    two_way = NAME not in state.access.lapsed
    others = {"PhoneNumber": "+31970000009", "Status": "ACTIVE", "TwoWayEnabled": False}
    ours = [{**others, "PhoneNumber": one, "TwoWayEnabled": two_way} for one in OUR_NUMBERS]
    first = {"PhoneNumbers": [others], "NextToken": "2"}
    page = {"PhoneNumbers": ours} if body.get("NextToken") else first
    failure = state.script.next_for(NAME, reads=True)
    return await accept_or_fail(request, failure, aws.Refusals(), lambda: web.json_response(page))


def arrival(post: Post, state: State) -> bytes:
    """What AWS tells about a citizen's text message."""
    del state  # it carries its own words
    told = {
        "originationNumber": post.author,
        "destinationNumber": post.account,
        "messageKeyword": "KEYWORD_000000000000",
        "messageBody": post.text,
        "inboundMessageId": post.id,
        **({"previousPublishedMessageId": post.reply_to} if post.reply_to else {}),
    }
    return as_notice(json.dumps(told))


def _problem_with(body: dict[str, Any]) -> str | None:
    """The reason to refuse; None when there is none."""
    text, context = body.get("MessageBody"), body.get("Context", {})
    numbers = (body.get("DestinationPhoneNumber"), body.get("OriginationIdentity"))
    if not all(isinstance(one, str) and _NUMBER.fullmatch(one) for one in numbers):
        return "INVALID_PARAMETER"
    if not isinstance(text, str) or not text.strip():
        return "FIELD_VALIDATION_FAILED"
    if len(text) > LONGEST:
        return "MAXIMUM_SIZE_EXCEEDED"
    if len(context) > 5 or not all(0 < len(str(one)) <= 800 for one in context.values()):  # noqa: PLR2004
        return "FIELD_VALIDATION_FAILED"
    return None


def _accept(request: web.Request, body: dict[str, Any]) -> web.Response:
    accepted = Accepted(
        channel=NAME,
        account=body["OriginationIdentity"],
        to=body["DestinationPhoneNumber"],
        text=body["MessageBody"],
        external_id=str(uuid4()),
        reply_id=body.get("Context", {}).get("reply_id"),
    )
    state = request.app[STATE]
    state.log.add(accepted)
    state.callbacks.begin(NAME, {name: _event(accepted, kind) for name, kind in STATES.items()})
    return web.json_response({"MessageId": accepted.external_id})


def _event(accepted: Accepted, kind: str) -> dict[str, Any]:
    """Written out here on purpose: a fake that counts with what it tests proves nothing."""
    is_gsm = bool(_SEVEN_BITS.fullmatch(accepted.text))
    size = len(accepted.text) if is_gsm else len(accepted.text.encode("utf-16-le")) // 2
    alone, together = (160, 153) if is_gsm else (70, 67)
    parts = 1 if size <= alone else -(-size // together)
    now = int(time.time() * 1000)
    told = {
        "eventType": kind,
        "eventVersion": "1.0",
        "eventTimestamp": now,
        "isFinal": kind != "TEXT_SUCCESSFUL",
        "originationPhoneNumber": accepted.account,
        "destinationPhoneNumber": accepted.to,
        "isoCountryCode": "NL",
        "messageId": accepted.external_id,
        "messageRequestTimestamp": now,
        "messageEncoding": "GSM" if is_gsm else "Unicode",
        "messageType": "TRANSACTIONAL",
        "messageStatus": kind.removeprefix("TEXT_"),
        "messageStatusDescription": "",
        "context": {"reply_id": accepted.reply_id} if accepted.reply_id else {},
        "totalMessageParts": parts,
        "totalMessagePrice": round(parts * DOLLARS_PER_PART, 5),
        "totalCarrierFee": 0.0,
    }
    notice: dict[str, Any] = json.loads(as_notice(json.dumps(told)))
    return notice
