"""What YouTube's refusals mean (channels.md 10): by its reason, else by status."""

from datetime import timedelta

from chalicelib.channels.http import Answer
from chalicelib.channels.looking_again import read_at
from chalicelib.channels.retry_after import retry_after
from chalicelib.channels.statuses import error_by_status
from chalicelib.channels.taming import items_of, text_of
from chalicelib.channels.youtube.rules import NAME
from chalicelib.channels.youtube.units import until_midnight
from chalicelib.errors import (
    ChannelAccessLost,
    ChannelError,
    ChannelRefused,
    ChannelThrottled,
    ChannelUnavailable,
)

A_WHILE = timedelta(seconds=30)
"""What to wait when YouTube says too fast and not how long."""

SPENT = frozenset({"quotaExceeded", "dailyLimitExceeded"})
TOO_FAST = frozenset({"rateLimitExceeded", "userRateLimitExceeded"})
LATER = frozenset({"processingFailure", "backendError", "internalError", "SERVICE_UNAVAILABLE"})

ACCESS_LOST = {
    "authError": "YouTube aanvaardt onze sleutel niet",
    "required": "YouTube vraagt om een sleutel",
    "forbidden": "ons account op YouTube mag dit niet",
    "insufficientPermissions": "onze toegang tot YouTube mag te weinig",
    "accessNotConfigured": "onze koppeling met YouTube staat uit",
    "keyInvalid": "YouTube kent onze sleutel niet",
    "keyExpired": "onze sleutel voor YouTube is verlopen",
    "ipRefererBlocked": "onze sleutel voor YouTube geldt hier niet",
    "accountDelegationForbidden": "ons account op YouTube mag dit niet",
    "youtubeSignupRequired": "ons account heeft geen kanaal op YouTube",
    "authenticatedUserAccountSuspended": "ons account op YouTube is geschorst",
    "ineligibleAccount": "ons account op YouTube mag niet reageren",
}

REFUSED = {
    "commentsDisabled": "onder deze video kan niet worden gereageerd",
    "videoNotFound": "de video is er niet meer",
    "channelNotFound": "het kanaal is er niet meer",
    "commentNotFound": "de reactie is er niet meer",
    "commentThreadNotFound": "de reactie is er niet meer",
    "parentCommentNotFound": "de reactie waarop we antwoorden is er niet meer",
    "parentCommentIsPrivate": "de reactie waarop we antwoorden is niet openbaar",
    "parentIdMissing": "onbekend op welke reactie dit een antwoord is",
    "commentTextTooLong": "het antwoord is te lang voor YouTube",
    "commentTextRequired": "YouTube ziet geen tekst in het antwoord",
    "operationNotSupported": "op deze reactie kan niet worden geantwoord",
}


def error_of(answer: Answer) -> ChannelError:
    """What this refusal means. Made, not raised: the caller knows where."""
    body = answer.json()
    reasons = [text_of(one, "reason") for one in items_of(body, "error", "errors")]
    reason = next(filter(None, reasons), "") or text_of(body, "error", "status")
    said = text_of(body, "error", "message")
    if reason in SPENT:
        words = "de eenheden van vandaag zijn op"
        return ChannelThrottled(NAME, reason, words, until_midnight(read_at(answer)))
    if reason in TOO_FAST:
        return ChannelThrottled(NAME, reason, "te veel verzoeken", wait_of(answer))
    if reason in LATER:
        return ChannelUnavailable(NAME, reason, "YouTube heeft een storing")
    if reason in ACCESS_LOST:
        return ChannelAccessLost(NAME, reason, ACCESS_LOST[reason])
    if 400 <= answer.status < 500 and answer.status not in (401, 402, 408, 429):  # noqa: PLR2004
        words = REFUSED.get(reason) or f"YouTube weigert: {said or reason or 'zonder reden'}"
        return ChannelRefused(NAME, reason or f"http-{answer.status}", words)
    own_words = "error" in body
    return error_by_status(NAME, "YouTube", answer.status, wait_of(answer), own_words=own_words)


def wait_of(answer: Answer) -> timedelta:
    asked = retry_after(answer.headers)
    return A_WHILE if asked is None else asked
