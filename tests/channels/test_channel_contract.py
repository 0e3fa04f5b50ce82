"""What holds for every channel: the registry times the corpus."""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.channels.contract import Secrets, WebhookRequest
from chalicelib.channels.registry import CHANNELS, channel_named
from chalicelib.domain.message import Message, Parsed
from chalicelib.errors import BadPayload, BadSignature, NotFound
from infra import cases
from tests.channels.channel_corpus import (
    CASES,
    READABLE,
    SIGNERS,
    VOUCHERS,
    Case,
    name_of_case,
    parse_bytes,
    parse_case,
    with_body,
)

SIGNED = [
    case for case in READABLE if case["channel"] in SIGNERS and case["transport"] == "webhook_post"
]
POSTED = [case for case in CASES if case["transport"] != "webhook_get"]

junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda children: (
        st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=6), children, max_size=3)
    ),
    max_leaves=6,
)


def assert_sound(parsed: Parsed) -> None:
    """What later steps count on, whatever came in."""
    assert parsed.ignored >= 0
    for message in parsed.messages:
        assert message.external_id
        assert message.author_id != ""
        assert message.media_count >= 0
        message.text.encode()
        assert message.timestamp is None or message.timestamp.utcoffset() == timedelta()
        assert message.timestamp is None or message.timestamp.microsecond == 0
    keys = [_key(message) for message in parsed.messages]
    assert len(keys) == len(set(keys))


def _key(message: Message) -> tuple[object, ...]:
    moment = message.timestamp if message.kind in ("edited", "deleted", "reaction") else None
    special = message.kind if moment or message.kind in ("edited", "deleted", "reaction") else None
    return message.account, message.external_id, special, moment


def parse_or_refuse(case: Case, body: bytes) -> None:
    """The only way out is sound messages, or the refusal of the whole."""
    try:
        parsed = parse_bytes(case, body)
    except BadPayload:
        return
    assert_sound(parsed)


@pytest.mark.parametrize("name", CHANNELS)
def test_the_registry_knows_a_channel_by_its_own_name(name: str) -> None:
    assert channel_named(name).name == name


def test_another_name_is_not_found() -> None:
    with pytest.raises(NotFound):
        channel_named("semafoor")


@pytest.mark.parametrize("case", READABLE, ids=name_of_case)
def test_parsing_twice_gives_the_same(case: Case) -> None:
    parsed = parse_case(case)
    assert_sound(parsed)
    assert parse_case(case) == parsed


@settings(max_examples=200)
@given(case=st.sampled_from(SIGNED), data=st.data())
def test_any_flipped_bit_breaks_the_signature(case: Case, data: st.DataObject) -> None:
    request, secrets = cases.request_of(case), cases.secrets_of(case)
    channel = CHANNELS[case["channel"]]
    channel.verify(request, secrets)
    place = data.draw(st.integers(0, len(request.body) * 8 - 1))
    body = bytearray(request.body)
    body[place // 8] ^= 1 << place % 8
    with pytest.raises(BadSignature):
        channel.verify(
            WebhookRequest(method="POST", headers=request.headers, body=bytes(body)), secrets
        )


@pytest.mark.parametrize("name", VOUCHERS)
def test_without_a_secret_nothing_is_trusted(name: str) -> None:
    request = cases.request_of(next(case for case in READABLE if case["channel"] == name))
    with pytest.raises(BadSignature):
        CHANNELS[name].verify(request, Secrets(current={}))


@settings(max_examples=150)
@given(name=st.sampled_from(sorted(CHANNELS)), body=junk)
def test_any_json_is_read_or_refused(name: str, body: Any) -> None:
    case = {"channel": name, "transport": "webhook_post"}
    parse_or_refuse(case, json.dumps(body).encode())


@settings(max_examples=100)
@given(name=st.sampled_from(sorted(CHANNELS)), body=st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(name: str, body: bytes) -> None:
    parse_or_refuse({"channel": name, "transport": "webhook_post"}, body)


@settings(max_examples=400, deadline=None)
@given(case=st.sampled_from([c for c in POSTED if "body" in c]), data=st.data())
def test_a_recorded_case_with_junk_anywhere_is_read_or_refused(
    case: Case, data: st.DataObject
) -> None:
    place = data.draw(st.sampled_from(_places(case["body"])))
    mutated = with_body(case, case["body"])
    mutated["body"] = _replaced(mutated["body"], place, data.draw(junk))
    parse_or_refuse(mutated, cases.body_of(mutated))


@settings(max_examples=150, deadline=None)
@given(case=st.sampled_from(POSTED), data=st.data())
def test_a_recorded_case_cut_short_is_read_or_refused(case: Case, data: st.DataObject) -> None:
    body = cases.body_of(case)
    parse_or_refuse(case, body[: data.draw(st.integers(0, len(body)))])


def _places(value: Any, above: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in a JSON value, the root first."""
    pairs: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = list(enumerate(value))
    below = (place for name, child in pairs for place in _places(child, (*above, name)))
    return [above, *below]


def _replaced(value: Any, place: tuple[str | int, ...], junk: Any) -> Any:
    if not place:
        return junk
    value[place[0]] = _replaced(value[place[0]], place[1:], junk)
    return value
