"""What the refusals of AWS End User Messaging mean (SendTextMessage, 2022-03-31)."""

from datetime import timedelta

from chalicelib.channels.aws_errors import NO_ACCESS, TOO_FAST, name_of_error, words_of_error
from chalicelib.channels.http import Answer
from chalicelib.channels.retry_after import retry_after
from chalicelib.channels.sms.rules import NAME
from chalicelib.channels.statuses import error_by_status
from chalicelib.channels.taming import text_of
from chalicelib.errors import (
    ChannelAccessLost,
    ChannelError,
    ChannelRefused,
    ChannelThrottled,
    ChannelUnavailable,
)

A_MOMENT = timedelta(seconds=1)
"""A number may send so many parts a second."""

ACCESS_LOST = {
    **dict.fromkeys(NO_ACCESS, "Amazon aanvaardt ons niet als afzender van sms"),
    "ResourceNotFoundException": "ons sms-nummer bestaat bij Amazon niet",
    "ACCOUNT_DISABLED": "ons account voor sms is door Amazon uitgezet",
    "INSUFFICIENT_ACCOUNT_REPUTATION": "Amazon vertrouwt ons account voor sms niet",
    "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT": "het maandbudget voor sms bij Amazon is op",
    "NO_ORIGINATION_IDENTITIES_FOUND": "ons sms-nummer bestaat bij Amazon niet",
    "RESOURCE_NOT_ACTIVE": "ons sms-nummer is bij Amazon niet actief",
    "RESOURCE_NOT_ACCESSIBLE": "wij mogen ons sms-nummer bij Amazon niet gebruiken",
}
"""By the error's ``Reason`` or name: nothing goes out on this account until somebody repairs it."""

REFUSED = {
    "DESTINATION_PHONE_NUMBER_OPTED_OUT": "de inwoner heeft zich met STOP afgemeld",
    "DESTINATION_PHONE_NUMBER_NOT_VERIFIED": "ons sms-account mag alleen naar proefnummers sturen",
    "DESTINATION_COUNTRY_BLOCKED": "sms naar dit land staat uit",
    "DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION": "sms naar dit land staat bij ons uit",
    "DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE": "dit nummer staat bij ons uit",
    "COUNTRY_NOT_ENABLED": "sms naar dit land staat uit",
    "INTERNATIONAL_SENDING_NOT_SUPPORTED": "ons nummer kan niet naar het buitenland sturen",
    "INVALID_IDENTITY_FOR_DESTINATION_COUNTRY": "ons nummer kan niet naar dit land sturen",
    "PRICE_OVER_THRESHOLD": "dit bericht kost meer dan wij toestaan",
    "MAXIMUM_SIZE_EXCEEDED": "het bericht is te lang voor een sms",
    "INVALID_PARAMETER": "dit is geen telefoonnummer voor sms",
    "DAILY_DESTINATION_CALL_LIMIT": "naar dit nummer gaan vandaag geen berichten meer",
}


def error_of(answer: Answer) -> ChannelError:
    """What this refusal means. Made, not raised: the caller knows where."""
    name, reason = name_of_error(answer), text_of(answer.json(), "Reason")
    asked, code = retry_after(answer.headers) or A_MOMENT, reason or name
    if name in TOO_FAST:
        return ChannelThrottled(NAME, code, "te veel berichten tegelijk", asked)
    lost = ACCESS_LOST.get(reason) or ACCESS_LOST.get(name)
    if lost:
        return ChannelAccessLost(NAME, code, lost)
    if name and answer.status >= 500:  # noqa: PLR2004 a fault of theirs
        return ChannelUnavailable(NAME, code, "de sms-dienst van Amazon heeft een storing")
    if name:
        words = REFUSED.get(reason) or f"Amazon weigert de sms: {words_of_error(answer) or name}"
        return ChannelRefused(NAME, code, words)
    return error_by_status(NAME, "de sms-dienst van Amazon", answer.status, asked)
