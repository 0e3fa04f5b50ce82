"""The parse command on the format of the examples, good lines and bad."""

import argparse
import hashlib
import hmac
import io
import json
from pathlib import Path
from typing import Any

import pytest

from chalicelib.channels.registry import CHANNELS
from infra.parse import add_parser, parse_lines

EXAMPLES = Path(__file__).parents[3] / "shared/examples/channels.json"
FORM = {"submission_id": "f-1", "message": "Hoi", "submitted_at": "2027-01-15T08:00:00.5Z"}
CASE = {"id": "f", "channel": "form", "transport": "http_post", "body": FORM}


def outcomes(*lines: str) -> list[dict[str, Any]]:
    out = io.StringIO()
    assert parse_lines(lines, out) == 0
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_one_case_in_one_line_out() -> None:
    assert outcomes(json.dumps(CASE)) == [
        {
            "id": "f",
            "messages": [
                {
                    "external_id": "f-1",
                    "author_id": "form:f-1",
                    "author_name": None,
                    "text": "Hoi",
                    "kind": "form",
                    "media_count": 0,
                    "timestamp": "2027-01-15T08:00:00Z",
                }
            ],
            "statuses": 0,
            "ignored": 0,
            "error": None,
        }
    ]


@pytest.mark.parametrize(
    ("line", "id", "error"),
    [
        ("geen json", None, "BadPayload"),
        ("[1]", None, "BadPayload"),
        ("[" * 100_000, None, "BadPayload"),
        ("{}", None, "NotFound"),
        ('{"id": "a", "channel": "telex", "body": {}}', "a", "NotFound"),
        ('{"id": "b", "channel": ["form"]}', "b", "NotFound"),
        ('{"id": "c", "channel": "form"}', "c", "BadPayload"),
        ('{"id": "e", "channel": "form", "response_status": "x", "body": {}}', "e", "ValueError"),
        ('{"id": 7, "channel": "whatsapp", "config": 5, "headers": 5, "body": 5}', 7, "BadPayload"),
    ],
)
def test_a_bad_case_never_stops_the_next(line: str, id: Any, error: str) -> None:
    bad, good = outcomes(line, json.dumps(CASE))
    nothing = {"messages": [], "statuses": 0, "ignored": 0}
    assert bad == {"id": id, **nothing, "error": error}
    assert good["error"] is None


def test_a_delivery_that_nobody_vouches_for_gets_403() -> None:
    (refused,) = outcomes('{"id": "d", "channel": "whatsapp", "transport": "webhook_post"}')
    assert refused["error"] == "BadSignature"
    assert refused["http"] == {"status": 403, "body": ""}


def test_the_exact_bytes_count_and_header_names_have_no_case() -> None:
    raw = '{"object": "anders"}'
    digest = hmac.new(b"geheim", raw.encode(), hashlib.sha256).hexdigest()
    case = {
        "channel": "whatsapp",
        "transport": "webhook_post",
        "headers": {"x-HUB-signature-256": f"sha256={digest}"},
        "config": {"app_secret": "geheim"},
        "body": json.loads(raw),
    }
    exact, rewritten = outcomes(json.dumps({**case, "body_raw": raw}), json.dumps(case))
    assert (exact["error"], exact["ignored"]) == (None, 1)
    assert rewritten["error"] == "BadSignature"


def test_a_handshake_shows_what_goes_back() -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": "t", "hub.challenge": "0012"}
    case = {"id": "g", "channel": "whatsapp", "transport": "webhook_get", "query": query}
    right, wrong = outcomes(
        json.dumps({**case, "config": {"verify_token": "t"}}),
        json.dumps({**case, "config": {"verify_token": "u"}}),
    )
    assert (right["error"], right["http"]) == (None, {"status": 200, "body": "0012"})
    assert (wrong["error"], wrong["http"]) == ("BadSignature", {"status": 403, "body": ""})


def test_the_command_reads_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers())
    file = tmp_path / "cases.jsonl"
    file.write_bytes(b"\xff\xfe kapot\n\n" + json.dumps(CASE).encode() + b"\n")
    args = parser.parse_args(["parse", str(file)])
    assert args.run(args) == 0
    ids = [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()]
    assert ids == [None, "f"]


@pytest.mark.skipif(not EXAMPLES.exists(), reason=f"NOT CHECKED: no examples at {EXAMPLES}")
def test_the_given_examples_of_our_channels() -> None:
    given = json.loads(EXAMPLES.read_text())["cases"]
    ours = [case for case in given if case["channel"] in CHANNELS]
    assert ours
    for case, outcome in zip(ours, outcomes(*map(json.dumps, ours)), strict=True):
        expected = case["expect"]
        assert outcome["messages"] == expected["messages"], case["id"]
        assert outcome["statuses"] == expected["statuses"], case["id"]
        assert outcome["ignored"] == expected["ignored"], case["id"]
        assert bool(outcome["error"]) == expected.get("error", False), case["id"]
        assert _answers(outcome.get("http", {}), expected.get("http", {})), case["id"]


def _answers(http: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Whether the platform would get what the example says."""
    allowed = wanted.get("status_in", [http.get("status")])
    facts = {name: value for name, value in wanted.items() if name != "status_in"}
    return http.get("status") in allowed and facts.items() <= http.items()
