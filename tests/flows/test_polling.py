"""What platforms do not deliver is read: nothing twice on the screen, nothing skipped, no sleep."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.account import Account, Approval
from chalicelib.domain.moments import later
from chalicelib.domain.polling import LEASE, Source, leased
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.flows.running.accounting import balance
from chalicelib.flows.running.operating import overview
from chalicelib.flows.taking_in.freshness import Freshness
from chalicelib.flows.taking_in.keeping import keep_page
from chalicelib.flows.taking_in.polling import fetch, poll
from chalicelib.flows.taking_in.sources import begin_reading
from chalicelib.store import alarms, cursors, directory, keys
from tests.conftest import MARIJKE, REDDIT, SANNE, TOMASZ, Town, X
from tests.listening.searches import listening_for

APPROVED = Approval(until="2027-01-01T00:00:00.000Z", by="M. Bos", ground="proef")
MENTIONS = keys.cursor("x", X, "mentions")


def open_account(town: Town, channel: str = "x", account: str = X, **settings: str) -> Account:
    """An account that may answer and listen, with a budget."""
    found = Account(
        channel=channel,
        account=account,
        name=channel,
        team="oost",
        approvals={"answer": APPROVED, "listen": APPROVED},
        settings={"euros_per_month": "10", **settings},
    )
    town.services.table.write(directory.kept_account(found))
    return found


def mention(town: Town, text: str, author: str = "660001", **more: Any) -> str:
    """Somebody names us; the platform's id of it."""
    at = town.clock.at.timestamp()
    return town.fakes.post("x", account=X, author=author, name="Roos", text=text, at=at, **more)


def shown(town: Town) -> list[list[str]]:
    """The texts of each conversation on the queue."""
    rows = view_queue(town.services, SANNE).rows
    views = [view_conversation(town.services, SANNE, row.subject) for row in rows]
    return sorted([one.message.text for one in view.messages] for view in views)


def source(town: Town) -> Source:
    found = cursors.find(town.services.table, MENTIONS, town.services.now())
    assert found
    return found


def fresh(town: Town) -> Freshness:
    (found,) = overview(town.services, TOMASZ).sources
    return found


def test_a_mention_is_read_and_waits_on_the_queue(town: Town) -> None:
    open_account(town)
    mention(town, "@PolVoorbeeld is het bureau open?")
    town.sweep()
    assert shown(town) == [["@PolVoorbeeld is het bureau open?"]]
    ledger = balance(town.services, MARIJKE)
    assert (ledger.total.received, ledger.total.accepted, ledger.owed) == (1, 1, 0)


def test_what_was_read_is_not_read_again(town: Town) -> None:
    open_account(town)
    mention(town, "een")
    town.sweep()
    town.clock.forward(seconds=61)
    mention(town, "twee", author="660002")
    town.sweep()
    assert shown(town) == [["een"], ["twee"]]
    assert balance(town.services, MARIJKE).total.duplicates == 0


def test_an_empty_page_leaves_no_envelope(town: Town) -> None:
    open_account(town)
    for _ in range(3):
        town.sweep()
        town.clock.forward(seconds=61)
    assert balance(town.services, MARIJKE).total.received == 0
    assert fresh(town).last_success_at


def test_pages_come_newest_first_and_none_is_skipped(town: Town) -> None:
    open_account(town)
    mention(town, "het begin")
    town.sweep()
    thread = mention(town, "0", author="660009")
    for number in range(1, 250):
        town.clock.forward(milliseconds=10)
        mention(town, str(number), author="660009", thread=thread)
    town.clock.forward(seconds=61)
    town.work()
    (lines,) = [texts for texts in shown(town) if len(texts) > 1]
    assert sorted(lines, key=int) == [str(number) for number in range(250)]
    ledger = balance(town.services, MARIJKE).total
    assert (ledger.received, ledger.accepted, ledger.duplicates) == (4, 251, 0)


