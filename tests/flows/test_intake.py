"""What comes in is kept before it is answered for, taken in once, and never lost."""

import json
import random

import pytest

from chalicelib.channels.contract import WebhookRequest
from chalicelib.errors import BadSignature, ChannelNotApproved, NotFound, TooLarge
from chalicelib.flows import nudges
from chalicelib.flows.desk.viewing import ConversationView, view_conversation, view_queue
from chalicelib.flows.running.accounting import balance
from chalicelib.flows.running.operating import overview, replay_envelope
from chalicelib.flows.taking_in.accepting import accept
from chalicelib.flows.taking_in.arrival import Arrival
from chalicelib.flows.taking_in.intake import parse
from chalicelib.flows.taking_in.receiving import LARGEST_BODY, answer_handshake, receive_webhook
from chalicelib.store import directory, envelopes
from tests.conftest import (
    MARIJKE,
    SANNE,
    TOMASZ,
    WHATSAPP,
    Town,
    account,
    signed,
    whatsapp_body,
)


def only_view(town: Town) -> ConversationView:
    (row,) = view_queue(town.services, SANNE).rows
    return view_conversation(town.services, SANNE, row.subject)


def texts(town: Town) -> list[str]:
    return [one.message.text for one in only_view(town).messages]


def edit(of: str, text: str, at: int) -> dict[str, object]:
    changed = {"type": "text", "text": {"body": text}}
    return {
        "id": f"wamid.edit-{at}",
        "from_user_id": "NL.1001",
        "timestamp": str(at),
        "type": "edit",
        "edit": {"original_message_id": of, "message": changed},
    }


def revoke(of: str, at: int) -> dict[str, object]:
    return {
        "id": f"wamid.revoke-{at}",
        "from_user_id": "NL.1001",
        "timestamp": str(at),
        "type": "revoke",
        "revoke": {"original_message_id": of},
    }


def test_a_forged_delivery_is_refused_counted_and_not_kept(town: Town) -> None:
    with pytest.raises(BadSignature):
        receive_webhook(town.services, "whatsapp", WHATSAPP, signed(b"{}", "guess"))
    seen = overview(town.services, TOMASZ)
    assert [(r.account, r.reason, r.count) for r in seen.refusals] == [
        (WHATSAPP, "bad signature", 1)
    ]
    assert seen.balance.total.received == 0


def test_an_unapproved_account_is_closed_and_the_operator_reads_why(town: Town) -> None:
    ended = account("whatsapp", "700", until="2026-01-01T00:00:00.000Z")
    town.services.table.write(directory.kept_account(ended))
    with pytest.raises(ChannelNotApproved):
        receive_webhook(town.services, "whatsapp", "700", signed(b"{}"))
    (refusal,) = overview(town.services, TOMASZ).refusals
    assert refusal.reason == "approval ended"


def test_an_invented_account_is_counted_under_unknown(town: Town) -> None:
    with pytest.raises(NotFound):
        receive_webhook(town.services, "whatsapp", "x" * 5000, signed(b"{}"))
    (refusal,) = overview(town.services, TOMASZ).refusals
    assert (refusal.channel, refusal.reason) == ("unknown", "unknown account")


def test_a_body_over_the_limit_leaves_nothing_behind(town: Town) -> None:
    with pytest.raises(TooLarge):
        receive_webhook(town.services, "whatsapp", WHATSAPP, signed(b" " * (LARGEST_BODY + 1)))
    assert balance(town.services, MARIJKE).total.received == 0


def test_a_large_body_goes_by_the_bucket_and_is_read_all_the_same(town: Town) -> None:
    town.whatsapp("mijn verhaal is lang: " + "heel " * 40_000)
    town.work()
    assert balance(town.services, MARIJKE).total.accepted == 1
    assert texts(town)[0].startswith("mijn verhaal is lang")


def test_the_platform_checks_our_address(town: Town) -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": "wa-verify", "hub.challenge": "0012"}
    request = WebhookRequest(method="GET", query=query)
    assert answer_handshake(town.services, "whatsapp", WHATSAPP, request) == "0012"
    wrong = WebhookRequest(method="GET", query=query | {"hub.verify_token": "guess"})
    with pytest.raises(BadSignature):
        answer_handshake(town.services, "whatsapp", WHATSAPP, wrong)


def test_a_signed_body_that_is_no_json_is_kept_and_can_be_read_again(town: Town) -> None:
    town.deliver_bytes(b"\xff not json")
    town.work()
    ((envelope, id_),) = overview(town.services, TOMASZ).unreadable
    assert envelope.state == "unreadable"
    replay_envelope(town.services, TOMASZ, id_)
    assert balance(town.services, MARIJKE).owed == 1
    town.work()
    assert balance(town.services, MARIJKE).total.unreadable == 1
    assert balance(town.services, MARIJKE).owed == 0


def test_a_broken_element_does_not_poison_its_neighbours(town: Town) -> None:
    good = {"id": "wamid.a", "from_user_id": "NL.1001", "type": "text", "text": {"body": "hoi"}}
    body = json.loads(whatsapp_body([good | {"timestamp": "1790000000"}]))
    body["entry"][0]["changes"][0]["value"]["messages"] += [None, 7, {"no": "id"}]
    town.deliver_bytes(json.dumps(body).encode())
    town.work()
    assert texts(town) == ["hoi"]
    assert balance(town.services, MARIJKE).total.ignored == 3


