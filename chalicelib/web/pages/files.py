"""Files of a conversation: looked at by who may, fetched again when that failed."""

from chalice import Response

from chalicelib import wiring
from chalicelib.flows.desk.opening import Opened, open_file
from chalicelib.flows.taking_in.fetching import fetch_again
from chalicelib.web.file_links import must_be_signed
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import see
from chalicelib.web.requests import FORM, part, query_of
from chalicelib.web.sessions import signed_in, who_sent

SAFE = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
"""Whatever a file holds: no browser runs it, guesses what it is, or keeps it."""


@pages.route("/gesprek/{subject}/bestand/{file}")
def file(subject: str, file: str) -> Response:
    """The bytes, or where they are for a moment."""
    request = pages.current_request
    me = signed_in(request)
    query, services = query_of(request), wiring.services()
    one, id_ = part(subject), part(file)
    must_be_signed(request, services.clock(), one, id_, query.get("k", ""))
    small, download = bool(query.get("klein")), bool(query.get("bewaar"))
    return handed_over(open_file(services, me, one, id_, small=small, download=download))


def handed_over(opened: Opened) -> Response:
    if opened.link:
        return Response(body="", status_code=303, headers={**SAFE, "Location": opened.link})
    shown = {"Content-Type": opened.mime, "Content-Disposition": opened.shown_as}
    return Response(body=opened.body, headers={**SAFE, **shown})


@pages.route("/gesprek/{subject}/bestand/{file}/opnieuw", methods=["POST"], content_types=FORM)
def again(subject: str, file: str) -> Response:
    """Try once more to fetch it."""
    request = pages.current_request
    fetch_again(wiring.services(), who_sent(request), part(subject), part(file))
    return see(f"/gesprek/{subject}", gedaan="bestand_opnieuw")
