"""What the API offers, as an OpenAPI 3.1 document. A test holds it to the routes that exist."""

from typing import Any

Json = dict[str, Any]

TEXT: Json = {"type": "string"}
FLAG: Json = {"type": "boolean"}
COUNT: Json = {"type": "integer", "minimum": 0}
MOMENT: Json = {"type": "string", "format": "date-time", "description": "UTC, milliseconds"}
URGENCY: Json = {"enum": ["spoed", "nu", "later", "geen"]}
OBJECT: Json = {"type": "object"}


def maybe(schema: Json) -> Json:
    """The schema, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def fields(required: str, **properties: Json) -> Json:
    """An object; ``required`` names the fields that are always there."""
    return {"type": "object", "required": required.split(), "properties": properties}


def ref(name: str) -> Json:
    """A schema by name."""
    return {"$ref": f"#/components/schemas/{name}"}


SCHEMAS: dict[str, Json] = {
    "Error": fields(
        "error message facts correlation_id",
        error={"type": "string", "description": "the error's name, such as AlreadyClaimed"},
        message=TEXT,
        facts=OBJECT,
        correlation_id=TEXT,
    ),
    "QueueItem": fields(
        "subject team channel text urgency emergency because waiting_since claimed_by",
        subject={"type": "string", "pattern": "^[A-Za-z0-9_-]+$"},
        team=TEXT,
        channel=TEXT,
        account=TEXT,
        author_name=maybe(TEXT),
        text=TEXT,
        urgency=URGENCY,
        emergency=FLAG,
        because=TEXT,
        lang=TEXT,
        waiting_since=MOMENT,
        due_at=MOMENT,
        answered=FLAG,
        claimed_by=maybe(TEXT),
        claimed_name=maybe(TEXT),
        claim_until=maybe(MOMENT),
        paged_at=maybe(MOMENT),
        snoozed_until=maybe(MOMENT),
        routed=fields("because rule moved", because=TEXT, rule=TEXT, moved=FLAG),
        where=fields("gemeente unit", gemeente=maybe(TEXT), unit=maybe(TEXT)),
        desk={**maybe(TEXT), "description": "to whom passing it on is proposed"},
    ),
    "Queue": fields(
        "items cursor", items={"type": "array", "items": ref("QueueItem")}, cursor=maybe(TEXT)
    ),
    "Message": fields(
        "id direction kind text at late edited deleted",
        id=TEXT,
        direction={"enum": ["in", "out"]},
        kind=TEXT,
        text=TEXT,
        at=MOMENT,
        accepted_at=MOMENT,
        late=FLAG,
        edited=FLAG,
        deleted=FLAG,
        state=maybe({"enum": ["queued", "sending", "sent", "refused", "uncertain"]}),
        receipt=maybe(TEXT),
        reason=maybe(TEXT),
        assessment=maybe(OBJECT),
        label=maybe(ref("Label")),
    ),
    "Label": fields(
        "message by name at source emergency urgency kind topic lang detected",
        message=TEXT,
        by=TEXT,
        name=TEXT,
        at=MOMENT,
        source={"enum": ["correction", "sample", "uncertain"]},
        emergency=FLAG,
        urgency=URGENCY,
        kind=maybe(TEXT),
        topic=maybe(TEXT),
        lang=maybe(TEXT),
        detected={"type": "object", "description": "what detection said then, and its version"},
    ),
    "Sample": fields(
        "day done left next",
        day=maybe(TEXT),
        done=COUNT,
        left=COUNT,
        next=maybe(
            fields(
                "lot text",
                lot=TEXT,
                text=TEXT,
                channel=TEXT,
                at=MOMENT,
                earlier={"type": "array", "items": TEXT},
            )
        ),
    ),
    "Recall": fields(
        "recall tally days", recall=OBJECT, tally=OBJECT, days={"type": "array", "items": OBJECT}
    ),
    "Conversation": fields(
        "subject channel messages newest contact findings timeline",
        subject=TEXT,
        channel=TEXT,
        messages={"type": "array", "items": ref("Message")},
        newest={"type": "string", "description": "what a reply's `seen` must name"},
        contact=OBJECT,
        findings={"type": "array", "items": OBJECT},
        timeline={"type": "array", "items": OBJECT},
        item=maybe(ref("QueueItem")),
        window_until=maybe(MOMENT),
        longest_text=COUNT,
    ),
    "Incident": fields(
        "subject state topic title reporters messages first_at latest_at reports next",
        subject={"type": "string", "pattern": "^inc-"},
        state={"enum": ["open", "closed", "joined"]},
        topic=TEXT,
        urgency=URGENCY,
        title=TEXT,
        place=maybe(TEXT),
        gemeente=maybe(TEXT),
        reporters={**COUNT, "description": "different people"},
        messages=COUNT,
        first_at=MOMENT,
        latest_at=MOMENT,
        item=maybe(ref("QueueItem")),
        reports={"type": "array", "items": OBJECT, "description": "the latest first"},
        next=maybe({**COUNT, "description": "`from` of the next page of reports"}),
        taken_out={"type": "array", "items": OBJECT},
        parts={"type": "array", "items": OBJECT},
        others={"type": "array", "items": OBJECT, "description": "may be the same event"},
        timeline={"type": "array", "items": OBJECT},
    ),
    "Delivery": fields("reply_id subject state", reply_id=TEXT, subject=TEXT, state=TEXT),
    "Figures": fields(
        "counted_at team grain figures",
        counted_at=maybe(MOMENT),
        team={"type": "string", "description": "* for all teams together"},
        grain={"enum": ["hour", "day"]},
        figures={
            "type": "array",
            "items": fields("start counts", start=TEXT, counts={"type": "object"}),
        },
    ),
    "Crisis": fields(
        "id state area topic because at",
        id=TEXT,
        state={"enum": ["proposed", "on", "off", "declined"]},
        area=TEXT,
        topic=TEXT,
        because=TEXT,
        at=MOMENT,
    ),
    "Crises": fields(
        "now over",
        now={"type": "array", "items": ref("Crisis")},
        over={"type": "array", "items": ref("Crisis")},
    ),
    "Trial": fields(
        "tried more moved by_rule counts differing",
        tried={**COUNT, "description": "messages of the last seven days, the newest first"},
        more={**FLAG, "description": "there were more, which were not tried"},
        moved={**COUNT, "description": "messages that would go to another team"},
        by_rule={"type": "array", "items": OBJECT},
        counts={"type": "array", "items": fields("went goes messages", went=TEXT, goes=TEXT)},
        differing={"type": "array", "items": OBJECT, "description": "at most fifty"},
    ),
    "Ledger": fields(
        "received parsed accepted ignored unreadable duplicates owed by_channel",
        since=MOMENT,
        received=COUNT,
        parsed=COUNT,
        accepted=COUNT,
        ignored=COUNT,
        unreadable=COUNT,
        duplicates=COUNT,
        owed=COUNT,
        by_channel=OBJECT,
    ),
}

BODIES: dict[str, Json] = {
    "handover": fields("team", team=TEXT, note=TEXT),
    "snooze": fields("", until=MOMENT, minutes={"type": "integer", "minimum": 1}),
    "judge": fields("emergency", emergency=FLAG),
    "finish": fields("", seen=TEXT),
    "private-replies": fields("reply_id text seen", reply_id=TEXT, text=TEXT, seen=TEXT),
    "replies": fields(
        "reply_id text seen",
        files={"type": "array", "items": TEXT},
        reply_id=TEXT,
        text=TEXT,
        seen=TEXT,
    ),
    "notes": fields("text", text=TEXT),
    "corrections": fields(
        "message urgency", message=TEXT, urgency=URGENCY, kind=TEXT, topic=TEXT, lang=TEXT
    ),
    "judgements": fields("day lot", day=TEXT, lot=TEXT, urgency=maybe(URGENCY)),
    "joins": fields("with ground", **{"with": TEXT}, ground=TEXT),
    "parts": fields("with ground", **{"with": TEXT}, ground=TEXT),
    "replay": fields("id", id=TEXT),
    "crises": fields(
        "because statement",
        id=TEXT,
        area={**TEXT, "description": "a gemeente or police unit; empty is anywhere"},
        topic=TEXT,
        because=TEXT,
        statement={"type": "object", "description": "by language; nl at least"},
        wait={"type": "object", "description": "by language, with {uiterlijk}"},
        hours={**COUNT, "description": "by how much what can wait is put off"},
        teams={"type": "array", "items": TEXT},
    ),
    "dry-run": fields("id rule", id=TEXT, rule=OBJECT),
    "redrive": fields("lane", lane=TEXT, ids={"type": "array", "items": TEXT}),
}

IN_PATH = ("subject", "contact", "crisis")
"""The parts of a path that are filled in."""

ROUTES: tuple[tuple[str, str, str, str, tuple[str, ...]], ...] = (
    # method, path, what it does, schema of the answer, query parameters
    ("get", "/queue", "What waits, most urgent first", "Queue", ("cursor", "limit")),
    ("post", "/queue/{subject}/claim", "Take it for 15 minutes", "QueueItem", ()),
    ("post", "/queue/{subject}/release", "Give it back", "QueueItem", ()),
    ("post", "/queue/{subject}/handover", "Pass it on to another team", "QueueItem", ()),
    ("post", "/queue/{subject}/snooze", "Set it aside until a moment", "QueueItem", ()),
    ("post", "/queue/{subject}/judge", "Say whether it is an emergency", "QueueItem", ()),
    ("post", "/queue/{subject}/finish", "Nothing waits any more", "", ()),
    ("get", "/conversations/{subject}", "A whole conversation", "Conversation", ()),
    ("get", "/incidents/{subject}", "An incident with its reports", "Incident", ("from",)),
    ("post", "/conversations/{subject}/replies", "Answer the citizen", "Delivery", ()),
    ("post", "/conversations/{subject}/private-replies", "Answer in private", "Delivery", ()),
    ("post", "/conversations/{subject}/files", "A file to go with an answer", "", ()),
    ("post", "/conversations/{subject}/notes", "A note for colleagues", "", ()),
    ("post", "/conversations/{subject}/corrections", "Say what a message is", "Label", ()),
    ("get", "/sample", "The next message to judge blind", "Sample", ()),
    ("post", "/sample/judgements", "What the judge says of it", "", ()),
    ("get", "/recall", "Recall on emergencies, estimated", "Recall", ()),
    ("get", "/teams", "The teams that an item can be handed over to", "", ()),
    ("get", "/contacts/{contact}", "A person: handles, conversations, what was joined", "", ()),
    ("post", "/contacts/{contact}/joins", "Record that two contacts are one person", "", ()),
    ("post", "/contacts/{contact}/parts", "Record that they are not after all", "", ()),
    ("get", "/channels", "The state of every account, why, and its approvals", "", ()),
    ("get", "/changes", "The moment of the last change after `cursor`", "", ("cursor",)),
    ("post", "/socket-tickets", "A ticket that opens one socket", "", ()),
    ("get", "/ledger", "What came in, what became of it, what is owed", "Ledger", ("since",)),
    ("get", "/operations", "Refusals, unreadable envelopes, dead letters, alarms, sources", "", ()),
    ("post", "/operations/envelopes/replay", "Read an envelope again", "", ()),
    ("post", "/operations/dead-letters/redrive", "Put dead letters back", "", ()),
    ("get", "/figures", "Figures by hour or Dutch day", "Figures", ("from", "to", "team", "grain")),
    ("get", "/figures/public", "The four public figures; without sign-in", "", ()),
    ("get", "/routing/dry-run", "Last week's messages by the routing rules", "Trial", ()),
    ("post", "/routing/dry-run", "The same with a rule that is not kept yet", "Trial", ()),
    ("get", "/crises", "What is on or proposed, and what is over", "Crises", ()),
    ("post", "/crises", "Turn the crisis mode on, or change it", "Crisis", ()),
    ("post", "/crises/{crisis}/off", "Turn it off, or decline a proposal", "Crisis", ()),
    ("get", "/openapi.json", "This document", "", ()),
)


def document() -> Json:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Nabij", "version": "1", "license": {"name": "EUPL-1.2"}},
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "paths": paths(),
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def paths() -> Json:
    """Every route, by path and method."""
    found: Json = {}
    for method, path, summary, schema, query in ROUTES:
        found.setdefault(path, {})[method] = operation(method, path, summary, schema, query)
    return found


def operation(method: str, path: str, summary: str, schema: str, query: tuple[str, ...]) -> Json:
    """One route: its parameters, body and answers."""
    in_path = [parameter("path", name) for name in IN_PATH if f"{{{name}}}" in path]
    described: Json = {
        "summary": summary,
        "parameters": in_path + [parameter("query", name) for name in query],
        "responses": {
            "2XX": answer("As asked", ref(schema) if schema else OBJECT),
            "default": answer("Refused, in the one error shape", ref("Error")),
        },
    }
    body = BODIES.get(path.rpartition("/")[2])
    if method == "post" and body:
        described["requestBody"] = {"content": {"application/json": {"schema": body}}}
    return described


def parameter(where: str, name: str) -> Json:
    """A parameter; those in the path are always there."""
    return {"in": where, "name": name, "required": where == "path", "schema": TEXT}


def answer(description: str, schema: Json) -> Json:
    """An answer in JSON."""
    return {"description": description, "content": {"application/json": {"schema": schema}}}
