"""What an agent does with a conversation: take, give back, hand over, set aside, judge, finish."""

from collections.abc import Callable
from datetime import timedelta

from chalice import Response

from chalicelib import wiring
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.principal import Principal
from chalicelib.errors import Conflict, InvalidInput
from chalicelib.flows.desk import handing_over, queueing
from chalicelib.flows.services import Services
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.pages.conversation import show
from chalicelib.web.rendering import see
from chalicelib.web.requests import FORM, Fields, form_of, part
from chalicelib.web.sessions import who_sent
from chalicelib.web.shown_conversation import Typed
from chalicelib.web.times import tomorrow_morning

Act = Callable[[Services, Principal, str, Fields], object]

PRESETS: dict[str, Callable[[Moment], Moment]] = {
    "half_uur": lambda now: later(now, timedelta(minutes=30)),
    "twee_uur": lambda now: later(now, timedelta(hours=2)),
    "morgen": tomorrow_morning,
}
"""For how long something can be set aside with one click."""


@pages.route("/gesprek/{subject}/oppakken", methods=["POST"], content_types=FORM)
def claim(subject: str) -> Response:
    """I take it, or keep it for another quarter of an hour."""
    return acted(subject, "opgepakt", lambda s, me, one, _: queueing.claim(s, me, one))


@pages.route("/gesprek/{subject}/teruggeven", methods=["POST"], content_types=FORM)
def release(subject: str) -> Response:
    """I give it back."""
    return acted(subject, "teruggegeven", lambda s, me, one, _: queueing.release(s, me, one))


@pages.route("/gesprek/{subject}/overdragen", methods=["POST"], content_types=FORM)
def hand_over(subject: str) -> Response:
    """Another team takes it from here."""

    def act(services: Services, me: Principal, one: str, form: Fields) -> object:
        note = form.get("note", "").strip()
        return handing_over.hand_over(services, me, one, form.get("team", ""), note)

    return acted(subject, "overgedragen", act, then="/wachtrij")


@pages.route("/gesprek/{subject}/uitstellen", methods=["POST"], content_types=FORM)
def snooze(subject: str) -> Response:
    """Set aside for one of the presets."""

    def act(services: Services, me: Principal, one: str, form: Fields) -> object:
        preset = PRESETS.get(form.get("tot", ""))
        until = preset(services.now()) if preset else form.get("tot", "")
        return queueing.snooze(services, me, one, until)

    return acted(subject, "uitgesteld", act, then="/wachtrij")


@pages.route("/gesprek/{subject}/beoordelen", methods=["POST"], content_types=FORM)
def judge(subject: str) -> Response:
    """A person says what it is."""

    def act(services: Services, me: Principal, one: str, form: Fields) -> object:
        return queueing.judge(services, me, one, emergency=form.get("spoed") == "ja")

    return acted(subject, "beoordeeld", act)


@pages.route("/gesprek/{subject}/afronden", methods=["POST"], content_types=FORM)
def finish(subject: str) -> Response:
    """Nothing waits any more."""

    def act(services: Services, me: Principal, one: str, form: Fields) -> None:
        queueing.finish(services, me, one, form.get("seen") or None)

    return acted(subject, "afgerond", act, then="/wachtrij")


def acted(subject: str, done: str, act: Act, then: str | None = None) -> Response:
    """Do it and say so; when the world moved on, show the conversation as it is now, and why."""
    request = pages.current_request
    me = who_sent(request)
    form = form_of(request)
    one = part(subject)
    try:
        act(wiring.services(), me, one, form)
    except (Conflict, InvalidInput) as problem:
        typed = Typed(problem=problem, seen=form.get("seen", ""), text=form.get("text", ""))
        return show(request, me, one, typed=typed)
    return see(then or f"/gesprek/{subject}", gedaan=done)
