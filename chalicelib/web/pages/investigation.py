"""The page "Mijn onderzoek" in the dossier: its steps, the report, and handing it in. No logic."""

from uuid import uuid4

from chalice import Response
from chalice.app import Request

from chalicelib import wiring
from chalicelib.errors import ChannelNotApproved, InvalidInput, NotFound
from chalicelib.flows.answering.attaching import LARGEST_UPLOAD
from chalicelib.flows.citizen import handing_in, investigating
from chalicelib.flows.citizen.doors import Visit
from chalicelib.web.language import words_for
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.pages.citizen import named
from chalicelib.web.pages.dossier import from_inside, wrong_in
from chalicelib.web.pages.dossier_doors import HIDDEN, inside
from chalicelib.web.pages.files import handed_over
from chalicelib.web.rendering import connecting, page, see
from chalicelib.web.requests import FORM, all_of, form_of, part, query_of

HERE = "/melding/onderzoek"


@pages.route(HERE)
def overview() -> Response:
    """All steps, and how far one is; before it begins the choice of what happened."""
    visit = inside(pages.current_request)
    return shown(pages.current_request, visit) if visit else see("/melding")


@pages.route(HERE, methods=["POST"], content_types=FORM)
def begin() -> Response:
    """What happened was chosen."""

    def answer(request: Request, visit: Visit) -> Response:
        try:
            investigating.begin(wiring.services(), visit, form_of(request).get("kind", ""))
        except InvalidInput as problem:
            return shown(request, visit, errors=wrong_in(request, problem))
        except NotFound:
            return see("/melding")
        return see(HERE)

    return from_inside(answer)


@pages.route(f"{HERE}/stap/{{step}}")
def step(step: str) -> Response:
    """One step to fill in."""
    visit = inside(pages.current_request)
    return step_shown(pages.current_request, visit, part(step)) if visit else see("/melding")


@pages.route(f"{HERE}/stap/{{step}}", methods=["POST"], content_types=FORM)
def save(step: str) -> Response:
    """Save it, and on to the overview or to one row more."""

    def answer(request: Request, visit: Visit) -> Response:
        filled, name = form_of(request), part(step)
        named_files = [named(one) for one in all_of(request, "file")]
        files = [(one["key"], one["name"]) for one in named_files]
        try:
            investigating.save_step(wiring.services(), visit, name, filled, files)
        except InvalidInput as problem:
            return step_shown(
                request, visit, name, errors=wrong_in(request, problem), filled=filled
            )
        except NotFound:
            return see(HERE)
        return see(f"{HERE}/stap/{step}" if filled.get("nog") else HERE, gedaan="bewaard")

    return from_inside(answer)


@pages.route(f"{HERE}/inleveren", methods=["POST"], content_types=FORM)
def hand_in() -> Response:
    """To the police, as the citizen's own words."""

    def answer(request: Request, visit: Visit) -> Response:
        message_id = form_of(request).get("message_id", "")
        try:
            handing_in.hand_in(wiring.services(), visit, message_id)
        except (InvalidInput, NotFound, ChannelNotApproved):
            return shown(request, visit, errors={"text": words_for(request)("dossier.not_now")})
        return see(HERE, gedaan="ingeleverd")

    return from_inside(answer)


@pages.route(f"{HERE}/pdf")
def as_pdf() -> Response:
    """The report, to keep."""
    visit = inside(pages.current_request)
    if visit is None:
        return see("/melding")
    return handed_over(handing_in.as_pdf(wiring.services(), visit))


def shown(request: Request, visit: Visit, **more: object) -> Response:
    services = wiring.services()
    begun = investigating.own(services, visit.case)
    facts: dict[str, object] = {"errors": {}, **more}
    return page(
        request,
        "own.html",
        status=422 if facts["errors"] else 200,
        headers=HIDDEN,
        now=services.now(),
        own=begun,
        kinds=investigating.choices(),
        likely="" if begun else investigating.likely(services, visit.case),
        message_id=uuid4().hex,
        done=query_of(request).get("gedaan"),
        **facts,
    )


def step_shown(request: Request, visit: Visit, name: str, **more: object) -> Response:
    services = wiring.services()
    found = investigating.own(services, visit.case)
    chosen = found.kind.step(name) if found else None
    if found is None or chosen is None:
        return see(HERE)
    facts: dict[str, object] = {"errors": {}, "filled": {}, **more}
    return page(
        request,
        "own_step.html",
        status=422 if facts["errors"] else 200,
        headers={**HIDDEN, **connecting(services.bucket.origin)},
        now=services.now(),
        step=chosen,
        own=found,
        files=[f"{one.key}:{one.name}" for one in found.files_of(chosen)],
        uploads=services.channel("chat").rules.uploads,
        largest_upload=LARGEST_UPLOAD,
        done=query_of(request).get("gedaan"),
        **facts,
    )
