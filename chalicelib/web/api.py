"""The JSON API, version 1: the queue, conversations, replies, the ledger. No logic.

Its description is ``/api/v1/openapi.json`` (``openapi.py``); a test holds the two together.
"""

from datetime import timedelta
from typing import Any
from urllib.parse import unquote

from chalice import Blueprint, Response

from chalicelib import wiring
from chalicelib.domain.moments import later
from chalicelib.domain.principal import Principal
from chalicelib.domain.queue_item import QueueItem
from chalicelib.domain.sniffing import UNKNOWN
from chalicelib.errors import InvalidInput
from chalicelib.flows.answering import replying
from chalicelib.flows.answering.answering_privately import reply_privately
from chalicelib.flows.answering.attaching import attach
from chalicelib.flows.assessing import correcting, recalling, sampling
from chalicelib.flows.citizen import joining
from chalicelib.flows.colleagues import sockets
from chalicelib.flows.desk import handing_over, noting, queueing, surroundings, viewing
from chalicelib.flows.incidents.incident_desk import view_desk
from chalicelib.flows.running import accounting, operating
from chalicelib.flows.running.channel_states import view_channels
from chalicelib.web.answers import as_json, json_body
from chalicelib.web.openapi import document
from chalicelib.web.requests import body_of, query_of
from chalicelib.web.sessions import signed_in, who_sent
from chalicelib.web.views import (
    balance_json,
    conversation_json,
    delivery_json,
    incident_json,
    label_json,
    recall_json,
    row_json,
    to_judge_json,
)

api = Blueprint(__name__)

V1 = "/api/v1"

LONGEST_SNOOZE = 60 * 24 * 30
"""Minutes."""


@api.route(f"{V1}/openapi.json")
def openapi() -> Response:
    """What this API offers."""
    return as_json(document())


@api.route(f"{V1}/queue")
def queue() -> Response:
    """What waits, most urgent first."""
    query = asked()
    services = wiring.services()
    view = viewing.view_queue(services, reader(), query.get("cursor"), number(query, "limit", 50))
    now = services.now()
    return as_json({"items": [row_json(row, now) for row in view.rows], "cursor": view.cursor})


@api.route(f"{V1}/queue/{{subject}}/claim", methods=["POST"])
def claim(subject: str) -> Response:
    """I take it."""
    return as_item(queueing.claim(wiring.services(), writer(), unquote(subject)))


@api.route(f"{V1}/queue/{{subject}}/release", methods=["POST"])
def release(subject: str) -> Response:
    """I give it back."""
    return as_item(queueing.release(wiring.services(), writer(), unquote(subject)))


@api.route(f"{V1}/queue/{{subject}}/handover", methods=["POST"])
def hand_over(subject: str) -> Response:
    """Another team takes it: ``{"team", "note"?}``."""
    principal, body = writer(), sent()
    team, note = text(body, "team"), text(body, "note", default="")
    services = wiring.services()
    return as_item(handing_over.hand_over(services, principal, unquote(subject), team, note))


@api.route(f"{V1}/queue/{{subject}}/snooze", methods=["POST"])
def snooze(subject: str) -> Response:
    """Set aside: ``{"until": moment}`` or ``{"minutes": n}``."""
    principal, body, services = writer(), sent(), wiring.services()
    until = snoozed_until(body, services.now())
    return as_item(queueing.snooze(services, principal, unquote(subject), until))


@api.route(f"{V1}/queue/{{subject}}/judge", methods=["POST"])
def judge(subject: str) -> Response:
    """A person decides: ``{"emergency": true|false}``."""
    principal, emergency = writer(), sent().get("emergency")
    if not isinstance(emergency, bool):
        raise wrong("emergency", "true of false", "true or false")
    services = wiring.services()
    item = queueing.judge(services, principal, unquote(subject), emergency=emergency)
    return as_item(item)


@api.route(f"{V1}/queue/{{subject}}/finish", methods=["POST"])
def finish(subject: str) -> Response:
    """Nothing waits any more; with ``{"seen"}`` refused when the citizen wrote after it."""
    seen = text(sent(), "seen", default="") or None
    queueing.finish(wiring.services(), writer(), unquote(subject), seen)
    return as_json({"subject": unquote(subject), "finished": True})


@api.route(f"{V1}/conversations/{{subject}}")
def conversation(subject: str) -> Response:
    """A whole conversation."""
    services = wiring.services()
    view = viewing.view_conversation(services, reader(), unquote(subject))
    return as_json(conversation_json(view, services.now()))


