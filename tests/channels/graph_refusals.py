"""The refusals that Messenger, Facebook and Instagram share (channels.md 5.3), written out."""

from datetime import timedelta
from typing import Any

from chalicelib.errors import (
    ChannelAccessLost,
    ChannelError,
    ChannelRefused,
    ChannelThrottled,
    ChannelUnavailable,
)
from tests.channels.refusals import Refusal

TRY_AGAIN = ("1", "2", "1200")
WAIT = {"4": 300, "17": 300, "32": 300, "341": 300, "613": 60, "80006": 300}
LOST = ("3", "10", "190", "200", "250", "299", "368", "10/1893063")
REFUSED = (
    *("10/2018278", "10/2534022"),  # the window
    *("100", "100/1545041", "100/2018001", "200/1545041", "551", "10900"),
)


def graph(code: str, **more: Any) -> dict[str, Any]:
    """A refusal as Graph writes it."""
    number, _, subcode = code.partition("/")
    sub = {"error_subcode": int(subcode)} if subcode else {}
    return {"error": {"code": int(number), "message": "x", **sub, **more}}


def _coded(code: str, means: type[ChannelError], **more: Any) -> Refusal:
    return Refusal(what=f"code {code}", means=means, body=graph(code), code=code, **more)


def _quota(minutes: int) -> dict[str, str]:
    use = f'{{"33":[{{"type":"messenger","estimated_time_to_regain_access":{minutes}}}]}}'
    return {"X-Business-Use-Case-Usage": use}


REFUSALS = (
    *(_coded(code, ChannelUnavailable) for code in TRY_AGAIN),
    *(_coded(code, ChannelThrottled, wait=timedelta(seconds=s)) for code, s in WAIT.items()),
    *(_coded(code, ChannelAccessLost) for code in LOST),
    *(_coded(code, ChannelRefused) for code in REFUSED),
    Refusal(what="another subcode of 10", body=graph("10/7"), means=ChannelRefused),
    Refusal(what="another subcode of 190", body=graph("190/463"), means=ChannelAccessLost),
    Refusal(what="another subcode of 551", body=graph("551/7"), means=ChannelRefused),
    Refusal(what="an error under 200", status=200, body=graph("551"), means=ChannelRefused),
    Refusal(what="a new code", body=graph("999001"), means=ChannelRefused, reason="x"),
    Refusal(
        what="a new code that passes",
        body=graph("999001", is_transient=True),
        means=ChannelUnavailable,
    ),
    Refusal(
        what="a new code of theirs", status=500, body=graph("999001"), means=ChannelUnavailable
    ),
    Refusal(
        what="a new code without access", status=401, body=graph("999001"), means=ChannelAccessLost
    ),
    Refusal(what="a new code too often", status=429, body=graph("999001"), means=ChannelThrottled),
    Refusal(what="nothing there", status=404, body="<html>", means=ChannelRefused),
    Refusal(what="too slow", status=408, body="<html>", means=ChannelUnavailable),
    Refusal(
        what="the header asks longer",
        body=graph("613"),
        headers={"Retry-After": "90"},
        means=ChannelThrottled,
        wait=timedelta(seconds=90),
    ),
    Refusal(
        what="the code asks longer",
        body=graph("613"),
        headers={"Retry-After": "2"},
        means=ChannelThrottled,
        wait=timedelta(seconds=60),
    ),
    Refusal(
        what="the quota asks longer",
        body=graph("80006"),
        headers=_quota(19),
        means=ChannelThrottled,
        wait=timedelta(minutes=19),
    ),
    Refusal(
        what="the quota says nothing",
        body=graph("80006"),
        headers={"X-Business-Use-Case-Usage": "{"},
        means=ChannelThrottled,
        wait=timedelta(minutes=5),
    ),
    Refusal(
        what="a fault that says when to come back",
        body=graph("2"),
        headers={"Retry-After": "30"},
        means=ChannelThrottled,
        wait=timedelta(seconds=30),
    ),
)
