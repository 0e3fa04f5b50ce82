"""HTTP and sockets of the local stage, by the very handlers in app.py.

Each request becomes the event that API Gateway makes of it.
"""

import asyncio
import base64
import contextlib
import hashlib
import hmac
import json
import re
import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web
from chalice import Chalice
from chalice.local import LocalChalice

import app
from infra.local.context import Context
from infra.local.stage import Stage
from infra.ports import HOST

LARGEST_REQUEST = 11_000_000
"""Bytes; a little over what API Gateway passes on, so that our own limit is the one that shows."""

THREADS = 8

Event = dict[str, Any]


@dataclass(slots=True)
class Front:
    """The front door."""

    stage: Stage
    handlers: Chalice
    connect: Callable[[Event, Context], Mapping[str, Any]]
    notice: Callable[[Event, Context], Mapping[str, Any]]
    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(THREADS))
    sockets: dict[str, web.WebSocketResponse] = field(default_factory=dict)
    routes: "Routes" = field(init=False)

    def __post_init__(self) -> None:
        # A Lambda serves one request at a time; here several threads share the app, so the
        # current request must be each thread's own. Chalice ships this class for that.
        self.handlers.__class__ = LocalChalice
        # Without an address Chalice asks AWS's settings for one when a socket opens.
        self.handlers.websocket_api.configure(HOST, "local")
        self.routes = Routes(self.handlers)

    def application(self) -> web.Application:
        """The server's routes: sockets, hints to them, and everything else to the handlers."""
        application = web.Application(client_max_size=LARGEST_REQUEST)
        application.router.add_get("/_ws", self.open_socket)
        application.router.add_post("/@connections/{id}", self.pass_hint)
        application.router.add_post("/_notices", self.take_notice)
        application.router.add_route("*", "/{path:.*}", self.serve)
        return application

    async def serve(self, request: web.Request) -> web.Response:
        """One request, in a thread of its own."""
        event = to_event(request, await request.read(), self.routes)
        if event is None:
            missing = {"error": "NotFound", "message": "no such address", "facts": {}}
            return web.json_response({**missing, "correlation_id": ""}, status=404)
        loop = asyncio.get_running_loop()
        return to_response(await loop.run_in_executor(self.pool, self.call, event))

    def call(self, event: Event) -> Event:
        """Through JSON and back, as to Lambda."""
        answer = self.handlers(json.loads(json.dumps(event)), Context())
        found: Event = json.loads(json.dumps(answer))
        return found

    async def open_socket(self, request: web.Request) -> web.WebSocketResponse:
        """A page opens a socket; the handler says whether it may."""
        connection = uuid.uuid4().hex
        event = socket_event(connection, dict(request.query))
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(self.pool, self.connect, event, Context())
        if answer.get("statusCode") != 200:  # noqa: PLR2004 OK
            raise web.HTTPForbidden
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        self.sockets[connection] = socket
        try:
            async for message in socket:
                if message.type is WSMsgType.ERROR:
                    break
        finally:
            del self.sockets[connection]
        return socket

    async def pass_hint(self, request: web.Request) -> web.Response:
        """A worker has a hint for a socket: 410 when the socket is gone, as in AWS."""
        if request.headers.get("X-Hints-Token") != self.stage.hints_token:
            raise web.HTTPForbidden
        socket = self.sockets.get(request.match_info["id"])
        if socket is None or socket.closed:
            raise web.HTTPGone
        with contextlib.suppress(ConnectionError):
            await socket.send_str(await request.text())
        return web.Response()

    async def take_notice(self, request: web.Request) -> web.Response:
        """The fakes tell what AWS would tell a queue; they alone know the token."""
        body = await request.read()
        digest = hmac.new(self.stage.hints_token.encode(), body, hashlib.sha256).hexdigest()
        if request.headers.get("X-Hub-Signature-256") != f"sha256={digest}":
            raise web.HTTPForbidden
        event = {"Records": [{"messageId": uuid.uuid4().hex, "body": body.decode()}]}
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(self.pool, self.notice, event, Context())
        return web.Response(status=503 if answer["batchItemFailures"] else 200)


class Routes:
    """Which route a path belongs to; fixed words go before parameters, as in API Gateway."""

    def __init__(self, handlers: Chalice) -> None:
        paths = sorted(handlers.routes, key=lambda path: path.count("{"))
        self._patterns = [(path, re.compile(pattern(path))) for path in paths]

    def find(self, path: str) -> tuple[str, dict[str, str]] | None:
        """The route and its parameters (as sent, percent-encoded), or None."""
        for route, regex in self._patterns:
            match = regex.fullmatch(path)
            if match:
                return route, match.groupdict()
        return None


def pattern(path: str) -> str:
    return re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(path))


def to_event(request: web.Request, body: bytes, routes: Routes) -> Event | None:
    """A request as API Gateway hands it to a Lambda; None when no route fits."""
    found = routes.find(request.rel_url.raw_path)
    if found is None:
        return None
    route, parameters = found
    query = {name: request.query.getall(name) for name in request.query}
    return {
        "requestContext": {
            "httpMethod": request.method,
            "resourcePath": route,
            "path": request.rel_url.raw_path,
            "requestId": uuid.uuid4().hex,
            "stage": "local",
            "identity": {"sourceIp": request.remote},
        },
        "headers": {name.lower(): value for name, value in request.headers.items()},
        "pathParameters": parameters,
        "multiValueQueryStringParameters": query or None,
        "stageVariables": {},
        **to_body(body),
    }


def to_body(body: bytes) -> Event:
    """Text as text; bytes that are no UTF-8 in base64."""
    try:
        return {"body": body.decode(), "isBase64Encoded": False}
    except UnicodeDecodeError:
        return {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}


def to_response(answer: Event) -> web.Response:
    """A Lambda's answer as a response."""
    response = web.Response(status=answer["statusCode"])
    for name, value in answer.get("headers", {}).items():
        response.headers[name] = value
    for name, values in answer.get("multiValueHeaders", {}).items():
        for value in values:
            response.headers.add(name, value)
    body = answer.get("body") or ""
    response.body = base64.b64decode(body) if answer.get("isBase64Encoded") else body.encode()
    return response


def socket_event(connection: str, query: dict[str, str]) -> Event:
    """What API Gateway hands over when a socket is opened."""
    context = {
        "connectionId": connection,
        "eventType": "CONNECT",
        "routeKey": "$connect",
        "domainName": HOST,
        "stage": "local",
        "apiId": "local",
    }
    return {"requestContext": context, "queryStringParameters": query or None}


def main(stage: Stage) -> None:
    """Serve until told to stop."""
    front = Front(stage, app.app, app.on_connect, app.on_notices)
    web.run_app(
        front.application(), host=HOST, port=stage.port, print=None, access_log=None,
        reuse_address=True,
    )  # fmt: skip
