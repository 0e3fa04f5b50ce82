"""One Mastodon server's API, as far as we read it and send to it (channels.md 11).

A citizen's post shows up ``where`` it was written: ``mentions`` (public), ``unlisted``, ``private``
(followers) or ``direct``; ``reply_to`` says what it answers. A token is ``<account>:<secret>``.
"""

import re
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any

import regex  # type: ignore[import-untyped]
from aiohttp import web

from infra.fakes.failures import accept_or_fail
from infra.fakes.files import digests_of, is_picture, uploaded
from infra.fakes.posts import Post, holds
from infra.fakes.sent import Accepted
from infra.fakes.state import STATE

NAME = "mastodon"
BRINGING = "mastodon-media"
"""Failures of bringing files are scripted under this name, apart from those of sending."""

LARGEST_PAGE = 80
MOST_LOOKED_UP = 20
LONGEST = 500
LARGEST_PICTURE = 16 * 1024 * 1024
LINK = "x" * 23
VISIBILITIES = ("public", "unlisted", "private", "direct")
ALWAYS = Post(channel=NAME, account="", author="71", name="wilg@elders.example", text="?", id="1")
"""A post that is always there to be answered."""

_LINKS = re.compile(r"https?://\S+")
_REMOTE = re.compile(r"(@\w+)@[\w.-]+\w")


def routes() -> list[web.RouteDef]:
    """Where this platform listens."""
    return [
        web.get("/mastodon/api/v1/notifications", notifications),
        web.get("/mastodon/api/v1/statuses", statuses),
        web.get("/mastodon/api/v2/search", search),
        web.get("/mastodon/api/v1/statuses/{id}", status),
        web.post("/mastodon/api/v1/statuses", publish),
        web.post("/mastodon/api/v2/media", take_file),
    ]


class Refusals:
    """Mastodon's words for what every platform refuses."""

    def expired_token(self) -> web.Response:
        return refusal(401, "The access token is invalid")

    def throttled(self, retry_after: float | None) -> web.Response:
        now = datetime.now(UTC).replace(microsecond=0)
        reset = now + timedelta(seconds=300 if retry_after is None else retry_after)
        written = reset.isoformat().replace("+00:00", ".000000Z")
        headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": written}
        return web.json_response({"error": "Too many requests"}, status=429, headers=headers)


def refusal(status: int, words: str) -> web.Response:
    """A refusal in Mastodon's shape."""
    return web.json_response({"error": words}, status=status)


async def notifications(request: web.Request) -> web.StreamResponse:
    """Who names or quotes us. With ``min_id`` the page right after it; always newest first."""
    account = _account(request)
    if not account:
        return Refusals().expired_token()
    since, size = int(request.query.get("min_id", -1)), int(request.query.get("limit", 40))
    posts = [
        post
        for post in _newest_versions(request).values()
        if post.account == account and int(post.history[0]) > since
    ]
    size = min(size, LARGEST_PAGE)
    shown = posts[:size] if since >= 0 else posts[-size:]
    page = [_notification(post, _origin(request)) for post in reversed(shown)]
    failure = request.app[STATE].script.next_for(NAME, reads=True)
    return await accept_or_fail(request, failure, Refusals(), lambda: web.json_response(page))


async def search(request: web.Request) -> web.StreamResponse:
    """Posts with all these words, newest first; with ``min_id`` the page right after it."""
    since = int(request.query.get("min_id", -1))
    found = [
        post
        for post in _newest_versions(request).values()
        if post.where == "search" and int(post.id) > since and holds(post, request.query["q"])
    ]
    page = {"statuses": [_written(post, _origin(request)) for post in reversed(found)]}
    failure = request.app[STATE].script.next_for(NAME, reads=True)
    return await accept_or_fail(request, failure, Refusals(), lambda: web.json_response(page))


async def statuses(request: web.Request) -> web.StreamResponse:
    """Known posts again; what is gone is left out."""
    ids = request.query.getall("id[]", [])
    if len(ids) > MOST_LOOKED_UP:
        return refusal(400, "Too many ids")
    known = _newest_versions(request)
    page = [_written(known[id], _origin(request)) for id in ids if id in known]
    failure = request.app[STATE].script.next_for(NAME, reads=True)
    return await accept_or_fail(request, failure, Refusals(), lambda: web.json_response(page))


async def status(request: web.Request) -> web.StreamResponse:
    """One post: a citizen's, or one of ours."""
    found = _known(request, request.match_info["id"])
    answer = refusal(404, "Record not found") if found is None else web.json_response(found)
    failure = request.app[STATE].script.next_for(NAME, reads=True)
    return await accept_or_fail(request, failure, Refusals(), lambda: answer)


async def publish(request: web.Request) -> web.StreamResponse:
    """A post of ours. The same key within the hour is the same post."""
    body = await request.json()
    if not _account(request):
        return Refusals().expired_token()
    problem = _problem_with(body)
    if problem:
        return refusal(422, f"Validation failed: {problem}")
    above = body.get("in_reply_to_id")
    if above is not None and _known(request, str(above)) is None:
        return refusal(404, "Record not found")
    if digests_of(request.app[STATE].files, NAME, body.get("media_ids", [])) is None:
        return refusal(422, "Validation failed: Media attachments not found, or too many")
    failure = request.app[STATE].script.next_for(NAME)
    return await accept_or_fail(request, failure, Refusals(), lambda: _accept(request, body))


