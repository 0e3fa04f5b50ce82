"""Bluesky's refusals (channels.md 12)."""

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

CITIZEN = "did:plc:wilgaaaaaaaaaaaaaaaaaaaa"
THEIRS = f"at://{CITIZEN}/app.bsky.feed.post/3kaltijd"

SENDING = Sending(
    outgoing=Outgoing(
        reply_id="reply-1", to=CITIZEN, text="Ja.", in_reply_to=THEIRS, thread=THEIRS
    ),
    account=AccountSettings(account="did:plc:eigenaaaaaaaaaaaaaaaaaaa"),
    secrets=Secrets(current={"app_password": "abcd-efgh-ijkl-mnop"}),
)


def _said(
    status: int, error: str, means: type[ChannelError], reason: str, words: str = "x"
) -> Refusal:
    body = {"error": error, "message": words}
    return Refusal(
        what=f"{error} {words}", status=status, body=body, means=means, reason=reason, code=error
    )


def _too_many(what: str, wait: int, **headers: str) -> Refusal:
    return Refusal(
        what=what,
        status=429,
        body={"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"},
        headers={"Date": "Fri, 15 Jan 2027 08:00:00 GMT", **headers},
        means=ChannelThrottled,
        wait=timedelta(seconds=wait),
    )


REFUSALS = (
    _said(401, "AuthenticationRequired", ChannelAccessLost, "app-wachtwoord"),
    _said(401, "AuthMissing", ChannelAccessLost, "sleutel"),
    _said(401, "AuthFactorTokenRequired", ChannelAccessLost, "app-wachtwoord"),
    _said(401, "AccountTakedown", ChannelAccessLost, "weggehaald"),
    _said(400, "AccountTakedown", ChannelAccessLost, "weggehaald"),
    _said(403, "AccountDeactivated", ChannelAccessLost, "staat uit"),
    _said(400, "InvalidRequest", ChannelRefused, "te veel tekens", "te veel tekens"),
    _said(400, "InvalidSwap", ChannelRefused, "weigert"),
    _said(400, "InvalidRequest", ChannelRefused, "geblokkeerd", "block between us"),
    _said(400, "InvalidRequest", ChannelRefused, "volgt", "requires someone they follow"),
    _said(400, "InvalidRequest", ChannelRefused, "privé", "disabled incoming messages"),
    _said(404, "XRPCNotSupported", ChannelRefused, "weigert"),
    *(
        Refusal(
            what=error, status=status, body={"error": error}, means=ChannelUnavailable
        )
        for status, error in (
            (500, "InternalServerError"), (502, "UpstreamFailure"), (503, "NotEnoughResources")
        )
    ),
    _too_many("an epoch", 150, **{"ratelimit-reset": "1800000150"}),
    _too_many("seconds", 9, **{"Retry-After": "9"}),
    _too_many("nobody says how long", 300),
)  # fmt: skip
