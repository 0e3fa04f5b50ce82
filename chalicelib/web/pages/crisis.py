"""The crisis switch: what is on or proposed, turning it on with its texts, and off. No logic."""

from typing import Any, get_args

from chalice import Response

from chalicelib import wiring
from chalicelib.domain.assessment import Topic
from chalicelib.domain.crisis import LANGUAGES, Crisis
from chalicelib.domain.principal import Principal
from chalicelib.errors import InvalidInput
from chalicelib.flows.desk import surroundings
from chalicelib.flows.incidents import crises
from chalicelib.flows.incidents.crises import Wanted
from chalicelib.flows.incidents.viewing_crises import CrisesView, parts_by_channel, view_crises
from chalicelib.web import sentences
from chalicelib.web.language import words_for, words_in
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import page, see
from chalicelib.web.requests import FORM, Fields, all_of, form_of, part, query_of
from chalicelib.web.sessions import signed_in, who_sent

NEW = "nieuw"
Form = dict[str, Any]


@pages.route("/crisis")
def crisis() -> Response:
    """All of it; ``id`` opens the form for a new one, a proposal, or one to change."""
    request = pages.current_request
    me = signed_in(request)
    view = view_crises(wiring.services(), me)
    wanted = query_of(request).get("id", "")
    opened = next((one for one in view.now if one.id == wanted), None)
    shows = me.may("coordinate") and (opened is not None or wanted == NEW)
    return shown(me, view, filled_in(opened) if shows else None)


@pages.route("/crisis", methods=["POST"], content_types=FORM)
def turn_on() -> Response:
    """Turn it on, change it, or see how its text would go out."""
    request, services = pages.current_request, wiring.services()
    me, typed = who_sent(request), form_of(request)
    me.must_be_allowed_to("coordinate")
    teams = all_of(request, "teams")
    if typed.get("doe") == "voorbeeld":
        preview = parts_by_channel(services, typed.get("statement_nl", ""))
        return shown(me, view_crises(services, me), as_typed(typed, teams), preview=preview)
    try:
        crises.turn_on(services, me, wanted_in(typed, teams), typed.get("id", ""))
    except InvalidInput as problem:
        view = view_crises(services, me)
        return shown(me, view, as_typed(typed, teams), problem)
    return see("/crisis", gedaan="crisis_aan")


@pages.route("/crisis/{id}/uit", methods=["POST"], content_types=FORM)
def turn_off(id: str) -> Response:
    """Off; or no crisis after all."""
    request = pages.current_request
    crises.turn_off(wiring.services(), who_sent(request), part(id))
    return see("/crisis", gedaan="crisis_uit")


def shown(
    me: Principal,
    view: CrisesView,
    form: Form | None,
    problem: InvalidInput | None = None,
    preview: dict[str, int] | None = None,
) -> Response:
    request, services = pages.current_request, wiring.services()
    now, words = services.now(), words_for(request)
    teams = surroundings.teams(services, me)
    return page(
        request,
        "crisis.html",
        status=problem.status if problem else 200,
        now=now,
        me=me,
        view=view,
        form=form,
        preview=preview,
        topics=get_args(Topic),
        others=[team for team in teams if team.id != me.team],
        team_names={team.id: team.name for team in teams},
        told=lambda event: sentences.told(words, now, event),
        wrong=problem.fields if problem else {},
        alarms=surroundings.standing_alarms(services, me),
        done=query_of(request).get("gedaan"),
    )


def filled_in(opened: Crisis | None) -> Form:
    """The form of one that is on, or with words to begin from."""
    one = opened or Crisis(id="", state="proposed", area="", topic="", because="", at="")
    changes = bool(one.statement)
    form: Form = {
        "id": one.id,
        "changes": changes,
        "area": one.area,
        "topic": one.topic,
        "because": one.because,
        "hours": one.hours if changes else 4,
        "teams": list(one.teams),
    }
    for lang in LANGUAGES:
        for name in ("statement", "wait"):
            kept = getattr(one, name).get(lang, "")
            form[f"{name}_{lang}"] = kept if changes else begun(name, lang, one)
    return form


def begun(name: str, lang: str, one: Crisis) -> str:
    """A text to begin from, in the language of the citizen."""
    spoken = words_in(lang)
    return spoken(
        f"crisis.default.{name}_{lang}",
        topic=spoken.known(f"topic.{one.topic}", "dit"),
        area=one.area or "deze omgeving",
    )


def as_typed(typed: Fields, teams: list[str]) -> Form:
    names = ["id", "area", "topic", "because", "hours"]
    names += [f"{name}_{lang}" for lang in LANGUAGES for name in ("statement", "wait")]
    return {**{name: typed.get(name, "") for name in names}, "teams": teams, "changes": False}


def wanted_in(typed: Fields, teams: list[str]) -> Wanted:
    hours = typed.get("hours", "")
    return Wanted(
        area=typed.get("area", "").strip(),
        topic=typed.get("topic", ""),
        because=typed.get("because", "").strip(),
        statement={lang: typed.get(f"statement_{lang}", "") for lang in LANGUAGES},
        wait={lang: typed.get(f"wait_{lang}", "") for lang in LANGUAGES},
        hours=int(hours) if hours.isascii() and hours.isdigit() else -1,
        teams=tuple(teams),
    )
