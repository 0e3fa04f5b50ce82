"""Citizens who want appeals: choose, get a code to send to us, see what they chose, end it."""

from chalice import Response
from chalice.app import Request

from chalicelib import wiring
from chalicelib.domain.volunteer import TOPICS
from chalicelib.errors import InvalidInput, NotFound
from chalicelib.flows.citizen import volunteering, volunteers_page
from chalicelib.flows.citizen.volunteering import ACCOUNTS, gemeente_named, gemeenten
from chalicelib.web.language import words_for
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.pages.dossier_doors import HIDDEN, place_of
from chalicelib.web.rendering import page
from chalicelib.web.requests import FORM, all_of, form_of, part
from chalicelib.web.sessions import same_origin

PLACE = "/meehelpen"


@pages.route(PLACE)
def helping() -> Response:
    """What it is, and what to choose."""
    return chosen(pages.current_request)


@pages.route(PLACE, methods=["POST"], content_types=FORM)
def wish() -> Response:
    """What they would agree to, and the code that says yes from their own channel."""
    request = pages.current_request
    same_origin(request)
    gemeente, topics = form_of(request).get("gemeente", "")[:80], all_of(request, "onderwerp")
    voice, services = words_for(request).lang, wiring.services()
    if not ACCOUNTS.of(services):
        return chosen(request)
    try:
        code = volunteering.wish(services, gemeente, topics, voice, place_of(request))
    except InvalidInput as problem:
        return chosen(request, gemeente, topics, problem)
    return page(
        request,
        "helping_code.html",
        headers=HIDDEN,
        code=code,
        wording=volunteering.agreement(
            gemeente_named(gemeente) or "", tuple(one for one in TOPICS if one in topics), voice
        ),
        accounts=ACCOUNTS.of(services),
    )


def chosen(
    request: Request,
    gemeente: str = "",
    topics: list[str] | None = None,
    wrong: InvalidInput | None = None,
) -> Response:
    """The page to choose on, with what was not taken."""
    return page(
        request,
        "helping.html",
        status=wrong.status if wrong else 200,
        possible=bool(ACCOUNTS.of(wiring.services())),
        gemeenten=gemeenten(),
        topics=TOPICS,
        gemeente=gemeente,
        chosen=topics or [],
        wrong=wrong.fields["gemeente"][words_for(request).lang] if wrong else "",
    )


@pages.route(f"{PLACE}/mijn/{{secret}}")
def own_choice(secret: str) -> Response:
    """A button, and nothing else: previews fetch links."""
    return page(
        pages.current_request,
        "helping_own.html",
        headers=HIDDEN,
        action=f"{PLACE}/mijn/{part(secret)}",
        choice=None,
        ended=False,
    )


@pages.route(f"{PLACE}/mijn/{{secret}}", methods=["POST"], content_types=FORM)
def see_choice(secret: str) -> Response:
    """What they chose, or the one page for what does not open; ``doe=stop`` ends it."""
    request = pages.current_request
    same_origin(request)
    services, place, ends = (
        wiring.services(),
        place_of(request),
        form_of(request).get("doe") == "stop",
    )
    try:
        choice = volunteers_page.view_choice(services, part(secret), place)
        if ends:
            volunteers_page.end_by_page(services, part(secret), place)
    except NotFound:
        return page(request, "helping_shut.html", status=404, headers=HIDDEN)
    return page(
        request,
        "helping_own.html",
        headers=HIDDEN,
        action=f"{PLACE}/mijn/{part(secret)}",
        choice=choice.volunteer,
        ended=ends,
    )
