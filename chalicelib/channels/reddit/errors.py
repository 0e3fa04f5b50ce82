"""What Reddit's refusals mean (channels.md 9): by status, and in answers that say 200."""

import re
from datetime import timedelta

from chalicelib.channels.http import Answer
from chalicelib.channels.reddit.rules import NAME
from chalicelib.channels.retry_after import LONGEST, retry_after, seconds_left
from chalicelib.channels.statuses import error_by_status
from chalicelib.channels.taming import items_of, list_of, text_of
from chalicelib.errors import (
    ChannelAccessLost,
    ChannelError,
    ChannelRefused,
    ChannelThrottled,
    ChannelUnavailable,
)

WINDOW = timedelta(minutes=10)
"""Reddit averages over ten minutes; what to wait when it does not say how long."""

UNANSWERED = frozenset({520, 522})
"""Reddit's front could not reach what is behind it."""

REFUSED = {
    "THREAD_LOCKED": "deze draad op Reddit is gesloten",
    "TOO_OLD": "deze draad op Reddit is te oud om op te antwoorden",
    "DELETED_COMMENT": "het bericht is verwijderd",
    "DELETED_LINK": "het bericht is verwijderd",
    "USER_BLOCKED": "de inwoner heeft ons op Reddit geblokkeerd",
    "NOT_WHITELISTED_BY_USER_MESSAGE": "de inwoner ontvangt geen berichten van ons",
    "SUBREDDIT_NOTALLOWED": "wij mogen in deze subreddit niet schrijven",
    "TOO_LONG": "het antwoord is te lang voor Reddit",
}

_UNITS = {"millisecond": 0.001, "second": 1.0, "minute": 60.0, "hour": 3600.0}
_WAIT = re.compile(r"(\d+) (millisecond|second|minute|hour)s?")


def error_of(answer: Answer) -> ChannelError:
    """What this status means. Made, not raised: the caller knows where."""
    if answer.status == 403:  # noqa: PLR2004 forbidden
        return ChannelRefused(NAME, "http-403", "wij zijn hier geweerd, of het is besloten")
    if answer.status == 400 and "error" in answer.json():  # noqa: PLR2004 the sign-in refuses so
        return access_lost(text_of(answer.json(), "error"))
    if answer.status in UNANSWERED:
        return ChannelUnavailable(NAME, f"http-{answer.status}", "Reddit is niet bereikbaar")
    return error_by_status(
        NAME, "Reddit", answer.status, _wait(answer), own_words=bool(answer.json())
    )


def access_lost(code: str) -> ChannelAccessLost:
    """Reddit's sign-in does not know us any more."""
    reason = "onze toegang tot Reddit is verlopen of ingetrokken"
    return ChannelAccessLost(NAME, code or "sign-in", reason)


def error_in(answer: Answer) -> ChannelError | None:
    """The refusal in an answer of status 200, None when there is none."""
    for error in list_of(answer.json(), "json", "errors"):
        code, words, *_ = [*map(text_of, items_of({"": error}, "")), "", ""]
        if code == "RATELIMIT":
            return ChannelThrottled(NAME, code, "Reddit vraagt even te wachten", _asked(words))
        reason = next((why for start, why in REFUSED.items() if code.startswith(start)), None)
        return ChannelRefused(NAME, code, reason or f"Reddit weigert: {words or code}")
    return None


def _asked(words: str) -> timedelta:
    """Reddit writes the wait out: "take a break for 9 minutes"."""
    found = _WAIT.search(words.lower())
    if found is None:
        return WINDOW
    return min(timedelta(seconds=int(found[1][:9]) * _UNITS[found[2]]), LONGEST)


def _wait(answer: Answer) -> timedelta:
    asked = retry_after(answer.headers)
    if asked is not None:
        return asked
    return seconds_left(answer.headers, "x-ratelimit-reset", WINDOW)
