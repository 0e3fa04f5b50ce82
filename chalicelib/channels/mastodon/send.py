"""What goes out to Mastodon (channels.md 11): a post that names the citizen, seen by as many.

The post that we answer is read first: it says who must be named and who may see the answer. What
is private goes to the named one only, whatever that post says by then.
"""

import hashlib
import re
from typing import Any

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets, Sent
from chalicelib.channels.http import Http
from chalicelib.channels.mastodon.client import ask
from chalicelib.channels.mastodon.media import upload
from chalicelib.channels.mastodon.parse import PRIVATE
from chalicelib.channels.mastodon.rules import LONGEST, NAME, length
from chalicelib.channels.taming import dict_of, id_of, items_of, name_of, text_of
from chalicelib.errors import ChannelRefused, ChannelUnavailable, OutcomeUnknown

VISIBILITIES = ("public", "unlisted", "private", PRIVATE)
_NAMES = re.compile(r"(?<![\w/@.-])@[\w.-]*\w(?:@[\w.-]*\w)?")


def send(outgoing: Outgoing, settings: AccountSettings, secrets: Secrets, http: Http) -> Sent:
    """One post. Raises the ``ChannelError`` family."""
    if outgoing.post:
        status = own_post_of(outgoing)
    else:
        status = post_of(outgoing, _answered(outgoing, settings, secrets, http))
    if length(status["status"]) > LONGEST:
        raise ChannelRefused(NAME, "too-long", "het antwoord is te lang voor Mastodon")
    if outgoing.files:
        # With the same key the server gives the post that it has, whatever files are named now.
        status["media_ids"] = [upload(file, settings, secrets, http) for file in outgoing.files]
    answer = ask(
        "POST",
        "/api/v1/statuses",
        settings=settings,
        secrets=secrets,
        http=http,
        headers={"Idempotency-Key": key_of(outgoing)},
        body=status,
    )
    id = id_of(answer.json(), "id")
    if id is None:
        raise OutcomeUnknown(NAME, "no-id", "onbekend of Mastodon het bericht heeft")
    return Sent(external_id=id)


def post_of(outgoing: Outgoing, answered: dict[str, Any]) -> dict[str, Any]:
    """The post as it goes out. Raises ``ChannelRefused`` when we cannot tell whom to name."""
    name = _name_of(outgoing.to, answered)
    if name is None:
        raise ChannelRefused(NAME, "no-name", "onbekend hoe de inwoner op Mastodon heet")
    named = f"@{name}"
    with_name = f"{named} {outgoing.text}" if outgoing.text else named
    text = outgoing.text if named in outgoing.text.split() else with_name
    visibility = _visibility(outgoing, answered)
    if visibility == PRIVATE and set(_NAMES.findall(text)) != {named}:
        # A private post reaches whoever it names.
        raise ChannelRefused(NAME, "names-others", "een privébericht mag niemand anders noemen")
    return {
        "status": text,
        "in_reply_to_id": outgoing.in_reply_to,
        "visibility": visibility,
    }


def own_post_of(outgoing: Outgoing) -> dict[str, Any]:
    """A post for everybody, in answer to nobody but the part of ours before it."""
    above = {"in_reply_to_id": outgoing.in_reply_to} if outgoing.in_reply_to else {}
    return {"status": outgoing.text, "visibility": "public", **above}


def key_of(outgoing: Outgoing) -> str:
    """One key for each part of an answer: the same one may be sent again within the hour."""
    said = f"{outgoing.reply_id}\n{outgoing.in_reply_to}\n{outgoing.text}"
    return hashlib.sha256(said.encode()).hexdigest()


def _answered(
    outgoing: Outgoing, settings: AccountSettings, secrets: Secrets, http: Http
) -> dict[str, Any]:
    if not outgoing.in_reply_to:
        # Without it this would be a post of its own, for everybody and to nobody.
        raise ChannelRefused(NAME, "no-post", "onbekend op welk bericht dit een antwoord is")
    path = f"/api/v1/statuses/{outgoing.in_reply_to}"
    try:
        return ask("GET", path, settings=settings, secrets=secrets, http=http).json()
    except OutcomeUnknown as error:  # nothing was sent yet
        raise ChannelUnavailable(NAME, error.code, error.reason) from error


def _name_of(citizen: str, answered: dict[str, Any]) -> str | None:
    """The address of the citizen: who wrote that post, or who is named in one of ours."""
    people = [dict_of(answered, "account"), *items_of(answered, "mentions")]
    return next((name_of(one, "acct") for one in people if id_of(one, "id") == citizen), None)


def _visibility(outgoing: Outgoing, answered: dict[str, Any]) -> str:
    seen_by = text_of(answered, "visibility")
    return PRIVATE if outgoing.thread is None or seen_by not in VISIBILITIES else seen_by
