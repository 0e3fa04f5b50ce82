"""What X takes from us: a reply in public, a message in private (channels.md 8.6)."""

from typing import Any

from aiohttp import web

from infra.fakes.bodies import object_in
from infra.fakes.failures import accept_or_fail
from infra.fakes.files import digests_of
from infra.fakes.sent import Accepted
from infra.fakes.state import STATE
from infra.fakes.x_words import PROBLEM, WINDOW, Refusals, problem, signed, window

NAME = "x"
LONGEST = 280


async def post_reply(request: web.Request) -> web.StreamResponse:
    """Answer in public."""
    body = await object_in(request)
    target = str((body.get("reply") or {}).get("in_reply_to_tweet_id", ""))
    ids = (body.get("media") or {}).get("media_ids", [])
    files = digests_of(request.app[STATE].files, "x tweet_image", ids)
    refused = _refused(request, body, files) or _unasked(request, target)
    if refused:
        return refused
    to, answered = _author_of(request, target), target or None
    accepted = _accepted(request, body, files, to=to, in_reply_to=answered)
    answer = {"data": {"id": accepted.external_id, "text": accepted.text}}
    return await _take(request, accepted, answer)


async def post_message(request: web.Request) -> web.StreamResponse:
    """Answer in private."""
    body = await object_in(request)
    ids = [one["media_id"] for one in body.get("attachments", [])]
    files = digests_of(request.app[STATE].files, "x dm_image", ids[:1]) if len(ids) < 2 else None  # noqa: PLR2004
    refused = _refused(request, body, files, longest=10_000)
    if refused:
        return refused
    accepted = _accepted(request, body, files, to=request.match_info["user"], kind="private")
    answer = {"data": {"dm_event_id": accepted.external_id, "dm_conversation_id": "c"}}
    return await _take(request, accepted, answer)


def _refused(
    request: web.Request,
    body: dict[str, Any],
    files: tuple[str, ...] | None,
    longest: int = LONGEST,
) -> web.Response | None:
    if not signed(request):
        return Refusals().expired_token()
    text = body.get("text", "")
    if files is None:
        return problem(400, f"{PROBLEM}invalid-request", "Invalid Request", "Your media IDs")
    if not isinstance(text, str) or not (text.strip() or files):
        return problem(400, f"{PROBLEM}invalid-request", "Invalid Request", "text is required")
    if len(text) > longest and "http" not in text:
        return problem(403, "about:blank", "Forbidden", "Your Tweet text is too long.")
    return None


def _unasked(request: web.Request, target: str) -> web.Response | None:
    """X lets us answer only who wrote to us; a post that it does not show cannot be answered."""
    found = [p for p in request.app[STATE].posts.known if target and target in p.history]
    if found and (found[0].gone or found[0].where == "search"):
        words = "You are not permitted to reply: you have not been mentioned by the author."
        return problem(403, "about:blank", "Forbidden", words)
    return None


def _author_of(request: web.Request, target: str) -> str:
    found = [p.author for p in request.app[STATE].posts.known if target in p.history]
    return found[0] if found else ""


def _accepted(
    request: web.Request, body: dict[str, Any], files: tuple[str, ...] | None, **more: Any
) -> Accepted:
    number, text = request.app[STATE].posts.number(NAME), body.get("text", "")
    more |= {"files": files or (), "file": next(iter(files or ()), None)}
    return Accepted(channel=NAME, account="", text=text, external_id=number, **more)


async def _take(
    request: web.Request, accepted: Accepted, answer: dict[str, Any]
) -> web.StreamResponse:
    state = request.app[STATE]

    def accept() -> web.Response:
        state.log.add(accepted)
        return web.json_response(answer, status=201, headers=window(remaining=99, left=WINDOW))

    return await accept_or_fail(request, state.script.next_for(NAME), Refusals(), accept)
