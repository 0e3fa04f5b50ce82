"""Files in the dossier: brought along, a large one in parts, and the citizen's own to keep."""

from typing import Any
from urllib.parse import unquote

from chalice import Response

from chalicelib import wiring
from chalicelib.domain.sniffing import UNKNOWN
from chalicelib.errors import NotFound, NotSignedIn
from chalicelib.flows.answering.attaching import fit
from chalicelib.flows.citizen import adding
from chalicelib.flows.citizen.doors import Visit
from chalicelib.flows.citizen.dossier import open_own_file
from chalicelib.flows.taking_in import bringing_in_parts
from chalicelib.web.answers import as_json
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.pages.dossier_doors import inside
from chalicelib.web.pages.files import handed_over
from chalicelib.web.requests import FORM, body_of, form_of, part
from chalicelib.web.sessions import same_origin


def at_work() -> Visit:
    """Who brings something, from our own page. Raises ``NotSignedIn`` for who is not inside."""
    request = pages.current_request
    same_origin(request)
    visit = inside(request)
    if visit is None:
        raise NotSignedIn("the dossier is closed")
    return visit


@pages.route("/melding/bestanden", methods=["POST"], content_types=[UNKNOWN])
def bring() -> Response:
    """A file for what is added next: its bytes, and its name in ``X-File-Name``."""
    visit, request = at_work(), pages.current_request
    name = unquote(request.headers.get("x-file-name", ""))
    key = adding.bring(wiring.services(), visit, name, body_of(request))
    return as_json({"id": key, "name": fit(name)}, 201)


@pages.route("/melding/groot", methods=["POST"], content_types=FORM)
def begin() -> Response:
    """A large file: its name and size in, its key and parts out."""
    visit, filled = at_work(), form_of(pages.current_request)
    size = int(filled["size"]) if filled.get("size", "").isdecimal() else 0
    key = adding.begin_bringing(wiring.services(), visit, filled.get("name", ""), size)
    return as_json(still_missing(key), 201)


@pages.route("/melding/groot/{key}")
def missing(key: str) -> Response:
    """Which parts are still to come: also after the line, or the page, was gone."""
    at_work()
    return as_json(still_missing(part(key)))


@pages.route("/melding/groot/{key}/{number}", methods=["PUT"], content_types=[UNKNOWN])
def take_part(key: str, number: str) -> Response:
    """A part, where the bucket has no address of its own."""
    at_work()
    which = int(number) if number.isdecimal() else 0
    bringing_in_parts.take_part(wiring.services(), part(key), which, body_of(pages.current_request))
    return as_json({})


@pages.route("/melding/groot/{key}", methods=["POST"], content_types=FORM)
def finish(key: str) -> Response:
    """All of it is there."""
    at_work()
    whole = bringing_in_parts.finish(wiring.services(), part(key))
    return as_json({"id": part(key), "name": whole.given.name})


def still_missing(key: str) -> dict[str, Any]:
    ours = f"/melding/groot/{key}"
    parts = [
        {"start": one.start, "size": one.size, "to": one.link or f"{ours}/{one.number}"}
        for one in bringing_in_parts.missing(wiring.services(), key)
    ]
    return {"id": key, "parts": parts}


@pages.route("/melding/bestand/{subject}/{file}")
def own_file(subject: str, file: str) -> Response:
    """One of the citizen's own files, to keep."""
    visit = inside(pages.current_request)
    if visit is None:
        raise NotFound("no such file")
    return handed_over(open_own_file(wiring.services(), visit, part(subject), part(file)))
