"""What Mastodon's refusals mean (channels.md 11): by status; its words are for the agent."""

from datetime import timedelta
from http import HTTPStatus

from chalicelib.channels.http import Answer
from chalicelib.channels.mastodon.rules import NAME
from chalicelib.channels.retry_after import retry_after, until_moment
from chalicelib.channels.statuses import error_by_status
from chalicelib.channels.taming import text_of
from chalicelib.errors import ChannelAccessLost, ChannelError, ChannelRefused

WINDOW = timedelta(minutes=5)
"""Mastodon counts 300 requests in five minutes; what to wait when it does not say how long."""

GONE = "het bericht waarop we antwoorden is weg of niet zichtbaar"
REFUSED: dict[int, str] = {
    HTTPStatus.FORBIDDEN: "wij mogen dit op Mastodon niet",
    HTTPStatus.NOT_FOUND: GONE,
    HTTPStatus.GONE: GONE,
    HTTPStatus.UNPROCESSABLE_ENTITY: "Mastodon keurt het antwoord af",
}

ACCESS_LOST = {
    "login is currently disabled": "ons account op Mastodon is geblokkeerd",
    "outside the authorized scopes": "onze toegang tot Mastodon mag te weinig",
    "awaiting approval": "ons account op Mastodon is nog niet toegelaten",
    "missing a confirmed e-mail": "ons account op Mastodon heeft geen bevestigd adres",
}
"""These come with status 403 too, and concern the whole account."""


def error_of(answer: Answer) -> ChannelError:
    """What this refusal means. Made, not raised: the caller knows where."""
    body, code = answer.json(), f"http-{answer.status}"
    said = text_of(body, "error")
    for words, reason in ACCESS_LOST.items():
        if words in said.lower():
            return ChannelAccessLost(NAME, code, reason)
    if answer.status in REFUSED:
        reason = REFUSED[answer.status]
        return ChannelRefused(NAME, code, f"{reason}: {said}" if said else reason)
    return error_by_status(NAME, "Mastodon", answer.status, wait_of(answer), own_words=bool(body))


def wait_of(answer: Answer) -> timedelta:
    """Until the count begins again; Mastodon writes that as a moment."""
    asked = retry_after(answer.headers)
    if asked is not None:
        return asked
    return until_moment(answer.headers, "x-ratelimit-reset", WINDOW)