async def take_file(request: web.Request) -> web.StreamResponse:
    """A picture of ours, to be named in a post."""
    file, form = await uploaded(request, NAME, "file"), await request.post()
    if not _account(request):
        return Refusals().expired_token()
    if file is None or not is_picture(file, LARGEST_PICTURE) or not form.get("description"):
        return refusal(422, "Validation failed: File has contents that are not what they seem")
    id = request.app[STATE].files.put(file)
    told = web.json_response({"id": id, "type": "image", "description": form["description"]})
    failure = request.app[STATE].script.next_for(BRINGING)
    return await accept_or_fail(request, failure, Refusals(), lambda: told)


def _problem_with(body: dict[str, Any]) -> str | None:
    text = body.get("status")
    if not isinstance(text, str) or not text.strip():
        return "Text can't be blank"  # ours begin with a name, also above a picture
    counted = _REMOTE.sub(r"\1", _LINKS.sub(LINK, text))
    if len(regex.findall(r"\X", counted)) > LONGEST:
        return f"Text character limit of {LONGEST} exceeded"
    return None if body.get("visibility") in VISIBILITIES else "Visibility is not included"


def _accept(request: web.Request, body: dict[str, Any]) -> web.Response:
    state, key = request.app[STATE], request.headers.get("Idempotency-Key")
    for row in state.log.sent:
        if key and (row["channel"], row["reply_id"]) == (NAME, key):
            return web.json_response(_known(request, row["external_id"]))
    id, answered = state.posts.number(NAME), body.get("in_reply_to_id")
    files = digests_of(state.files, NAME, body.get("media_ids", [])) or ()
    state.log.add(
        Accepted(
            channel=NAME,
            account=_account(request),
            to=str(_citizen_of(request, str(answered))["id"]) if answered else "",
            text=body["status"],
            external_id=id,
            reply_id=key,
            in_reply_to=str(answered) if answered else None,
            kind=body["visibility"],
            file=next(iter(files), None),
            files=files,
        )
    )
    return web.json_response(_known(request, id))


def _known(request: web.Request, id: str) -> dict[str, Any] | None:
    post = ALWAYS if id == ALWAYS.id else _newest_versions(request).get(id)
    if post:
        return _written(post, _origin(request))
    sent = [row for row in request.app[STATE].log.sent if row["channel"] == NAME]
    return next((_ours(request, row) for row in sent if row["external_id"] == id), None)


def _ours(request: web.Request, row: dict[str, Any]) -> dict[str, Any]:
    answered = row["in_reply_to"]
    named = [_citizen_of(request, answered)] if answered else []
    return {
        "id": row["external_id"],
        "created_at": row["at"],
        "visibility": row["kind"],
        "content": f"<p>{escape(row['text'])}</p>",
        "account": {"id": row["account"], "acct": "pol", "display_name": "Politie"},
        "mentions": named,
    }


def _citizen_of(request: web.Request, id: str) -> dict[str, Any]:
    """Who wrote the post at the beginning of our own answers."""
    found = _known(request, id) or {}
    person: dict[str, Any] = next(iter(found.get("mentions", [])), found.get("account", {}))
    return {"id": person.get("id", ""), "acct": person.get("acct", "")}


def _notification(post: Post, origin: str) -> dict[str, Any]:
    written = _written(post, origin)
    return {
        "id": post.history[0],
        "type": "mention",
        "created_at": written["created_at"],
        "account": written["account"],
        "status": written,
    }


def _written(post: Post, origin: str) -> dict[str, Any]:
    name = post.name or f"inwoner{post.author}@elders.example"
    id = post.history[0] if post.history else post.id
    return {
        "id": id,
        "created_at": post.written,
        "edited_at": post.written if len(post.history) > 1 else None,
        "in_reply_to_id": post.reply_to,
        "in_reply_to_account_id": post.account if post.reply_to else None,
        "visibility": post.where if post.where in VISIBILITIES else "public",
        "spoiler_text": "",
        "content": "<p>" + escape(post.text).replace("\n", "<br />") + "</p>",
        "media_attachments": [
            {"id": id, "type": "image", "url": f"{origin}/mastodon/media/{id}"} for id in post.files
        ],
        "mentions": [],
        "account": {"id": post.author, "acct": name, "display_name": name.partition("@")[0]},
    }


def _newest_versions(request: web.Request) -> dict[str, Post]:
    """Each post as it is now, by the id that it keeps; without those taken back."""
    posts = [post for post in request.app[STATE].posts.known if post.channel == NAME]
    gone = {post.history[0] for post in posts if post.gone}
    return {post.history[0]: post for post in posts if post.history[0] not in gone}


def _origin(request: web.Request) -> str:
    return str(request.url.origin())


def _account(request: web.Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip().partition(":")[0] if scheme.lower() == "bearer" else ""
