"""The crisis switch for programs: what is on or proposed, on, and off. No logic."""

from typing import Any
from urllib.parse import unquote

import msgspec
from chalice import Blueprint, Response

from chalicelib import wiring
from chalicelib.domain.principal import Principal
from chalicelib.errors import InvalidInput
from chalicelib.flows.incidents import crises
from chalicelib.flows.incidents.crises import Wanted
from chalicelib.flows.incidents.viewing_crises import view_crises
from chalicelib.web.answers import as_json, json_body
from chalicelib.web.requests import body_of
from chalicelib.web.sessions import signed_in, who_sent

crisis_api = Blueprint(__name__)

CRISES = "/api/v1/crises"


@crisis_api.route(CRISES)
def all_of_them() -> Response:
    """What is on or proposed, and what is over."""
    view = view_crises(wiring.services(), signed_in(crisis_api.current_request))
    return as_json({"now": msgspec.to_builtins(view.now), "over": msgspec.to_builtins(view.over)})


@crisis_api.route(CRISES, methods=["POST"])
def turn_on() -> Response:
    """On, or changed: the fields of a crisis; ``id`` names the proposal or the crisis meant."""
    principal = writer()
    body = json_body(body_of(crisis_api.current_request))
    try:
        wanted = msgspec.convert({**EMPTY, **body}, Wanted)
    except msgspec.ValidationError as error:
        wrong = {"nl": str(error), "en": str(error)}
        raise InvalidInput("not a crisis", {"crisis": wrong}) from None
    found = crises.turn_on(wiring.services(), principal, wanted, str(body.get("id", "")))
    return as_json(msgspec.to_builtins(found), 201)


@crisis_api.route(f"{CRISES}/{{crisis}}/off", methods=["POST"])
def turn_off(crisis: str) -> Response:
    """Off; a proposal is declined."""
    found = crises.turn_off(wiring.services(), writer(), unquote(crisis))
    return as_json(msgspec.to_builtins(found))


EMPTY: dict[str, Any] = {
    "area": "", "topic": "", "because": "", "statement": {}, "wait": {}, "hours": 0, "teams": [],
}  # fmt: skip


def writer() -> Principal:
    """Who writes; a browser only from our own page."""
    return who_sent(crisis_api.current_request)
