"""The API as other programs use it: over the very handler that Lambda calls."""

import json
from collections.abc import Callable
from typing import Any

import pytest

import app as house
from chalicelib.store import access_log, sessions
from infra.local.context import Context
from infra.local.web import Routes
from tests.conftest import MARIJKE, SANNE, TOMASZ, WHATSAPP, YOUSSEF, Town, signed, whatsapp_body

Call = Callable[..., tuple[int, Any]]


@pytest.fixture
def call(town: Town) -> Call:
    """``call("GET", "/api/v1/queue", who="sanne")`` → status and JSON."""
    for principal in (SANNE, YOUSSEF, MARIJKE, TOMASZ):
        town.services.table.write(sessions.api_token(f"token-{principal.id}", principal))
    routes = Routes(house.app)

    def ask(method: str, path: str, body: object = None, who: str = "sanne") -> tuple[int, Any]:
        plain, _, query = path.partition("?")
        found = routes.find(plain)
        assert found, path
        raw = body.decode() if isinstance(body, bytes) else json.dumps(body or {})
        headers = {"content-type": "application/json", "host": "nabij.example"}
        headers |= {"authorization": f"Bearer token-{who}"} if who else {}
        if isinstance(body, bytes):
            headers |= signed(body).headers
        event = {
            "requestContext": {
                "httpMethod": method,
                "resourcePath": found[0],
                "path": plain,
                "requestId": "r-1",
                "identity": {"sourceIp": "127.0.0.1"},
            },
            "headers": headers,
            "pathParameters": found[1],
            "multiValueQueryStringParameters": {
                name: [value] for name, value in (pair.split("=") for pair in query.split("&"))
            }
            if query
            else None,
            "stageVariables": {},
            "body": raw,
            "isBase64Encoded": False,
        }
        answer = house.app(event, Context())
        return answer["statusCode"], json.loads(answer["body"])

    return ask


@pytest.fixture
def subject(town: Town, call: Call) -> str:
    town.whatsapp("Is het bureau open?")
    town.work()
    found: str = call("GET", "/api/v1/queue")[1]["items"][0]["subject"]
    return found


def test_the_queue_tells_why_and_since_when(call: Call, subject: str) -> None:
    status, page = call("GET", "/api/v1/queue")
    (item,) = page["items"]
    assert status == 200
    assert item["subject"] == subject
    assert item["text"] == "Is het bureau open?"
    assert item["because"]
    assert (item["claimed_by"], page["cursor"]) == (None, None)


def test_the_queue_goes_on_where_its_cursor_says(town: Town, call: Call) -> None:
    for number in range(5):
        town.whatsapp(f"vraag {number}", author=f"NL.{number}")
    town.work()
    found, cursor = [], ""
    while cursor is not None:
        _, page = call("GET", f"/api/v1/queue?limit=2&cursor={cursor}")
        assert len(page["items"]) <= 2
        found += [item["text"] for item in page["items"]]
        cursor = page["cursor"]
    assert sorted(found) == [f"vraag {number}" for number in range(5)]


@pytest.mark.parametrize("cursor", ["nonsense", "WzksbnVsbF0", "eyJhIjoxfQ"])
def test_a_foreign_cursor_is_named(call: Call, cursor: str) -> None:
    status, answer = call("GET", f"/api/v1/queue?cursor={cursor}")
    assert (status, list(answer["facts"]["fields"])) == (422, ["cursor"])


def test_claiming_twice_names_the_holder(call: Call, subject: str) -> None:
    assert call("POST", f"/api/v1/queue/{subject}/claim")[0] == 200
    assert call("POST", f"/api/v1/queue/{subject}/claim")[0] == 200
    status, answer = call("POST", f"/api/v1/queue/{subject}/claim", who="youssef")
    assert (status, answer["error"]) == (409, "AlreadyClaimed")
    assert answer["facts"]["name"] == "Sanne de Wit"


def test_a_reply_is_taken_once_and_its_repeat_is_fine(town: Town, call: Call, subject: str) -> None:
    call("POST", f"/api/v1/queue/{subject}/claim")
    newest = call("GET", f"/api/v1/conversations/{subject}")[1]["newest"]
    body = {"reply_id": "api-1", "text": "Tot 17 uur.", "seen": newest}
    assert call("POST", f"/api/v1/conversations/{subject}/replies", body)[0] == 202
    status, again = call("POST", f"/api/v1/conversations/{subject}/replies", body)
    assert (status, again["reply_id"]) == (200, "api-1")
    town.work()
    last = call("GET", f"/api/v1/conversations/{subject}")[1]["messages"][-1]
    assert (last["direction"], last["state"]) == ("out", "sent")


