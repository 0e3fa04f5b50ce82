"""Deliveries of many: order, doubles and bad neighbours change nothing for the others."""

import json
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.channels.contract import AccountSettings
from chalicelib.channels.whatsapp.parse import parse
from chalicelib.domain.message import Parsed
from infra.cases import raw_of

PAYLOADS = Path(__file__).parent / "payloads"
SETTINGS = AccountSettings(account="700300400500")


def _entries() -> list[Any]:
    """One entry for each recorded case of one message, no two about the same."""
    found: dict[tuple[object, ...], Any] = {}
    for path in sorted(PAYLOADS.glob("*.json")):
        case = json.loads(path.read_text())
        expected, body = case["expect"], case.get("body")
        if body and len(expected["messages"]) == 1 and len(body["entry"]) == 1:
            message = expected["messages"][0]
            key = message["external_id"], message["kind"], message["timestamp"]
            if expected["ignored"] + expected["statuses"] == 0:
                found.setdefault(key, body["entry"][0])
    return list(found.values())


ENTRIES = _entries()


def text(number: int) -> dict[str, Any]:
    return {
        "from": "31600000041",
        "id": f"wamid.{number}",
        "timestamp": str(1_800_000_000 + number),
        "type": "text",
        "text": {"body": f"bericht {number}"},
    }


def parsed(entries: list[Any]) -> Parsed:
    return parse(raw_of({"body": envelope(entries)}), SETTINGS)


def envelope(entries: list[Any]) -> dict[str, Any]:
    return {"object": "whatsapp_business_account", "entry": entries}


def entry(elements: list[Any]) -> dict[str, Any]:
    value = {"metadata": {"phone_number_id": "700300400500"}, "messages": elements}
    return {"id": "1", "changes": [{"field": "messages", "value": value}]}


def test_there_is_something_to_shuffle() -> None:
    assert len(ENTRIES) > 50


@settings(max_examples=25, deadline=None)
@given(order=st.permutations([*range(len(ENTRIES)), *range(len(ENTRIES))]))
def test_a_shuffled_and_doubled_delivery_gives_the_same_set(order: list[int]) -> None:
    once, twice = parsed(ENTRIES), parsed([ENTRIES[place] for place in order])
    assert set(twice.messages) == set(once.messages)
    assert twice.ignored == len(ENTRIES)


@settings(max_examples=150)
@given(
    place=st.integers(0, 4),
    bad=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda children: (
            st.lists(children, max_size=3)
            | st.dictionaries(
                st.sampled_from(["id", "type", "text", "image", "edit", "context", "from"]),
                children,
            )
        ),
        max_leaves=8,
    ),
)
def test_the_siblings_of_a_junk_element_survive(place: int, bad: Any) -> None:
    elements: list[Any] = [text(number) for number in range(5)]
    elements[place] = bad
    found = parsed([entry(elements)])
    survivors = {f"wamid.{number}" for number in range(5) if number != place}
    assert survivors <= {message.external_id for message in found.messages}
    assert len(found.messages) + found.ignored == 5


@settings(max_examples=60)
@given(bad=st.sampled_from([None, 0, "x", [], {}, [[]], True]), level=st.integers(0, 2))
def test_the_siblings_of_a_junk_entry_or_change_survive(bad: Any, level: int) -> None:
    good = entry([text(1)])
    value = {"metadata": bad, "contacts": bad, "messages": [text(2)], "statuses": bad}
    odd: list[Any] = [
        bad,
        {"id": "2", "changes": [bad]},
        {"id": "2", "changes": [{"field": "messages", "value": value}]},
    ]
    found = parsed([odd[level], good])
    assert "wamid.1" in {message.external_id for message in found.messages}


def test_a_thousand_updates_of_as_many_people_are_read_in_order() -> None:
    contacts = [{"wa_id": f"316{n:08}", "profile": {"name": f"Inwoner {n}"}} for n in range(1000)]
    one = entry([{**text(n), "from": f"316{n:08}"} for n in range(1000)])
    one["changes"][0]["value"]["contacts"] = contacts
    raw = raw_of({"body": envelope([one])})
    found = parse(raw, SETTINGS)
    assert [message.external_id for message in found.messages] == [
        f"wamid.{n}" for n in range(1000)
    ]
    assert [message.author_name for message in found.messages] == [
        f"Inwoner {n}" for n in range(1000)
    ]


def test_oddities_say_why_without_what_the_citizen_wrote() -> None:
    secret = {**text(1), "text": {"body": "mijn bsn is geheim"}}
    found = parsed([entry([secret, secret, {"text": {"body": "mijn bsn is geheim"}}]), {}])
    assert found.oddities == ("double text", "message without id and type", "entry without changes")
