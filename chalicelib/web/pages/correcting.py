"""An agent says whether an assessment is right, and if not what the message is."""

from chalice import Response

from chalicelib.domain.principal import Principal
from chalicelib.flows.assessing.correcting import correct, opinion
from chalicelib.flows.services import Services
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.pages.working import acted
from chalicelib.web.requests import FORM, Fields


@pages.route("/gesprek/{subject}/klopt", methods=["POST"], content_types=FORM)
def verdict(subject: str) -> Response:
    """Yes comes with what detection said; no with what the agent chose instead."""

    def act(services: Services, me: Principal, one: str, form: Fields) -> object:
        return correct(services, me, one, form.get("message", ""), opinion(form))

    return acted(subject, "verbeterd", act)
