"""The entrances: every handler loads through app.py, and nobody walks in without a reason."""

import json
from typing import Any

import pytest
from chalice import Response

import app as house
from chalicelib.store.table import BadOperation
from chalicelib.web.answers import guarded
from chalicelib.web.openapi import document
from infra.local.context import Context
from infra.local.web import Routes
from tests.conftest import Town

OPEN = {
    "/health",  # a load balancer has no token
    "/inloggen",  # how one signs in
    "/inloggen/terug",
    "/uitloggen",  # ends a session, and asks for nothing
    "/uitgelogd",  # says that the session is over
    "/formulier",  # citizens have no account
    "/formulier/{account}",
    "/formulier/{account}/bestanden",
    "/formulier/antwoord/{secret}",  # the link is the key
    "/formulier/antwoord/{secret}/berichten",
    "/formulier/antwoord/{secret}/melding",
    "/melding",  # shows the door to who is not inside
    "/melding/link/{secret}",  # the link is the key, and pressing the button its use
    "/melding/gedeeld/{secret}",
    "/melding/code",  # says the same for every number
    "/melding/open",  # the code is the key
    "/melding/weg",  # ends a session, and asks for nothing
    "/melding/stand",  # the dossier's own session is the key; without it there is nothing
    "/melding/bestand/{subject}/{file}",
    "/meehelpen",  # citizens have no account; what is asked there counts only when it is proven
    "/meehelpen/mijn/{secret}",  # the link is the key
    "/praat",  # citizens have no account
    "/praat/{account}",
    "/praat/{account}/berichten",
    "/praat/{account}/bestanden",
    "/praat/{account}/melding",  # the id that we signed is the key
    "/chat/{account}/visitors",  # citizens have no account
    "/chat/{account}/files",  # the id that we signed is the key
    "/chat/{account}/messages",  # the id that we signed is the key
    "/chat/{account}/tickets",  # likewise
    "/kaart/{secret}",  # the link is the key
    "/partner/{secret}",  # likewise
    "/kaart/{secret}/cap.xml",  # likewise
    "/kaart/{secret}/stand",  # likewise
    "/static/{name}",
    "/static/vendor/{name}",
    "/webhooks/{channel}/{account}",  # the platform's signature is the key
    "/api/v1/openapi.json",
    "/cijfers/openbaar",  # the four figures that we publish
    "/api/v1/figures/public",  # the same
}
"""Routes without sign-in, each for its reason."""


def test_every_handler_loads_through_app() -> None:
    """Lambda loads a blueprint's handlers without app.py, and so without its middleware."""
    registered = [
        *house.app.event_sources,
        *house.app.pure_lambda_functions,
        *house.app.websocket_handlers.values(),
    ]
    assert registered
    assert all(config.handler_string.startswith("app.") for config in registered)


def closed_routes() -> list[tuple[str, str]]:
    return [
        (method, path)
        for path, methods in house.app.routes.items()
        for method in methods
        if path not in OPEN and path != "/"
    ]


def call(method: str, path: str, **headers: str) -> dict[str, Any]:
    """As API Gateway calls."""
    filled = path.replace("{subject}", "nobody").replace("{lane}", "direct")
    found = Routes(house.app).find(filled)
    assert found, path
    event = {
        "requestContext": {
            "httpMethod": method,
            "resourcePath": found[0],
            "path": filled,
            "requestId": "r-1",
            "identity": {"sourceIp": "127.0.0.1"},
        },
        "headers": {"host": "nabij.example", "sec-fetch-site": "same-origin", **headers},
        "pathParameters": found[1],
        "multiValueQueryStringParameters": None,
        "stageVariables": {},
        "body": "",
        "isBase64Encoded": False,
    }
    answer: dict[str, Any] = house.app(event, Context())
    return answer


@pytest.mark.parametrize(("method", "path"), closed_routes())
def test_without_signing_in_nobody_gets_in(town: Town, method: str, path: str) -> None:
    api = path.startswith("/api/")
    kind = house.app.routes[path][method].content_types[0]
    answer = call(method, path, **({"content-type": kind} if method in ("POST", "PUT") else {}))
    assert answer["statusCode"] in ((401,) if api else (303, 401)), answer


def test_the_document_and_the_routes_tell_the_same() -> None:
    described = {
        (method.upper(), "/api/v1" + path)
        for path, methods in document()["paths"].items()
        for method in methods
    }
    existing = {
        (method, path)
        for path, methods in house.app.routes.items()
        for method in methods
        if path.startswith("/api/v1")
    }
    assert described == existing


def test_what_chalice_refuses_has_our_shape_too(town: Town) -> None:
    answer = call("DELETE", "/api/v1/queue")
    assert answer["statusCode"] == 405
    assert set(json.loads(answer["body"])) == {"error", "message", "facts", "correlation_id"}


def test_a_bug_is_a_500_with_its_correlation_id(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(town.clock, "at", None)  # no code of ours survives a clock without time
    answer = call("GET", "/health")
    assert answer["statusCode"] in (200, 500)
    answer = call("GET", "/api/v1/queue", authorization="Bearer x")
    assert answer["statusCode"] == 500
    assert json.loads(answer["body"])["correlation_id"] == "r-1"
    assert [record.exc_info is not None for record in caplog.records] == [True]


def test_a_wrong_write_is_no_less_a_bug(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def wrong() -> Response:
        raise BadOperation("one item twice in a write")

    monkeypatch.setattr(
        house.app.routes["/health"]["GET"], "view_function", guarded(house.app, wrong)
    )
    assert call("GET", "/health")["statusCode"] == 500
    assert [record.exc_info is not None for record in caplog.records] == [True]
