"""The dossier "Mijn melding": what the citizen sees and does in it. No logic."""

from collections.abc import Callable
from uuid import uuid4

from chalice import Response
from chalice.app import Request

from chalicelib import wiring
from chalicelib.domain.case import SHARE_DAYS, Part
from chalicelib.errors import ChannelNotApproved, InvalidInput, NotFound
from chalicelib.flows.answering.attaching import LARGEST_UPLOAD
from chalicelib.flows.citizen import adding, continuing, doors, erasing, sharing
from chalicelib.flows.citizen.caring import may_be_harmed
from chalicelib.flows.citizen.doors import Visit
from chalicelib.flows.citizen.dossier import view_dossier
from chalicelib.flows.citizen.handing_out import as_readable, everything
from chalicelib.flows.citizen.surveying import is_asked
from chalicelib.flows.desk import appointing
from chalicelib.flows.incidents import following_incident
from chalicelib.flows.services import Services
from chalicelib.web.answers import as_json
from chalicelib.web.language import words_for
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.pages.citizen import named
from chalicelib.web.pages.dossier_doors import HIDDEN, entered, inside
from chalicelib.web.pages.files import SAFE
from chalicelib.web.rendering import connecting, page, see
from chalicelib.web.requests import FORM, Fields, all_of, form_of, query_of
from chalicelib.web.sessions import same_origin

Act = Callable[[Services, Visit, Fields], object]
Answer = Callable[[Request, Visit], Response]


@pages.route("/melding")
def dossier() -> Response:
    """The dossier, or its door."""
    request = pages.current_request
    visit = inside(request)
    if visit is None:
        return page(request, "dossier_door.html", headers=HIDDEN)
    return shown(request, visit)


@pages.route("/melding/stand")
def now() -> Response:
    """Only what changes, for a page that is open."""
    request = pages.current_request
    visit = inside(request)
    if visit is None:
        raise NotFound("the dossier is closed")
    services = wiring.services()
    view = view_dossier(services, visit)
    return page(request, "dossier_part.html", headers=HIDDEN, now=services.now(), view=view)


def shown(request: Request, visit: Visit, **more: object) -> Response:
    """The whole page; ``more`` is what is shown once, or what could not be taken."""
    services = wiring.services()
    view, meeting = view_dossier(services, visit), appointing.of_case(services, visit.case)
    facts: dict[str, object] = {"errors": {}, "filled": {}, "share_address": "", "join_code": ""}
    return page(
        request,
        "dossier.html",
        status=422 if more.get("errors") else 200,
        headers={**HIDDEN, **connecting(services.bucket.origin)},
        now=services.now(),
        view=view,
        asked=is_asked(services, visit.case),
        meeting=meeting,
        harmed=may_be_harmed(view),
        room=appointing.room_of(services, meeting),
        message_id=uuid4().hex,
        days=SHARE_DAYS,
        uploads=services.channel("chat").rules.uploads,
        largest_upload=LARGEST_UPLOAD,
        done=query_of(request).get("gedaan"),
        **{**facts, **more},
    )


def from_inside(answer: Answer) -> Response:
    """What was sent from our own page by who is inside; anybody else is shown the door."""
    request = pages.current_request
    same_origin(request)
    visit = inside(request)
    return answer(request, visit) if visit else see("/melding")


def wrong_in(request: Request, problem: InvalidInput) -> dict[str, str]:
    """What is wrong with each field, in the reader's language."""
    lang = words_for(request).lang
    return {name: texts[lang] for name, texts in problem.fields.items()}


def acted(done: str, act: Act) -> Response:
    """One act in the dossier, and back to it."""

    def answer(request: Request, visit: Visit) -> Response:
        filled = form_of(request)
        try:
            act(wiring.services(), visit, filled)
        except InvalidInput as problem:
            return shown(request, visit, errors=wrong_in(request, problem), filled=filled)
        except (NotFound, ChannelNotApproved):
            return shown(request, visit, errors={"text": words_for(request)("dossier.not_now")})
        return see("/melding", gedaan=done)

    return from_inside(answer)