@api.route(f"{V1}/incidents/{{subject}}")
def incident(subject: str) -> Response:
    """An incident with a page of its reports, the latest first; ``from`` is where it begins."""
    services, begin = wiring.services(), number(asked(), "from", 0)
    desk = view_desk(services, reader(), unquote(subject), begin)
    return as_json(incident_json(desk, services.now()))


@api.route(f"{V1}/conversations/{{subject}}/replies", methods=["POST"])
def reply(subject: str) -> Response:
    """Answer: ``{"reply_id", "text", "seen", "files"?}``. 202 the first time, 200 for a repeat."""
    principal, body = writer(), sent()
    replied = replying.reply(
        wiring.services(),
        principal,
        unquote(subject),
        reply_id=text(body, "reply_id"),
        text=text(body, "text"),
        seen=text(body, "seen"),
        files=texts(body, "files"),
    )
    return as_json(delivery_json(replied.delivery), 200 if replied.again else 202)


@api.route(f"{V1}/conversations/{{subject}}/private-replies", methods=["POST"])
def private_reply(subject: str) -> Response:
    """Answer in private what stands in public: ``{"reply_id", "text", "seen"}``. 202, then 200."""
    principal, body = writer(), sent()
    replied = reply_privately(
        wiring.services(),
        principal,
        unquote(subject),
        reply_id=text(body, "reply_id"),
        text=text(body, "text"),
        seen=text(body, "seen"),
    )
    return as_json(delivery_json(replied.delivery), 200 if replied.again else 202)


@api.route(f"{V1}/conversations/{{subject}}/files", methods=["POST"], content_types=[UNKNOWN])
def file(subject: str) -> Response:
    """A file to go with an answer: its bytes, and its name in ``X-File-Name``."""
    principal, request = writer(), api.current_request
    name = unquote(request.headers.get("x-file-name", ""))
    kept = attach(wiring.services(), principal, unquote(subject), name, body_of(request))
    told = {"id": kept.id, "name": kept.given.name, "mime": kept.mime, "size": kept.size}
    return as_json(told, 201)


@api.route(f"{V1}/conversations/{{subject}}/notes", methods=["POST"])
def note(subject: str) -> Response:
    """A note for colleagues: ``{"text"}``."""
    principal, body = writer(), sent()
    services = wiring.services()
    return as_json(noting.note(services, principal, unquote(subject), text(body, "text")), 201)


@api.route(f"{V1}/conversations/{{subject}}/corrections", methods=["POST"])
def correction(subject: str) -> Response:
    """What a message is: ``{"message", "urgency", "kind"?, "topic"?, "lang"?}``."""
    principal, body = writer(), sent()
    message, said = text(body, "message"), correcting.opinion(body)
    label = correcting.correct(wiring.services(), principal, unquote(subject), message, said)
    return as_json(label_json(label), 201)


@api.route(f"{V1}/sample")
def sample() -> Response:
    """The next message to judge blind, and how many are left."""
    return as_json(to_judge_json(sampling.next_to_judge(wiring.services(), reader())))


@api.route(f"{V1}/sample/judgements", methods=["POST"])
def judgement() -> Response:
    """What the judge says: ``{"day", "lot", "urgency"}``; without urgency: cannot tell."""
    principal, body = writer(), sent()
    told = body.get("urgency")
    urgency = None if told is None else correcting.opinion({"urgency": told}).urgency
    day, lot = text(body, "day"), text(body, "lot")
    judged = sampling.judge_lot(wiring.services(), principal, day, lot, urgency)
    return as_json({"subject": judged.lot.subject, "raised": judged.raised})


@api.route(f"{V1}/recall")
def recall() -> Response:
    """How many of the emergencies were raised, as far as was judged blind."""
    return as_json(recall_json(recalling.view_recall(wiring.services(), reader())))


@api.route(f"{V1}/teams")
def teams() -> Response:
    """The teams that an item can be handed over to."""
    found = surroundings.teams(wiring.services(), reader())
    return as_json({"teams": found})


@api.route(f"{V1}/contacts/{{contact}}")
def contact(contact: str) -> Response:
    """A person: their handles, conversations, and what was joined."""
    found = joining.view_contact(wiring.services(), reader(), unquote(contact))
    return as_json(found)


