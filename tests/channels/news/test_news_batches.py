"""Feeds of many: order and doubles change nothing, and one bad entry takes no other with it."""

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.channels.contract import AccountSettings
from chalicelib.channels.news.parse import parse
from chalicelib.domain.message import Message
from infra.cases import raw_of

CASE = json.loads((Path(__file__).parent / "payloads" / "rss.json").read_text())
ITEMS = [
    f"<item><guid>n-{number}</guid><title>Brand in Zutphen {number}</title></item>"
    for number in range(8)
]
BAD = "<item/>"


def read(items: list[str]) -> dict[str, Message]:
    body = f"<rss><channel><title>Stedendriehoek</title>{''.join(items)}</channel></rss>"
    raw = raw_of({**CASE, "body_raw": body})
    return {one.external_id: one for one in parse(raw, AccountSettings(account="a")).messages}


@settings(max_examples=15, deadline=None)
@given(order=st.permutations([*ITEMS, *ITEMS, BAD, BAD]))
def test_a_shuffled_and_doubled_feed_with_bad_entries_gives_the_same_set(order: list[str]) -> None:
    assert len(read(ITEMS)) == len(ITEMS)
    assert read(order) == read(ITEMS)
