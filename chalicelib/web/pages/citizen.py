"""The citizen's pages: write to us, and read the answers by a private link."""

from collections.abc import Sequence
from urllib.parse import quote, unquote
from uuid import uuid4

from chalice import Response
from chalice.app import Request

from chalicelib import wiring
from chalicelib.domain.account import Account
from chalicelib.domain.sniffing import UNKNOWN
from chalicelib.errors import InvalidInput
from chalicelib.flows.answering.attaching import LARGEST_UPLOAD, fit
from chalicelib.flows.citizen.volunteering import ACCOUNTS
from chalicelib.flows.desk import surroundings
from chalicelib.flows.taking_in import forms
from chalicelib.flows.taking_in.bringing import bring_along
from chalicelib.web.answers import as_json
from chalicelib.web.language import words_for
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import PRIVATE, page, see
from chalicelib.web.requests import FORM, Fields, all_of, body_of, form_of, part, path_of, query_of
from chalicelib.web.sessions import same_origin

FIELDS = ("message", "attachments", "where", "name", "email", "phone", "consent")
"""In the order of the page, which is the order of the error summary."""


@pages.route("/formulier")
def form() -> Response:
    """The first form there is."""
    return empty(pages.current_request, None)


@pages.route("/formulier/{account}")
def form_of_account(account: str) -> Response:
    """The form of one account."""
    return empty(pages.current_request, part(account))


@pages.route("/formulier", methods=["POST"], content_types=FORM)
def send() -> Response:
    """Hand in the first form there is."""
    return taken(pages.current_request, None)


@pages.route("/formulier/{account}", methods=["POST"], content_types=FORM)
def send_to_account(account: str) -> Response:
    """Hand in the form of one account."""
    return taken(pages.current_request, part(account))


@pages.route("/formulier/{account}/bestanden", methods=["POST"], content_types=[UNKNOWN])
def bring(account: str) -> Response:
    """A file for a form that is being filled in: its bytes, and its name in ``X-File-Name``."""
    request = pages.current_request
    same_origin(request)
    name = unquote(request.headers.get("x-file-name", ""))
    key = bring_along(wiring.services(), "form", part(account), name, body_of(request))
    return as_json({"id": key, "name": fit(name)}, 201)


@pages.route("/formulier/antwoord/{secret}")
def answers(secret: str) -> Response:
    """What the holder of the private link wrote, and our answers."""
    return own_page(secret, "answers.html")


@pages.route("/formulier/antwoord/{secret}/berichten")
def answers_list(secret: str) -> Response:
    """Only what changes, for a page that is open."""
    return own_page(secret, "answers_list.html")


def empty(request: Request, account: str | None) -> Response:
    services = wiring.services()
    chosen = surroundings.form_account(services, account)
    return shown(request, account, chosen, {"submission_id": uuid4().hex}, {})


def taken(request: Request, account: str | None) -> Response:
    """Keep what was written, or show what is missing with everything still filled in."""
    same_origin(request)
    services = wiring.services()
    chosen = surroundings.form_account(services, account)
    filled = form_of(request)
    try:
        secret = forms.submit(services, chosen.account, as_sent(request, filled))
    except InvalidInput as problem:
        files = all_of(request, "file")
        return shown(request, account, chosen, filled, problem.fields, files=files)
    return see(f"/formulier/antwoord/{secret}", gedaan="ontvangen")


def as_sent(request: Request, filled: Fields) -> dict[str, object]:
    """What the form's channel takes: a place in words is part of the message."""
    where = filled.get("where", "").strip()
    place = f"\n\n{words_for(request)('form.where.in_message', place=where)}" if where else ""
    message = filled.get("message", "").strip()
    return {
        "submission_id": filled.get("submission_id", ""),
        "message": message + place if message else "",
        "name": filled.get("name", "").strip() or None,
        "email": filled.get("email", "").strip() or None,
        "phone": filled.get("phone", "").strip() or None,
        "consent": filled.get("consent") == "ja",
        "attachments": [named(one) for one in all_of(request, "file")],
    }


def named(value: str) -> dict[str, str]:
    """A hidden field's ``<key>:<name>``."""
    key, _, name = value.partition(":")
    return {"key": key, "name": name}


def shown(
    request: Request,
    account: str | None,
    chosen: Account,
    filled: Fields,
    wrong: dict[str, dict[str, str]],
    *,
    files: Sequence[str] = (),
) -> Response:
    """The form; with errors it is a 422 that names each field at the top and in its place."""
    lang = words_for(request).lang
    errors = {name: wrong[name][lang] for name in FIELDS if name in wrong}
    return page(
        request,
        "form.html",
        status=422 if wrong else 200,
        action=f"/formulier/{account}" if account else "/formulier",
        title=chosen.name,
        account=quote(chosen.account, safe=""),
        files=files,
        uploads=wiring.services().channel("form").rules.uploads,
        largest_upload=LARGEST_UPLOAD,
        filled=filled,
        errors=errors,
        longest=wiring.services().channel("form").rules.longest_text,
        helping=bool(ACCOUNTS.of(wiring.services())),
    )


def own_page(secret: str, template: str) -> Response:
    """The page behind a private link. Raises ``NotFound``."""
    request = pages.current_request
    services = wiring.services()
    return page(
        request,
        template,
        headers=PRIVATE,
        now=services.now(),
        view=forms.view_answers(services, part(secret)),
        secret=secret,
        address=own_address(request),
        done=query_of(request).get("gedaan"),
    )


def own_address(request: Request) -> str:
    """The page's address in full, for who wants to keep it."""
    scheme = request.headers.get("x-forwarded-proto", "http")
    path = path_of(request).removesuffix("/berichten")
    return f"{scheme}://{request.headers.get('host', '')}{path}"
