"""X's refusals (channels.md 8.7): by type and words, by older code, by status."""

from datetime import timedelta
from typing import Any

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
        reply_id="reply-1", to="660001", text="Ja.", in_reply_to="3001", thread="2000"
    ),
    account=AccountSettings(account="555000111"),
    secrets=Secrets(current={"access_token": "een-sleutel", "consumer_secret": "een-geheim"}),
)

PROBLEM = "https://api.twitter.com/2/problems/"
LOST = (32, 64, 89, 99, 215, 326)
THEIRS = (130, 131)
REFUSED = (144, 150, 186, 187, 226, 349, 385, 433)


def _said(status: int, means: type[ChannelError], reason: str = "", **body: Any) -> Refusal:
    return Refusal(
        what=f"{status} {' '.join(body.values())}",
        status=status,
        body=body,
        means=means,
        reason=reason,
    )


def _older(code: int, means: type[ChannelError]) -> Refusal:
    body = {"errors": [{"code": code, "message": "x"}]}
    return Refusal(what=f"code {code}", status=403, body=body, means=means, code=str(code))


def _until(wait: int, **headers: str) -> Refusal:
    clock = {"Date": "Fri, 15 Jan 2027 08:00:00 GMT"}
    return Refusal(
        what=f"throttled {headers}",
        status=429,
        headers={**clock, **headers},
        body={"status": 429},
        means=ChannelThrottled,
        wait=timedelta(seconds=wait),
    )


REFUSALS = (
    _said(401, ChannelAccessLost, title="Unauthorized"),
    _said(402, ChannelAccessLost, "tegoed", title="CreditsDepleted"),
    _said(
        429, ChannelAccessLost, "quotum", type=f"{PROBLEM}usage-capped", title="UsageCapExceeded"
    ),
    _said(403, ChannelRefused, "abonnement", type=f"{PROBLEM}client-forbidden"),
    _said(403, ChannelRefused, type=f"{PROBLEM}not-authorized-for-resource"),
    _said(
        403,
        ChannelRefused,
        "al geplaatst",
        detail="You may not create a Tweet with duplicate content.",
    ),
    _said(
        403, ChannelRefused, "niet antwoorden", detail="Reply to this conversation is not allowed"
    ),
    _said(403, ChannelRefused, "genoemd", detail="You have not been mentioned by the author."),
    _said(403, ChannelRefused, "privéberichten", detail="You cannot send messages to this user."),
    _said(403, ChannelRefused, "iets nieuws", detail="iets nieuws"),
    _said(400, ChannelRefused, title="Invalid Request"),
    _said(404, ChannelRefused, "bestaat niet meer", type=f"{PROBLEM}resource-not-found"),
    _said(409, ChannelRefused),
    _said(500, ChannelUnavailable, title="Internal"),
    _said(503, ChannelUnavailable, title="Service Unavailable"),
    _said(502, ChannelUnavailable, title="Bad Gateway"),
    *(_older(code, ChannelAccessLost) for code in LOST),
    *(_older(code, ChannelUnavailable) for code in THEIRS),
    *(_older(code, ChannelRefused) for code in REFUSED),
    _older(88, ChannelThrottled),
    _until(47, **{"x-rate-limit-reset": "1800000047"}),
    _until(0, **{"x-rate-limit-reset": "1799999000"}),
    _until(900, **{"x-rate-limit-reset": "straks"}),
    _until(12, **{"Retry-After": "12", "x-rate-limit-reset": "1800000047"}),
    _until(900),
)
