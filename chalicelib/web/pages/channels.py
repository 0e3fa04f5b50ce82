"""How the channels are, and what each account may be used for."""

from collections.abc import Callable
from datetime import timedelta

from chalice import Response
from chalice.app import Request

from chalicelib import wiring
from chalicelib.domain.approval import USES
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.principal import Principal
from chalicelib.errors import InvalidInput, StaleVersion, WebcareError
from chalicelib.flows.citizen.assisted import can_be_assisted, set_assistant
from chalicelib.flows.running import approving
from chalicelib.flows.running.channel_states import view_channels
from chalicelib.flows.services import Services
from chalicelib.web import sentences
from chalicelib.web.language import words_for
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import page, see
from chalicelib.web.requests import FORM, Fields, form_of, part, query_of
from chalicelib.web.sessions import signed_in, who_sent

Record = Callable[[Services, Principal, str, str, Fields], object]


@pages.route("/kanalen")
def channels() -> Response:
    """The state of every account."""
    request = pages.current_request
    services = wiring.services()
    me = signed_in(request)
    view = view_channels(services, me)
    return page(
        request,
        "channels.html",
        now=services.now(),
        me=me,
        view=view,
        alarms=view.alarms,
        uses=USES,
        last_day=last_day,
        assistable=[name for name in services.channels if can_be_assisted(services, name)],
        done=query_of(request).get("gedaan"),
    )


@pages.route("/kanalen/{channel}/{account}/assistent", methods=["POST"], content_types=FORM)
def assistant(channel: str, account: str) -> Response:
    """The automatic assistant answers on this account, or does not."""
    request = pages.current_request
    me, on = who_sent(request), form_of(request).get("aan") == "ja"
    set_assistant(wiring.services(), me, part(channel), part(account), on=on)
    return see("/kanalen", gedaan="assistent_aan" if on else "assistent_uit")


@pages.route("/kanalen/{channel}/{account}")
def approvals(channel: str, account: str) -> Response:
    """What one account may be used for, and every decision about it."""
    request = pages.current_request
    return shown(request, signed_in(request), part(channel), part(account))


@pages.route("/kanalen/{channel}/{account}/goedkeuren", methods=["POST"], content_types=FORM)
def approve(channel: str, account: str) -> Response:
    """Record an approval."""
    return recorded(channel, account, approving.approve, "goedgekeurd")


@pages.route("/kanalen/{channel}/{account}/intrekken", methods=["POST"], content_types=FORM)
def withdraw(channel: str, account: str) -> Response:
    """Record that an approval holds no more."""
    return recorded(channel, account, approving.withdraw, "ingetrokken")


def recorded(channel: str, account: str, record: Record, done: str) -> Response:
    """Record it and say so, or show what is not right with everything still filled in."""
    request = pages.current_request
    me = who_sent(request)
    filled = form_of(request)
    names = part(channel), part(account)
    try:
        record(wiring.services(), me, *names, filled)
    except (InvalidInput, StaleVersion) as problem:
        return shown(request, me, *names, filled=filled, done=done, problem=problem)
    return see(f"/kanalen/{channel}/{account}", gedaan=done)


def shown(
    request: Request,
    me: Principal,
    channel: str,
    account: str,
    *,
    filled: Fields | None = None,
    done: str = "",
    problem: WebcareError | None = None,
) -> Response:
    """The page of one account; ``filled`` is what was sent to one of its two forms, and why not."""
    services = wiring.services()
    known, register = approving.register_of(services, me, channel, account)
    words = words_for(request)
    fields: dict[str, dict[str, str]] = getattr(problem, "fields", {})
    stale = problem and not fields
    return page(
        request,
        "approvals.html",
        status=problem.status if problem else 200,
        now=services.now(),
        me=me,
        account=known,
        register=register,
        uses=USES,
        filled=filled or {},
        tried=done if problem else "",
        errors={name: texts[words.lang] for name, texts in fields.items()},
        told=sentences.problem(words, services.now(), problem) if problem and stale else "",
        soon=later(services.now(), approving.SPOKEN_OF),
        last_day=last_day,
        done=query_of(request).get("gedaan"),
    )


def last_day(until: Moment) -> Moment:
    """An approval until midnight holds up to and including the day before."""
    return later(until, -timedelta(seconds=1))
