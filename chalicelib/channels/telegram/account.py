"""How Telegram is addressed as one of our bots: the token stands in the path."""

from chalicelib.channels.contract import Secrets
from chalicelib.channels.http import Answer
from chalicelib.channels.telegram.errors import error_of
from chalicelib.channels.telegram.rules import NAME
from chalicelib.errors import ChannelAccessLost


def token_of(secrets: Secrets) -> str:
    """Raises ``ChannelAccessLost`` when none was set."""
    tokens = secrets.all("bot_token")
    if not tokens:
        raise ChannelAccessLost(NAME, "no-token", "voor dit account is geen sleutel ingesteld")
    return tokens[0]


def is_accepted(answer: Answer) -> bool:
    return 200 <= answer.status < 300 and answer.json().get("ok") is not False  # noqa: PLR2004


def accepted(answer: Answer) -> Answer:
    """The answer, when Telegram did what was asked. Raises the ``ChannelError`` family."""
    if not is_accepted(answer):
        raise error_of(answer)
    return answer
