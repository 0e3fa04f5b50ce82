"""Setting up: texts, people and teams; each record with its changes, and the way back."""

from chalice import Response

from chalicelib import wiring
from chalicelib.domain.administered import Record, read_record
from chalicelib.domain.principal import Principal
from chalicelib.errors import InvalidInput
from chalicelib.flows.assessing.trying_rules import Trial, try_rules
from chalicelib.flows.colleagues import administering
from chalicelib.flows.desk import surroundings
from chalicelib.flows.services import Services
from chalicelib.web.pages.blueprint import pages
from chalicelib.web.rendering import page, see
from chalicelib.web.requests import FORM, all_of, form_of, part, query_of
from chalicelib.web.sessions import signed_in, who_sent

NEW = "nieuw"


@pages.route("/inrichting")
def kinds() -> Response:
    """What this reader may set up: the first of it."""
    me = signed_in(pages.current_request)
    me.must_be_allowed_to("write_texts")
    return see(f"/inrichting/{administering.kinds_for(me)[0].name}")


@pages.route("/inrichting/{kind}")
def records(kind: str) -> Response:
    """All records of a kind."""
    request = pages.current_request
    services = wiring.services()
    me = signed_in(request)
    found = administering.kind_of(me, kind)
    tries = found.name == "rule" and query_of(request).get("proef") == "ja"
    return page(
        request,
        "setup.html",
        now=services.now(),
        me=me,
        kind=found,
        kinds=administering.kinds_for(me),
        records=administering.view_all(services, me, kind),
        team_names=surroundings.team_names(services, me),
        unit_names=unit_names(services, me) if found.name == "agent" else {},
        trial=try_rules(services, me) if tries else None,
        done=query_of(request).get("gedaan"),
    )


def unit_names(services: Services, me: Principal) -> dict[str, str]:
    """What each unit is called that an officer can belong to."""
    return {one.id: one.name for one in administering.units(services, me)}


@pages.route("/inrichting/{kind}/{id}")
def record(kind: str, id: str) -> Response:
    """One record, to be changed; or an empty one."""
    me = signed_in(pages.current_request)
    return shown(me, kind, part(id))


@pages.route("/inrichting/{kind}/{id}", methods=["POST"], content_types=FORM)
def keep(kind: str, id: str) -> Response:
    """Keep it, try it out, take it away, or go back to what was before."""
    request = pages.current_request
    me, form, services = who_sent(request), form_of(request), wiring.services()
    seen = int(form["versie"]) if form.get("versie", "").isdecimal() else 0
    one = part(id)
    if form.get("doe") == "terug":
        administering.undo(services, me, kind, one, seen=seen)
        return see(f"/inrichting/{kind}", gedaan="teruggedraaid")
    if form.get("doe") == "weg":
        administering.take_away(services, me, kind, one, seen=seen)
        return see(f"/inrichting/{kind}", gedaan="weggehaald")
    name = form.get("id", "").strip() if one == NEW else one
    fields = administering.kind_of(me, kind)
    typed = read_record(fields, form, {f.name: all_of(request, f.name) for f in fields.fields})
    try:
        if form.get("doe") == "proef" and fields.name == "rule":
            administering.check_record(services, fields, name, typed)
            return shown(
                me, kind, one, typed=typed, name=name, trial=try_rules(services, me, name, typed)
            )
        administering.keep(services, me, kind, name, typed, seen=seen)
    except InvalidInput as problem:
        return shown(me, kind, one, typed=typed, name=name, problem=problem)
    return see(f"/inrichting/{kind}", gedaan="bewaard")


def shown(
    me: Principal,
    kind: str,
    id_: str,
    *,
    typed: Record | None = None,
    name: str = "",
    problem: InvalidInput | None = None,
    trial: Trial | None = None,
) -> Response:
    """The form; what was typed and not taken stays. Raises ``NotFound``."""
    request = pages.current_request
    services = wiring.services()
    found = administering.kind_of(me, kind)
    opened = None if id_ == NEW else administering.view_one(services, me, kind, id_)
    return page(
        request,
        "setup_record.html",
        status=problem.status if problem else 200,
        now=services.now(),
        me=me,
        kind=found,
        id=id_,
        name=name,
        opened=opened,
        record=typed or (opened.record if opened else {}),
        teams=surroundings.teams(services, me),
        units=administering.units(services, me) if found.name == "agent" else [],
        team_names=surroundings.team_names(services, me),
        trial=trial,
        wrong=problem.fields if problem else {},
    )
