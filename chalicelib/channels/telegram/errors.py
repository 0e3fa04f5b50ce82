"""What Telegram's refusals mean (channels.md 13): the error code decides, the words tell why."""

from datetime import timedelta

from chalicelib.channels.http import Answer
from chalicelib.channels.retry_after import retry_after
from chalicelib.channels.statuses import error_by_status
from chalicelib.channels.taming import id_of, number_of, text_of
from chalicelib.channels.telegram.rules import NAME
from chalicelib.errors import (
    ChannelAccessLost,
    ChannelError,
    ChannelRefused,
    ChannelThrottled,
    ChannelUnavailable,
)

_A_MOMENT = timedelta(seconds=1)

REFUSED = {
    "bot was blocked": "de inwoner heeft ons op Telegram geblokkeerd",
    "user is deactivated": "het Telegram-account van de inwoner bestaat niet meer",
    "can't initiate conversation": "op Telegram moet de inwoner het gesprek beginnen",
    "bot was kicked": "ons account is uit de groep verwijderd",
    "not a member": "ons account zit niet meer in de groep",
    "chat not found": "dit gesprek bestaat niet op Telegram",
    "message is too long": "het antwoord is te lang voor Telegram",
    "not enough rights": "ons account mag in deze groep niet schrijven",
}

ACCESS_LOST = {
    401: "onze toegang tot Telegram is verlopen of ingetrokken",
    404: "Telegram kent onze sleutel niet",
    409: "een ander programma leest ons Telegram-account",
}


def error_of(answer: Answer) -> ChannelError:
    """What this refusal means. Made, not raised: the caller knows where."""
    body = answer.json()
    if body.get("ok") is not False:
        return error_by_status(NAME, "Telegram", answer.status, _wait(answer))
    status = int(number_of(body, "error_code") or answer.status)
    code, words = str(status), text_of(body, "description")
    if status == 429:  # noqa: PLR2004 too many requests
        return ChannelThrottled(NAME, code, "te veel berichten tegelijk", _wait(answer))
    if status in ACCESS_LOST:
        return ChannelAccessLost(NAME, code, ACCESS_LOST[status])
    if status >= 500:  # noqa: PLR2004 a fault of theirs
        return ChannelUnavailable(NAME, code, "Telegram heeft een storing")
    reason = next((why for said, why in REFUSED.items() if said in words.lower()), None)
    return ChannelRefused(NAME, code, reason or f"Telegram weigert: {words or 'zonder reden'}")


def moved_to(answer: Answer) -> str | None:
    """A group that grew got another id: where it is now."""
    return id_of(answer.json(), "parameters", "migrate_to_chat_id")


def _wait(answer: Answer) -> timedelta:
    seconds = number_of(answer.json(), "parameters", "retry_after")
    if seconds is not None:
        return timedelta(seconds=max(0.0, min(seconds, 86_400.0)))
    asked = retry_after(answer.headers)
    return _A_MOMENT if asked is None else asked
