"""An answer goes out once, whatever the platform does and whenever the process dies."""

from datetime import timedelta

import pytest

from chalicelib.channels.http import Http
from chalicelib.domain.delivery import LEASE, Delivery
from chalicelib.errors import ChannelNotApproved, TooLong, WindowClosed
from chalicelib.flows.answering.delivering import deliver, lease
from chalicelib.flows.answering.outcomes import finish
from chalicelib.flows.answering.replying import reply
from chalicelib.flows.desk.queueing import claim
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.flows.running.accounting import balance
from chalicelib.store import alarms, deliveries, directory
from tests.conftest import MARIJKE, SANNE, WHATSAPP, Town, account


def answered(town: Town, reply_id: str, text: str = "We kijken ernaar.") -> str:
    """A citizen wrote and an agent answered; the subject. Nothing was sent yet."""
    town.whatsapp("Mijn fiets is gestolen")
    town.work()
    (row,) = view_queue(town.services, SANNE).rows
    claim(town.services, SANNE, row.subject)
    seen = view_conversation(town.services, SANNE, row.subject).newest
    reply(town.services, SANNE, row.subject, reply_id=reply_id, text=text, seen=seen)
    return row.subject


def delivery(town: Town, reply_id: str) -> Delivery:
    found = deliveries.find(town.services.table, reply_id, town.services.now())
    assert found
    return found


def times_sent(town: Town, reply_id: str) -> int:
    return [one["reply_id"] for one in town.fakes.sent()].count(reply_id)


def receipt(town: Town, state: str, external_id: str, **more: object) -> None:
    at = str(int(town.clock.at.timestamp()))
    status = {"id": external_id, "status": state, "timestamp": at, "recipient_id": "316", **more}
    town.deliver_whatsapp(statuses=[status])
    town.work()


def test_throttled_waits_as_long_as_the_platform_said(town: Town) -> None:
    town.fakes.fail(channel="whatsapp", mode="throttle", retry_after=30)
    answered(town, "t-1")
    town.work()
    waiting = delivery(town, "t-1")
    assert (waiting.state, times_sent(town, "t-1")) == ("queued", 0)
    town.clock.forward(seconds=29)
    town.work()
    assert times_sent(town, "t-1") == 0
    town.clock.forward(seconds=2)
    town.work()
    assert (delivery(town, "t-1").state, times_sent(town, "t-1")) == ("sent", 1)


def test_a_fault_at_the_platform_is_tried_again_later(town: Town) -> None:
    town.fakes.fail(channel="whatsapp", status=503, times=2)
    answered(town, "t-2")
    for _ in range(4):
        town.work()
        town.clock.forward(seconds=20)
    town.work()
    assert (delivery(town, "t-2").state, times_sent(town, "t-2")) == ("sent", 1)


def test_a_timeout_after_acceptance_is_uncertain_and_never_sent_again(town: Town) -> None:
    town.fakes.fail(channel="whatsapp", mode="timeout_after_acceptance")
    subject = answered(town, "t-3")
    town.work()
    town.clock.forward(minutes=30)
    town.sweep()
    assert (delivery(town, "t-3").state, times_sent(town, "t-3")) == ("uncertain", 1)
    shown = view_conversation(town.services, SANNE, subject)
    assert shown.messages[-1].message.state == "uncertain"
    assert balance(town.services, MARIJKE).owed == 0


def test_a_receipt_settles_an_uncertain_delivery(town: Town) -> None:
    town.fakes.fail(channel="whatsapp", mode="timeout_after_acceptance")
    answered(town, "t-4")
    town.work()
    receipt(town, "delivered", "wamid.out", biz_opaque_callback_data="t-4")
    assert (delivery(town, "t-4").state, delivery(town, "t-4").receipt) == ("sent", "delivered")


def test_a_crash_between_lease_and_send_is_uncertain(town: Town) -> None:
    answered(town, "t-5")
    lease(town.services, delivery(town, "t-5"))  # and here the process dies
    town.clock.forward(minutes=2)
    town.sweep()
    assert (delivery(town, "t-5").state, times_sent(town, "t-5")) == ("uncertain", 0)


def test_while_somebody_holds_the_lease_nobody_else_sends(town: Town) -> None:
    answered(town, "t-6")
    lease(town.services, delivery(town, "t-6"))
    deliver(town.services, "t-6")
    assert (delivery(town, "t-6").state, times_sent(town, "t-6")) == ("sending", 0)


