"""Mastodon's refusals (channels.md 11)."""

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
    outgoing=Outgoing(reply_id="reply-1", to="71", text="Ja.", in_reply_to="1", thread="1"),
    account=AccountSettings(account="90"),
    secrets=Secrets(current={"access_token": "90:lang-geheim"}),
)


def _said(status: int, words: str, means: type[ChannelError], reason: str) -> Refusal:
    return Refusal(what=words, status=status, body={"error": words}, means=means, reason=reason)


def _too_many(what: str, wait: int, **headers: str) -> Refusal:
    return Refusal(
        what=what,
        status=429,
        body={"error": "Too many requests"},
        headers={"Date": "Fri, 15 Jan 2027 08:00:00 GMT", **headers},
        means=ChannelThrottled,
        wait=timedelta(seconds=wait),
    )


REFUSALS = (
    _said(401, "The access token is invalid", ChannelAccessLost, "sleutel"),
    _said(401, "The access token was revoked", ChannelAccessLost, "sleutel"),
    _said(403, "This action is not allowed", ChannelRefused, "not allowed"),
    _said(403, "Your login is currently disabled", ChannelAccessLost, "geblokkeerd"),
    _said(403, "This action is outside the authorized scopes", ChannelAccessLost, "te weinig"),
    _said(404, "Record not found", ChannelRefused, "weg"),
    _said(410, "Gone", ChannelRefused, "weg"),
    _said(422, "Validation failed: Text limit exceeded", ChannelRefused, "limit exceeded"),
    _said(500, "Internal", ChannelUnavailable, "tijdelijk"),
    _said(503, "Remote data could not be fetched", ChannelUnavailable, "tijdelijk"),
    _said(418, "iets nieuws", ChannelRefused, "weigert"),
    _too_many("a moment", 150, **{"X-RateLimit-Reset": "2027-01-15T08:02:30.000000Z"}),
    _too_many("a moment elsewhere", 150, **{"X-RateLimit-Reset": "2027-01-15T09:02:30+01:00"}),
    _too_many("seconds", 9, **{"Retry-After": "9"}),
    _too_many("no moment", 300, **{"X-RateLimit-Reset": "straks"}),
    _too_many("nobody says how long", 300),
)