def test_a_crash_in_the_middle_of_the_pages_goes_on_with_the_next(town: Town) -> None:
    open_account(town)
    mention(town, "het begin")
    town.sweep()
    for number in range(150):
        mention(town, str(number), author=f"66{number}")
    town.clock.forward(seconds=61)
    poll(town.services, MENTIONS)  # the first page; then every job is lost
    for lane in ("poll", "direct"):
        for job in town.services.jobs.receive(lane):
            town.services.jobs.finish(job)
    town.clock.forward(seconds=61)
    town.sweep()
    assert balance(town.services, MARIJKE).total.accepted == 151


def test_a_crash_between_page_and_cursor_shows_nothing_twice(town: Town) -> None:
    account = open_account(town)
    town.sweep()
    mention(town, "mijn fiets is weg")
    town.clock.forward(seconds=61)
    before = source(town)
    mine = leased(before, town.services.now())
    town.services.table.write(cursors.saved(before, mine, town.services.now()))
    keep_page(town.services, account, fetch(town.services, account, mine), listened=False)
    town.work()  # and here the process dies: the page is safe, the cursor did not move
    assert shown(town) == [["mijn fiets is weg"]]
    town.clock.forward(seconds=LEASE.total_seconds() + 1)
    town.sweep()
    assert shown(town) == [["mijn fiets is weg"]]
    ledger = balance(town.services, MARIJKE)
    assert (ledger.total.received, ledger.total.accepted, ledger.total.duplicates) == (2, 1, 1)
    assert ledger.owed == 0


def test_half_a_page_is_read_again(town: Town) -> None:
    open_account(town)
    mention(town, "hallo?")
    half = '{"data":[{"id":"3001","text":"hal'
    town.fakes.fail(channel="x", status=200, body=half, reads=True)
    town.sweep()
    assert shown(town) == []
    assert "onleesbare" in (fresh(town).error or "")
    town.clock.forward(seconds=10)
    town.work()
    assert (shown(town), fresh(town).error) == ([["hallo?"]], None)
    assert balance(town.services, MARIJKE).total.unreadable == 0


def test_throttled_waits_to_the_second_and_nobody_sleeps(town: Town) -> None:
    open_account(town)
    mention(town, "hallo?")
    town.fakes.fail(channel="x", mode="throttle", retry_after=437, reads=True)
    town.sweep()
    assert source(town).next_at == later(town.services.now(), timedelta(seconds=437))
    assert fresh(town).error == "te veel verzoeken"
    town.clock.forward(seconds=436)
    town.sweep()
    assert shown(town) == []
    town.clock.forward(seconds=1.2)
    town.work()  # by its own job: no sweep needed
    assert shown(town) == [["hallo?"]]


def test_the_last_request_of_a_window_is_followed_by_a_pause(town: Town) -> None:
    open_account(town)
    clock = {"Date": "Fri, 15 Jan 2027 08:00:00 GMT", "x-rate-limit-reset": "1800000200"}
    town.fakes.fail(
        channel="x",
        status=200,
        body={"meta": {"result_count": 0}},
        headers={**clock, "x-rate-limit-remaining": "0"},
        reads=True,
    )
    town.sweep()
    assert source(town).next_at == later(town.services.now(), timedelta(seconds=200))
    assert fresh(town).error is None


@pytest.mark.parametrize("status", [500, 503, 502])
def test_a_fault_at_the_platform_is_tried_again_later_and_later(town: Town, status: int) -> None:
    open_account(town)
    mention(town, "hallo?")
    town.fakes.fail(channel="x", status=status, body="<html>", times=3, reads=True)
    town.sweep()
    waits = []
    for _ in range(3):
        waits.append(source(town).next_at)
        town.clock.forward(seconds=30)
        town.work()
    assert len(set(waits)) == 3
    assert shown(town) == [["hallo?"]]
    assert alarms.standing(town.services.table) == []


