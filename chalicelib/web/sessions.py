"""Who is asking: a token in a header (programs) or a session in a cookie (people)."""

import secrets
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, unquote, urlsplit

from chalice import Blueprint, Response
from chalice.app import Request

from chalicelib import wiring
from chalicelib.domain.principal import Principal
from chalicelib.domain.signing_in import Attempt
from chalicelib.errors import NotAllowed, NotSignedIn
from chalicelib.flows.colleagues.signing_in import begin_session, end_session, principal_of
from chalicelib.web.requests import query_of

COOKIE = "nabij_session"
STATE_COOKIE = "nabij_state"
SIGN_IN = "/inloggen"
ASKED_BY_PAGES = ("/api/v1/socket-tickets",)
"""What scripts of open pages send by themselves; what else they send is what somebody typed."""

TIME_TO_SIGN_IN = 600
"""Seconds in which a browser must be back from the identity provider."""

sign_in = Blueprint(__name__)


def signed_in(request: Request) -> Principal:
    """The principal of a request. Raises ``NotSignedIn``."""
    secret = bearer(request) or cookie(request, COOKIE)
    return principal_of(wiring.services(), secret, by_hand=by_hand(request))


def by_hand(request: Request) -> bool:
    """Whether a person asked. What an open page fetches by itself keeps no session going."""
    fetched = request.headers.get("sec-fetch-dest") == "empty"
    return not (fetched and (request.method == "GET" or request.path in ASKED_BY_PAGES))


def bearer(request: Request) -> str:
    """The token in the Authorization header, or nothing."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def cookie(request: Request, name: str) -> str:
    """A cookie's value, or nothing."""
    try:
        found = SimpleCookie(request.headers.get("cookie", ""))
    except CookieError:
        return ""
    return found[name].value if name in found else ""


def same_origin(request: Request) -> None:
    """A change asked by a browser must come from our own page. Raises ``NotAllowed``.

    Browsers say where a request comes from and pages cannot forge it; programs that send a token
    instead of a cookie are not concerned.
    """
    if bearer(request):
        return
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    ours = urlsplit(origin).netloc == request.headers.get("host") if origin else None
    if site in ("same-origin", "none") or (site is None and ours):
        return
    raise NotAllowed("a change must be asked from our own page")


def who_sent(request: Request) -> Principal:
    """Who asks for a change, from a page of ours or with a token.

    Raises ``NotAllowed``, ``NotSignedIn``.
    """
    same_origin(request)
    return signed_in(request)


def as_cookie(request: Request, name: str, value: str, life: int | None = None) -> str:
    """A cookie that scripts cannot read and other sites do not send along with a form.

    Over a closed line it never travels over an open one.
    """
    age = "" if life is None else f"; Max-Age={life}"
    closed = "; Secure" if own_address(request).startswith("https://") else ""
    return f"{name}={value}; Path=/; HttpOnly; SameSite=Lax{closed}{age}"


@sign_in.route(SIGN_IN)
def begin() -> Response:
    """To the identity provider; the browser keeps what it must prove when it is back."""
    request = sign_in.current_request
    attempt = new_attempt(request)
    wanted = quote(own_path(query_of(request).get("next", "/")), "")
    kept = ".".join((attempt.state, attempt.nonce, attempt.verifier, wanted))
    address = wiring.sign_in().start(attempt)
    return redirect(address, as_cookie(request, STATE_COOKIE, kept, TIME_TO_SIGN_IN))


@sign_in.route(f"{SIGN_IN}/terug")
def back_again() -> Response:
    """Back from the provider: the state must be the one that this browser was sent with."""
    request = sign_in.current_request
    query = query_of(request)
    attempt, wanted = kept_attempt(request)
    if not secrets.compare_digest(attempt.state.encode(), query.get("state", "").encode()):
        raise NotSignedIn("the sign-in was not started here")
    id_ = wiring.sign_in().finish(query.get("code", ""), attempt)
    secret = begin_session(wiring.services(), id_)
    return redirect(own_path(unquote(wanted)), as_cookie(request, COOKIE, secret))


def new_attempt(request: Request) -> Attempt:
    return Attempt(
        state=secrets.token_urlsafe(16),
        nonce=secrets.token_urlsafe(16),
        verifier=secrets.token_urlsafe(48),
        back=way_back(request),
    )


def kept_attempt(request: Request) -> tuple[Attempt, str]:
    """What this browser was sent away with, and the page that was wanted.

    Raises ``NotSignedIn`` when it was not sent away by us, or too long ago.
    """
    parts = cookie(request, STATE_COOKIE).split(".", 3)
    if len(parts) < 4 or not all(parts):  # noqa: PLR2004 as many as were put in
        raise NotSignedIn("the sign-in was not started here")
    state, nonce, verifier, wanted = parts
    back = way_back(request)
    return Attempt(state=state, nonce=nonce, verifier=verifier, back=back), wanted


def way_back(request: Request) -> str:
    """Where the provider sends the browser. A provider takes only what was registered with it."""
    return f"{own_address(request)}{SIGN_IN}/terug"


@sign_in.route("/uitloggen", methods=["POST"], content_types=["application/x-www-form-urlencoded"])
def leave() -> Response:
    """End the session. What follows is our own page: a provider would sign in again at once."""
    request = sign_in.current_request
    same_origin(request)
    end_session(wiring.services(), cookie(request, COOKIE))
    return redirect("/uitgelogd", as_cookie(request, COOKIE, "", life=0))


def own_path(wanted: str) -> str:
    """A path of our own, never another site's address."""
    return wanted if wanted.startswith("/") and not wanted.startswith(("//", "/\\")) else "/"


def own_address(request: Request) -> str:
    """Our address as this browser knows it."""
    scheme = request.headers.get("x-forwarded-proto", "http")
    return f"{scheme}://{request.headers.get('host', '')}"


def redirect(to: str, cookie_: str = "") -> Response:
    """See other, with a cookie."""
    headers: dict[str, str | list[str]] = {"Location": to}
    if cookie_:
        headers["Set-Cookie"] = cookie_
    return Response(body="", status_code=303, headers=headers)
