"""What we publish ourselves: written by one colleague, approved by another, planned, stoppable."""

from collections.abc import Callable, Sequence
from uuid import uuid4

from chalice import Response

from chalicelib import wiring
from chalicelib.domain.dutch_time import at_clock
from chalicelib.domain.moments import Moment
from chalicelib.domain.principal import Principal
from chalicelib.errors import Conflict, InvalidInput, WebcareError
from chalicelib.flows.answering import own_posts
from chalicelib.flows.answering.own_posts import LONGEST, PostPreview
from chalicelib.flows.services import Services
from chalicelib.web import sentences
from chalicelib.web.desk_page import desk_page
from chalicelib.web.language import words_for
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import see
from chalicelib.web.requests import FORM, Fields, all_of, form_of, part, query_of
from chalicelib.web.sessions import signed_in, who_sent
from chalicelib.web.shown_conversation import delivery_word

PLACE = "/eigen-berichten"


@pages.route(PLACE)
def posts() -> Response:
    """All of them, and a form for a new one."""
    return shown({}, [], [])


@pages.route(PLACE, methods=["POST"], content_types=FORM)
def propose() -> Response:
    """Look at it as each channel would show it, or lay it before a colleague."""
    request = pages.current_request
    me, form, accounts = who_sent(request), form_of(request), all_of(request, "accounts")
    services, text = wiring.services(), form.get("text", "")
    if form.get("doen") == "bekijk":
        return shown(form, accounts, own_posts.preview(services, me, text, accounts))
    try:
        planned_at = moment_in(form.get("planned", ""))
        id_ = form.get("post_id", "")
        own_posts.propose(
            services, me, id_=id_, text=text, accounts=accounts, planned_at=planned_at
        )
    except InvalidInput as problem:
        previews = own_posts.preview(services, me, text, accounts)
        return shown(form, accounts, previews, problem)
    return see(PLACE, gedaan="voorgelegd")


@pages.route(f"{PLACE}/{{id}}/goedkeuren", methods=["POST"], content_types=FORM)
def approve(id: str) -> Response:
    """Other eyes saw it."""
    return decided(own_posts.approve, id, "goedgekeurd_bericht")


@pages.route(f"{PLACE}/{{id}}/tegenhouden", methods=["POST"], content_types=FORM)
def stop(id: str) -> Response:
    """It does not leave."""
    return decided(own_posts.stop, id, "tegengehouden")


def decided(decide: Callable[[Services, Principal, str], object], id_: str, done: str) -> Response:
    request = pages.current_request
    me = who_sent(request)
    try:
        decide(wiring.services(), me, part(id_))
    except Conflict as problem:
        return shown({}, [], [], problem)
    return see(PLACE, gedaan=done)


def moment_in(text: str) -> Moment | None:
    """The moment as typed on a Dutch clock. Raises ``InvalidInput``."""
    try:
        return at_clock(text) if text else None
    except ValueError:
        wrong = {"nl": "Dit is geen moment.", "en": "This is not a moment."}
        raise InvalidInput("not a moment", {"planned": wrong}) from None


def shown(
    form: Fields,
    accounts: Sequence[str],
    previews: list[PostPreview],
    problem: WebcareError | None = None,
) -> Response:
    request, services = pages.current_request, wiring.services()
    me, words = signed_in(request), words_for(request)
    return desk_page(
        request,
        "posts.html",
        me,
        status=problem.status if problem else 200,
        form=form,
        chosen=accounts,
        previews=previews,
        accounts=own_posts.accounts_for(services, me) if me.may("answer") else [],
        name_of=own_posts.name_of,
        posts=own_posts.view_posts(services, me),
        post_id=form.get("post_id") or uuid4().hex,
        longest=LONGEST,
        wrong=getattr(problem, "fields", {}),
        problem=sentences.problem(words, services.now(), problem) if problem else "",
        delivery_word=delivery_word,
        done=query_of(request).get("gedaan"),
    )