def test_an_unknown_type_is_something_an_agent_can_see(town: Town) -> None:
    town.deliver_whatsapp({"id": "wamid.h", "from_user_id": "NL.1", "type": "hologram"})
    town.work()
    assert only_view(town).messages[0].message.kind == "unsupported"


def test_an_edit_keeps_the_earlier_text_and_is_assessed_again(town: Town) -> None:
    id_ = town.whatsapp("er is brandt in de straat, help")
    town.work()
    at = int(town.clock.at.timestamp()) + 5
    town.deliver_whatsapp(edit(id_, "er was iets in de straat", at))
    town.deliver_whatsapp(edit(id_, "er was iets in de straat", at))
    town.work()
    (view,) = only_view(town).messages
    assert view.message.text == "er was iets in de straat"
    assert [one.text for one in view.message.earlier] == ["er is brandt in de straat, help"]
    assert view.message.triaged


def test_an_edit_that_overtakes_its_message_stands_in_for_it(town: Town) -> None:
    at = int(town.clock.at.timestamp()) + 5
    town.deliver_whatsapp(edit("wamid.1", "de tweede versie", at))
    town.work()
    town.whatsapp("de eerste versie", id_="wamid.1")
    town.work()
    (view,) = only_view(town).messages
    assert view.message.text == "de tweede versie"
    assert [one.text for one in view.message.earlier] == ["de eerste versie"]


def test_a_deletion_takes_the_words_away(town: Town) -> None:
    id_ = town.whatsapp("dit had ik niet moeten zeggen")
    town.work()
    town.deliver_whatsapp(revoke(id_, int(town.clock.at.timestamp()) + 5))
    town.work()
    (view,) = only_view(town).messages
    assert (view.message.text, bool(view.message.deleted_at)) == ("", True)


def test_a_deletion_before_its_message_leaves_a_tombstone(town: Town) -> None:
    at = int(town.clock.at.timestamp())
    town.deliver_whatsapp(revoke("wamid.1", at), revoke("wamid.1", at + 1))
    town.work()
    town.whatsapp("te laat om nog te lezen", id_="wamid.1")
    town.whatsapp("wel lezen", id_="wamid.2")
    town.work()
    assert texts(town) == ["", "wel lezen"]
    assert balance(town.services, MARIJKE).owed == 0


def test_a_late_message_stands_where_it_was_written_and_is_marked(town: Town) -> None:
    at = int(town.clock.at.timestamp())
    town.whatsapp("dit is het tweede", timestamp=str(at))
    town.clock.forward(minutes=10)
    town.whatsapp("dit was het eerste", timestamp=str(at - 60))
    town.work()
    shown = only_view(town).messages
    assert [(one.message.text, one.message.late) for one in shown] == [
        ("dit was het eerste", True),
        ("dit is het tweede", True),
    ]


def test_a_thousand_updates_in_one_post_all_arrive(town: Town) -> None:
    messages = [
        {
            "id": f"wamid.{n}",
            "from_user_id": f"NL.{n % 100}",
            "type": "text",
            "text": {"body": f"bericht {n}"},
        }
        for n in range(1000)
    ]
    town.deliver_whatsapp(*messages)
    town.work()
    ledger = balance(town.services, MARIJKE)
    assert (ledger.total.received, ledger.total.accepted, ledger.owed) == (1, 1000, 0)


def test_a_lost_nudge_is_found_by_the_sweeper(town: Town) -> None:
    town.whatsapp("hallo?")
    for job in town.services.jobs.receive("direct"):
        town.services.jobs.finish(job)  # lost: nobody did the work
    assert balance(town.services, MARIJKE).owed == 1
    town.clock.forward(seconds=30)
    town.sweep()
    assert texts(town) == ["hallo?"]


def test_a_crash_between_accepting_and_writing_the_outcome_counts_right(town: Town) -> None:
    town.whatsapp("een")
    (job,) = town.services.jobs.receive("direct")
    key = nudges.understood(job.body).key
    loaded = envelopes.load(town.services.table, town.services.bucket, key, town.services.now())
    assert loaded
    for message in parse(town.services, *loaded).messages:
        accept(town.services, Arrival(loaded[0], key, message))  # and here the process dies
    town.clock.forward(minutes=2)
    town.sweep()
    ledger = balance(town.services, MARIJKE)
    assert (ledger.total.accepted, ledger.total.duplicates, ledger.owed) == (1, 0, 0)


def test_whatever_the_order_and_however_often_each_message_is_there_once(town: Town) -> None:
    dice = random.Random(7)
    at = int(town.clock.at.timestamp())
    bodies = [
        whatsapp_body(
            [
                {
                    "id": f"wamid.{n}",
                    "from_user_id": f"NL.{n % 3}",
                    "timestamp": str(at - n),
                    "type": "text",
                    "text": {"body": f"{n}"},
                }
            ]
        )
        for n in range(30)
    ] * 3
    dice.shuffle(bodies)
    for body in bodies:
        town.deliver_bytes(body)
        if dice.random() < 0.3:
            town.work()
    town.work()
    found = [
        one.message.text
        for row in view_queue(town.services, SANNE).rows
        for one in view_conversation(town.services, SANNE, row.subject).messages
    ]
    assert sorted(found, key=int) == [str(n) for n in range(30)]
    assert balance(town.services, MARIJKE).total.duplicates == 60
