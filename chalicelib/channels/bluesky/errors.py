"""What Bluesky's refusals mean (channels.md 12): by its own word for it, else by status."""

from datetime import timedelta

from chalicelib.channels.bluesky.rules import NAME
from chalicelib.channels.http import Answer
from chalicelib.channels.retry_after import retry_after, until_reset
from chalicelib.channels.statuses import error_by_status
from chalicelib.channels.taming import text_of
from chalicelib.errors import ChannelAccessLost, ChannelError, ChannelRefused

WINDOW = timedelta(minutes=5)
"""Bluesky counts by five minutes; what to wait when it does not say until when."""

SESSION_ENDED = frozenset({"ExpiredToken", "InvalidToken"})
"""Nothing was done; a new session can try the same again."""

ACCESS_LOST = {
    "AuthenticationRequired": "Bluesky aanvaardt ons app-wachtwoord niet",
    "AuthMissing": "Bluesky aanvaardt onze sleutel niet",
    "AuthFactorTokenRequired": "Bluesky vraagt een code per e-mail: gebruik een app-wachtwoord",
    "AccountTakedown": "ons account op Bluesky is weggehaald",
    "AccountSuspended": "ons account op Bluesky is geschorst",
    "AccountDeactivated": "ons account op Bluesky staat uit",
    "ExpiredToken": "onze toegang tot Bluesky is verlopen",
    "InvalidToken": "onze toegang tot Bluesky is ingetrokken",
}

REFUSED = {
    "bad token scope": "ons app-wachtwoord mag geen privéberichten lezen of sturen",
    "someone they follow": "deze inwoner ontvangt alleen berichten van wie hij volgt",
    "disabled incoming messages": "deze inwoner ontvangt geen privéberichten",
    "block between": "de inwoner en wij hebben elkaar op Bluesky geblokkeerd",
    "could not find": "het bericht of de inwoner is er niet meer",
}


def error_of(answer: Answer) -> ChannelError:
    """What this refusal means. Made, not raised: the caller knows where."""
    body = answer.json()
    code, said = text_of(body, "error"), text_of(body, "message")
    if code in ACCESS_LOST and answer.status in (400, 401, 403):
        return ChannelAccessLost(NAME, code, ACCESS_LOST[code])
    if 400 <= answer.status < 500 and answer.status not in (401, 408, 429):  # noqa: PLR2004
        return _refused(code or f"http-{answer.status}", said)
    return error_by_status(NAME, "Bluesky", answer.status, wait_of(answer), own_words=bool(body))


def wait_of(answer: Answer) -> timedelta:
    """Until the count begins again."""
    asked = retry_after(answer.headers)
    return asked if asked is not None else until_reset(answer.headers, "ratelimit-reset", WINDOW)


def _refused(code: str, said: str) -> ChannelRefused:
    reason = next((why for words, why in REFUSED.items() if words in said.lower()), None)
    return ChannelRefused(NAME, code, reason or f"Bluesky weigert: {said or 'zonder reden'}")
