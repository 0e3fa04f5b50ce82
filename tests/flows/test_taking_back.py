"""Five seconds to think again: what is taken back never went out, what went is never taken back."""

from datetime import timedelta

import pytest

from chalicelib.domain.delivery import REGRET
from chalicelib.errors import InvalidInput, NotFound, TooLate
from chalicelib.flows.answering.attaching import attach
from chalicelib.flows.answering.delivering import deliver, lease
from chalicelib.flows.answering.replying import reply
from chalicelib.flows.answering.taking_back import take_back
from chalicelib.flows.desk.queueing import claim, finish
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.flows.running.accounting import balance
from chalicelib.store import deliveries
from tests.conftest import MARIJKE, SANNE, YOUSSEF, Town
from tests.flows.test_delivering import delivery, times_sent
from tests.pictures import photo

DANGER = "help er is brand in de flat, er zijn nog kinderen binnen"


def said(
    town: Town,
    reply_id: str,
    text: str = "We kijken ernaar.",
    *,
    asked: str = "Mijn fiets is weg",
    hold: timedelta = REGRET,
    files: tuple[str, ...] = (),
) -> str:
    """A citizen asked and Sanne answered, with time to think again; the subject."""
    town.whatsapp(asked)
    town.work()
    subject = view_queue(town.services, SANNE).rows[0].subject
    claim(town.services, SANNE, subject)
    if files:
        files = (attach(town.services, SANNE, subject, "foto.jpg", photo()).id,)
    seen = view_conversation(town.services, SANNE, subject).newest
    services = town.services
    reply(services, SANNE, subject, reply_id=reply_id, text=text, seen=seen, hold=hold, files=files)
    return subject


def test_it_waits_five_seconds_and_then_goes_once(town: Town) -> None:
    said(town, "u-1")
    town.work()
    assert (delivery(town, "u-1").state, times_sent(town, "u-1")) == ("queued", 0)
    town.clock.forward(seconds=5.2)
    town.work()
    town.sweep()
    assert (delivery(town, "u-1").state, times_sent(town, "u-1")) == ("sent", 1)


def test_without_a_pause_it_goes_at_once(town: Town) -> None:
    said(town, "u-2", hold=timedelta())
    town.work()
    assert times_sent(town, "u-2") == 1


def test_what_is_taken_back_never_goes_and_nothing_of_it_is_left(town: Town) -> None:
    subject = said(town, "u-3", "Dit klopt niet")
    back = take_back(town.services, SANNE, subject, "u-3")
    assert back.text == "Dit klopt niet"
    town.clock.forward(minutes=2)
    town.sweep()
    assert (delivery(town, "u-3").state, times_sent(town, "u-3")) == ("taken_back", 0)
    view = view_conversation(town.services, SANNE, subject)
    assert [one.message.direction for one in view.messages] == ["in"]
    assert "taken_back" in {event.what for event in view.timeline}
    assert view.item is not None
    assert not view.item.answered
    assert delivery(town, "u-3").text == ""
    assert balance(town.services, MARIJKE).owed == 0


def test_what_a_worker_holds_is_too_late(town: Town) -> None:
    subject = said(town, "u-4")
    town.clock.forward(seconds=6)
    lease(town.services, delivery(town, "u-4"))
    with pytest.raises(TooLate):
        take_back(town.services, SANNE, subject, "u-4")


def test_a_worker_that_read_it_before_cannot_send_it_after(town: Town) -> None:
    subject = said(town, "u-5")
    town.clock.forward(seconds=6)
    read = delivery(town, "u-5")
    take_back(town.services, SANNE, subject, "u-5")
    with pytest.raises(Exception, match="condition failed"):
        lease(town.services, read)
    deliver(town.services, "u-5")
    assert times_sent(town, "u-5") == 0


def test_a_crash_before_the_nudge_sends_it_all_the_same(town: Town) -> None:
    said(town, "u-6")
    for job in town.services.jobs.receive("deliver"):
        town.services.jobs.finish(job)
    town.clock.forward(minutes=1)
    town.sweep()
    assert times_sent(town, "u-6") == 1


def test_an_answer_in_parts_comes_back_whole(town: Town) -> None:
    text = "Dit is een zin. " * 300
    subject = said(town, "u-7", text)
    assert take_back(town.services, SANNE, subject, "u-7").text == text
    town.clock.forward(minutes=2)
    town.sweep()
    assert times_sent(town, "u-7") == 0
    assert delivery(town, "u-7.2").state == "taken_back"


def test_files_are_uploads_again(town: Town) -> None:
    subject = said(town, "u-8", files=("foto",))
    (file,) = take_back(town.services, SANNE, subject, "u-8").files
    claim(town.services, SANNE, subject)
    seen = view_conversation(town.services, SANNE, subject).newest
    reply(town.services, SANNE, subject, reply_id="u-9", text="Nu wel", seen=seen, files=(file.id,))
    town.work()
    assert times_sent(town, "u-9") == 1


def test_nobody_takes_back_somebody_elses(town: Town) -> None:
    subject = said(town, "u-10")
    with pytest.raises(NotFound):
        take_back(town.services, YOUSSEF, subject, "u-10")


def test_its_id_is_used_up(town: Town) -> None:
    subject = said(town, "u-11")
    take_back(town.services, SANNE, subject, "u-11")
    seen = view_conversation(town.services, SANNE, subject).newest
    with pytest.raises(InvalidInput):
        reply(town.services, SANNE, subject, reply_id="u-11", text="Nog eens", seen=seen)


def test_after_finishing_it_waits_again_as_urgent_as_it_was(town: Town) -> None:
    subject = said(town, "u-12", asked=DANGER)
    finish(town.services, SANNE, subject)
    take_back(town.services, SANNE, subject, "u-12")
    item = view_conversation(town.services, SANNE, subject).item
    assert item is not None
    assert (item.emergency, item.answered, item.claimed_by) == (True, False, "sanne")


def test_an_earlier_answer_still_counts(town: Town) -> None:
    subject = said(town, "u-13", hold=timedelta())
    town.work()
    town.clock.forward(seconds=10)
    seen = view_conversation(town.services, SANNE, subject).newest
    reply(town.services, SANNE, subject, reply_id="u-14", text="O ja", seen=seen, hold=REGRET)
    take_back(town.services, SANNE, subject, "u-14")
    item = view_conversation(town.services, SANNE, subject).item
    assert item is not None
    assert item.answered


def test_what_waits_for_repair_can_still_be_taken_back(town: Town) -> None:
    town.fakes.fail(channel="whatsapp", status=503, times=5)
    subject = said(town, "u-15")
    town.clock.forward(seconds=6)
    town.work()
    assert delivery(town, "u-15").attempts == 1
    take_back(town.services, SANNE, subject, "u-15")
    assert deliveries.find(town.services.table, "u-15", town.services.now())
    town.clock.forward(minutes=5)
    town.sweep()
    assert times_sent(town, "u-15") == 0
