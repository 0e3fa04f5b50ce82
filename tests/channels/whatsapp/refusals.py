"""WhatsApp's refusals (channels.md 4.7): every code, written out again on purpose."""

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
    outgoing=Outgoing(reply_id="reply-1", to="31600000041", text="Ja, tot vijf uur."),
    account=AccountSettings(account="700300400500"),
    secrets=Secrets(current={"access_token": "een-sleutel"}),
)

TRY_AGAIN = (1, 2, 131000, 131016, 133004)
WAIT = {4: 300, 80007: 300, 130429: 2, 131056: 6, 131057: 300}
LOST = (0, 3, 10, 190, 200, 250, 299, 131005, 131045, 133010)
BLOCKED = (368, 131031, 131042, 131048, 131064)
REFUSED = (
    131047,  # the window: only a template may go out
    *(130497, 132015, 132016),  # blocked, but only this country or this template
    *(33, 100, 130472, 131008, 131009, 131021, 131026, 131030, 131049, 131050, 131051, 131052),
    *(131053, 131062, 132000, 132001, 132005, 132007, 132012),
)


def _graph(code: int, **more: Any) -> dict[str, Any]:
    return {"error": {"code": code, "message": "x", **more}}


def _coded(code: int, means: type, **more: Any) -> Refusal:
    return Refusal(what=f"code {code}", means=means, body=_graph(code), code=str(code), **more)


REFUSALS = (
    *(_coded(code, ChannelUnavailable) for code in TRY_AGAIN),
    *(_coded(code, ChannelThrottled, wait=timedelta(seconds=s)) for code, s in WAIT.items()),
    *(_coded(code, ChannelAccessLost) for code in (*LOST, *BLOCKED)),
    *(_coded(code, ChannelRefused) for code in REFUSED),
    Refusal(
        what="an error under status 200", status=200, body=_graph(131047), means=ChannelRefused
    ),
    Refusal(what="a new code", body=_graph(999_001), means=ChannelRefused, reason="x"),
    Refusal(
        what="a new code that passes",
        body=_graph(999_001, is_transient=True),
        means=ChannelUnavailable,
    ),
    Refusal(
        what="a new code of theirs", status=500, body=_graph(999_001), means=ChannelUnavailable
    ),
    Refusal(
        what="a new code without access", status=401, body=_graph(999_001), means=ChannelAccessLost
    ),
    Refusal(what="a new code too often", status=429, body=_graph(999_001), means=ChannelThrottled),
    Refusal(what="a redirect", status=302, body="<html>", means=ChannelRefused),
    Refusal(what="nothing there", status=404, body="<html>", means=ChannelRefused),
    Refusal(what="too slow", status=408, body="<html>", means=ChannelUnavailable),
    *(
        Refusal(
            what=f"code {code}, retry after {asked}",
            status=429,
            headers={"Retry-After": asked},
            body=_graph(code),
            means=ChannelThrottled,
            wait=timedelta(seconds=wait),
        )
        for code, asked, wait in (
            (131056, "2", 6),
            (131056, "40", 40),
            (130429, "7", 7),
            (131000, "30", 30),
            (130429, "morgen", 2),
        )
    ),
)
