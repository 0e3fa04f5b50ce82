"""Listening: the register of searches, the feed of each, and the month's report."""

from datetime import timedelta
from typing import Any

from chalice import Response

from chalicelib import wiring
from chalicelib.domain.listening import GROUNDS, PURPOSES, Search, line_of
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.principal import Principal
from chalicelib.errors import InvalidInput
from chalicelib.flows.listening import (
    asking_searches,
    coverage,
    feeds,
    reporting_searches,
    search_register,
)
from chalicelib.flows.listening.asking_searches import Asked
from chalicelib.web import charts, numbers
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import page, see
from chalicelib.web.requests import FORM, all_of, form_of, part, query_of
from chalicelib.web.sessions import signed_in, who_sent

NEW = "nieuw"


@pages.route("/luisteren")
def register() -> Response:
    """All searches, what waits for an approver first."""
    request = pages.current_request
    services = wiring.services()
    me = signed_in(request)
    return page(
        request,
        "listening.html",
        now=services.now(),
        me=me,
        searches=search_register.view_searches(services, me),
        last_day=last_day,
        done=query_of(request).get("gedaan"),
    )


@pages.route("/luisteren/{id}")
def search(id: str) -> Response:
    """One search with its feed; or an empty form."""
    request = pages.current_request
    services = wiring.services()
    me = signed_in(request)
    if id == NEW:
        me.must_be_allowed_to("listen")
        return form(me, NEW, Asked())
    view = search_register.view_search(services, me, part(id))
    if query_of(request).get("wijzig") and me.may("listen"):
        return form(me, view.search.id, as_asked(view.search), view.search.number)
    feed = feed_for(me, view.search.id) if me.may("listen") else None
    return page(
        request,
        "search_feed.html",
        now=services.now(),
        me=me,
        view=view,
        feed=feed,
        places=names_of_places(),
        n=numbers,
        charts=charts,
        last_day=last_day,
        done=query_of(request).get("gedaan"),
    )


def feed_for(me: Principal, id_: str) -> feeds.FeedView:
    hours = query_of(pages.current_request).get("uren", "")
    asked = int(hours) if hours.isascii() and hours.isdigit() else feeds.DAY
    return feeds.view_feed(wiring.services(), me, id_, asked)


@pages.route("/luisteren/{id}", methods=["POST"], content_types=FORM)
def decide(id: str) -> Response:
    """Ask, change, approve, refuse or stop."""
    request = pages.current_request
    me, sent, services = who_sent(request), form_of(request), wiring.services()
    seen = int(sent["versie"]) if sent.get("versie", "").isdecimal() else 0
    one, what = part(id), sent.get("doe", "")
    if what == "goedkeuren":
        found = search_register.approve(services, me, one, seen=seen)
        return see(f"/luisteren/{one}", gedaan=f"zoek_{found.state}")
    if what == "afwijzen":
        search_register.refuse(services, me, one, sent.get("text", ""), seen=seen)
        return see(f"/luisteren/{one}", gedaan="zoek_refused")
    if what == "stoppen":
        search_register.end(services, me, one)
        return see(f"/luisteren/{one}", gedaan="zoek_ended")
    asked = Asked(
        **{name: sent.get(name, "") for name in ("name", "query", "purpose", "ground", "because",
                                                 "until")},
        accounts=tuple(all_of(request, "accounts")),
    )  # fmt: skip
    try:
        if one == NEW:
            found = asking_searches.ask(services, me, asked)
        else:
            found = asking_searches.change(services, me, one, asked, seen=seen)
    except InvalidInput as problem:
        return form(me, one, asked, seen, problem)
    return see(f"/luisteren/{found.id}", gedaan="zoek_gevraagd")


def form(
    me: Principal, id_: str, asked: Asked, seen: int = 0, problem: InvalidInput | None = None
) -> Response:
    """What can be filled in; what was typed and not taken stays."""
    services = wiring.services()
    return page(
        pages.current_request,
        "search_form.html",
        status=problem.status if problem else 200,
        now=services.now(),
        me=me,
        id=id_,
        asked=asked,
        seen=seen,
        places=asking_searches.listening_places(services),
        purposes=PURPOSES,
        grounds=GROUNDS,
        wrong=problem.fields if problem else {},
    )


@pages.route("/luisterverslag")
def report() -> Response:
    """What was listened for in a month; this one, where none is asked for."""
    request = pages.current_request
    services = wiring.services()
    me = signed_in(request)
    now = services.now()
    found = reporting_searches.view_report(services, me, query_of(request).get("maand") or now[:7])
    return page(
        request,
        "listening_report.html",
        now=now,
        me=me,
        report=found,
        places=names_of_places(),
        n=numbers,
        last_day=last_day,
    )


@pages.route("/dekking")
def covered() -> Response:
    """What our listening covers, what it costs, and what we cannot see now."""
    request = pages.current_request
    services = wiring.services()
    me = signed_in(request)
    return page(
        request,
        "coverage.html",
        now=services.now(),
        me=me,
        view=coverage.view_coverage(services, me),
        line_of=line_of,
    )


def as_asked(search: Search) -> Asked:
    """A search as its form shows it."""
    facts: dict[str, Any] = {
        name: getattr(search, name) for name in ("name", "query", "purpose", "ground", "because")
    }
    return Asked(**facts, accounts=search.accounts, until=last_day(search.until)[:10])


def names_of_places() -> dict[str, str]:
    """What our accounts are called, as searches name them."""
    found = asking_searches.listening_places(wiring.services())
    return {f"{one.channel}#{one.account}": one.name for one in found}


def last_day(until: Moment) -> Moment:
    """A search until midnight runs up to and including the day before."""
    return later(until, -timedelta(seconds=1))
