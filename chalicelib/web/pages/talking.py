"""The web chat's page, whole or as a window in another site. No logic."""

from collections.abc import Sequence
from urllib.parse import quote, unquote
from uuid import uuid4

from chalice import Response
from chalice.app import Request

from chalicelib import wiring
from chalicelib.domain.account import Account
from chalicelib.domain.sniffing import UNKNOWN
from chalicelib.errors import InvalidInput, NotFound
from chalicelib.flows.answering.attaching import LARGEST_UPLOAD, fit
from chalicelib.flows.taking_in import chatting, talking
from chalicelib.web.answers import as_json
from chalicelib.web.language import words_for
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.pages.citizen import named
from chalicelib.web.pages.dossier_doors import COOKIE as DOSSIER
from chalicelib.web.rendering import POLICY, page, see
from chalicelib.web.requests import FORM, all_of, body_of, form_of, part, query_of
from chalicelib.web.sessions import as_cookie, cookie, same_origin

COOKIE = "nabij_praat"
LIFE = 30 * 24 * 3600
"""A month: who comes back finds what was said."""

WINDOW = "venster"
"""In the query: the page is shown inside another site."""


@pages.route("/praat")
def talk() -> Response:
    """The first chat there is."""
    return shown(pages.current_request, None)


@pages.route("/praat/{account}")
def talk_to(account: str) -> Response:
    """The chat of one account."""
    return shown(pages.current_request, part(account))


@pages.route("/praat/{account}/berichten")
def messages(account: str) -> Response:
    """Only what changes, for a page that is open."""
    return shown(pages.current_request, part(account), template="talk_part.html")


@pages.route("/praat/{account}", methods=["POST"], content_types=FORM)
def write(account: str) -> Response:
    """The visitor writes; who is new gets an id first."""
    request = pages.current_request
    same_origin(request)
    services, one, filled = wiring.services(), part(account), form_of(request)
    visitor, new = known_or_new(request, one)
    files = all_of(request, "file")
    try:
        talking.write(
            services,
            one,
            visitor,
            filled.get("text", ""),
            message_id=filled.get("message_id", ""),
            files=[named(file) for file in files],
        )
    except InvalidInput as problem:
        lang = words_for(request).lang
        errors = [texts[lang] for texts in problem.fields.values()]
        return shown(request, one, errors=errors, typed=filled.get("text", ""), files=files)
    window = {WINDOW: "1"} if filled.get(WINDOW) else {}
    return remembered(request, see(f"/praat/{quote(one, safe='')}", **window), visitor, new=new)


@pages.route("/praat/{account}/bestanden", methods=["POST"], content_types=[UNKNOWN])
def bring(account: str) -> Response:
    """A file for the next message: its bytes, and its name in ``X-File-Name``."""
    request = pages.current_request
    same_origin(request)
    name = unquote(request.headers.get("x-file-name", ""))
    key = talking.bring(wiring.services(), part(account), name, body_of(request))
    return as_json({"id": key, "name": fit(name)}, 201)


@pages.route("/praat/{account}/melding", methods=["POST"], content_types=FORM)
def dossier(account: str) -> Response:
    """From the chat into the dossier."""
    request = pages.current_request
    same_origin(request)
    visitor = cookie(request, COOKIE)
    secret = talking.enter_dossier(wiring.services(), part(account), visitor)
    response = see("/melding")
    response.headers["Set-Cookie"] = as_cookie(request, DOSSIER, secret)
    return response


def known_or_new(request: Request, account: str) -> tuple[str, bool]:
    """The visitor's signed id, and whether it was made just now."""
    services, visitor = wiring.services(), cookie(request, COOKIE)
    if talking.is_visitor(services, account, visitor):
        return visitor, False
    return chatting.welcome(services, account).visitor, True


def remembered(request: Request, response: Response, visitor: str, *, new: bool) -> Response:
    """With the cookie; in another site's window it is kept apart for that site."""
    if new:
        kept = as_cookie(request, COOKIE, visitor, LIFE)
        if form_of(request).get(WINDOW):
            kept = kept.replace("SameSite=Lax", "SameSite=None; Partitioned")
            kept = kept if "; Secure" in kept else f"{kept}; Secure"
        response.headers["Set-Cookie"] = kept
    return response


def shown(
    request: Request,
    account: str | None,
    *,
    template: str = "talk.html",
    errors: Sequence[str] = (),
    typed: str = "",
    files: Sequence[str] = (),
) -> Response:
    services = wiring.services()
    chosen = talking.chat_of(services, account)
    query = query_of(request) if request.method == "GET" else form_of(request)
    window = bool(query.get(WINDOW))
    if window and not chosen.settings.get("embed"):
        raise NotFound("this chat is shown in no other site")
    response = page(
        request,
        template,
        status=422 if errors else 200,
        now=services.now(),
        view=talking.view_talk(services, chosen, cookie(request, COOKIE)),
        address=f"/praat/{quote(chosen.account, safe='')}",
        window=window,
        errors=errors,
        typed=typed,
        files=files,
        message_id=uuid4().hex,
        uploads=services.channel("chat").rules.uploads,
        largest_upload=LARGEST_UPLOAD,
    )
    return framed(response, chosen) if window else response


def framed(response: Response, account: Account) -> Response:
    """The sites that the account's settings name may show it, and no other."""
    sites = account.settings["embed"]
    policy = POLICY.replace("frame-ancestors 'none'", f"frame-ancestors {sites}")
    response.headers["Content-Security-Policy"] = policy
    del response.headers["X-Frame-Options"]
    return response
