"""What goes out to Bluesky (channels.md 12): an answer in public, or a private message.

An answer must hold both what it answers and the root above it, each with the digest of its bytes;
so the post that we answer is read first.
"""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from chalicelib.channels.bluesky.client import PRIVATELY, ask
from chalicelib.channels.bluesky.facets import Facet, facets_of
from chalicelib.channels.bluesky.media import upload
from chalicelib.channels.bluesky.rules import NAME, RULES
from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets, Sent
from chalicelib.channels.http import Answer, Http
from chalicelib.channels.taming import dict_of, id_of, items_of, value_of
from chalicelib.errors import ChannelRefused, ChannelUnavailable, OutcomeUnknown

POST = "app.bsky.feed.post"
IMAGES = "app.bsky.embed.images"
GONE = "het bericht waarop we antwoorden is weg"
Ours = tuple[AccountSettings, Secrets, Http]
"""Whom we are, for requests."""


def send(outgoing: Outgoing, settings: AccountSettings, secrets: Secrets, http: Http) -> Sent:
    """One answer. Raises the ``ChannelError`` family."""
    limits = RULES.within(outgoing.thread)
    if limits.measure(outgoing.text) > limits.longest_text:
        raise ChannelRefused(NAME, "too-long", "het antwoord is te lang voor Bluesky")
    ours = (settings, secrets, http)
    if outgoing.thread is None:
        return _privately(outgoing, ours)
    return _publicly(outgoing, ours)


def _publicly(outgoing: Outgoing, ours: Ours) -> Sent:
    if not (outgoing.in_reply_to or outgoing.post):
        # Without it this would be a post of its own, for everybody and to nobody.
        raise ChannelRefused(NAME, "no-post", "onbekend op welk bericht dit een antwoord is")
    record = {
        **_text(outgoing.text, ours),
        "$type": POST,
        "createdAt": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        **_above(outgoing.in_reply_to, ours),
        **_pictures(outgoing, ours),
    }
    return _created(record, ours)


def _above(uri: str | None, ours: Ours) -> dict[str, Any]:
    return {"reply": _place_of(uri, ours)} if uri else {}


def _pictures(outgoing: Outgoing, ours: Ours) -> dict[str, Any]:
    """Files are brought first, and then embedded; what no post refers to, Bluesky throws away."""
    if not outgoing.files:
        return {}
    settings, secrets, http = ours
    shown = [
        {"alt": file.name, "image": upload(file, settings, secrets, http)}
        for file in outgoing.files
    ]
    return {"embed": {"$type": IMAGES, "images": shown}}


def _created(record: dict[str, Any], ours: Ours) -> Sent:
    body = {"repo": ours[0].account, "collection": POST, "record": record}
    answer = _ask("POST", "com.atproto.repo.createRecord", ours, body=body)
    return _sent(id_of(answer.json(), "uri"))


def _place_of(uri: str, ours: Ours) -> dict[str, Any]:
    """What an answer to this post says of its place. Raises ``ChannelRefused``."""
    post = _record(uri, ours) if uri.startswith(f"at://{ours[0].account}/") else _post(uri, ours)
    cid = id_of(post, "cid")
    if post is None or cid is None:
        raise ChannelRefused(NAME, "gone", GONE)
    if value_of(post, "viewer", "replyDisabled") is True:
        raise ChannelRefused(NAME, "reply-disabled", "de schrijver laat ons hier niet antwoorden")
    parent = {"uri": uri, "cid": cid}
    root = dict_of(post, "record", "reply", "root") or dict_of(post, "value", "reply", "root")
    above = {name: id_of(root, name) for name in ("uri", "cid")}
    return {"root": above if all(above.values()) else parent, "parent": parent}


def _post(uri: str, ours: Ours) -> dict[str, Any] | None:
    """A post of somebody else, None when it is gone."""
    page = _read(f"app.bsky.feed.getPosts?{urlencode({'uris': uri})}", ours)
    return next((post for post in items_of(page, "posts") if id_of(post, "uri") == uri), None)


def _record(uri: str, ours: Ours) -> dict[str, Any] | None:
    """A post of our own, None when it is not there. Known at once, unlike in the lists of all."""
    repo, collection, key = uri.removeprefix("at://").split("/")
    query = urlencode({"repo": repo, "collection": collection, "rkey": key})
    try:
        return _read(f"com.atproto.repo.getRecord?{query}", ours)
    except ChannelRefused:
        return None


def _privately(outgoing: Outgoing, ours: Ours) -> Sent:
    query = urlencode({"members": outgoing.to})
    found = _read(f"chat.bsky.convo.getConvoForMembers?{query}", ours, PRIVATELY)
    conversation = id_of(found, "convo", "id")
    if conversation is None:
        raise ChannelUnavailable(NAME, "no-convo", "Bluesky gaf geen gesprek")
    body = {"convoId": conversation, "message": _text(outgoing.text, ours)}
    answer = _ask("POST", "chat.bsky.convo.sendMessage", ours, body=body, headers=PRIVATELY)
    return _sent(id_of(answer.json(), "id"))


def _sent(external_id: str | None) -> Sent:
    if external_id is None:
        raise OutcomeUnknown(NAME, "no-id", "onbekend of Bluesky het bericht heeft")
    return Sent(external_id=external_id)


def _text(text: str, ours: Ours) -> dict[str, Any]:
    """The text with what in it is a link, a name or a tag."""
    facets: list[Facet] = facets_of(text, lambda name: _did_of(name, ours))
    return {"text": text, "facets": facets} if facets else {"text": text}


def _did_of(name: str, ours: Ours) -> str | None:
    query = urlencode({"handle": name})
    try:
        return id_of(_read(f"com.atproto.identity.resolveHandle?{query}", ours), "did")
    except ChannelRefused:
        return None


def _read(path: str, ours: Ours, headers: dict[str, str] | None = None) -> dict[str, Any]:
    """Something that we must know before we send. Nothing went out yet, so silence is no harm."""
    try:
        return _ask("GET", path, ours, headers=headers).json()
    except OutcomeUnknown as error:
        raise ChannelUnavailable(NAME, error.code, error.reason) from error


def _ask(method: str, path: str, ours: Ours, **more: Any) -> Answer:
    settings, secrets, http = ours
    return ask(method, path, settings=settings, secrets=secrets, http=http, **more)
