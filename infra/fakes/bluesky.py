"""Bluesky's API, as far as we read it (channels.md 12); what we send: ``bluesky_sending``.

A citizen's post shows up in ``mentions`` or, as a private message, in ``private``; ``reply_to`` and
``thread`` hold addresses (``at://…``). A post's own address is made of its writer and its id.
"""

from typing import Any

from aiohttp import web

from infra.fakes.bluesky_sending import IMAGES, create_record, send_message, upload_blob
from infra.fakes.bluesky_words import (
    ALWAYS,
    NAME,
    POST,
    Refusals,
    address,
    cid_of,
    did_of,
    posts_on,
    refusal,
)
from infra.fakes.failures import accept_or_fail
from infra.fakes.posts import Post, holds
from infra.fakes.state import STATE

SIGN_IN = "bluesky-session"
"""Failures of sessions are scripted under this name, apart from those of sending."""

LARGEST_PAGE = 100
MOST_LOOKED_UP = 25


def routes() -> list[web.RouteDef]:
    """Where this platform listens."""
    at = "/bluesky/xrpc"
    return [
        web.post(f"{at}/com.atproto.server.createSession", create_session),
        web.post(f"{at}/com.atproto.server.refreshSession", refresh_session),
        web.get(f"{at}/app.bsky.notification.listNotifications", list_notifications),
        web.get(f"{at}/app.bsky.feed.getPosts", get_posts),
        web.get(f"{at}/app.bsky.feed.searchPosts", search_posts),
        web.get(f"{at}/com.atproto.repo.getRecord", get_record),
        web.get(f"{at}/com.atproto.identity.resolveHandle", resolve_handle),
        web.get(f"{at}/chat.bsky.convo.getLog", get_log),
        web.get(f"{at}/chat.bsky.convo.getConvoForMembers", get_conversation),
        web.post(f"{at}/com.atproto.repo.createRecord", create_record),
        web.post(f"{at}/com.atproto.repo.uploadBlob", upload_blob),
        web.post(f"{at}/chat.bsky.convo.sendMessage", send_message),
    ]


async def create_session(request: web.Request) -> web.StreamResponse:
    """A session for who knows the app password."""
    asked = await request.json()
    if not asked.get("password") or asked["password"] == "verlopen":  # noqa: S105
        return refusal(401, "AuthenticationRequired", "Invalid identifier or password")
    failure = request.app[STATE].script.next_for(SIGN_IN)
    session = _session(str(asked["identifier"]))
    return await accept_or_fail(request, failure, Refusals(), lambda: web.json_response(session))


async def refresh_session(request: web.Request) -> web.StreamResponse:
    """The next pair, for who bears a refresh token."""
    did = did_of(request, "refresh")
    if not did:
        return refusal(400, "ExpiredToken", "Token has been revoked")
    failure = request.app[STATE].script.next_for(SIGN_IN)
    answer = web.json_response(_session(did))
    return await accept_or_fail(request, failure, Refusals(), lambda: answer)


def _session(did: str) -> dict[str, Any]:
    tokens = {"accessJwt": f"kop.access~{did}.sig", "refreshJwt": f"kop.refresh~{did}.sig"}
    return {"did": did, "handle": "pol.example", "active": True, **tokens}


async def list_notifications(request: web.Request) -> web.StreamResponse:
    """Who names or answers us, newest first."""
    posts = [one for one in posts_on(request, "mentions") if one.account == did_of(request)]
    size = min(int(request.query.get("limit", 50)), LARGEST_PAGE)
    start = int(request.query.get("cursor", 0))
    shown = posts[::-1][start : start + size]
    more = {"cursor": str(start + size)} if len(posts) > start + size else {}
    page = {"notifications": [_notification(post) for post in shown], **more}
    return await _read(request, page)


async def search_posts(request: web.Request) -> web.StreamResponse:
    """Public posts with all these words, newest first; whoever asks finds the same."""
    found = [one for one in posts_on(request, "search") if holds(one, request.query["q"])]
    return await _read(request, {"posts": [_view(post) for post in found[::-1]][:LARGEST_PAGE]})


