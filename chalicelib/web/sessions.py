"""Who is asking: a token in a header (programs) or a session in a cookie (people)."""

import secrets
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, unquote, urlsplit

from chalice import Blueprint, Response
from chalice.app import Request

from chalicelib import wiring
from chalicelib.domain.principal import Principal
from chalicelib.errors import NotAllowed, NotSignedIn
from chalicelib.flows.signing_in import begin_session, end_session, principal_of
from chalicelib.web.requests import query_of

COOKIE = "nabij_session"
STATE_COOKIE = "nabij_state"
SIGN_IN = "/inloggen"

sign_in = Blueprint(__name__)


def signed_in(request: Request) -> Principal:
    """The principal of a request. Raises ``NotSignedIn``."""
    secret = bearer(request) or cookie(request, COOKIE)
    return principal_of(wiring.services(), secret)


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


def as_cookie(name: str, value: str, life: int | None = None) -> str:
    """A cookie that scripts cannot read and other sites do not send along with a form."""
    age = "" if life is None else f"; Max-Age={life}"
    return f"{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}"


@sign_in.route(SIGN_IN)
def begin() -> Response:
    """To the identity provider, remembering where to return to."""
    request = sign_in.current_request
    state = secrets.token_urlsafe(12)
    wanted = own_path(query_of(request).get("next", "/"))
    back = f"{own_address(request)}{SIGN_IN}/terug"
    return redirect(
        wiring.sign_in().start(state, back), as_cookie(STATE_COOKIE, f"{state}.{quote(wanted, '')}")
    )


@sign_in.route(f"{SIGN_IN}/terug")
def back_again() -> Response:
    """Back from the provider: the state must be the one that this browser was sent with."""
    request = sign_in.current_request
    query = query_of(request)
    state, _, wanted = cookie(request, STATE_COOKIE).partition(".")
    if not state or not secrets.compare_digest(state, query.get("state", "")):
        raise NotSignedIn("the sign-in was not started here")
    id_ = wiring.sign_in().finish(query.get("code", ""))
    secret = begin_session(wiring.services(), id_)
    return redirect(own_path(unquote(wanted)), as_cookie(COOKIE, secret))


@sign_in.route("/uitloggen", methods=["POST"], content_types=["application/x-www-form-urlencoded"])
def leave() -> Response:
    """End the session. What follows is our own page: a provider would sign in again at once."""
    request = sign_in.current_request
    same_origin(request)
    end_session(wiring.services(), cookie(request, COOKIE))
    return redirect("/uitgelogd", as_cookie(COOKIE, "", life=0))


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
