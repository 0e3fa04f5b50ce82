"""The recorded cases of all channels, one file each: ``tests/channels/<name>/payloads``."""

import base64
import copy
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from chalicelib.channels.registry import CHANNELS
from chalicelib.domain.message import Parsed
from infra import cases

Case = dict[str, Any]

FOLDER = Path(__file__).parent
RECEIVED_AT = datetime(2027, 1, 15, 9, 30, tzinfo=UTC)


def _signed_by_meta(case: Case) -> dict[str, str]:
    secret = case["config"]["app_secret"].encode()
    digest = hmac.new(secret, cases.body_of(case), hashlib.sha256).hexdigest()
    return {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={digest}"}


def _signed_by_x(case: Case) -> dict[str, str]:
    secret = case["config"]["consumer_secret"].encode()
    digest = hmac.new(secret, cases.body_of(case), hashlib.sha256).digest()
    signature = f"sha256={base64.b64encode(digest).decode()}"
    return {"Content-Type": "application/json", "X-Twitter-Webhooks-Signature": signature}


def _vouched_for_by_telegram(case: Case) -> dict[str, str]:
    return {"X-Telegram-Bot-Api-Secret-Token": case["config"]["secret_token"]}


SIGNERS: dict[str, Callable[[Case], dict[str, str]]] = {
    "facebook": _signed_by_meta,
    "instagram": _signed_by_meta,
    "messenger": _signed_by_meta,
    "partner": _signed_by_meta,
    "whatsapp": _signed_by_meta,
    "x": _signed_by_x,
}
"""Channels whose platform signs the bytes. Files without headers are signed by these."""


def _vouched_for_by_ourselves(case: Case) -> dict[str, str]:
    """A visitor of our chat shows the id that we signed."""
    session = case["body"]["session_id"]
    key = case["config"]["visitor_key"].encode()
    return {"X-Visitor": f"{session}.{hmac.new(key, session.encode(), 'sha256').hexdigest()}"}


VOUCHERS = {
    **SIGNERS,
    "chat": _vouched_for_by_ourselves,
    "telegram": _vouched_for_by_telegram,
}
"""These, and channels whose platform only repeats a token of ours."""


def recorded() -> list[Case]:
    """Every case, signed where its file leaves the headers to us."""
    files = sorted(FOLDER.glob("*/payloads/*.json"))
    return [_complete(json.loads(path.read_text()), path) for path in files]


def _complete(case: Case, path: Path) -> Case:
    assert case["id"] == path.stem
    assert case["channel"] == path.parent.parent.name
    return case if "headers" in case else signed(case)


def signed(case: Case) -> Case:
    """The case with the signature that its platform would put on it."""
    signer = VOUCHERS.get(case["channel"])
    if signer is None or case["transport"] != "webhook_post":
        return case
    return {**case, "headers": signer(case)}


def with_body(case: Case, body: Any) -> Case:
    """The same case around another body, signed again."""
    rest = {name: value for name, value in case.items() if name not in ("body_raw", "headers")}
    return signed({**rest, "body": copy.deepcopy(body)})


def parse_bytes(case: Case, body: bytes) -> Parsed:
    """What the case's channel makes of these bytes."""
    raw = replace(cases.raw_of(case), body=body, received_at=RECEIVED_AT)
    return CHANNELS[case["channel"]].parse(raw, cases.settings_of(case))


def parse_case(case: Case) -> Parsed:
    """What the case's channel makes of it, without looking at the signature."""
    return parse_bytes(case, cases.body_of(case))


CASES = recorded()
READABLE = [
    case for case in CASES if case["transport"] != "webhook_get" and "error" not in case["expect"]
]


def name_of_case(case: Case) -> str:
    """How a case is called in the test report."""
    return f"{case['channel']}/{case['id']}"
