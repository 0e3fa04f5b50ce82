"""What the pages of an answer to everyone and of an appeal share: written, followed, decided."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from chalice import Response
from chalice.app import Request

from chalicelib import wiring
from chalicelib.domain.announcement import Announcement
from chalicelib.domain.incident import Incident
from chalicelib.domain.principal import Principal
from chalicelib.errors import Conflict, WebcareError
from chalicelib.flows.incidents.announced import Progress
from chalicelib.flows.incidents.coordinating import found
from chalicelib.flows.incidents.previewing_all import Preview
from chalicelib.flows.services import Services
from chalicelib.web import sentences
from chalicelib.web.desk_page import desk_page
from chalicelib.web.language import words_for
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import see
from chalicelib.web.requests import Fields, part, path_of, query_of
from chalicelib.web.sessions import who_sent

Follow = Callable[[Request, Principal, str, str, WebcareError | None], Response]
"""The page of one, by incident and id, with what could not be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was written so far; ``preview`` is whom it would reach, ``asks`` it holds a warning."""

    told: Announcement
    preview: Preview | None = None
    asks: bool = False
    problem: WebcareError | None = None


def begun(me: Principal, subject: str, form: Fields) -> Announcement:
    """What every text to many has, without its words."""
    now = wiring.services().now()
    return Announcement(
        incident=subject,
        id=form.get("id") or uuid4().hex,
        by=me.id,
        name=me.name,
        role=me.role,
        team=me.team,
        at=now,
        seen_at=now,
        wordings=(),
        template=form.get("sjabloon", ""),
    )


def must_ask(looked: Preview, form: Fields) -> bool:
    """Whether it holds a warning that its writer did not say to have seen."""
    return bool(looked.proof.mark) and form.get("gezien") != looked.proof.mark


def writing(
    request: Request, template: str, me: Principal, incident: Incident, typed: Typed, **facts: Any
) -> Response:
    """The page to write on, with whom it would reach."""
    wrong = typed.problem
    return desk_page(
        request,
        template,
        me,
        status=wrong.status if wrong else 422 if typed.asks else 200,
        incident=incident,
        typed=typed,
        wrong=why_not(request, wrong),
        **facts,
    )


def following(
    request: Request,
    template: str,
    me: Principal,
    seen: Progress,
    wrong: WebcareError | None,
    **facts: Any,
) -> Response:
    """The page of one: how far it is."""
    return desk_page(
        request,
        template,
        me,
        status=wrong.status if wrong else 200,
        incident=found(wiring.services(), seen.told.incident),
        seen=seen,
        wrong=why_not(request, wrong),
        done=query_of(request).get("gedaan"),
        **facts,
    )


def why_not(request: Request, wrong: WebcareError | None) -> str:
    now = wiring.services().now()
    return sentences.problem(words_for(request), now, wrong) if wrong else ""


def decided(
    subject: str,
    id_: str,
    done: str,
    act: Callable[[Services, Principal, str, str], None],
    follow: Follow,
) -> Response:
    """Do it and say so on its page; when the world moved on, what it is now, and why."""
    request = pages.current_request
    me, one, name = who_sent(request), part(subject), part(id_)
    try:
        act(wiring.services(), me, one, name)
    except Conflict as problem:
        return follow(request, me, one, name, problem)
    return see(path_of(request).rpartition("/")[0], gedaan=done)