@pages.route("/melding/toevoegen", methods=["POST"], content_types=FORM)
def add() -> Response:
    """Text and files; a correction or a question."""
    files = [named(one) for one in all_of(pages.current_request, "file")]

    def act(services: Services, visit: Visit, filled: Fields) -> None:
        adding.add(
            services,
            visit,
            filled.get("text", ""),
            message_id=filled.get("message_id", ""),
            kind=filled.get("soort", "more"),
            files=files,
        )

    return acted("toegevoegd", act)


@pages.route("/melding/intrekken", methods=["POST"], content_types=FORM)
def withdraw() -> Response:
    """The citizen takes it back."""

    def act(services: Services, visit: Visit, filled: Fields) -> None:
        adding.withdraw(services, visit, filled.get("message_id", ""))

    return acted("ingetrokken", act)


@pages.route("/melding/nieuws", methods=["POST"], content_types=FORM)
def updates() -> Response:
    """News of the case by itself, or not."""
    return acted(
        "nieuws",
        lambda services, visit, filled: adding.set_updates(
            services, visit, wanted=filled.get("nieuws") == "ja"
        ),
    )


@pages.route("/melding/volgen", methods=["POST"], content_types=FORM)
def follow_incident() -> Response:
    """What everyone is told of the incident that they reported, or not."""
    return acted(
        "volgen",
        lambda services, visit, filled: following_incident.set_following(
            services, visit, wanted=filled.get("volgen") == "ja"
        ),
    )


@pages.route("/melding/delen", methods=["POST"], content_types=FORM)
def share() -> Response:
    """An address for somebody else, shown once."""

    def answer(request: Request, visit: Visit) -> Response:
        filled = form_of(request)
        days = int(filled["dagen"]) if filled.get("dagen", "").isdecimal() else 0
        both: tuple[Part, ...] = ("status",)
        if filled.get("berichten") == "ja":
            both = ("status", "messages")
        try:
            address = sharing.share(wiring.services(), visit, days, both)
        except InvalidInput as problem:
            return shown(request, visit, errors=wrong_in(request, problem))
        return shown(request, visit, share_address=address)

    return from_inside(answer)


@pages.route("/melding/delen/stop", methods=["POST"], content_types=FORM)
def end_share() -> Response:
    """Nobody reads along there any more."""
    return acted(
        "delen_gestopt",
        lambda services, visit, filled: sharing.end_share(services, visit, filled.get("id", "")),
    )


@pages.route("/melding/verder", methods=["POST"], content_types=FORM)
def go_on() -> Response:
    """A code to send on another channel, shown once."""

    def answer(request: Request, visit: Visit) -> Response:
        code = continuing.begin_joining(wiring.services(), visit)
        return shown(request, visit, join_code=code)

    return from_inside(answer)


@pages.route("/melding/verder/antwoord", methods=["POST"], content_types=FORM)
def settle_joining() -> Response:
    """That was me, or it was not."""

    def act(services: Services, visit: Visit, filled: Fields) -> None:
        settled = continuing.confirm if filled.get("ja") == "ja" else continuing.refuse
        settled(services, visit)

    return acted("kanaal", act)


@pages.route("/melding/wissen", methods=["POST"], content_types=FORM)
def erase() -> Response:
    """Ask to erase; a person decides."""
    return acted(
        "wissen_gevraagd", lambda services, visit, _: erasing.ask_to_erase(services, visit)
    )


@pages.route("/melding/sluiten", methods=["POST"], content_types=FORM)
def close() -> Response:
    """Every link, code, session and share is shut but this one."""
    return from_inside(
        lambda request, visit: entered(request, doors.close_doors(wiring.services(), visit))
    )


@pages.route("/melding/download")
def download() -> Response:
    """Everything as data."""
    visit = inside(pages.current_request)
    if visit is None:
        return see("/melding")
    found = everything(wiring.services(), visit)
    named_as = {"Content-Disposition": 'attachment; filename="mijn-overzicht.json"'}
    response = as_json(found)
    response.headers.update({**SAFE, **named_as})
    return response


@pages.route("/melding/leesbaar")
def readable() -> Response:
    """Everything as text, to read and keep."""
    visit = inside(pages.current_request)
    if visit is None:
        return see("/melding")
    named_as = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Disposition": 'attachment; filename="mijn-overzicht.txt"',
    }
    return Response(body=as_readable(wiring.services(), visit), headers={**SAFE, **named_as})
