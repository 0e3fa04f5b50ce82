"""Templates filled in, with the headers that every page carries."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from chalice import Response
from chalice.app import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from chalicelib import wiring
from chalicelib.domain.crisis import Crisis
from chalicelib.domain.moments import Moment, moment
from chalicelib.domain.principal import Principal
from chalicelib.errors import WebcareError
from chalicelib.flows.incidents.standing_crises import standing
from chalicelib.web import assets, times
from chalicelib.web.addresses import address_of
from chalicelib.web.language import LANGUAGES, Words, chosen_now, remembered, words_for
from chalicelib.web.requests import path_of, query_of

POLICY = "; ".join(
    (
        "default-src 'self'",
        "connect-src 'self' ws: wss:",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def allowing(origin: str) -> dict[str, str]:
    """The headers of a page that shows files from the bucket itself, where it has an address."""
    if not origin:
        return {}
    policy = POLICY.replace("img-src 'self' data:", f"img-src 'self' data: {origin}")
    return {"Content-Security-Policy": f"{policy}; media-src 'self' {origin}"}


def connecting(origin: str) -> dict[str, str]:
    """The headers of a page whose script brings files to the bucket itself, where it can."""
    reached = POLICY.replace("connect-src 'self'", f"connect-src 'self' {origin}")
    return {"Content-Security-Policy": reached} if origin else {}


def showing_images_of(pattern: str) -> dict[str, str]:
    """The headers of a page with images from elsewhere, as the tiles of a map; none for none."""
    if not pattern:
        return {}
    parts = urlsplit(pattern)
    origin = f"{parts.scheme}://{parts.netloc}"
    policy = POLICY.replace("img-src 'self' data:", f"img-src 'self' data: {origin}")
    return {"Content-Security-Policy": policy, "Referrer-Policy": "no-referrer"}


PRIVATE = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
"""For an address that is itself the key: it must not travel, nor be found."""


@cache
def environment() -> Environment:
    """The templates. An unknown name is an error, so that nothing is silently left out."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        auto_reload=False,  # templates belong to the code that fills them in
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(asset=assets.address, has_asset=assets.present, address_of=address_of)
    return made


def page(
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    now: Moment | None = None,
    **facts: Any,
) -> Response:
    """A page in the reader's language. ``facts`` is what its template shows."""
    words = words_for(request)
    moment_now = now or moment(datetime.now(UTC))
    body = fill(template, words, moment_now, switch=other_language(request, words), **facts)
    cookie = {"Set-Cookie": remembered(words.lang)} if chosen_now(request) else {}
    return Response(body=body, status_code=status, headers={**HEADERS, **cookie, **(headers or {})})


def fill(template: str, words: Words, now: Moment, **facts: Any) -> str:
    """The template with its facts, and the functions by which it writes words and times."""
    return (
        environment()
        .get_template(template)
        .render(
            t=words,
            now=now,
            clock=lambda at: times.clock(words, at, now),
            day=lambda at: times.day(words, at, now),
            since=lambda at: times.lasting(words, times.seconds_between(at, now)),
            until=lambda at: times.lasting(words, times.seconds_between(now, at)),
            countdown=lambda at: times.minutes_and_seconds(times.seconds_between(now, at)),
            practising=wiring.practising(),
            crises=crises_for(facts.get("me")),
            **{"me": None, "done": None, **facts},
        )
    )


def crises_for(reader: object) -> list[Crisis]:
    """For the banner on every screen of who works with the queue."""
    if isinstance(reader, Principal) and reader.may("read_queue"):
        return standing(wiring.services())
    return []


def other_language(request: Request, words: Words) -> tuple[str, str]:
    """The other language and this page's address in it; a sent form leads back to its page."""
    lang = next(one for one in LANGUAGES if one != words.lang)
    query = {**query_of(request), "lang": lang}
    here = path_of(request)
    path = here if request.method == "GET" else here.rpartition("/")[0] or "/"
    return lang, f"{path}?{urlencode(query)}"


def see(path: str, *, place: str = "", **query: str) -> Response:
    """See other: after a form was taken, the browser fetches a page that may be reloaded.

    ``place`` is the id of the part of it that the reader was at.
    """
    address = f"{path}?{urlencode(query)}" if query else path
    address += f"#{place}" if place else ""
    return Response(body="", status_code=303, headers={"Location": address})


def error_page(error: WebcareError, request: Request) -> Response:
    """What went wrong, in words, and what to do now."""
    words = words_for(request)
    kind = type(error).__name__
    name = kind if f"error.{kind}.title" in words else "other"
    return page(
        request,
        "error.html",
        status=error.status,
        name=name,
        fields=field_texts(error, words),
        correlation_id=request.context.get("requestId", ""),
    )


def field_texts(error: WebcareError, words: Words) -> list[str]:
    """What is wrong with each field, where the error says so."""
    fields: dict[str, dict[str, str]] = getattr(error, "fields", {})
    return [texts.get(words.lang, "") for texts in fields.values()]
