"""A citizen's file on a page of ours: brought before its message, which names it by a key.

    bring_along ──▶ key ──▶ the message names it ──▶ brought: into the message's own file

What is too large for one request comes in parts (``bringing_in_parts.py``).

The key cannot be guessed, so who knows it brought it. What no message names is destroyed after a
day, like an agent's upload that was not sent.
"""

import secrets

from chalicelib.channels.offers import FetchedMedia
from chalicelib.domain.media import KeptMedia
from chalicelib.domain.sniffing import sniffed
from chalicelib.errors import ChannelRefused, NotFound, TooMany
from chalicelib.flows.answering.attaching import Whose, kept_upload, must_be_taken
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.receiving import known_account
from chalicelib.store import keys, media, uploads
from chalicelib.store.table import ConditionFailed

UPLOAD = "upload"
GONE = "het bestand is er niet meer"

EVERYBODY = "all"
MOST_OF_ONE, MOST_OF_ALL = 30, 600
"""Files in ten minutes: what one visitor brings, and what a page of ours takes from all together.
A disaster may bring hundreds of photos; a script could fill the bucket."""

LATER = {
    "nl": "Er komen nu te veel bestanden tegelijk. Stuur uw bericht zonder bestand, of probeer het "
    "over tien minuten nog eens.",
    "en": "Too many files are coming in at once. Send your message without a file, or try again in "
    "ten minutes.",
}


def bring_along(
    services: Services, channel: str, account: str, name: str, body: bytes, *, who: str = ""
) -> str:
    """Keep a file for a message that comes; its key. Raises ``InvalidInput`` saying what is wrong.

    ``who`` brings it, where that is known. Raises ``TooMany``, ``NotFound`` or
    ``ChannelNotApproved`` as well.
    """
    known = known_account(services, channel, account)
    known.must_be_approved_for("answer", services.now())
    must_be_taken(services.channel(channel).rules.uploads, sniffed(body), len(body))
    must_be_few(services, channel, account, who)
    key = secrets.token_hex(16)
    at = Whose(subject_of(key), channel, account, id=UPLOAD)
    services.table.write(media.first(kept_upload(services, at, name, body)))
    return key


def must_be_few(services: Services, channel: str, account: str, who: str) -> None:
    """Neither from one visitor nor from all together. Raises ``TooMany``."""
    now, bounds = services.now(), {EVERYBODY: MOST_OF_ALL}
    if who:
        bounds = {keys.digest("visitor", who): MOST_OF_ONE, **bounds}
    try:
        for whose, most in bounds.items():
            services.table.write(uploads.one_more(channel, account, whose, most, now))
    except ConditionFailed:
        raise TooMany("too many files at once", {"attachments": LATER}) from None


def subject_of(key: str) -> str:
    """No conversation's: a day later nothing of it is left."""
    return keys.digest("upload", key)


def brought(services: Services, file: KeptMedia) -> FetchedMedia:
    """The bytes under the key that a message names. Raises ``ChannelRefused``."""
    at = keys.media(subject_of(file.given.id or ""), UPLOAD)
    found = media.find(services.table, at, services.now())
    if found is None or (found.channel, found.account) != (file.channel, file.account):
        raise ChannelRefused(file.channel, "no-file", GONE)
    try:
        return FetchedMedia(body=services.bucket.get(found.place))
    except NotFound as error:
        raise ChannelRefused(file.channel, "no-file", GONE) from error
