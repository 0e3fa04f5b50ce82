"""A recorded request as a JSON case, brought to what channels are handed."""

import json
from base64 import b64decode
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from chalicelib.channels.contract import AccountSettings, Raw, Secrets, WebhookRequest
from chalicelib.domain.message import Location, Message

ACCOUNT_FIELDS = (
    "account",
    "phone_number_id",
    "page_id",
    "ig_id",
    "own_user_id",
    "own_name",
    "own_channel_id",
    "own_account_id",
    "own_did",
    "bot_id",
)
"""Where a case's config names our own account, per platform."""


def request_of(case: Mapping[str, Any]) -> WebhookRequest:
    """The HTTP request of a webhook case."""
    is_get = case.get("transport") == "webhook_get"
    return WebhookRequest(
        method="GET" if is_get else "POST",
        headers=_headers(case.get("headers")),
        query=_texts(case.get("query")),
        body=b"" if is_get else body_of(case),
    )


def raw_of(case: Mapping[str, Any]) -> Raw:
    """What the parser gets of this case."""
    return Raw(
        body=body_of(case),
        received_at=datetime.now(UTC),
        transport=str(case.get("transport", "webhook_post")),
        headers=_headers(case.get("headers") or case.get("response_headers")),
        request=_polled(case),
        response_status=int(case.get("response_status", 200)),
        objects=_objects(case.get("fixtures")),
    )


def body_of(case: Mapping[str, Any]) -> bytes:
    """The exact bytes, or the JSON written as platforms write it; a bare text stands for itself."""
    if isinstance(case.get("body_raw"), str):
        return str(case["body_raw"]).encode(errors="surrogatepass")
    body = case.get("body")
    text = body if isinstance(body, str) else json.dumps(body, separators=(",", ":"))
    return text.encode(errors="surrogatepass")


def secrets_of(case: Mapping[str, Any]) -> Secrets:
    """Cases keep secrets and settings in one ``config``; channels pick theirs by name."""
    return Secrets(current=_texts(case.get("config")))


def settings_of(case: Mapping[str, Any]) -> AccountSettings:
    """Our own identity in this case."""
    config = _texts(case.get("config"))
    account = next((config[name] for name in ACCOUNT_FIELDS if name in config), "")
    return AccountSettings(account=account, settings=config)


def facts_of(message: Message) -> dict[str, Any]:
    """A message as cases write it: optional facts only where there are any."""
    facts: dict[str, Any] = {
        "external_id": message.external_id,
        "author_id": message.author_id,
        "author_name": message.author_name,
        "text": message.text,
        "kind": message.kind,
        "media_count": message.media_count,
        "timestamp": message.timestamp and f"{message.timestamp:%Y-%m-%dT%H:%M:%SZ}",
    }
    if message.location:
        facts["location"] = _place(message.location)
    if message.reply_to is not None:
        facts["reply_to"] = message.reply_to
    return facts


def _place(location: Location) -> dict[str, Any]:
    place = {"name": location.name, "address": location.address}
    named = {name: value for name, value in place.items() if value is not None}
    return {"lat": location.lat, "lon": location.lon, **named}


def _polled(case: Mapping[str, Any]) -> dict[str, Any]:
    """The request that brought a page."""
    request = case.get("request")
    return dict(request) if isinstance(request, dict) else {"line": request} if request else {}


def _objects(fixtures: Any) -> dict[str, bytes]:
    """The stored objects that an event points at: ``{"base64"}``; anything else is not there."""
    found = fixtures.items() if isinstance(fixtures, dict) else ()
    written = {
        name: one["base64"] for name, one in found if isinstance(one, dict) and "base64" in one
    }
    return {str(name): b64decode(str(text)) for name, text in written.items()}


def _headers(value: Any) -> dict[str, str]:
    return {name.lower(): text for name, text in _texts(value).items()}


def _texts(value: Any) -> dict[str, str]:
    pairs = value.items() if isinstance(value, dict) else ()
    return {str(name): str(text) for name, text in pairs if text is not None}
