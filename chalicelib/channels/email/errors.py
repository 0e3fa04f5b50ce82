"""What the refusals of SES mean (SES v2 API, SendEmail; channels.md 14)."""

from datetime import timedelta

from chalicelib.channels.aws_errors import NO_ACCESS, TOO_FAST, name_of_error, words_of_error
from chalicelib.channels.email.rules import NAME
from chalicelib.channels.http import Answer
from chalicelib.channels.retry_after import retry_after
from chalicelib.channels.statuses import error_by_status
from chalicelib.errors import (
    ChannelAccessLost,
    ChannelError,
    ChannelRefused,
    ChannelThrottled,
    ChannelUnavailable,
)

A_MOMENT = timedelta(seconds=1)
"""The sending rate is counted by the second."""

A_WHILE = timedelta(minutes=15)
"""The daily quota is counted over the last 24 hours, so a little comes free all the time."""

TOO_MANY = {
    **dict.fromkeys(TOO_FAST, ("te veel mails tegelijk", A_MOMENT)),
    "LimitExceededException": ("het dagquotum voor mail is op", A_WHILE),
}

ACCESS_LOST = {
    **dict.fromkeys(NO_ACCESS, "Amazon SES aanvaardt ons niet als afzender"),
    "AccountSuspendedException": "Amazon heeft onze maildienst geschorst",
    "SendingPausedException": "het versturen van mail is bij Amazon stilgezet",
    "MailFromDomainNotVerifiedException": "ons maildomein is bij Amazon niet meer bevestigd",
    "NotFoundException": "de instellingen van ons mailadres bestaan bij Amazon niet",
}

REFUSED = {
    "MessageRejected": "Amazon SES weigert deze mail",
    "BadRequestException": "Amazon SES kan met deze mail niets",
}


def error_of(answer: Answer) -> ChannelError:
    """What this refusal means. Made, not raised: the caller knows where."""
    name, asked = name_of_error(answer), retry_after(answer.headers)
    if name in TOO_MANY:
        reason, wait = TOO_MANY[name]
        return ChannelThrottled(NAME, name, reason, asked or wait)
    if name in ACCESS_LOST:
        return ChannelAccessLost(NAME, name, ACCESS_LOST[name])
    if name in REFUSED:
        words = words_of_error(answer)
        return ChannelRefused(NAME, name, f"{REFUSED[name]}{': ' if words else ''}{words}")
    if name and answer.status >= 500:  # noqa: PLR2004 a fault of theirs
        return ChannelUnavailable(NAME, name, "Amazon SES heeft een storing")
    return error_by_status(NAME, "Amazon SES", answer.status, asked or A_MOMENT)
