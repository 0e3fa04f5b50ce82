"""Graph's message templates: what an account has, and what it refuses when one is sent."""

import re
from typing import Any

from aiohttp import web

from infra.fakes.whatsapp_answers import Refusals, bears_token, graph_error

PATH = r"/whatsapp/{version:v\d+\.\d+}/{business:\d+}/message_templates"
_PLACE = re.compile(r"\{\{(\w+)\}\}")


def _template(name: str, body: str, *more: dict[str, Any], **rest: str) -> dict[str, Any]:
    told = {"name": name, "language": "nl", "status": "APPROVED", "category": "UTILITY", **rest}
    return {**told, "id": name, "components": [{"type": "BODY", "text": body}, *more]}


KNOWN = (
    _template(
        "antwoord_klaar",
        "Hallo {{1}}, ons antwoord op {{2}} staat klaar. Stuur een bericht om het te lezen.",
        {"type": "FOOTER", "text": "Spoed? Bel 112."},
        {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Lees het antwoord"}]},
    ),
    _template("meer_weten", "Over {{zaak}} willen wij u nog iets vragen, {{naam}}."),
    _template("meer_weten", "We have one more question about {{zaak}}, {{naam}}.", language="en"),
    _template("nieuws", "Nieuws over uw melding: {{1}}"),
    _template("gesloten", "Uw zaak is gesloten."),
    _template("met_foto", "Zie de foto.", {"type": "HEADER", "format": "IMAGE"}),
    _template("in_behandeling", "Nog niet goedgekeurd.", status="PENDING"),
    _template("gepauzeerd", "Te veel klachten.", status="PAUSED"),
)


def routes() -> list[web.RouteDef]:
    """Where templates are read."""
    return [web.get(PATH, list_templates)]


async def list_templates(request: web.Request) -> web.Response:
    """All of them, page by page; the cursor is a place in the list."""
    if not bears_token(request):
        return Refusals().expired_token()
    start = int(request.query.get("after") or 0)
    end = start + min(int(request.query.get("limit", 25)), 3)
    paging: dict[str, Any] = {"cursors": {"before": str(start), "after": str(end)}}
    if end < len(KNOWN):
        paging["next"] = f"https://graph.example/next?after={end}"
    return web.json_response({"data": KNOWN[start:end], "paging": paging})


def text_of(body: dict[str, Any]) -> str:
    """What the citizen reads."""
    template, found = body["template"], _known(body["template"])
    if found is None:
        return ""
    said = {key: one["text"] for key, one in _given(template, "body").items()}
    return _PLACE.sub(lambda place: said.get(place[1], ""), _body_of(found))


def refused(body: dict[str, Any]) -> web.Response | None:
    """What Graph says of a template that does not fit, None when it does."""
    template = body["template"]
    found = _known(template)
    if found is None or found["status"] == "PENDING":
        return graph_error(404, 132001, "Template name does not exist in the translation")
    if found["status"] == "PAUSED":
        return graph_error(400, 132015, "Template is paused")
    wanted, given = set(_PLACE.findall(_body_of(found))), _given(template, "body")
    if wanted != given.keys():
        return graph_error(400, 132000, "Number of parameters does not match")
    if any(re.search(r"[\n\t]| {5}", one.get("text", "")) for one in given.values()):
        return graph_error(400, 132012, "Parameter format does not match")
    return None


def _known(template: dict[str, Any]) -> dict[str, Any] | None:
    wanted = template.get("name"), (template.get("language") or {}).get("code")
    return next((one for one in KNOWN if (one["name"], one["language"]) == wanted), None)


def _body_of(template: dict[str, Any]) -> str:
    return next(str(one["text"]) for one in template["components"] if one["type"] == "BODY")


def _given(template: dict[str, Any], kind: str) -> dict[str, dict[str, str]]:
    """The parameters by name, or by their order from 1."""
    components = [one for one in template.get("components", []) if one.get("type") == kind]
    parameters = [one for part in components for one in part.get("parameters", [])]
    return {one.get("parameter_name", str(n)): one for n, one in enumerate(parameters, start=1)}
