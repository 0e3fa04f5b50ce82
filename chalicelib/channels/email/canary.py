"""Our own canary: a mail to our mailbox from another address of ours (setting ``canary_from``)."""

from chalicelib.channels.contract import AccountSettings
from chalicelib.channels.email.errors import error_of
from chalicelib.channels.email.rules import NAME
from chalicelib.channels.email.send import PATH
from chalicelib.channels.http import Http
from chalicelib.errors import ChannelRefused

SUBJECT = "Proefbericht"


def send_canary(text: str, settings: AccountSettings, http: Http) -> None:
    """Raises the ``ChannelError`` family, also while no second address is set."""
    sender = settings.settings.get("canary_from", "")
    if not sender:
        raise ChannelRefused(NAME, "no-sender", "er is geen tweede adres ingesteld (canary_from)")
    simple = {"Subject": {"Data": SUBJECT}, "Body": {"Text": {"Data": text, "Charset": "UTF-8"}}}
    mail = {
        "FromEmailAddress": sender,
        "Destination": {"ToAddresses": [settings.account]},
        "Content": {"Simple": simple},
    }
    answer = http.request(NAME, "POST", PATH, body=mail)
    if not 200 <= answer.status < 300:  # noqa: PLR2004
        raise error_of(answer)
