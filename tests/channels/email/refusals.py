"""Amazon SES's refusals (v2 API, SendEmail; channels.md 14)."""

from datetime import timedelta

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets
from chalicelib.errors import (
    ChannelAccessLost,
    ChannelError,
    ChannelRefused,
    ChannelThrottled,
    ChannelUnavailable,
)
from tests.channels.refusals import Refusal, Sending

SENDING = Sending(
    outgoing=Outgoing(
        reply_id="reply-1",
        to="ilse@voorbeeld.example",
        text="Tot vijf uur.",
        in_reply_to="m1@voorbeeld.example",
    ),
    account=AccountSettings(account="webcare@voorbeeld.example"),
    secrets=Secrets(current={}),
)


def _said(status: int, name: str, means: type[ChannelError], reason: str = "") -> Refusal:
    headers = {"x-amzn-ErrorType": f"{name}:http://internal.amazon.com/coral/"}
    body = {"message": "zegt Amazon"}
    return Refusal(
        what=name, status=status, body=body, headers=headers, means=means, reason=reason, code=name
    )


def _too_many(name: str, wait: timedelta, *, status: int = 429, after: str = "") -> Refusal:
    headers = {"Retry-After": after} if after else {}
    return Refusal(
        what=f"{name} {headers}",
        status=status,
        body={"__type": name, "message": "x"},
        headers=headers,
        means=ChannelThrottled,
        wait=wait,
    )


REFUSALS = (
    _said(400, "MessageRejected", ChannelRefused, "zegt Amazon"),
    _said(400, "BadRequestException", ChannelRefused, "niets"),
    _said(400, "AccountSuspendedException", ChannelAccessLost, "geschorst"),
    _said(400, "SendingPausedException", ChannelAccessLost, "stilgezet"),
    _said(400, "MailFromDomainNotVerifiedException", ChannelAccessLost, "domein"),
    _said(404, "NotFoundException", ChannelAccessLost, "instellingen"),
    _said(403, "AccessDeniedException", ChannelAccessLost, "afzender"),
    _said(403, "SignatureDoesNotMatch", ChannelAccessLost, "afzender"),
    _said(403, "UnrecognizedClientException", ChannelAccessLost, "afzender"),
    _said(500, "InternalFailure", ChannelUnavailable, "storing"),
    _said(503, "ServiceUnavailable", ChannelUnavailable, "storing"),
    _too_many("TooManyRequestsException", timedelta(seconds=1)),
    _too_many("TooManyRequestsException", timedelta(seconds=9), after="9"),
    _too_many("com.amazon.coral.service#ThrottlingException", timedelta(seconds=1), status=400),
    _too_many("LimitExceededException", timedelta(minutes=15), status=400),
    Refusal(what="a teapot", status=418, body="<html>", means=ChannelRefused),
)
