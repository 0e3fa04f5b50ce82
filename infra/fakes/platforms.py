"""The server that holds all fake platforms, and its controls. Binds to loopback only."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aiohttp import web

from infra.fakes import (
    aws,
    bluesky,
    email,
    graph,
    mastodon,
    news,
    open_files,
    pages,
    pages_reading,
    receiver,
    reddit,
    sms,
    telegram,
    telegram_webhook,
    whatsapp,
    x,
    youtube,
)
from infra.fakes.access import Access
from infra.fakes.callbacks import Callback
from infra.fakes.client import Fakes
from infra.fakes.failures import Failure
from infra.fakes.files import from_citizen
from infra.fakes.guarding import guard
from infra.fakes.sent import SentLog
from infra.fakes.serving import serving
from infra.fakes.state import STATE, State

PLATFORMS = (
    *(bluesky, graph, mastodon, news, open_files, telegram_webhook, pages, pages_reading),
    *(reddit, telegram, whatsapp, x, youtube),
    *(aws, email, sms),
)
"""To add a platform: one module with ``routes()``, and its name here."""

ARRIVALS = {email.NAME: email.arrival, sms.NAME: sms.arrival}
"""Where a post comes in by itself, as soon as a citizen wrote it: what AWS then tells."""

HOST = "127.0.0.1"

LARGEST_UPLOAD = 110 * 1024 * 1024
"""Bytes: a little over what any platform takes, so that the platforms' own limits show."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("fakes", help="run the fake platforms on loopback")
    parser.add_argument("--port", type=int, default=8700)
    parser.add_argument("--sent-file", type=Path, help="keeps what was accepted across restarts")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """The command itself; runs until it is stopped."""
    app = make_app(args.sent_file)
    print(f"fake platforms on http://{HOST}:{args.port}")
    web.run_app(app, host=HOST, port=args.port, print=None)
    return 0


def make_app(sent_file: Path | None = None) -> web.Application:
    """All platforms and the controls, with nothing sent and nothing scripted."""
    app = web.Application(client_max_size=LARGEST_UPLOAD, middlewares=[guard])
    app[STATE] = State(log=SentLog(sent_file))
    app.add_routes([route for platform in PLATFORMS for route in platform.routes()])
    app[receiver.KNOWN] = receiver.Desk()
    app.add_routes(receiver.routes())
    app.add_routes(_controls())
    app.on_cleanup.append(_stop_callbacks)
    return app


@contextmanager
def running_fakes(sent_file: Path | None = None) -> Iterator[Fakes]:
    """The server in a thread, on a free port, for as long as the block runs."""
    with serving(make_app(sent_file)) as url:
        yield Fakes(url)


async def _stop_callbacks(app: web.Application) -> None:
    await app[STATE].callbacks.stop()


def _controls() -> list[web.RouteDef]:
    return [
        web.get("/_sent", _show_sent),
        web.get("/_read", _show_read),
        web.get("/_fail", _show_failures),
        web.post("/_fail", _add_failure),
        web.delete("/_fail", _clear_failures),
        web.post("/_posts", _put_post),
        web.delete("/_posts", _clear_posts),
        web.post("/_files", _put_file),
        web.get("/_access", _show_access),
        web.post("/_access", _set_access),
        web.delete("/_access", _clear_access),
        web.post("/_callback", _set_callback),
        web.delete("/_callback", _clear_callbacks),
        web.get("/_dead", _show_dead),
    ]


async def _show_sent(request: web.Request) -> web.Response:
    after = int(request.query.get("after", 0))
    return web.json_response({"sent": request.app[STATE].log.sent[after:]})


async def _show_read(request: web.Request) -> web.Response:
    return web.json_response({"read": request.app[STATE].log.read})


async def _show_failures(request: web.Request) -> web.Response:
    return web.json_response({"fail": request.app[STATE].script.rows()})


async def _add_failure(request: web.Request) -> web.Response:
    try:
        failure = Failure(**await request.json())
    except (TypeError, ValueError) as error:
        return web.json_response({"error": str(error)}, status=400)
    request.app[STATE].script.waiting.append(failure)
    return await _show_failures(request)


async def _clear_failures(request: web.Request) -> web.Response:
    request.app[STATE].script.waiting.clear()
    return await _show_failures(request)


async def _put_post(request: web.Request) -> web.Response:
    state = request.app[STATE]
    try:
        post = state.posts.put(await request.json())
    except (TypeError, KeyError, ValueError) as error:
        return web.json_response({"error": repr(error)}, status=400)
    if post.channel in ARRIVALS and state.notices:
        state.callbacks.tell(state.notices, ARRIVALS[post.channel](post, state))
    return web.json_response({"id": post.id})


async def _put_file(request: web.Request) -> web.Response:
    try:
        file = from_citizen(await request.json())
    except (TypeError, KeyError, ValueError) as error:
        return web.json_response({"error": repr(error)}, status=400)
    return web.json_response({"id": request.app[STATE].files.put(file)})


async def _clear_posts(request: web.Request) -> web.Response:
    request.app[STATE].posts.clear(request.query.get("channel"))
    return web.json_response({"id": None})


async def _show_access(request: web.Request) -> web.Response:
    return web.json_response({"replayed": request.app[STATE].access.replayed})


async def _set_access(request: web.Request) -> web.Response:
    request.app[STATE].access.change(**await request.json())
    return web.json_response({"access": True})


async def _clear_access(request: web.Request) -> web.Response:
    request.app[STATE].access = Access()
    return web.json_response({"access": True})


async def _set_callback(request: web.Request) -> web.Response:
    asked: dict[str, Any] = await request.json()
    channel = asked.pop("channel")
    request.app[STATE].callbacks.by_channel[channel] = Callback(**asked)
    return web.json_response({"channel": channel})


async def _clear_callbacks(request: web.Request) -> web.Response:
    request.app[STATE].callbacks.by_channel.clear()
    return web.json_response({})


async def _show_dead(request: web.Request) -> web.Response:
    return web.json_response({"dead": request.app[STATE].callbacks.dead})
