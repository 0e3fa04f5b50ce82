"""How WhatsApp is addressed as one of our accounts: the start of a path, and the token."""

from urllib.parse import quote

from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.http import Answer
from chalicelib.channels.whatsapp.errors import error_of
from chalicelib.channels.whatsapp.rules import API_VERSION, NAME
from chalicelib.errors import ChannelAccessLost


def version_path(settings: AccountSettings) -> str:
    version = settings.settings.get("api_version") or API_VERSION
    return f"/{quote(version, safe='')}"


def account_path(settings: AccountSettings) -> str:
    return f"{version_path(settings)}/{quote(settings.account, safe='')}"


def authorization(secrets: Secrets) -> dict[str, str]:
    """Raises ``ChannelAccessLost`` when no token was set."""
    tokens = secrets.all("access_token")
    if not tokens:
        raise ChannelAccessLost(NAME, "no-token", "voor dit account is geen sleutel ingesteld")
    return {"Authorization": f"Bearer {tokens[0]}"}


def accepted(answer: Answer) -> Answer:
    """The answer, when Graph took the request. Raises the ``ChannelError`` family."""
    if not 200 <= answer.status < 300 or "error" in answer.json():  # noqa: PLR2004
        raise error_of(answer)
    return answer
