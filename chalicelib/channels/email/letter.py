"""A mail of our own that answers nothing: SES writes it out."""

from chalicelib.channels.contract import AccountSettings
from chalicelib.channels.email.errors import error_of
from chalicelib.channels.email.rules import NAME
from chalicelib.channels.email.send import PATH
from chalicelib.channels.http import Http


def write(to: str, subject: str, text: str, settings: AccountSettings, http: Http) -> None:
    """To a colleague, from our mailbox. Raises the ``ChannelError`` family."""
    write_from(settings.account, to, subject, text, http)


def write_from(sender: str, to: str, subject: str, text: str, http: Http) -> None:
    """One mail. Raises the ``ChannelError`` family."""
    words = {"Data": text, "Charset": "UTF-8"}
    titled = {"Data": subject, "Charset": "UTF-8"}
    mail = {
        "FromEmailAddress": sender,
        "Destination": {"ToAddresses": [to]},
        "Content": {"Simple": {"Subject": titled, "Body": {"Text": words}}},
    }
    answer = http.request(NAME, "POST", PATH, body=mail)
    if not 200 <= answer.status < 300:  # noqa: PLR2004
        raise error_of(answer)
