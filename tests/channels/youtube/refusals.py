"""YouTube's refusals (channels.md 10)."""

from datetime import timedelta
from typing import Any

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets
from chalicelib.channels.youtube.errors import ACCESS_LOST, REFUSED
from chalicelib.errors import (
    ChannelAccessLost,
    ChannelError,
    ChannelRefused,
    ChannelThrottled,
    ChannelUnavailable,
)
from tests.channels.refusals import Refusal, Sending

OWN = "UCeigenPolitieVoorbeeld0"
SENDING = Sending(
    outgoing=Outgoing(
        reply_id="reply-1", to="UCwilg", text="Ja.", in_reply_to="UgAltijd", thread="UgAltijd"
    ),
    account=AccountSettings(account=OWN),
    secrets=Secrets(
        current={
            "client_id": "c",
            "client_secret": "s-lang-geheim",
            "refresh_token": f"{OWN}:lang-geheim",
        }
    ),
)


def _said(code: str, means: type[ChannelError], status: int = 403, **more: Any) -> Refusal:
    errors = [{"message": "x", "domain": "youtube", "reason": code}]
    body = {"error": {"code": status, "message": "in hun woorden", "errors": errors}}
    return Refusal(what=code, status=status, body=body, means=means, **more)


_AT_EIGHT_IN_THE_MORNING = {"Date": "Fri, 15 Jan 2027 16:00:00 GMT"}
"""By the clock of the quota: it begins anew sixteen hours later."""

REFUSALS = (
    *(_said(reason, ChannelAccessLost, reason=words) for reason, words in ACCESS_LOST.items()),
    *(_said(reason, ChannelRefused, reason=words) for reason, words in REFUSED.items()),
    _said("ietsNieuws", ChannelRefused, 400, reason="in hun woorden"),
    *(
        _said(
            reason,
            ChannelThrottled,
            headers=_AT_EIGHT_IN_THE_MORNING,
            wait=timedelta(hours=16),
            reason="eenheden",
        )
        for reason in ("quotaExceeded", "dailyLimitExceeded")
    ),
    _said("rateLimitExceeded", ChannelThrottled, wait=timedelta(seconds=30)),
    _said("userRateLimitExceeded", ChannelThrottled, 429, wait=timedelta(seconds=30)),
    _said("processingFailure", ChannelUnavailable, 400),
    _said("backendError", ChannelUnavailable, 503),
    _said("iets van hen", ChannelUnavailable, 502),
)