async def get_posts(request: web.Request) -> web.StreamResponse:
    """Known posts again; what is gone is left out."""
    uris = request.query.getall("uris", [])
    if len(uris) > MOST_LOOKED_UP:
        return refusal(400, "InvalidRequest", "too many uris")
    there = (*posts_on(request, "mentions"), *posts_on(request, "search"))
    known = {address(post): post for post in (ALWAYS, *there)}
    return await _read(request, {"posts": [_view(known[uri]) for uri in uris if uri in known]})


async def get_record(request: web.Request) -> web.StreamResponse:
    """A post of ours, as it was sent."""
    asked = request.query
    uri = f"at://{asked['repo']}/{asked['collection']}/{asked['rkey']}"
    for row in request.app[STATE].log.sent:
        if row["external_id"] == uri:
            root = {"uri": address(ALWAYS), "cid": cid_of(address(ALWAYS))}
            value = {"text": row["text"], "reply": {"root": root, "parent": root}}
            return await _read(request, {"uri": uri, "cid": cid_of(uri), "value": value})
    return refusal(400, "RecordNotFound", f"Could not locate record: {uri}")


async def resolve_handle(request: web.Request) -> web.StreamResponse:
    """Who bears a name: everybody below example."""
    handle = request.query.get("handle", "")
    if not handle.endswith(".example"):
        return refusal(400, "InvalidRequest", "Unable to resolve handle")
    return await _read(request, {"did": f"did:web:{handle}"})


async def get_log(request: web.Request) -> web.StreamResponse:
    """What happened in private messages, oldest first."""
    if "atproto-proxy" not in request.headers:
        return refusal(404, "XRPCNotSupported", "not found")
    since = int(request.query.get("cursor") or -1)
    posts = [one for one in posts_on(request, "private") if one.account == did_of(request)]
    shown = [one for one in posts if int(one.id) > since][:LARGEST_PAGE]
    rev = shown[-1].id if shown else str(since)
    return await _read(request, {"cursor": rev, "logs": [_event(post) for post in shown]})


async def get_conversation(request: web.Request) -> web.StreamResponse:
    """The conversation with somebody: it is called after them."""
    if "atproto-proxy" not in request.headers:
        return refusal(404, "XRPCNotSupported", "not found")
    return await _read(request, {"convo": {"id": f"convo~{request.query['members']}"}})


async def _read(request: web.Request, page: dict[str, Any]) -> web.StreamResponse:
    if not did_of(request):
        return refusal(401, "AuthMissing", "Authentication Required")
    failure = request.app[STATE].script.next_for(NAME, reads=True)
    return await accept_or_fail(request, failure, Refusals(), lambda: web.json_response(page))


def _notification(post: Post) -> dict[str, Any]:
    reason = "reply" if post.reply_to else "mention"
    return {**_view(post), "reason": reason, "isRead": False, "labels": []}


def _view(post: Post) -> dict[str, Any]:
    uri = address(post)
    return {
        "uri": uri,
        "cid": cid_of(uri),
        "author": {"did": post.author, "handle": f"{post.name or 'inwoner'}.example"},
        "record": _record(post),
        "indexedAt": post.written,
    }


def _record(post: Post) -> dict[str, Any]:
    record: dict[str, Any] = {"$type": POST, "text": post.text, "createdAt": post.written}
    if post.files:
        images = [
            {"alt": "", "image": {"$type": "blob", "ref": {"$link": id}}} for id in post.files
        ]
        record["embed"] = {"$type": IMAGES, "images": images}
    if not post.reply_to:
        return record
    root = post.thread or post.reply_to
    parent = {"uri": post.reply_to, "cid": cid_of(post.reply_to)}
    return {**record, "reply": {"root": {"uri": root, "cid": cid_of(root)}, "parent": parent}}


def _event(post: Post) -> dict[str, Any]:
    sender = {"did": post.author}
    message = {"id": post.id, "rev": post.id, "text": post.text, "sender": sender}
    return {
        "$type": "chat.bsky.convo.defs#logCreateMessage",
        "rev": post.id,
        "convoId": f"convo~{post.author}",
        "message": {**message, "sentAt": post.written},
    }