@api.route(f"{V1}/contacts/{{contact}}/joins", methods=["POST"])
def join(contact: str) -> Response:
    """Two contacts are one person: ``{"with", "ground"}``."""
    principal, body = writer(), sent()
    other, ground = text(body, "with"), text(body, "ground")
    made = joining.join(wiring.services(), principal, unquote(contact), other, ground)
    return as_json(made, 201)


@api.route(f"{V1}/contacts/{{contact}}/parts", methods=["POST"])
def part(contact: str) -> Response:
    """They are not one person after all: ``{"with", "ground"}``."""
    principal, body = writer(), sent()
    other, ground = text(body, "with"), text(body, "ground")
    return as_json(joining.part(wiring.services(), principal, unquote(contact), other, ground))


@api.route(f"{V1}/channels")
def channels() -> Response:
    """How every account is, and what it may be used for."""
    return as_json(view_channels(wiring.services(), reader()))


@api.route(f"{V1}/changes")
def changes() -> Response:
    """Whether anything changed since ``cursor``: what a page asks when its socket is down."""
    services = wiring.services()
    cursor = asked().get("cursor") or services.now()
    return as_json({"cursor": viewing.view_changes(services, reader(), cursor)})


@api.route(f"{V1}/socket-tickets", methods=["POST"])
def socket_ticket() -> Response:
    """A ticket that opens one socket, once, within a minute."""
    return as_json({"ticket": sockets.give_ticket(wiring.services(), writer())})


@api.route(f"{V1}/ledger")
def ledger() -> Response:
    """What came in, what became of it, what is owed."""
    found = accounting.balance(wiring.services(), reader(), asked().get("since"))
    return as_json(balance_json(found))


@api.route(f"{V1}/operations")
def operations() -> Response:
    """Refused and unreadable deliveries, dead letters, alarms."""
    return as_json(operating.overview(wiring.services(), reader()))


@api.route(f"{V1}/operations/envelopes/replay", methods=["POST"])
def replay() -> Response:
    """Read an unreadable envelope again: ``{"id"}``."""
    principal, body = writer(), sent()
    operating.replay_envelope(wiring.services(), principal, text(body, "id"))
    return as_json({"replayed": True}, 202)


@api.route(f"{V1}/operations/dead-letters/redrive", methods=["POST"])
def redrive() -> Response:
    """Put dead letters back on their lane: ``{"lane", "ids"?}``; all of them without ids."""
    principal, body = writer(), sent()
    lane, ids = text(body, "lane"), texts(body, "ids")
    return as_json({"redriven": operating.redrive(wiring.services(), principal, lane, *ids)})


def as_item(item: QueueItem) -> Response:
    """A queue item as it now is."""
    return as_json(row_json(item, wiring.services().now()))


# --- what a request holds ----------------------------------------------------------------------


def reader() -> Principal:
    """Who reads."""
    return signed_in(api.current_request)


def writer() -> Principal:
    """Who writes; a browser only from our own page."""
    return who_sent(api.current_request)


def asked() -> dict[str, str]:
    """The query."""
    return query_of(api.current_request)


def sent() -> dict[str, Any]:
    """The JSON object that was sent. Raises ``BadPayload``."""
    return json_body(body_of(api.current_request))


def text(body: dict[str, Any], name: str, default: str | None = None) -> str:
    """A text in the body. Raises ``InvalidInput`` when it is missing or something else."""
    value = body.get(name, default)
    if not isinstance(value, str):
        raise wrong(name, "ontbreekt of is geen tekst", "is missing or no text")
    return value


def texts(body: dict[str, Any], name: str) -> list[str]:
    """A list of texts in the body, empty when it is not there. Raises ``InvalidInput``."""
    value = body.get(name, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise wrong(name, "moet een lijst van teksten zijn", "must be a list of texts")
    return value


def number(query: dict[str, str], name: str, default: int) -> int:
    """A whole number in the query. Raises ``InvalidInput``."""
    value = query.get(name, str(default))
    if not value.isascii() or not value.isdigit():
        raise wrong(name, "moet een getal zijn", "must be a number")
    return int(value[:6])


def snoozed_until(body: dict[str, Any], now: str) -> str:
    """When a snooze ends. Raises ``InvalidInput``."""
    minutes = body.get("minutes")
    if isinstance(minutes, int) and 0 < minutes <= LONGEST_SNOOZE:
        return later(now, timedelta(minutes=minutes))
    return text(body, "until")


def wrong(name: str, nl: str, en: str) -> InvalidInput:
    """One field is not as it should be."""
    return InvalidInput(f"{name}: {en}", {name: {"nl": nl, "en": en}})
