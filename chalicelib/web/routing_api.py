"""Routing for programs: a dry run of the rules as they are, or with one that is not kept yet."""

from typing import Any

from chalice import Blueprint, Response

from chalicelib import wiring
from chalicelib.domain.administered import KINDS, Record
from chalicelib.errors import InvalidInput
from chalicelib.flows.assessing.trying_rules import Trial, Tried, try_rules
from chalicelib.flows.colleagues.administering import check_record
from chalicelib.web.answers import as_json, json_body
from chalicelib.web.requests import body_of
from chalicelib.web.sessions import signed_in, who_sent

routing_api = Blueprint(__name__)

DRY_RUN = "/api/v1/routing/dry-run"


@routing_api.route(DRY_RUN)
def rules_now() -> Response:
    """Where last week's messages would go by the rules as they are."""
    me = signed_in(routing_api.current_request)
    return as_json(trial_json(try_rules(wiring.services(), me)))


@routing_api.route(DRY_RUN, methods=["POST"])
def with_rule() -> Response:
    """The same with ``{"id", "rule"}``: in the place of the rule of that id, or beside all."""
    request, services = routing_api.current_request, wiring.services()
    me = who_sent(request)
    me.must_be_allowed_to("coordinate")
    body = json_body(body_of(request))
    id_, record = body.get("id"), body.get("rule")
    if not isinstance(id_, str) or not isinstance(record, dict):
        wrong = {"nl": "stuur id en rule", "en": "send id and rule"}
        raise InvalidInput("no rule", {"rule": wrong})
    draft = record_of(record)
    check_record(services, KINDS["rule"], id_, draft)
    return as_json(trial_json(try_rules(services, me, id_, draft)))


def record_of(sent: dict[str, Any]) -> Record:
    """The fields of a rule; what is something else than text or a list of texts is empty."""
    found: Record = {}
    for field in KINDS["rule"].fields:
        value = sent.get(field.name, "")
        if isinstance(value, list):
            found[field.name] = [one for one in value if isinstance(one, str)]
        else:
            found[field.name] = str(value) if isinstance(value, str | int) else ""
    return found


def trial_json(trial: Trial) -> dict[str, Any]:
    return {
        "tried": trial.tried,
        "more": trial.more,
        "moved": trial.moved,
        "by_rule": [{"rule": name, "messages": n} for name, n in trial.by_rule.items()],
        "counts": [
            {"went": went, "goes": goes, "messages": n} for (went, goes), n in trial.counts.items()
        ],
        "differing": [tried_json(one) for one in trial.differing],
    }


def tried_json(one: Tried) -> dict[str, Any]:
    return {
        "subject": one.subject,
        "at": one.at,
        "went": one.went,
        "goes": one.route.team,
        "because": one.route.because,
    }