def test_expired_credentials_raise_banner_and_page_and_nothing_is_dropped(town: Town) -> None:
    open_account(town)
    mention(town, "voor de storing")
    town.sweep()
    town.fakes.fail(channel="x", mode="expired_token", times=3, reads=True)
    for number in range(3):
        town.clock.forward(seconds=61)
        mention(town, f"tijdens {number}", author=f"66000{number + 5}")
        town.work()
    (alarm,) = alarms.standing(town.services.table)
    assert f"x {X}" in alarm.text
    assert len(town.pager.alarms) == 1
    assert "geen toegang" in (fresh(town).error or "")
    assert len(shown(town)) == 1
    town.clock.forward(seconds=61)
    town.work()
    assert shown(town) == [["tijdens 0"], ["tijdens 1"], ["tijdens 2"], ["voor de storing"]]
    assert alarms.standing(town.services.table) == []


def test_a_spent_budget_stops_reading_and_says_so_until_there_is_more(town: Town) -> None:
    # One post and its writer: (0.005 + 0.010) dollars at 0.92.
    open_account(town, euros_per_month="0.0138")
    mention(town, "een")
    town.sweep()
    assert (fresh(town).euros_spent, fresh(town).budget_left) == (0.0138, 0.0)
    mention(town, "twee", author="660002")
    town.clock.forward(seconds=61)
    town.work()
    assert shown(town) == [["een"]]
    (alarm,) = alarms.standing(town.services.table)
    assert "budget" in alarm.text
    open_account(town, euros_per_month="1")
    town.clock.forward(minutes=61)
    town.sweep()
    assert shown(town) == [["een"], ["twee"]]
    assert alarms.standing(town.services.table) == []


def test_all_that_an_account_reads_is_paid_from_one_budget(town: Town) -> None:
    open_account(town, euros_per_month="0.0138")
    listening_for(town, "brand")
    mention(town, "een")
    town.sweep()
    at = town.clock.at.timestamp()
    town.fakes.post("x", account="", author="660003", text="brand!", where="search", at=at)
    town.clock.forward(seconds=61)
    town.work()
    assert shown(town) == [["een"]]
    assert [one.budget_left for one in overview(town.services, TOMASZ).sources] == [0.0, 0.0]


def test_another_month_begins_with_the_whole_budget(town: Town) -> None:
    open_account(town, euros_per_month="0.0138")
    mention(town, "een")
    town.sweep()
    town.clock.forward(days=12)
    mention(town, "twee", author="660002")
    town.sweep()
    assert shown(town) == [["een"], ["twee"]]
    assert fresh(town).euros_spent == 0.0138


def test_without_a_budget_what_costs_money_is_not_read(town: Town) -> None:
    open_account(town, euros_per_month="")
    mention(town, "een")
    town.sweep()
    assert shown(town) == []
    assert alarms.standing(town.services.table)


def test_without_approval_nothing_is_read(town: Town) -> None:
    account = open_account(town)
    town.services.table.write(directory.kept_account(replace(account, approvals={})))
    mention(town, "een")
    town.sweep()
    assert (shown(town), fresh(town).error) == ([], "niet goedgekeurd")


def test_an_approval_that_ends_stops_reading(town: Town) -> None:
    account = open_account(town)
    town.sweep()
    town.services.table.write(directory.kept_account(replace(account, approvals={})))
    mention(town, "een")
    town.clock.forward(seconds=61)
    town.work()
    assert shown(town) == []
    assert "niet gelezen" in (fresh(town).error or "")


def test_two_workers_at_once_read_one_page(town: Town) -> None:
    open_account(town)
    town.sweep()
    mention(town, "een")
    town.clock.forward(seconds=61)
    before = source(town)
    mine = leased(before, town.services.now())
    town.services.table.write(cursors.saved(before, mine, town.services.now()))
    assert poll(town.services, MENTIONS) == mine  # somebody holds it: nothing is asked
    assert balance(town.services, MARIJKE).total.received == 0


