"""Every recorded case gives exactly what stands beside it."""

from collections import Counter

import pytest

from chalicelib.channels.registry import CHANNELS
from infra.parse import outcome_of
from tests.channels.channel_corpus import CASES, READABLE, Case, name_of_case, parse_case

AT_LEAST = {
    "chat": 35,
    "email": 80,
    "sms": 45,
    "spoken": 10,
    "partner": 10,
    "bluesky": 45,
    "facebook": 80,
    "form": 15,
    "instagram": 100,
    "mastodon": 40,
    "messenger": 100,
    "news": 6,
    "reddit": 55,
    "telegram": 115,
    "whatsapp": 130,
    "x": 110,
    "youtube": 45,
}


@pytest.mark.parametrize("case", CASES, ids=name_of_case)
def test_a_recorded_case_gives_what_stands_beside_it(case: Case) -> None:
    outcome, expected = outcome_of(case), case["expect"]
    assert outcome["error"] == expected.get("error")
    assert outcome["messages"] == expected["messages"]
    assert outcome["statuses"] == expected["statuses"]
    assert outcome["ignored"] == expected["ignored"]
    refused = {"status": 403, "body": ""} if expected.get("error") == "BadSignature" else None
    assert outcome.get("http") == expected.get("http", refused)


@pytest.mark.parametrize(
    "case", [case for case in READABLE if "receipts" in case["expect"]], ids=name_of_case
)
def test_receipts_say_which_reply_and_why(case: Case) -> None:
    found = [
        {
            "external_id": receipt.external_id,
            "state": receipt.state,
            "timestamp": receipt.timestamp and f"{receipt.timestamp:%Y-%m-%dT%H:%M:%SZ}",
            "reply_id": receipt.reply_id,
            "code": receipt.code,
        }
        for receipt in parse_case(case).statuses
    ]
    assert found == case["expect"]["receipts"]


@pytest.mark.parametrize(
    "case", [case for case in READABLE if "accounts" in case["expect"]], ids=name_of_case
)
def test_each_message_names_the_account_it_came_in_on(case: Case) -> None:
    accounts = [message.account for message in parse_case(case).messages]
    assert accounts == case["expect"]["accounts"]


def test_every_channel_has_a_corpus() -> None:
    counts = Counter(case["channel"] for case in CASES)
    assert set(counts) == set(CHANNELS)
    assert {name for name, least in AT_LEAST.items() if counts[name] < least} == set()


def test_every_case_says_what_it_shows() -> None:
    assert [case["id"] for case in CASES if not case["description"]] == []
