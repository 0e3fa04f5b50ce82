"""Deliveries of many on Messenger, Facebook and Instagram: neighbours, order and doubles."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.channels.contract import AccountSettings
from chalicelib.channels.registry import CHANNELS
from chalicelib.domain.message import Parsed, Receipt
from infra.cases import raw_of

PAGE, IG = "330000000000001", "17840000000000055"
ACCOUNTS = {"messenger": PAGE, "facebook": PAGE, "instagram": IG}
NAMES = pytest.mark.parametrize("name", ACCOUNTS)

junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda children: (
        st.lists(children, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["message", "mid", "text", "sender", "id", "field", "value", "item", "from"]
            ),
            children,
        )
    ),
    max_leaves=8,
)


def entries_of(name: str) -> list[Any]:
    """One entry for each recorded case of one message, no two about the same."""
    found: dict[tuple[object, ...], Any] = {}
    for path in sorted((Path(__file__).parent / name / "payloads").glob("*.json")):
        case = json.loads(path.read_text())
        expected, body = case["expect"], case.get("body")
        whole = isinstance(body, dict) and isinstance(body.get("entry"), list)
        if whole and len(expected["messages"]) == len(body["entry"]) == 1:
            message = expected["messages"][0]
            if (
                expected["ignored"] + expected["statuses"] == 0
                and case["config"]
                and body["object"]
            ):
                key = message["external_id"], message["kind"], message["timestamp"]
                plain = message["external_id"]
                repeated = message["kind"] in ("edited", "deleted", "reaction")
                found.setdefault(key if repeated else (plain,), body["entry"][0])
    return list(found.values())


ENTRIES = {name: entries_of(name) for name in ACCOUNTS}


def parsed(name: str, entries: list[Any]) -> Parsed:
    about = "instagram" if name == "instagram" else "page"
    body = {"object": about, "entry": entries}
    account = AccountSettings(account=ACCOUNTS[name])
    return CHANNELS[name].parse(raw_of({"body": body}), account)


def text(name: str, number: int, **more: Any) -> dict[str, Any]:
    return {
        "sender": {"id": "61007"},
        "recipient": {"id": ACCOUNTS[name]},
        "timestamp": 1_800_000_000_000 + number,
        "message": {"mid": f"m{number}", "text": f"bericht {number}", **more},
    }


def comment(name: str, number: int) -> dict[str, Any]:
    writer = {"id": "U7", "name": "Kees", "username": "kees"}
    on_page = {"item": "comment", "verb": "add", "comment_id": f"m{number}", "post_id": "1_9"}
    on_media = {"id": f"m{number}", "media": {"id": "1700"}}
    value = {"from": writer, **(on_media if name == "instagram" else on_page)}
    return {"field": "comments" if name == "instagram" else "feed", "value": value}


def private(name: str, elements: list[Any]) -> dict[str, Any]:
    return {"id": ACCOUNTS[name], "time": 1_800_000_000, "messaging": elements}


def public(name: str, changes: list[Any]) -> dict[str, Any]:
    return {"id": ACCOUNTS[name], "time": 1_800_000_000, "changes": changes}


@NAMES
def test_there_is_something_to_shuffle(name: str) -> None:
    assert len(ENTRIES[name]) >= 20


@NAMES
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_shuffled_and_doubled_delivery_gives_the_same_set(name: str, data: st.DataObject) -> None:
    entries = ENTRIES[name]
    order = data.draw(st.permutations([*range(len(entries)), *range(len(entries))]))
    once, twice = parsed(name, entries), parsed(name, [entries[place] for place in order])
    assert set(twice.messages) == set(once.messages)
    assert len(once.messages) == len(entries)
    assert twice.ignored == len(entries)


@NAMES
@settings(max_examples=80)
@given(place=st.integers(0, 4), bad=junk)
def test_the_siblings_of_a_junk_element_survive(name: str, place: int, bad: Any) -> None:
    for wrap, make in ((private, text), (public, comment)):
        elements: list[Any] = [make(name, number) for number in range(5)]
        elements[place] = bad
        found = parsed(name, [wrap(name, elements)])
        survivors = {f"m{number}" for number in range(5) if number != place}
        assert survivors <= {message.external_id for message in found.messages}
        assert len(found.messages) + found.ignored + len(found.statuses) == 5


@NAMES
def test_a_thousand_messages_are_read_in_order(name: str) -> None:
    entry = private(name, [text(name, number) for number in range(1000)])
    found = parsed(name, [entry])
    assert [one.external_id for one in found.messages] == [f"m{n}" for n in range(1000)]


@NAMES
def test_oddities_say_why_without_what_the_citizen_wrote(name: str) -> None:
    secret = text(name, 1)
    secret["message"]["text"] = "mijn bsn is geheim"
    nameless = {**secret, "message": {"text": "mijn bsn is geheim"}}
    found = parsed(name, [private(name, [secret, secret, nameless]), {}])
    assert found.oddities == ("double text", "message without id", "entry with nothing in it")


@NAMES
def test_an_echo_is_ignored_and_yet_proves_which_answer_of_ours_arrived(name: str) -> None:
    element = text(name, 1, is_echo=True, metadata="reply-7")
    element |= {"sender": {"id": ACCOUNTS[name]}, "recipient": {"id": "61007"}}
    found = parsed(name, [private(name, [element, text(name, 2, is_echo=True)])])
    assert (found.messages, found.statuses, found.ignored) == ((), (), 2)
    (proof,) = found.noted
    assert (proof.external_id, proof.state, proof.reply_id) == ("m1", "sent", "reply-7")


@NAMES
def test_a_receipt_about_two_answers_counts_once_and_tells_of_both(name: str) -> None:
    element = {**text(name, 1), "delivery": {"mids": ["a", "b", "a"], "watermark": 1}}
    del element["message"]
    found = parsed(name, [private(name, [element])])
    told: list[Receipt] = [*found.statuses, *found.noted]
    assert [(one.external_id, one.state) for one in told] == [
        ("a", "delivered"),
        ("b", "delivered"),
    ]
    assert len(found.statuses) == 1


@NAMES
def test_what_is_public_names_its_thread_and_what_is_private_has_none(name: str) -> None:
    found = parsed(name, [private(name, [text(name, 1)]), public(name, [comment(name, 2)])])
    assert [one.thread for one in found.messages] == [
        None,
        "1700" if name == "instagram" else "1_9",
    ]


@NAMES
def test_files_are_referred_to_by_their_address(name: str) -> None:
    files = [
        {"type": "video", "payload": {"url": "https://a.fbcdn.net/1"}},
        {"type": "file", "payload": {"url": "https://a.fbcdn.net/2"}},
        {"type": "location", "payload": {}},
    ]
    (message,) = parsed(name, [private(name, [text(name, 1, attachments=files)])]).messages
    assert [(one.kind, one.url) for one in message.media] == [
        ("video", "https://a.fbcdn.net/1"),
        ("document", "https://a.fbcdn.net/2"),
    ]
