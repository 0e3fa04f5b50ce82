"""The fake platforms refuse what the platform refuses, fail on request and call back signed."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

import pytest
import urllib3

from chalicelib.channels.contract import AccountSettings, Raw, Secrets, WebhookRequest
from chalicelib.channels.registry import channel_named
from chalicelib.domain.message import Receipt
from infra.fakes.client import Fakes
from infra.fakes.platforms import running_fakes

GOOD: dict[str, Any] = {
    "messaging_product": "whatsapp",
    "to": "31600000041",
    "type": "text",
    "text": {"body": "Ja"},
    "biz_opaque_callback_data": "reply-1",
}
ABSENT = object()


@pytest.fixture(scope="module")
def server() -> Iterator[Fakes]:
    with running_fakes() as fakes:
        yield fakes


@pytest.fixture
def fakes(server: Fakes) -> Fakes:
    server.clear_failures()
    return server


def post(fakes: Fakes, body: Any, bearer: str = "sleutel") -> tuple[int, dict[str, Any]]:
    url = f"{fakes.url}/whatsapp/v26.0/700300400500/messages"
    headers = {"Authorization": f"Bearer {bearer}"}
    answer = urllib3.request("POST", url, json=body, headers=headers, retries=False)
    return answer.status, answer.json()


def test_a_sound_request_is_accepted(fakes: Fakes) -> None:
    status, answer = post(fakes, GOOD)
    assert status == 200
    assert answer["contacts"] == [{"input": "31600000041", "wa_id": "31600000041"}]
    assert answer["messages"][0]["id"] == fakes.sent()[-1]["external_id"]


def test_both_addresses_at_once_go_to_the_number(fakes: Fakes) -> None:
    post(fakes, {**GOOD, "recipient": "NL.5x"})
    assert fakes.sent()[-1]["to"] == "31600000041"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("messaging_product", ABSENT),
        ("to", ABSENT),
        ("to", "NL.5x"),
        ("to", 31600000041),
        ("type", "telex"),
        ("type", ABSENT),
        ("text", ABSENT),
        ("text", {"body": ""}),
        ("text", {"body": "x" * 4097}),
        ("recipient_type", "everybody"),
        ("context", {"message_id": ""}),
        ("context", "wamid.A1"),
        ("biz_opaque_callback_data", "x" * 513),
        ("biz_opaque_callback_data", 5),
    ],
)
def test_what_graph_refuses_is_refused(fakes: Fakes, field: str, value: Any) -> None:
    before = len(fakes.sent())
    body = {**GOOD, field: value}
    status, answer = post(fakes, {k: v for k, v in body.items() if v is not ABSENT})
    assert (status, answer["error"]["code"]) == (400, 100)
    assert fakes.sent(after=before) == []


def test_without_a_token_nobody_sends(fakes: Fakes) -> None:
    status, answer = post(fakes, GOOD, bearer="")
    assert (status, answer["error"]["code"]) == (401, 190)


def test_failures_come_in_order_and_as_often_as_asked(fakes: Fakes) -> None:
    fakes.fail(times=2, status=503, body={"n": 1})
    fakes.fail(mode="throttle", retry_after=1.5)
    assert [post(fakes, GOOD)[0] for _ in range(4)] == [503, 503, 429, 200]
    assert fakes.failures() == []


def test_a_failure_of_another_channel_waits_for_that_channel(fakes: Fakes) -> None:
    fakes.fail(channel="telex", times=3)
    assert post(fakes, GOOD)[0] == 200
    assert [failure["times"] for failure in fakes.failures()] == [3]
    fakes.clear_failures()
    assert fakes.failures() == []


def test_read_marks_use_up_no_failures(fakes: Fakes) -> None:
    fakes.fail(status=500)
    mark = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.A1"}
    assert post(fakes, mark)[0] == 200
    assert len(fakes.failures()) == 1


@pytest.mark.parametrize("failure", [{"mode": "tantrum"}, {"times": 0}, {"unknown": 1}])
def test_a_failure_that_does_not_exist_is_refused(fakes: Fakes, failure: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="error"):
        fakes.fail(**failure)


def test_what_was_sent_survives_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "sent.jsonl"
    for text in ("een", "twee"):
        with running_fakes(file) as fakes:
            post(fakes, {**GOOD, "text": {"body": text}})
    with running_fakes(file) as fakes:
        rows = fakes.wait_for_sent(2)
    assert [row["text"] for row in rows] == ["een", "twee"]
    assert len({row["external_id"] for row in rows}) == 2


def test_receipts_come_back_signed_in_the_order_that_was_asked(fakes: Fakes) -> None:
    states = ["delivered", "sent", "sent", "read"]
    with listening() as (url, requests):
        fakes.call_back("whatsapp", url, "geheim", states=states, delay=0.01)
        _, answer = post(fakes, GOOD)
        found = [receipt_in(requests.get(timeout=5)) for _ in states]
    assert [receipt.state for receipt in found] == states
    assert {receipt.reply_id for receipt in found} == {"reply-1"}
    assert {receipt.external_id for receipt in found} == {answer["messages"][0]["id"]}
    assert {receipt.account for receipt in found} == {"700300400500"}


def test_what_the_service_refuses_is_told_again(fakes: Fakes) -> None:
    with listening(503, 503) as (url, requests):
        fakes.call_back("whatsapp", url, "geheim", states=["sent", "read"], delay=0.0, wait=0.0)
        post(fakes, GOOD)
        told = [receipt_in(requests.get(timeout=30)).state for _ in range(4)]
    assert told == ["sent", "sent", "sent", "read"]


def test_what_it_refuses_too_often_is_a_dead_letter(fakes: Fakes) -> None:
    with listening(503, 503, 503) as (url, requests):
        more = {"states": ["sent", "read"], "delay": 0.0, "wait": 0.0, "tries": 3}
        fakes.call_back("whatsapp", url, "geheim", **more)
        post(fakes, GOOD)
        told = [receipt_in(requests.get(timeout=30)).state for _ in range(4)]
    assert told == ["sent", "sent", "sent", "read"]
    assert '"status":"sent"' in fakes.dead()[-1]


def receipt_in(request: WebhookRequest) -> Receipt:
    """The one receipt that the real channel reads in this webhook."""
    channel = channel_named("whatsapp")
    channel.verify(request, Secrets(current={"app_secret": "geheim"}))
    raw = Raw(body=request.body, received_at=datetime.now(UTC))
    (receipt,) = channel.parse(raw, AccountSettings(account="700300400500")).statuses
    return receipt


@contextmanager
def listening(*refusals: int) -> Iterator[tuple[str, "Queue[WebhookRequest]"]]:
    """A webhook address that keeps what it gets; it begins by answering these, then 200."""
    requests: Queue[WebhookRequest] = Queue()
    answers = iter(refusals)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): text for name, text in self.headers.items()}
            requests.put(WebhookRequest(method="POST", headers=headers, body=body))
            self.send_response(next(answers, 200))
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook", requests
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_row_says_what_was_sent_to_whom(fakes: Fakes) -> None:
    post(fakes, GOOD)
    assert json.dumps(fakes.sent()[-1])
    assert set(fakes.sent()[-1]) == {
        *("channel", "account", "to", "text", "reply_id", "external_id", "at", "kind"),
        *("in_reply_to", "choices", "file", "files"),
    }
