"""Answers in one shape, and the one place where errors become HTTP.

{"error": "AlreadyClaimed", "message": "claimed by Sanne", "facts": {…}, "correlation_id": "…"}
"""

import functools
import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import msgspec
from chalice import Chalice, Response
from chalice.app import Request

from chalicelib.errors import BadPayload, NotSignedIn, Rejected, WebcareError
from chalicelib.log import logger
from chalicelib.web import rendering

MACHINES = (
    "/api/", "/chat/", "/webhooks/", "/health", "/formulier/{account}/bestanden",
    "/melding/bestanden", "/melding/groot", "/praat/{account}/bestanden",
)  # fmt: skip
"""Routes where programs ask, or a script of a page; everywhere else a person reads the answer."""

OUR_FAULT = "something went wrong on our side"


def as_json(body: object, status: int = 200) -> Response:
    """Any record or plain value as JSON."""
    return Response(
        body=msgspec.json.encode(body).decode(),
        status_code=status,
        headers={"Content-Type": "application/json", "Cache-Control": "no-store"},
    )


def json_body(body: bytes) -> dict[str, Any]:
    """The JSON object in a body; empty for an empty one. Raises ``BadPayload``."""
    if not body.strip():
        return {}
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise BadPayload("the body is not JSON") from None
    if not isinstance(value, dict):
        raise BadPayload("the body must be a JSON object")
    return value


def guard(app: Chalice) -> None:
    """Give every route of the app the error shape.

    Chalice turns what a view raises into an answer of its own before any middleware sees it, so
    the views themselves are wrapped; what Chalice refuses by itself is put in the same shape.
    """
    for methods in app.routes.values():
        for entry in methods.values():
            entry.view_function = guarded(app, entry.view_function)
    app.register_middleware(in_our_shape, "http")


def guarded(app: Chalice, view: Callable[..., Response]) -> Callable[..., Response]:
    """The view, with our errors as answers and a bug as a 500, whose log says where it was."""

    @functools.wraps(view)
    def answered(**parts: str) -> Response:
        request = cast("Request", app.current_request)
        try:
            return view(**parts)
        except Exception as error:  # noqa: BLE001 the outermost net
            told = error if isinstance(error, WebcareError) else WebcareError(OUR_FAULT)
            log(request, told)
            return answer(request, told)

    return answered


def log(request: Request, error: WebcareError) -> None:
    """What the operator must see; what the caller can mend is told to the caller alone."""
    route = request.context.get("resourcePath")
    if error.status == HTTPStatus.INTERNAL_SERVER_ERROR:
        logger.exception("a bug", route=route)
    elif not isinstance(error, Rejected):
        logger.warning("refused", error=type(error).__name__, facts=error.facts, route=route)


def in_our_shape(request: Request, get_response: Callable[[Request], Response]) -> Response:
    """Middleware: a method or content type that Chalice refuses."""
    response = get_response(request)
    if isinstance(response.body, dict) and "Code" in response.body:
        error = Rejected(str(response.body["Message"]))
        return as_json(described(request, error), response.status_code)
    return response


def answer(request: Request, error: WebcareError) -> Response:
    """An error, for a program or for a person."""
    if request.path.startswith(MACHINES):
        return as_json(described(request, error), error.status)
    if isinstance(error, NotSignedIn) and request.method == "GET":
        wanted = quote(request.context.get("path", "/"), safe="")
        return Response(body="", status_code=303, headers={"Location": f"/inloggen?next={wanted}"})
    return rendering.error_page(error, request)


def described(request: Request, error: WebcareError) -> dict[str, Any]:
    """The one error shape."""
    return {
        "error": type(error).__name__,
        "message": error.message,
        "facts": error.facts,
        "correlation_id": request.context.get("requestId", ""),
    }
