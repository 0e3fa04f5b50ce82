"""A long answer goes out in parts: in order, each once, and none after one that failed."""

from chalicelib.domain.account import Account
from chalicelib.flows.answering.delivering import deliver
from chalicelib.flows.answering.replying import reply
from chalicelib.flows.desk.queueing import claim
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.store import deliveries, directory
from tests.conftest import SANNE, Town, X, account
from tests.flows.test_delivering import answered, delivery, receipt, times_sent

LONG = "Een zin van een woord of wat. " * 200
PARTS = 2


def texts_sent(town: Town, *reply_ids: str) -> list[str]:
    return [one["text"] for one in town.fakes.sent() if one["reply_id"] in reply_ids]


def whole_answer(town: Town) -> None:
    for _ in range(6):
        town.work()
        town.clock.forward(seconds=7)
    town.work()


def test_a_long_answer_goes_out_in_parts_that_are_the_answer(town: Town) -> None:
    subject = answered(town, "deel-1", LONG)
    whole_answer(town)
    assert "".join(texts_sent(town, "deel-1", "deel-1.2")) == LONG
    shown = [one.message for one in view_conversation(town.services, SANNE, subject).messages]
    assert [one.state for one in shown if one.direction == "out"] == ["sent", "sent"]
    assert "".join(one.text for one in shown if one.direction == "out") == LONG


def test_the_next_part_waits_for_the_one_before_and_for_the_channels_pause(town: Town) -> None:
    town.fakes.fail(channel="whatsapp", mode="throttle", retry_after=30)
    answered(town, "deel-2", LONG)
    town.work()
    assert (delivery(town, "deel-2").state, delivery(town, "deel-2.2").due_at) == ("queued", None)
    town.clock.forward(seconds=31)
    town.work()
    assert (times_sent(town, "deel-2"), times_sent(town, "deel-2.2")) == (1, 0)
    town.clock.forward(seconds=7)
    town.work()
    assert times_sent(town, "deel-2.2") == 1


def test_after_a_refused_part_none_follows(town: Town) -> None:
    town.fakes.fail(channel="whatsapp", status=400, body={"error": {"code": 131026}})
    answered(town, "deel-3", LONG)
    whole_answer(town)
    assert (delivery(town, "deel-3").state, delivery(town, "deel-3.2").state) == (
        "refused",
        "refused",
    )
    assert "eerder deel" in (delivery(town, "deel-3.2").reason or "")
    assert times_sent(town, "deel-3.2") == 0


def test_an_uncertain_part_holds_the_rest_until_a_receipt_settles_it(town: Town) -> None:
    town.fakes.fail(channel="whatsapp", mode="timeout_after_acceptance")
    answered(town, "deel-4", LONG)
    whole_answer(town)
    assert (delivery(town, "deel-4").state, times_sent(town, "deel-4.2")) == ("uncertain", 0)
    receipt(town, "delivered", "wamid.p4", biz_opaque_callback_data="deel-4")
    whole_answer(town)
    assert (delivery(town, "deel-4").state, times_sent(town, "deel-4.2")) == ("sent", 1)


def test_a_lost_job_for_the_next_part_is_found_by_the_sweeper(town: Town) -> None:
    answered(town, "deel-5", LONG)
    deliver(town.services, "deel-5")
    town.clock.forward(seconds=7)
    for job in town.services.jobs.receive("deliver"):
        town.services.jobs.finish(job)
    town.clock.forward(minutes=1)
    town.sweep()
    assert times_sent(town, "deel-5.2") == 1


def test_a_double_click_sends_no_part_twice(town: Town) -> None:
    subject = answered(town, "deel-6", LONG)
    seen = view_conversation(town.services, SANNE, subject).newest
    assert reply(town.services, SANNE, subject, reply_id="deel-6", text=LONG, seen=seen).again
    whole_answer(town)
    assert [times_sent(town, id_) for id_ in ("deel-6", "deel-6.2", "deel-6.3")] == [1, 1, 0]


def test_on_x_the_parts_are_a_thread(town: Town) -> None:
    town.services.table.write(directory.kept_account(paid(account("x", X))))
    post = town.fakes.post("x", account=X, author="660001", text="@PolVoorbeeld hoe?")
    town.sweep()
    (row,) = view_queue(town.services, SANNE).rows
    claim(town.services, SANNE, row.subject)
    seen = view_conversation(town.services, SANNE, row.subject).newest
    before = len(town.fakes.sent())
    text = "Dat kan bij elk bureau. " * 30
    reply(town.services, SANNE, row.subject, reply_id="deel-7", text=text, seen=seen)
    whole_answer(town)
    sent = town.fakes.sent(after=before)
    assert "".join(one["text"] for one in sent) == text
    assert [one["in_reply_to"] for one in sent] == [post, *(s["external_id"] for s in sent[:-1])]
    assert deliveries.find(town.services.table, "deel-7", town.services.now())


def paid(of: Account) -> Account:
    of.settings["euros_per_month"] = "10"
    return of
