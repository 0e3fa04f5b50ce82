"""What we send to Bluesky, held against the published rules: lengths, references, byte offsets."""

from typing import Any

import regex  # type: ignore[import-untyped]
from aiohttp import web

from infra.fakes.bluesky_words import ALWAYS, NAME, POST, Refusals, cid_of, did_of, refusal
from infra.fakes.failures import accept_or_fail
from infra.fakes.files import StoredFile, digests_of, is_picture
from infra.fakes.sent import Accepted
from infra.fakes.state import STATE

IMAGES = "app.bsky.embed.images"
LARGEST = 2_000_000
BRINGING = "bluesky-media"
"""Failures of bringing files are scripted under this name, apart from those of sending."""


async def create_record(request: web.Request) -> web.StreamResponse:
    """A post of ours, which answers something or begins a thread."""
    body, did = await request.json(), did_of(request)
    if not did:
        return refusal(401, "AuthMissing", "Authentication Required")
    record = body.get("record", {})
    problem = _problem_with(record, 300) or _problem_with_reply(record.get("reply", {}))
    files = _pictures_in(request, record.get("embed"))
    problem = problem or ("the embed holds something else than pictures" if files is None else None)
    if body.get("repo") != did or body.get("collection") != POST or "createdAt" not in record:
        problem = "Input must have a repo, a collection and a creation date"
    if problem:
        return refusal(400, "InvalidRequest", f"Invalid app.bsky.feed.post record: {problem}")

    def accept() -> web.Response:
        uri = f"at://{did}/{POST}/{request.app[STATE].posts.number(NAME)}"
        parent = record["reply"]["parent"]["uri"] if "reply" in record else None
        _log(
            request,
            to=parent.split("/")[2] if parent else "",
            id=uri,
            text=record["text"],
            parent=parent,
            files=files,
            kind="reply" if parent else "post",
        )
        return web.json_response({"uri": uri, "cid": cid_of(uri)})

    failure = request.app[STATE].script.next_for(NAME)
    return await accept_or_fail(request, failure, Refusals(), accept)


async def send_message(request: web.Request) -> web.StreamResponse:
    """A private message of ours."""
    body = await request.json()
    message, (_, _, to) = body.get("message", {}), str(body.get("convoId", "")).partition("~")
    if "atproto-proxy" not in request.headers or not did_of(request):
        return refusal(404, "XRPCNotSupported", "not found")
    problem = None if to else "convo not found"
    problem = problem or _problem_with(message, 1000)
    if problem:
        return refusal(400, "InvalidRequest", problem)

    def accept() -> web.Response:
        id = request.app[STATE].posts.number(NAME)
        _log(request, to=to, id=id, text=message["text"], parent=None)
        return web.json_response({"id": id, "rev": id, "text": message["text"]})

    failure = request.app[STATE].script.next_for(NAME)
    return await accept_or_fail(request, failure, Refusals(), accept)


async def upload_blob(request: web.Request) -> web.StreamResponse:
    """A file of ours, to be embedded in a post; how that refers to it."""
    if not did_of(request):
        return refusal(401, "AuthMissing", "Authentication Required")
    file = StoredFile(channel=NAME, mime=request.content_type, body=await request.read(), ours=True)
    link = request.app[STATE].files.put(file)
    blob = {"ref": {"$link": link}, "mimeType": file.mime, "size": len(file.body)}
    told = web.json_response({"blob": {"$type": "blob", **blob}})
    failure = request.app[STATE].script.next_for(BRINGING)
    return await accept_or_fail(request, failure, Refusals(), lambda: told)


def _pictures_in(request: web.Request, embed: Any) -> tuple[str, ...] | None:
    """The pictures that a post embeds; None when it embeds what the lexicon does not allow."""
    if embed is None:
        return ()
    shown, files = embed.get("images", []), request.app[STATE].files
    links = [one["image"]["ref"]["$link"] for one in shown if isinstance(one.get("alt"), str)]
    if embed.get("$type") != IMAGES or len(links) != len(shown):
        return None
    fit = all((file := files.found(NAME, one)) and is_picture(file, LARGEST) for one in links)
    return digests_of(files, NAME, links) if fit else None


def _log(
    request: web.Request,
    *,
    to: str,
    id: str,
    text: str,
    parent: str | None,
    files: tuple[str, ...] | None = None,
    kind: str = "private",
) -> None:
    accepted = Accepted(
        channel=NAME,
        account=did_of(request),
        to=to,
        text=text,
        external_id=id,
        in_reply_to=parent,
        kind=kind,
        file=next(iter(files or ()), None),
        files=files or (),
    )
    request.app[STATE].log.add(accepted)


def _problem_with(record: dict[str, Any], longest: int) -> str | None:
    text = record.get("text")
    if not isinstance(text, str) or not (text.strip() or "embed" in record):
        return "text must not be empty"
    if len(regex.findall(r"\X", text)) > longest or len(text.encode()) > longest * 10:
        return f"text must not be longer than {longest} graphemes"
    for facet in record.get("facets", []):
        start, end = (facet["index"][name] for name in ("byteStart", "byteEnd"))
        try:
            shown = text.encode()[start:end].decode()
        except UnicodeDecodeError:
            shown = ""
        if not shown or shown.lstrip("#@") not in str(facet["features"]):
            return "a facet does not cover what it says"
    return None


def _problem_with_reply(reply: Any) -> str | None:
    if not isinstance(reply, dict):
        return "reply is no object"
    if not reply:
        return None
    for name in ("root", "parent"):
        found = reply.get(name, {})
        if found.get("cid") != cid_of(found.get("uri", "")):
            return f"{name} has another cid"
    return None if reply["root"]["uri"] != "" else f"no root such as {ALWAYS.id}"
