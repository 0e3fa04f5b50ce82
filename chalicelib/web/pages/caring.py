"""For who was harmed: rights, wishes and help in the dossier; a contact by name. No logic."""

from uuid import uuid4

from chalice import Response
from chalice.app import Request

from chalicelib import wiring
from chalicelib.domain.victim import HOWS, RIGHTS, TELLS
from chalicelib.errors import ChannelNotApproved, InvalidInput, NotFound
from chalicelib.flows.citizen import caring
from chalicelib.flows.citizen.doors import Visit
from chalicelib.web.language import words_for
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.pages.dossier import from_inside, wrong_in
from chalicelib.web.pages.dossier_doors import HIDDEN, inside
from chalicelib.web.rendering import page, see
from chalicelib.web.requests import FORM, form_of, part, query_of
from chalicelib.web.sessions import who_sent

HERE = "/melding/slachtoffer"


@pages.route(HERE)
def rights() -> Response:
    """What one may expect and ask for."""
    visit = inside(pages.current_request)
    return shown(pages.current_request, visit) if visit else see("/melding")


@pages.route(HERE, methods=["POST"], content_types=FORM)
def want() -> Response:
    """What they want to be told, and how."""

    def answer(request: Request, visit: Visit) -> Response:
        filled = form_of(request)
        tell, how, wanted = (filled.get(name, "") for name in ("tell", "how", "help"))
        try:
            caring.want(
                wiring.services(),
                visit,
                tell,
                how,
                help_=wanted == "ja",
                message_id=filled.get("message_id", ""),
            )
        except InvalidInput as problem:
            return shown(request, visit, errors=wrong_in(request, problem))
        except (NotFound, ChannelNotApproved):
            return shown(request, visit, errors={"text": words_for(request)("dossier.not_now")})
        return see(HERE, gedaan="bewaard")

    return from_inside(answer)


@pages.route("/gesprek/{subject}/contact", methods=["POST"], content_types=FORM)
def be_the_contact(subject: str) -> Response:
    """The agent is whom this citizen may ask for."""
    request = pages.current_request
    caring.be_the_contact(wiring.services(), who_sent(request), part(subject))
    return see(f"/gesprek/{subject}", gedaan="contact")


def shown(request: Request, visit: Visit, **more: object) -> Response:
    facts: dict[str, object] = {"errors": {}, **more}
    return page(
        request,
        "victim.html",
        status=422 if facts["errors"] else 200,
        headers=HIDDEN,
        now=wiring.services().now(),
        case=visit.case,
        rights=RIGHTS,
        tells=TELLS,
        hows=HOWS,
        message_id=uuid4().hex,
        done=query_of(request).get("gedaan"),
        **facts,
    )
