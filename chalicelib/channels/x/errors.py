"""What X's refusals mean (channels.md 8.7): by type, then by older code, then by status."""

from datetime import timedelta

from chalicelib.channels.http import Answer
from chalicelib.channels.retry_after import retry_after, until_reset
from chalicelib.channels.statuses import error_by_status
from chalicelib.channels.taming import id_of, items_of, text_of
from chalicelib.channels.x.rules import NAME
from chalicelib.errors import (
    ChannelAccessLost,
    ChannelError,
    ChannelRefused,
    ChannelThrottled,
    ChannelUnavailable,
)

WINDOW = timedelta(minutes=15)
"""X counts requests by the quarter; what to wait when it does not say until when."""

SPENT = {
    "usage-capped": "ons tegoed of maandquotum bij X is op",
    "credits": "ons tegoed bij X is op",
    "spend-cap": "onze bestedingsgrens bij X is bereikt",
}
"""These close the whole account until somebody pays: waiting for the next quarter is no use."""

REFUSED = {
    "client-forbidden": "ons abonnement bij X staat dit niet toe",
    "not-authorized-for-resource": "X laat ons dit bericht niet zien of beantwoorden",
    "resource-not-found": "het bericht bestaat niet meer op X",
    "duplicate": "hetzelfde antwoord is al geplaatst",
    "reply to this conversation is not allowed": "de schrijver laat ons hier niet antwoorden",
    "not been mentioned": "X laat alleen antwoorden aan wie ons heeft genoemd",
    "cannot send messages to this user": "deze inwoner ontvangt geen privéberichten van ons",
}

ACCESS_LOST_CODES = {
    "32": "X herkent onze koppeling niet",
    "64": "ons account op X is geschorst",
    "89": "onze toegang tot X is verlopen of ingetrokken",
    "99": "X herkent onze koppeling niet",
    "215": "X herkent onze koppeling niet",
    "326": "ons account op X is op slot",
}
UNAVAILABLE_CODES = {"130": "X is overbelast", "131": "X heeft een storing"}
REFUSED_CODES = {
    "144": "het bericht bestaat niet meer op X",
    "150": "deze inwoner ontvangt geen privéberichten van ons",
    "186": "het antwoord is te lang voor X",
    "187": "hetzelfde antwoord is al geplaatst",
    "226": "X houdt het antwoord voor geautomatiseerd en weigert het",
    "349": "deze inwoner ontvangt geen privéberichten van ons",
    "385": "het bericht waarop we antwoorden is weg of niet zichtbaar",
    "433": "de schrijver laat ons hier niet antwoorden",
}
THROTTLED_CODE = "88"


def error_of(answer: Answer) -> ChannelError:
    """What this refusal means. Made, not raised: the caller knows where."""
    problem = answer.json()
    said = " ".join(text_of(problem, name) for name in ("type", "title", "detail")).lower()
    for word, reason in SPENT.items():
        if word in said.replace("creditsdepleted", "credits"):
            return ChannelAccessLost(NAME, word, reason)
    older = next(
        (code for error in items_of(problem, "errors") if (code := id_of(error, "code"))), None
    )
    if older and (known := _by_code(older, answer)):
        return known
    if answer.status in (400, 403, 404):
        return _refused(
            said, text_of(problem, "detail") or text_of(problem, "title"), answer.status
        )
    wait = _wait(answer)
    return error_by_status(NAME, "X", answer.status, wait, own_words=bool(problem))


def _by_code(code: str, answer: Answer) -> ChannelError | None:
    if code == THROTTLED_CODE:
        return ChannelThrottled(NAME, code, "te veel verzoeken", _wait(answer))
    if code in ACCESS_LOST_CODES:
        return ChannelAccessLost(NAME, code, ACCESS_LOST_CODES[code])
    if code in UNAVAILABLE_CODES:
        return ChannelUnavailable(NAME, code, UNAVAILABLE_CODES[code])
    if code in REFUSED_CODES:
        return ChannelRefused(NAME, code, REFUSED_CODES[code])
    return None


def _refused(said: str, own_words: str, status: int) -> ChannelRefused:
    for word, reason in REFUSED.items():
        if word in said:
            return ChannelRefused(NAME, word.replace(" ", "-"), reason)
    reason = f"X weigert: {own_words}" if own_words else "X weigert het bericht zonder reden"
    return ChannelRefused(NAME, f"http-{status}", reason)


def _wait(answer: Answer) -> timedelta:
    asked = retry_after(answer.headers)
    return asked if asked is not None else until_reset(answer.headers, "x-rate-limit-reset", WINDOW)