def test_only_what_is_public_has_a_private_answer(call: Call, subject: str) -> None:
    call("POST", f"/api/v1/queue/{subject}/claim")
    newest = call("GET", f"/api/v1/conversations/{subject}")[1]["newest"]
    body = {"reply_id": "api-p", "text": "Tot 17 uur.", "seen": newest}
    status, answer = call("POST", f"/api/v1/conversations/{subject}/private-replies", body)
    assert (status, answer["error"]) == (403, "ChannelNotApproved")


def test_an_answer_of_our_own_counts_as_seen(call: Call, subject: str) -> None:
    call("POST", f"/api/v1/queue/{subject}/claim")
    newest = call("GET", f"/api/v1/conversations/{subject}")[1]["newest"]
    path = f"/api/v1/conversations/{subject}/replies"
    call("POST", path, {"reply_id": "api-2", "text": "Een.", "seen": newest})
    own = call("GET", f"/api/v1/conversations/{subject}")[1]["messages"][-1]["id"]
    assert call("POST", path, {"reply_id": "api-3", "text": "Twee.", "seen": own})[0] == 202


def test_a_stale_screen_is_refused_with_how_many_came(town: Town, call: Call, subject: str) -> None:
    call("POST", f"/api/v1/queue/{subject}/claim")
    newest = call("GET", f"/api/v1/conversations/{subject}")[1]["newest"]
    town.whatsapp("laat maar")
    town.whatsapp("of toch niet")
    town.work()
    body = {"reply_id": "api-4", "text": "Tot 17 uur.", "seen": newest}
    status, answer = call("POST", f"/api/v1/conversations/{subject}/replies", body)
    assert (status, answer["error"], answer["facts"]["count"]) == (409, "NewerMessages", 2)


def test_finishing_with_something_unseen_is_refused(town: Town, call: Call, subject: str) -> None:
    newest = call("GET", f"/api/v1/conversations/{subject}")[1]["newest"]
    town.whatsapp("nog iets")
    town.work()
    path = f"/api/v1/queue/{subject}/finish"
    assert call("POST", path, {"seen": newest})[0] == 409
    newest = call("GET", f"/api/v1/conversations/{subject}")[1]["newest"]
    assert call("POST", path, {"seen": newest})[0] == 200
    assert call("GET", "/api/v1/queue")[1]["items"] == []
    assert call("GET", f"/api/v1/conversations/{subject}")[0] == 200


def test_missing_fields_are_named_in_both_languages(call: Call, subject: str) -> None:
    status, answer = call("POST", f"/api/v1/conversations/{subject}/replies", {"text": "Dag"})
    assert status == 422
    assert set(answer["facts"]["fields"]["reply_id"]) == {"nl", "en"}


@pytest.mark.parametrize("body", [b"[]", b"nope", b'{"a":'])
def test_a_body_that_is_no_object_is_a_bad_payload(call: Call, subject: str, body: bytes) -> None:
    assert call("POST", f"/api/v1/conversations/{subject}/notes", body)[0] == 400


def test_nobody_reads_without_a_token(call: Call) -> None:
    status, answer = call("GET", "/api/v1/queue", who="")
    assert (status, answer["error"]) == (401, "NotSignedIn")


def test_the_operator_reads_the_ledger_and_no_queue(town: Town, call: Call) -> None:
    town.whatsapp("hoi")
    town.work()
    status, ledger = call("GET", "/api/v1/ledger?since=2026-11-21T00:00:00Z", who="tomasz")
    assert (status, ledger["received"], ledger["owed"]) == (200, 1, 0)
    assert ledger["by_channel"]["whatsapp"]["accepted"] == 1
    assert call("GET", "/api/v1/queue", who="tomasz")[0] == 403


def test_a_webhook_over_http_is_kept_and_a_forged_one_is_not(town: Town, call: Call) -> None:
    body = whatsapp_body(
        [{"id": "wamid.h", "from_user_id": "NL.1", "timestamp": "1790000000", "type": "text",
          "text": {"body": "hoi"}}]
    )  # fmt: skip
    path = f"/webhooks/whatsapp/{WHATSAPP}"
    assert call("POST", path, body, who="") == (200, {"status": "kept"})
    assert call("POST", path, {"not": "signed"}, who="")[0] == 403
    town.work()
    assert len(call("GET", "/api/v1/queue")[1]["items"]) == 1


