"""Graph for Messenger, Facebook pages and Instagram, as far as we send to it (channels.md 5 to 7).

What it refuses is in ``pages_checks.py``.
"""

import time
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from infra.fakes.bodies import object_in
from infra.fakes.failures import accept_or_fail
from infra.fakes.files import uploaded
from infra.fakes.pages_checks import NO_FILE, Asked, Problem, problem_with, problem_with_file
from infra.fakes.pages_choices import quick_replies_of
from infra.fakes.sent import Accepted
from infra.fakes.state import STATE, State
from infra.fakes.whatsapp_answers import bears_token, graph_error

NODE = r"/{channel:messenger|facebook|instagram}/{version:v\d+\.\d+}/{node:[\w-]+}"
SIXTY_DAYS = 60 * 86_400
EDGES = "messages|comments|replies|mentions|feed"


def routes() -> list[web.RouteDef]:
    """Where these platforms listen."""
    return [
        web.post(f"{NODE}/message_attachments", take_file),
        web.post(f"{NODE}/{{edge:{EDGES}}}", post_edge),
        web.get("/{channel:messenger|facebook|instagram}/files/{id}", give_file),
        web.get("/{channel:instagram}/refresh_access_token", lend_again),
    ]


class Refusals:
    """Graph's words for what every platform refuses."""

    def expired_token(self) -> web.Response:
        return graph_error(401, 190, "Access token expired or missing")

    def throttled(self, retry_after: float | None) -> web.Response:
        answer = graph_error(429, 613, "Calls to this api have exceeded the rate limit.")
        if retry_after is not None:
            answer.headers["Retry-After"] = f"{retry_after:g}"
        return answer


async def post_edge(request: web.Request) -> web.StreamResponse:
    """A private message, a gesture, or a comment."""
    if not bears_token(request):
        return Refusals().expired_token()
    asked = Asked(**_place_of(request), body=await object_in(request))
    state: State = request.app[STATE]
    problem = problem_with(asked, state.posts.known, state.log.sent)
    if problem:
        return _refused(problem)
    if "sender_action" in asked.body:
        return _show(state, asked)
    failure = state.script.next_for(asked.channel)
    return await accept_or_fail(request, failure, Refusals(), lambda: _accept(state, asked))


async def take_file(request: web.Request) -> web.Response:
    """A file of ours, to be sent by its id."""
    channel = request.match_info["channel"]
    if not bears_token(request):
        return Refusals().expired_token()
    file, form = await uploaded(request, channel, "filedata"), await request.post()
    problem = problem_with_file(file, str(form.get("message", "")))
    if problem or file is None:
        return _refused(problem or NO_FILE)
    return web.json_response({"attachment_id": request.app[STATE].files.put(file)})


async def lend_again(request: web.Request) -> web.StreamResponse:
    """The same access for another 60 days, under another key; the old one stays good."""
    state, token = request.app[STATE], request.query.get("access_token", "")
    if request.query.get("grant_type") != "ig_refresh_token" or not token:
        return graph_error(400, 100, "The parameter grant_type is required")
    if not state.access.is_known("instagram", token):
        return Refusals().expired_token()
    answer = {"access_token": f"{token}+", "token_type": "bearer", "expires_in": SIXTY_DAYS}
    failure = state.script.next_for("instagram", reads=True)
    return await accept_or_fail(request, failure, Refusals(), lambda: web.json_response(answer))


async def give_file(request: web.Request) -> web.Response:
    """A citizen's file; its address needs no key."""
    file = request.app[STATE].files.found(request.match_info["channel"], request.match_info["id"])
    if file is None:
        return web.Response(status=403, text="URL signature expired")
    return web.Response(body=file.body, content_type=file.mime.partition(";")[0])


def _place_of(request: web.Request) -> Mapping[str, str]:
    return {name: request.match_info[name] for name in ("channel", "node", "edge")}


def _refused(problem: Problem) -> web.Response:
    return graph_error(400, problem.code, problem.words, subcode=problem.subcode)


def _show(state: State, asked: Asked) -> web.Response:
    citizen = str(asked.recipient.get("id"))
    state.log.add_read(asked.channel, asked.node, f"{asked.body['sender_action']}:{citizen}")
    return web.json_response({"recipient_id": citizen})


def _accept(state: State, asked: Asked) -> web.Response:
    private = asked.edge == "messages"
    accepted = _private(state, asked) if private else _public(state, asked)
    state.log.add(accepted)
    if not private:
        return web.json_response({"id": accepted.external_id})
    state.callbacks.begin(asked.channel, receipts_of(accepted))
    told = {"recipient_id": accepted.to, "message_id": accepted.external_id}
    return web.json_response(told)


def _private(state: State, asked: Asked) -> Accepted:
    start = "aWd_" if asked.channel == "instagram" else "m_"
    answered = asked.recipient.get("comment_id") or asked.recipient.get("post_id")
    tagged = asked.body.get("tag") == "HUMAN_AGENT"
    return Accepted(
        channel=asked.channel,
        account=asked.node,
        to=asked.recipient.get("id") or "",
        text=asked.body["message"].get("text", ""),
        external_id=f"{start}{state.posts.number(asked.channel)}",
        reply_id=asked.body["message"].get("metadata"),
        in_reply_to=answered,
        kind="private_reply" if answered else "human_agent" if tagged else "text",
        file=_digest_of(state, asked),
        choices=tuple(one["title"] for one in quick_replies_of(asked.message)),
    )


def _digest_of(state: State, asked: Asked) -> str | None:
    file = state.files.found(asked.channel, asked.attachment_id or "")
    return file.sha256 if file else None


def _public(state: State, asked: Asked) -> Accepted:
    number = state.posts.number(asked.channel)
    mention = asked.edge == "mentions"
    named = asked.body.get("comment_id") or asked.body.get("media_id")
    answered = str(named) if mention else asked.node
    return Accepted(
        channel=asked.channel,
        account=asked.node if mention else "",
        to="",
        text=asked.body["message"],
        external_id=number if asked.channel == "instagram" else f"{answered}_{number}",
        in_reply_to=answered,
        kind="post" if asked.edge == "feed" else "comment",
    )


def receipts_of(accepted: Accepted) -> dict[str, dict[str, Any]]:
    """What Meta tells afterwards: the echo, that it arrived, that it was read."""
    mid, now = accepted.external_id, int(time.time() * 1000)
    metadata = {"metadata": accepted.reply_id} if accepted.reply_id else {}
    from_us = {"sender": {"id": accepted.account}, "recipient": {"id": accepted.to}}
    to_us = {"sender": {"id": accepted.to}, "recipient": {"id": accepted.account}}
    echo = {**from_us, "message": {"mid": mid, "is_echo": True, "text": accepted.text, **metadata}}
    told = {
        "sent": echo,
        "delivered": {**to_us, "delivery": {"mids": [mid], "watermark": now}},
        "read": {**to_us, "read": {"mid": mid, "watermark": now}},
    }
    if accepted.channel == "instagram":
        told["delivered"] = (
            echo  # Instagram tells nothing of arrival, and an echo twice is harmless
        )
    return {state: _delivered(accepted, one, now) for state, one in told.items()}


def _delivered(accepted: Accepted, element: dict[str, Any], now: int) -> dict[str, Any]:
    entry = {"id": accepted.account, "time": now, "messaging": [{**element, "timestamp": now}]}
    about = "instagram" if accepted.channel == "instagram" else "page"
    return {"object": about, "entry": [entry]}
