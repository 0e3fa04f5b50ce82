"""Whether Telegram takes our key and delivers to us: ``getWebhookInfo`` (channels.md 13)."""

from chalicelib.channels.contract import Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.offers import Probed
from chalicelib.channels.taming import number_of, text_of
from chalicelib.channels.telegram.account import accepted, token_of
from chalicelib.channels.telegram.rules import NAME
from chalicelib.errors import ChannelAccessLost

WANTED = (
    "message", "edited_message", "callback_query", "my_chat_member", "business_connection",
    "business_message", "edited_business_message", "deleted_business_messages",
)  # fmt: skip
"""What we ask Telegram to deliver; it leaves out much by itself unless asked."""


def probe(address: str, secrets: Secrets, http: Http) -> Probed:
    """Whether Telegram delivers to ``address``. Raises the ``ChannelError`` family."""
    found = accepted(http.request(NAME, "GET", f"/bot{token_of(secrets)}/getWebhookInfo")).json()
    waiting = int(number_of(found, "result", "pending_update_count") or 0)
    failed = waiting > 0 and number_of(found, "result", "last_error_date") is not None
    return Probed(
        subscribed=text_of(found, "result", "url") == address,
        trouble=f"{waiting} berichten wachten bij Telegram" if failed else None,
    )


def subscribe(address: str, secrets: Secrets, http: Http) -> None:
    """Ask for deliveries, with the token that we know them by; what waits there is delivered."""
    words = secrets.all("secret_token")
    if not words:
        raise ChannelAccessLost(NAME, "no-secret", "er is geen afgesproken woord ingesteld")
    asked = {"url": address, "secret_token": words[0], "allowed_updates": list(WANTED)}
    accepted(http.request(NAME, "POST", f"/bot{token_of(secrets)}/setWebhook", body=asked))