def test_a_form_names_what_is_missing(call: Call) -> None:
    status, answer = call("POST", "/webhooks/form/nabij", {"name": "Rob"}, who="")
    assert status == 422
    assert {"message", "submission_id"} <= set(answer["facts"]["fields"])


def test_every_read_is_in_the_log_of_use(town: Town, call: Call, subject: str) -> None:
    call("GET", f"/api/v1/conversations/{subject}", who="youssef")
    now = town.services.now()
    lines = access_log.lines(town.services.table, now[:10], now)
    assert ("youssef", "read_conversation", subject) in {
        (line.actor, line.action, line.object) for line in lines
    }


def test_a_poisoned_job_is_a_dead_letter_with_its_reason_and_can_come_back(
    town: Town, call: Call
) -> None:
    town.services.jobs.send("direct", '{"what": "envelope", "nonsense": true}')
    town.whatsapp("en dit gaat gewoon door")
    for _ in range(12):
        town.work()
        town.clock.forward(minutes=16)
    assert len(call("GET", "/api/v1/queue")[1]["items"]) == 1
    (letter,) = call("GET", "/api/v1/operations", who="tomasz")[1]["dead"]
    assert letter["reason"].startswith("BadPayload")
    path = "/api/v1/operations/dead-letters/redrive"
    assert call("POST", path, {"lane": "direct"}, who="sanne")[0] == 403
    assert call("POST", path, {"lane": "nowhere"}, who="tomasz")[0] == 404
    assert call("POST", path, {"lane": "direct"}, who="tomasz") == (200, {"redriven": 1})


def test_handing_over_goes_to_a_team_by_its_id(call: Call, subject: str) -> None:
    teams = call("GET", "/api/v1/teams")[1]["teams"]
    assert [team["name"] for team in teams] == ["Webcare Noord", "Webcare Oost"]
    path = f"/api/v1/queue/{subject}/handover"
    status, item = call("POST", path, {"team": teams[0]["id"], "note": "graag jullie"})
    assert (status, item["team"]) == (200, "noord")
    assert call("POST", path, {"team": "elders"})[0] == 422


def test_an_agent_says_by_api_what_a_message_is(call: Call, subject: str) -> None:
    message = call("GET", f"/api/v1/conversations/{subject}")[1]["newest"]
    path = f"/api/v1/conversations/{subject}/corrections"
    status, label = call("POST", path, {"message": message, "urgency": "spoed", "topic": "brand"})
    assert (status, label["emergency"], label["kind"]) == (201, True, None)
    assert label["detected"]["version"]
    shown = call("GET", f"/api/v1/conversations/{subject}")[1]
    assert shown["messages"][0]["label"] == label
    assert shown["item"]["emergency"]
    status, refused = call("POST", path, {"message": message, "urgency": "x", "lang": "xyz"})
    assert (status, set(refused["facts"]["fields"])) == (422, {"urgency", "lang"})
    assert call("POST", path, {"message": "none", "urgency": "nu"})[0] == 404
    assert call("POST", path, {"message": message, "urgency": "nu"}, who="marijke")[0] == 403


def test_a_program_judges_blind_too(town: Town, call: Call, subject: str) -> None:
    assert call("GET", "/api/v1/sample")[1] == {"day": None, "done": 0, "left": 0, "next": None}
    town.clock.forward(hours=6)
    town.sweep()
    shown = call("GET", "/api/v1/sample")[1]
    assert set(shown["next"]) == {"lot", "channel", "at", "text", "earlier"}
    body = {"day": shown["day"], "lot": shown["next"]["lot"], "urgency": "later"}
    answer = (200, {"subject": subject, "raised": False})
    assert call("POST", "/api/v1/sample/judgements", body) == answer
    assert call("POST", "/api/v1/sample/judgements", body | {"urgency": None})[0] == 200
    assert call("GET", "/api/v1/sample")[1]["left"] == 0
    status, told = call("GET", "/api/v1/recall", who="marijke")
    assert (status, told["tally"]["judged_low"], told["recall"]["estimate"]) == (200, 1, None)
    assert call("GET", "/api/v1/recall")[0] == 403