def test_an_expired_token_raises_the_banner_and_the_queue_drains_after_repair(town: Town) -> None:
    town.fakes.fail(channel="whatsapp", mode="expired_token", times=2)
    answered(town, "t-7")
    town.work()
    (alarm,) = alarms.standing(town.services.table)
    assert "whatsapp" in alarm.text
    for _ in range(3):
        town.clock.forward(seconds=61)
        town.work()
    assert (delivery(town, "t-7").state, times_sent(town, "t-7")) == ("sent", 1)
    assert alarms.standing(town.services.table) == []
    assert len(town.pager.alarms) == 1


def test_what_the_platform_refuses_the_agent_reads(town: Town) -> None:
    body = {"error": {"code": 131026, "message": "Message undeliverable"}}
    town.fakes.fail(channel="whatsapp", status=400, body=body)
    subject = answered(town, "t-8")
    town.work()
    last = view_conversation(town.services, SANNE, subject).messages[-1].message
    assert (last.state, bool(last.reason)) == ("refused", True)


def test_receipts_never_go_back(town: Town) -> None:
    answered(town, "t-9")
    town.work()
    external_id = delivery(town, "t-9").external_id or ""
    receipt(town, "read", external_id)
    receipt(town, "delivered", external_id)
    receipt(town, "sent", external_id)
    assert delivery(town, "t-9").receipt == "read"


def test_a_receipt_that_overtakes_our_mark_waits_for_it(town: Town) -> None:
    answered(town, "t-10")
    leased = lease(town.services, delivery(town, "t-10"))
    receipt(town, "delivered", "wamid.quick")
    finish(town.services, leased, "sent", external_id="wamid.quick")
    assert delivery(town, "t-10").receipt == "delivered"


def test_a_failure_that_overtakes_our_mark_is_read_by_the_agent(town: Town) -> None:
    subject = answered(town, "t-10")
    leased = lease(town.services, delivery(town, "t-10"))
    receipt(town, "failed", "wamid.quick", errors=[{"code": 131047, "title": "Re-engagement"}])
    finish(town.services, leased, "sent", external_id="wamid.quick")
    last = view_conversation(town.services, SANNE, subject).messages[-1].message
    assert (last.state, bool(last.reason)) == ("refused", True)


def test_a_failed_receipt_makes_it_refused_with_the_reason(town: Town) -> None:
    subject = answered(town, "t-11")
    town.work()
    error = {"code": 131047, "title": "Re-engagement message"}
    receipt(town, "failed", delivery(town, "t-11").external_id or "", errors=[error])
    last = view_conversation(town.services, SANNE, subject).messages[-1].message
    assert (last.state, bool(last.reason)) == ("refused", True)


def test_after_the_window_only_templates_may_go_out(town: Town) -> None:
    town.whatsapp("Hallo?")
    town.work()
    (row,) = view_queue(town.services, SANNE).rows
    town.clock.forward(hours=25)
    claim(town.services, SANNE, row.subject)
    seen = view_conversation(town.services, SANNE, row.subject).newest
    with pytest.raises(WindowClosed):
        reply(town.services, SANNE, row.subject, reply_id="t-12", text="Dag", seen=seen)


def test_a_text_that_is_too_long_is_refused_before_anything_is_kept(town: Town) -> None:
    with pytest.raises(TooLong):
        answered(town, "t-13", "a" * (4 * 4096 + 1))
    assert deliveries.find(town.services.table, "t-13", town.services.now()) is None


def test_an_account_that_is_closed_meanwhile_sends_nothing(town: Town) -> None:
    answered(town, "t-14")
    until = town.services.now()
    town.services.table.write(directory.kept_account(account("whatsapp", WHATSAPP, until=until)))
    town.work()
    assert (delivery(town, "t-14").state, times_sent(town, "t-14")) == ("refused", 0)
    with pytest.raises(ChannelNotApproved):
        town.whatsapp("nog iemand?")


def test_a_lost_delivery_nudge_is_found_by_the_sweeper(town: Town) -> None:
    answered(town, "t-15")
    for job in town.services.jobs.receive("deliver"):
        town.services.jobs.finish(job)
    town.clock.forward(minutes=1)
    town.sweep()
    assert times_sent(town, "t-15") == 1


def test_the_lease_outlasts_every_time_out() -> None:
    assert timedelta(seconds=Http({}).timeout_seconds + 3) < LEASE
