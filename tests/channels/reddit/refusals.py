"""Reddit's refusals (channels.md 9): most of them in answers of status 200."""

from datetime import timedelta
from typing import Any

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets
from chalicelib.errors import ChannelRefused, ChannelThrottled, ChannelUnavailable
from tests.channels.refusals import Refusal, Sending

SENDING = Sending(
    outgoing=Outgoing(
        reply_id="reply-1", to="t2_s1", text="Ja.", in_reply_to="t1_m1", thread="t3_q1"
    ),
    account=AccountSettings(account="PolVoorbeeld"),
    secrets=Secrets(
        current={"client_id": "c", "client_secret": "s-lang-geheim", "password": "p-lang-geheim"}
    ),
)

REFUSED = (
    *("THREAD_LOCKED", "TOO_OLD", "DELETED_COMMENT", "DELETED_LINK", "USER_BLOCKED"),
    *("USER_BLOCKED_MESSAGE", "NOT_WHITELISTED_BY_USER_MESSAGE", "SUBREDDIT_NOTALLOWED"),
    *("TOO_LONG", "IETS_NIEUWS"),
)
WAITS = {
    "you are doing that too much. take a break for 9 minutes before trying again.": 540.0,
    "Looks like you've been doing that a lot. Take a break for 5 seconds.": 5.0,
    "take a break for 1 minute": 60.0,
    "take a break for 120 milliseconds": 0.12,
    "later": 600.0,
}


def _under_200(code: str, words: str, **more: Any) -> Refusal:
    body = {"json": {"errors": [[code, words, "parent"]]}}
    return Refusal(what=f"{code} {words}", status=200, body=body, code=code, **more)


REFUSALS = (
    *(_under_200(code, "in hun woorden", means=ChannelRefused) for code in REFUSED),
    *(
        _under_200("RATELIMIT", words, means=ChannelThrottled, wait=timedelta(seconds=seconds))
        for words, seconds in WAITS.items()
    ),
    Refusal(what="banned", status=403, body="<html>", means=ChannelRefused, reason="geweerd"),
    Refusal(what="nothing there", status=404, body="<html>", means=ChannelRefused),
    Refusal(what="front without back", status=520, body="<html>", means=ChannelUnavailable),
    Refusal(what="front too late", status=522, body="<html>", means=ChannelUnavailable),
)
