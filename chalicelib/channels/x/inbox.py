"""Private messages, read page by page (channels.md 8.4): newest first, until one that we know.

    cursor {"since"}                       everything up to this message was read
    cursor {"since", "newest", "token"}    in the middle: older pages wait under the token

X delivers them by webhook; reading is for who has none, or for after it was down. It takes fifteen
requests a quarter and shows about thirty days.
"""

import json
from datetime import timedelta
from typing import Any

from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.http import Answer, Http
from chalicelib.channels.offers import PolledPage, Stream
from chalicelib.channels.taming import id_of, items_of, text_of
from chalicelib.channels.x.prices import microeuros
from chalicelib.channels.x.rules import NAME
from chalicelib.errors import ChannelUnavailable

INBOX = "private"
EVERY = timedelta(minutes=2)
PAGE = 100
PATH = "/2/dm_events"

FIELDS: dict[str, Any] = {
    "dm_event_fields": ["id", "text", "event_type", "sender_id", "created_at", "attachments"],
    "event_types": "MessageCreate",
    "expansions": ["sender_id", "attachments.media_keys"],
    "media_fields": ["url", "preview_image_url", "variants", "type"],
    "max_results": PAGE,
}


def stream(settings: AccountSettings) -> tuple[Stream, ...]:
    """Read only when somebody set ``read_private``: each message costs money."""
    if not settings.settings.get("read_private"):
        return ()
    every = max(EVERY, settings.seconds("poll_seconds", EVERY))
    return (Stream(name=INBOX, use="answer", every=every, priced=True),)


def fetch_private(
    cursor: str | None, settings: AccountSettings, secrets: Secrets, http: Http
) -> PolledPage:
    """One page. Raises the ``ChannelError`` family."""
    from chalicelib.channels.x.client import client_for  # noqa: PLC0415  tweepy, only when needed

    place: dict[str, str] = json.loads(cursor or "{}")
    client, how = client_for(secrets, http)
    client.get_direct_message_events(pagination_token=place.get("token"), **FIELDS, **how)
    answer: Answer = client.session.last
    page = answer.json()
    if not isinstance(page.get("meta"), dict):
        raise ChannelUnavailable(NAME, "no-page", "X gaf een onleesbare bladzijde")
    after = moved(place, page, first=cursor is None)
    return PolledPage(
        body=answer.body,
        request=f"GET {PATH}",
        items=len(items_of(page, "data")),
        cursor=json.dumps(after),
        more="token" in after,
        microeuros=microeuros(page, settings, each="usd_per_message"),
    )


def moved(place: dict[str, str], page: dict[str, Any], *, first: bool) -> dict[str, str]:
    """Where to read on. The very first time one page is enough: we begin now."""
    ids = [id for one in items_of(page, "data") if (id := id_of(one, "id"))]
    newest = place.get("newest") or next(iter(ids), "") or place.get("since", "")
    token = text_of(page, "meta", "next_token")
    known = place.get("since", "")
    if not token or first or any(is_known(id, known) for id in ids):
        return {"since": newest} if newest else {}
    return {"since": known, "newest": newest, "token": token}


def is_known(id: str, since: str) -> bool:
    """X's ids grow with time; as texts, a longer one is a later one."""
    return bool(since) and (len(id), id) <= (len(since), since)
