"""Files on X (channels.md 8.4, 8.6): what citizens send, and what we bring in three steps."""

from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from infra.fakes.failures import accept_or_fail
from infra.fakes.files import StoredFile, is_picture, uploaded
from infra.fakes.posts import Post
from infra.fakes.state import STATE
from infra.fakes.x_words import PROBLEM, Refusals, problem, signed

NAME = "x"
BRINGING = "x-media"
"""Failures of bringing files are scripted under this name, apart from those of sending."""

LARGEST = 5_000_000
UPLOAD = "/x/2/media/upload"
GUARDED = "https://ton.twitter.com/1.1/ton/data/dm"


@dataclass(slots=True)
class Begun:
    """What was told of a file before its bytes came, and the bytes that came."""

    mime: str
    size: int
    category: str
    body: bytes = field(default=b"", repr=False)


_BEGUN: dict[str, Begun] = {}


def routes() -> list[web.RouteDef]:
    """Where files come in and go out."""
    return [
        web.post(f"{UPLOAD}/initialize", initialize),
        web.post(f"{UPLOAD}/{{id}}/append", append),
        web.post(f"{UPLOAD}/{{id}}/finalize", finalize),
        web.get("/x/2/dm_conversations/media/{message}/{id}/{resource}", give_private),
    ]


async def initialize(request: web.Request) -> web.StreamResponse:
    """A file is announced."""
    if not signed(request):
        return Refusals().expired_token()
    said = await request.json()
    begun = Begun(said["media_type"], said["total_bytes"], said["media_category"])
    if begun.category not in ("tweet_image", "dm_image") or begun.size > LARGEST:
        return _refused("media_category")
    id = request.app[STATE].posts.number(NAME)
    _BEGUN[id] = begun
    told = web.json_response({"data": {"id": id, "media_key": f"3_{id}"}})
    failure = request.app[STATE].script.next_for(BRINGING)
    return await accept_or_fail(request, failure, Refusals(), lambda: told)


async def append(request: web.Request) -> web.Response:
    """Its bytes."""
    begun, part = _BEGUN.get(request.match_info["id"]), await uploaded(request, NAME, "media")
    if not signed(request):
        return Refusals().expired_token()
    if begun is None or part is None or (await request.post()).get("segment_index") != "0":
        return _refused("media")
    begun.body += part.body
    return web.json_response({"data": {"expires_at": 0}})


async def finalize(request: web.Request) -> web.Response:
    """All of it is there, and it is what was announced."""
    id = request.match_info["id"]
    begun = _BEGUN.get(id)
    if not signed(request):
        return Refusals().expired_token()
    if begun is None:
        return _refused("id")
    file = StoredFile(channel=NAME, mime=begun.mime, body=begun.body, ours=True)
    if len(begun.body) != begun.size or not is_picture(file, LARGEST):
        return _refused("media")
    file = StoredFile(channel=f"{NAME} {begun.category}", mime=file.mime, body=file.body, ours=True)
    request.app[STATE].files.by_id[id] = file
    return web.json_response({"data": {"id": id, "size": len(file.body)}})


async def give_private(request: web.Request) -> web.Response:
    """A file of a private message, for who is signed in."""
    file = request.app[STATE].files.found(NAME, request.match_info["id"])
    if not signed(request):
        return Refusals().expired_token()
    if file is None:
        return problem(404, f"{PROBLEM}resource-not-found", "Not Found Error", "media")
    return web.Response(body=file.body, content_type=file.mime)


def named_in(post: Post) -> dict[str, Any]:
    """How a post or message names its files."""
    keys = [f"3_{id}" for id in post.files]
    return {"attachments": {"media_keys": keys}} if keys else {}


def described(posts: list[Post], origin: str) -> dict[str, Any]:
    """What a page says of the files in it: where they are."""
    found = [
        {"media_key": f"3_{id}", "type": "photo", "url": _address(post, id, origin)}
        for post in posts
        for id in post.files
    ]
    return {"media": found} if found else {}


def _address(post: Post, id: str, origin: str) -> str:
    if post.where == "private":
        return f"{GUARDED}/{post.id}/{id}/foto.jpg"
    return f"{origin}/x/media/{id}"


def _refused(what: str) -> web.Response:
    return problem(400, f"{PROBLEM}invalid-request", "Invalid Request", f"{what} is not valid")
