"""The refusals of AWS End User Messaging SMS (SendTextMessage, API of 2022-03-31)."""

from datetime import timedelta

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets
from chalicelib.errors import (
    ChannelAccessLost,
    ChannelError,
    ChannelRefused,
    ChannelThrottled,
    ChannelUnavailable,
)
from tests.channels.refusals import Refusal, Sending

SENDING = Sending(
    outgoing=Outgoing(reply_id="reply-1", to="+31600000061", text="Tot vijf uur."),
    account=AccountSettings(account="+31970000001"),
    secrets=Secrets(current={}),
)


def _said(
    name: str, means: type[ChannelError], words: str = "", reason: str = "", status: int = 400
) -> Refusal:
    body = {"__type": name, "Message": "zegt Amazon", **({"Reason": reason} if reason else {})}
    code = reason or name.rpartition("#")[2]
    return Refusal(
        what=f"{name} {reason}", status=status, body=body, means=means, reason=words, code=code
    )


CONFLICT, INVALID = "ConflictException", "ValidationException"
QUOTA, DENIED = "ServiceQuotaExceededException", "AccessDeniedException"

REFUSALS = (
    _said(CONFLICT, ChannelRefused, "STOP", "DESTINATION_PHONE_NUMBER_OPTED_OUT"),
    _said(CONFLICT, ChannelRefused, "proefnummers", "DESTINATION_PHONE_NUMBER_NOT_VERIFIED"),
    _said(CONFLICT, ChannelRefused, "land", "DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION"),
    _said(CONFLICT, ChannelAccessLost, "bestaat", "NO_ORIGINATION_IDENTITIES_FOUND"),
    _said(CONFLICT, ChannelAccessLost, "actief", "RESOURCE_NOT_ACTIVE"),
    _said(CONFLICT, ChannelRefused, "zegt Amazon", "SOMETHING_NEW"),
    _said(INVALID, ChannelRefused, "telefoonnummer", "INVALID_PARAMETER"),
    _said(INVALID, ChannelRefused, "te lang", "MAXIMUM_SIZE_EXCEEDED"),
    _said(INVALID, ChannelRefused, "kost meer", "PRICE_OVER_THRESHOLD"),
    _said(INVALID, ChannelRefused, "land", "COUNTRY_NOT_ENABLED"),
    _said(INVALID, ChannelRefused, "land", "DESTINATION_COUNTRY_BLOCKED"),
    _said(INVALID, ChannelAccessLost, "gebruiken", "RESOURCE_NOT_ACCESSIBLE"),
    _said(QUOTA, ChannelAccessLost, "maandbudget", "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT", 402),
    _said(QUOTA, ChannelRefused, "vandaag", "DAILY_DESTINATION_CALL_LIMIT"),
    _said(DENIED, ChannelAccessLost, "uitgezet", "ACCOUNT_DISABLED"),
    _said(DENIED, ChannelAccessLost, "vertrouwt", "INSUFFICIENT_ACCOUNT_REPUTATION"),
    _said(DENIED, ChannelAccessLost, "afzender", status=403),
    _said("ResourceNotFoundException", ChannelAccessLost, "bestaat"),
    _said("com.amazonaws#ExpiredTokenException", ChannelAccessLost, "afzender"),
    _said("InternalServerException", ChannelUnavailable, "storing", status=500),
    Refusal(
        what="too fast",
        status=400,
        body={"__type": "ThrottlingException", "Message": "Rate exceeded"},
        means=ChannelThrottled,
        wait=timedelta(seconds=1),
    ),
    Refusal(what="a teapot", status=418, body="<html>", means=ChannelRefused),
)
