"""Whether X still delivers to us, and asking for that again (channels.md 8.1, 8.2).

An address that fails X's check is dropped at once, and then nothing comes until somebody asks. The
app's own key (secret ``app_bearer``) may ask; without it we only read, and there is nothing to see.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.http import Answer, Http
from chalicelib.channels.offers import Probed
from chalicelib.channels.taming import id_of, items_of, text_of
from chalicelib.channels.x.errors import error_of
from chalicelib.channels.x.rules import NAME
from chalicelib.errors import ChannelAccessLost

WEBHOOKS, SUBSCRIPTIONS = "/2/webhooks", "/2/activity/subscriptions"
REPLAY = f"{WEBHOOKS}/replay"

PUBLIC = ("post.mention.create", "post.reply.create", "post.quote.create")
PRIVATE = ("dm.received", "dm.read", "chat.received")
"""Where ``read_private`` is set, and with the account's own OAuth 2 token: the app's may not."""

UNWATCHED = "X aanvaardt de sleutel van onze app niet: de bezorging wordt niet bewaakt"


def probe(address: str, settings: AccountSettings, secrets: Secrets, http: Http) -> Probed | None:
    """Whether X delivers to ``address`` all that we want. Raises the ``ChannelError`` family."""
    if not secrets.all("app_bearer"):
        return None
    try:
        hook = webhook_at(address, secrets, http)
        whole = bool(hook) and hook.get("valid") is not False
        return Probed(subscribed=whole and not missing(settings, secrets, http))
    except ChannelAccessLost:
        return Probed(trouble=UNWATCHED)  # reading goes by another key


def subscribe(address: str, settings: AccountSettings, secrets: Secrets, http: Http) -> None:
    """Have X check our address again, or register it; then ask for each event that is missing."""
    hook = webhook_at(address, secrets, http)
    if not hook:
        hook = data_of(asked(secrets, http, "POST", WEBHOOKS, {"url": address}))
    elif hook.get("valid") is False:
        asked(secrets, http, "PUT", f"{WEBHOOKS}/{quote(id_of(hook, 'id') or '', safe='')}")
    for event in missing(settings, secrets, http):
        wanted = {
            "event_type": event,
            "filter": {"user_id": settings.account},
            "tag": "nabij",
            "webhook_id": id_of(hook, "id"),
        }
        asked(secrets, http, "POST", SUBSCRIPTIONS, wanted, key=key_for(event))


def redeliver(address: str, since: datetime, until: datetime, secrets: Secrets, http: Http) -> bool:
    """Have X deliver again what it could not, up to a day back; whether it will."""
    hook = webhook_at(address, secrets, http) if secrets.all("app_bearer") else {}
    if not hook:
        return False
    times = {"from_date": f"{since:%Y%m%d%H%M}", "to_date": f"{until:%Y%m%d%H%M}"}
    asked(secrets, http, "POST", REPLAY, {"webhook_id": id_of(hook, "id"), **times})
    return True


def webhook_at(address: str, secrets: Secrets, http: Http) -> dict[str, Any]:
    """What X knows of our address; empty when it does not know it."""
    found = items_of(asked(secrets, http, "GET", WEBHOOKS).json(), "data")
    return next((dict(one) for one in found if text_of(one, "url") == address), {})


def missing(settings: AccountSettings, secrets: Secrets, http: Http) -> list[str]:
    """The events that we want and did not ask for."""
    found = items_of(asked(secrets, http, "GET", SUBSCRIPTIONS).json(), "data")
    ours = {
        text_of(one, "event_type")
        for one in found
        if id_of(one, "filter", "user_id") == settings.account
    }
    return [event for event in wanted_by(settings, secrets) if event not in ours]


def wanted_by(settings: AccountSettings, secrets: Secrets) -> tuple[str, ...]:
    bears = "access_token" in secrets.current and "access_token_secret" not in secrets.current
    return (*PUBLIC, *PRIVATE) if settings.settings.get("read_private") and bears else PUBLIC


def key_for(event: str) -> str:
    """The secret that may ask for this event."""
    return "access_token" if event in PRIVATE else "app_bearer"


def asked(
    secrets: Secrets,
    http: Http,
    method: str,
    path: str,
    body: Mapping[str, Any] | None = None,
    *,
    key: str = "app_bearer",
) -> Answer:
    """One request. Raises the ``ChannelError`` family."""
    headers = {"Authorization": f"Bearer {secrets.all(key)[0]}"}
    answer = http.request(NAME, method, path, headers=headers, body=body)
    if not 200 <= answer.status < 300:  # noqa: PLR2004
        raise error_of(answer)
    return answer


def data_of(answer: Answer) -> dict[str, Any]:
    found = answer.json().get("data")
    return found if isinstance(found, dict) else {}
