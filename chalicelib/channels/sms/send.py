"""What goes out: one text message (SendTextMessage of AWS End User Messaging SMS)."""

from typing import Any

from chalicelib.channels.contract import AccountSettings, Outgoing, Sent
from chalicelib.channels.http import Http
from chalicelib.channels.sms.errors import error_of
from chalicelib.channels.sms.rules import NAME, closed
from chalicelib.channels.taming import id_of
from chalicelib.errors import OutcomeUnknown

HEADERS = {
    "Content-Type": "application/x-amz-json-1.0",
    "X-Amz-Target": "PinpointSMSVoiceV2.SendTextMessage",
}

OPTIONAL = {"configuration_set": "ConfigurationSetName", "most_dollars": "MaxPrice"}
"""Settings of the account that go along where they are set."""


def send(outgoing: Outgoing, settings: AccountSettings, http: Http) -> Sent:
    """One text message. Raises the ``ChannelError`` family."""
    body = request_of(outgoing, settings)
    answer = http.request(NAME, "POST", "/", headers=HEADERS, body=body)
    if not 200 <= answer.status < 300:  # noqa: PLR2004
        raise error_of(answer)
    id = id_of(answer.json(), "MessageId")
    if id is None:
        raise OutcomeUnknown(NAME, "no-id", "onbekend of Amazon de sms heeft")
    return Sent(external_id=id)


def request_of(outgoing: Outgoing, settings: AccountSettings) -> dict[str, Any]:
    """The request. Our own id goes along as context, which AWS's events bring back."""
    told = settings.settings
    more = {field: told[name] for name, field in OPTIONAL.items() if name in told}
    return {
        "DestinationPhoneNumber": outgoing.to,
        "OriginationIdentity": settings.account,
        "MessageBody": closed(outgoing.text),
        "MessageType": "TRANSACTIONAL",
        "Context": {"reply_id": outgoing.reply_id},
        **more,
    }