def test_what_is_heard_in_public_goes_its_own_lane(town: Town) -> None:
    open_account(town)
    listening_for(town, "brand zutphen")
    at = town.clock.at.timestamp()
    text = "Help! Brand in Zutphen, er zit nog iemand binnen!"
    town.fakes.post("x", account="", author="660003", text=text, where="search", at=at)
    begin_reading(town.services)
    poll(town.services, keys.cursor("x", X, "search-s1-0"))
    assert town.services.jobs.waiting("listening") == 1
    assert town.services.jobs.waiting("direct") == 0
    town.work()
    assert shown(town) == [[text]]


def test_an_edit_changes_the_post_and_keeps_what_it_said(town: Town) -> None:
    open_account(town)
    first = mention(town, "mijn fits is weg")
    town.sweep()
    town.clock.forward(seconds=61)
    town.fakes.post("x", edit_of=first, text="mijn fiets is weg")
    town.sweep()
    assert shown(town) == [["mijn fiets is weg"]]
    (row,) = view_queue(town.services, SANNE).rows
    (message,) = view_conversation(town.services, SANNE, row.subject).messages
    assert [earlier.text for earlier in message.message.earlier] == ["mijn fits is weg"]


def test_what_a_citizen_takes_back_on_x_is_gone_within_a_day(town: Town) -> None:
    open_account(town)
    first = mention(town, "dit haal ik weg")
    town.sweep()
    town.fakes.post("x", delete=first)
    place = json.loads(source(town).cursor or "")
    before = source(town)
    place["looked"] -= 25 * 3600
    aged = replace(before, cursor=json.dumps(place))
    town.services.table.write(cursors.saved(before, aged, town.services.now()))
    town.clock.forward(seconds=61)
    town.sweep()
    assert shown(town) == [[""]]
    assert fresh(town).error is None


def test_one_author_in_two_threads_has_two_conversations(town: Town) -> None:
    open_account(town)
    mention(town, "over de markt", thread="2000", reply_to="2000")
    town.clock.forward(seconds=5)
    mention(town, "nog iets over de markt", thread="2000", reply_to="2000")
    mention(town, "over het park")
    town.sweep()
    assert shown(town) == [["over de markt", "nog iets over de markt"], ["over het park"]]


def reddit(town: Town, text: str, author: str = "t2_s1", **more: Any) -> str:
    at = town.clock.at.timestamp()
    post = {"account": REDDIT, "author": author, "name": "stoeptegel", "at": at}
    return town.fakes.post("reddit", **{**post, "where": "inbox", "text": text, **more})


def test_reddits_inbox_is_read_through_praw(town: Town) -> None:
    open_account(town, "reddit", REDDIT)
    reddit(town, "u/PolVoorbeeld klopt dit?", thread="t3_q1")
    reddit(town, "waar kan ik terecht?")
    town.sweep()
    assert shown(town) == [["u/PolVoorbeeld klopt dit?"], ["waar kan ik terecht?"]]
    for _ in range(12):
        town.clock.forward(seconds=61)
        town.sweep()
    assert balance(town.services, MARIJKE).total.accepted == 2
    streams = {one.stream: one for one in overview(town.services, TOMASZ).sources}
    assert set(streams) == {"inbox", "mentions"}
    assert streams["inbox"].budget_left is None


def test_what_somebody_deletes_or_edits_on_reddit_comes_along_later(town: Town) -> None:
    open_account(town, "reddit", REDDIT)
    first = reddit(town, "dit haal ik weg", thread="t3_q1")
    town.sweep()
    town.fakes.post("reddit", delete=first)
    for _ in range(11):
        town.clock.forward(seconds=61)
        town.sweep()
    assert shown(town) == [[""]]


def test_reddits_wait_is_honoured_to_the_second(town: Town) -> None:
    open_account(town, "reddit", REDDIT)
    town.fakes.fail(channel="reddit", mode="throttle", retry_after=93, reads=True, times=2)
    town.sweep()
    inbox = keys.cursor("reddit", REDDIT, "inbox")
    found = cursors.find(town.services.table, inbox, town.services.now())
    assert found
    assert found.next_at == later(town.services.now(), timedelta(seconds=93))
