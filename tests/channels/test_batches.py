"""What comes many at a time, beyond Meta: order and doubles change nothing, neighbours survive."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.channels.registry import CHANNELS
from chalicelib.domain.message import Parsed
from chalicelib.errors import BadPayload
from tests.channels.channel_corpus import READABLE, Case, parse_case

LISTS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "x": ("x", "webhook_post", ("data",)),
    "x-older": ("x", "webhook_post", ("tweet_create_events",)),
    "x-read": ("x", "poll", ("data",)),
    "reddit": ("reddit", "poll", ("data", "children")),
    "youtube": ("youtube", "poll", ("items",)),
    "mastodon": ("mastodon", "poll", ()),
    "bluesky": ("bluesky", "poll", ("notifications",)),
    "bluesky-private": ("bluesky", "poll", ("logs",)),
    "telegram": ("telegram", "poll", ("result",)),
    "sms": ("sms", "lambda_sns", ("Records",)),
    "email": ("email", "lambda_sns", ("Records",)),
}
"""Of each notation: its channel, how it comes in, and where in the body the elements stand."""

ONE_A_DELIVERY = frozenset({"chat", "form", "partner", "spoken"})
ELSEWHERE = frozenset({"whatsapp", "messenger", "facebook", "instagram", "news"})
"""Shuffled in test_meta_batches.py and in the folders of WhatsApp and news."""

AT_LEAST = {"telegram": 2, "bluesky-private": 4, "email": 4}
BAD: tuple[Any, ...] = (
    None,
    7,
    "stuk",
    [],
    {},
    {"id": {}},
    {"kind": "t1", "data": 3},
    {"data": None},
)


def in_body(body: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        body = body.get(name) if isinstance(body, dict) else None
    return body


def of_notation(name: str) -> Iterator[Case]:
    """Recorded cases with messages."""
    channel, transport, path = LISTS[name]
    for case in READABLE:
        if (case["channel"], case["transport"]) == (channel, transport):
            elements = in_body(case.get("body"), path)
            if isinstance(elements, list | dict) and case["expect"]["messages"]:
                yield case


def around(path: tuple[str, ...], elements: list[Any]) -> Any:
    """The body that brings these elements."""
    body: Any = elements
    for name in reversed(path):
        body = {name: body}
    if path == ("result",):
        body["ok"] = True
    return {"meta": {}, **body} if path == ("data",) else body


def gathered(name: str) -> tuple[Case, list[Any]]:
    """One case to read by, and elements of one message each, no two about the same."""
    _, _, path = LISTS[name]
    found: dict[object, Any] = {}
    objects: dict[str, Any] = {}
    first: Case = {}
    for number, case in enumerate(of_notation(name)):
        first = first or case
        objects |= case.get("fixtures") or {}
        reader = {**first, "fixtures": objects}
        elements = in_body(case["body"], path)
        for element in elements if isinstance(elements, list) else [elements]:
            for one in (element, under_another_id(reader, path, element, number)):
                id = only_id(reader, path, one)
                if id and id not in found:
                    found[id] = one
                    break
    return {**first, "fixtures": objects}, list(found.values())


def only_id(case: Case, path: tuple[str, ...], element: Any) -> str | None:
    """The id of the one message in this element; None when it holds more, or something else."""
    try:
        alone = parse_case({**case, "body": around(path, [element])})
    except BadPayload:
        return None
    whole = len(alone.messages) == 1 and not alone.ignored
    return alone.messages[0].external_id if whole else None


def under_another_id(case: Case, path: tuple[str, ...], element: Any, number: int) -> Any:
    """Recordings share their ids; here each is about something else."""
    id = only_id(case, path, element)
    return json.loads(json.dumps(element).replace(id, f"{id}{number}")) if id else element


GATHERED = {name: gathered(name) for name in LISTS}
NAMES = pytest.mark.parametrize("name", LISTS)


def read(name: str, elements: list[Any]) -> Parsed:
    case, _ = GATHERED[name]
    return parse_case({**case, "body": around(LISTS[name][2], elements)})


def test_every_channel_that_brings_many_is_shuffled_somewhere() -> None:
    assert {LISTS[name][0] for name in LISTS} | ELSEWHERE | ONE_A_DELIVERY == set(CHANNELS)


@NAMES
def test_there_is_something_to_shuffle(name: str) -> None:
    assert len(GATHERED[name][1]) >= AT_LEAST.get(name, 8)


@NAMES
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_shuffled_and_doubled_batch_gives_the_same_set(name: str, data: st.DataObject) -> None:
    elements = GATHERED[name][1]
    order = data.draw(st.permutations([*range(len(elements)), *range(len(elements))]))
    once, twice = read(name, elements), read(name, [elements[place] for place in order])
    assert set(twice.messages) == set(once.messages)
    assert (len(once.messages), once.ignored) == (len(elements), 0)
    assert twice.ignored == len(elements)


@NAMES
@pytest.mark.parametrize("bad", BAD, ids=json.dumps)
def test_the_neighbours_of_a_bad_element_survive(name: str, bad: Any) -> None:
    elements = GATHERED[name][1]
    found = read(name, [elements[0], bad, *elements[1:]])
    assert set(found.messages) == set(read(name, elements).messages)
    assert found.ignored == 1
