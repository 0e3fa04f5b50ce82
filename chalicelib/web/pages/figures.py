"""The manager's pages: figures, the list behind each, their export, and the wallboard."""

import csv
import io
from dataclasses import astuple, fields
from typing import Any

from chalice import Response

from chalicelib import wiring
from chalicelib.domain.dutch_time import day_of, days_later, local
from chalicelib.domain.figures import ALL_TEAMS, Counts
from chalicelib.flows.desk import surroundings
from chalicelib.flows.figures import (
    exporting_figures,
    figuring,
    looking_behind,
    mailing_figures,
    wallboard,
)
from chalicelib.flows.figures.exporting_figures import Row
from chalicelib.flows.figures.figuring import Asked, FiguresView, Stretch
from chalicelib.flows.figures.looking_behind import Wanted
from chalicelib.flows.figures.publishing import public_figures
from chalicelib.web import charts, numbers
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import page, see
from chalicelib.web.requests import FORM, form_of, query_of
from chalicelib.web.sessions import signed_in, who_sent
from chalicelib.web.times import seconds_between

IN_QUERY = {"channel": "kanaal", "topic": "onderwerp", "lang": "taal", "urgency": "haast"}
"""What dimensions are called in an address."""


def mark(stretch: Stretch, *, today: bool, whole: bool = False) -> str:
    """What stands under a bar, or in full before a row."""
    begin = local(stretch.at)
    if today:
        return f"{begin:%H:%M}" if whole else f"{begin.hour}"
    return f"{begin:%d-%m-%Y}" if whole else f"{begin.day}-{begin.month}"


def answered_in(view: FiguresView) -> list[int]:
    return [one.counts["answered"] for one in view.stretches]


def level_of(counts: Counts) -> float | None:
    """The service level of one bar."""
    return counts["in_time"] / counts["answered"] if counts["answered"] else None


EDGES = (60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000, 14_400_000)
"""Milliseconds: the steps by which it is shown how long first answers took."""


TOOLS: dict[str, Any] = {
    "edges": EDGES,
    "level": level_of,
    "charts": charts,
    "n": numbers,
    "seconds": seconds_between,
    "mark": mark,
    "hour_of": lambda at: local(at).hour,
    "answered_in": answered_in,
    "answered_most": lambda view: max(answered_in(view)),
}
"""What the templates count and draw with."""


@pages.route("/cijfers")
def figures() -> Response:
    """A period at a glance."""
    request = pages.current_request
    services = wiring.services()
    me = signed_in(request)
    query = query_of(request)
    asked = Asked(
        team=query.get("team") or ALL_TEAMS,
        period=query.get("periode") or figuring.TODAY,
        channel=query.get("kanaal", ""),
    )
    view = figuring.view_figures(services, me, asked)
    return page(
        request,
        "figures.html",
        now=services.now(),
        me=me,
        view=view,
        mail=mailing_figures.asked_for(services, me),
        post=mailing_figures.sender(services),
        done=query.get("gedaan"),
        **TOOLS,
    )


@pages.route("/cijfers/mail", methods=["POST"], content_types=FORM)
def ask_mail() -> Response:
    """From now on by mail, or no longer."""
    request = pages.current_request
    me, form, services = who_sent(request), form_of(request), wiring.services()
    if form.get("stop"):
        mailing_figures.stop(services, me)
        return see("/cijfers", gedaan="mail_uit")
    mailing_figures.ask(
        services,
        me,
        to=form.get("mail", "").strip(),
        every=form.get("elke", ""),
        team=form.get("team") or ALL_TEAMS,
    )
    return see("/cijfers", gedaan="mail_aan")


@pages.route("/cijfers/lijst")
def behind() -> Response:
    """What a figure counted, one by one."""
    request = pages.current_request
    services = wiring.services()
    me = signed_in(request)
    query = query_of(request)
    hour = query.get("uur", "")
    wanted = Wanted(
        name=query.get("wat", "arrived"),
        day=query.get("dag") or day_of(services.now()),
        hour=int(hour[:3]) if hour.isascii() and hour.isdigit() else None,
        team=query.get("team") or ALL_TEAMS,
        only=looking_behind.narrowed(query, IN_QUERY),
    )
    found = looking_behind.look_behind(services, me, wanted)
    return page(
        request,
        "figures_list.html",
        now=services.now(),
        me=me,
        found=found,
        team_names=surroundings.team_names(services, me),
        n=numbers,
        other_day=days_later,
        in_query=IN_QUERY,
    )


@pages.route("/cijfers/export")
def export() -> Response:
    """The same as CSV (RFC 4180, UTF-8): ``from``, ``to``, ``team`` and ``grain`` as in the API."""
    request = pages.current_request
    services = wiring.services()
    me = signed_in(request)
    wanted = exporting_figures.extract_of(query_of(request), day_of(services.now()))
    found = exporting_figures.take_out(services, me, wanted)
    made = io.StringIO()
    out = csv.writer(made)
    out.writerow([field.name for field in fields(Row)])
    out.writerows(astuple(row) for row in exporting_figures.rows_of(wanted, found))
    name = f"cijfers-{wanted.first}-{wanted.last}.csv"
    headers: dict[str, str | list[str]] = {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(body=made.getvalue(), headers=headers)


@pages.route("/wandbord")
def board() -> Response:
    """What the room must see, from five metres away: no names, no words of citizens."""
    request = pages.current_request
    services = wiring.services()
    me = signed_in(request)
    team = query_of(request).get("team") or me.team or ALL_TEAMS
    view = wallboard.view_board(services, me, team)
    return page(request, "wallboard.html", now=services.now(), me=me, view=view, **TOOLS)


@pages.route("/cijfers/openbaar")
def public() -> Response:
    """The four figures that everybody may read."""
    request = pages.current_request
    services = wiring.services()
    found = public_figures(services)
    return page(request, "figures_public.html", now=services.now(), found=found, **TOOLS)
