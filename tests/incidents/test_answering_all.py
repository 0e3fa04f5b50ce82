"""One answer to everyone: each person once, inside every channel's rules, stoppable, undone."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.announcement import HOLD, PACE, Announcement, Wording
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.moments import later
from chalicelib.domain.queue_item import QueueItem
from chalicelib.domain.template import Template
from chalicelib.errors import AlreadyClaimed, InvalidInput, NotAllowed
from chalicelib.flows.answering.delivering import deliver
from chalicelib.flows.answering.replying import reply
from chalicelib.flows.desk import queueing
from chalicelib.flows.incidents import circles
from chalicelib.flows.incidents.announced import current_for, progress
from chalicelib.flows.incidents.answering_all import announce, carry_on, stop
from chalicelib.flows.incidents.claiming_together import (
    Waiting,
    claim_all,
    finish_answered,
    release_all,
    waiting,
)
from chalicelib.flows.incidents.coordinating import found, view_incident
from chalicelib.flows.incidents.outdated import view_outdated
from chalicelib.flows.incidents.previewing_all import preview
from chalicelib.flows.incidents.reaching import look
from chalicelib.flows.incidents.rolling_up import here
from chalicelib.flows.incidents.stating import Stating, state
from chalicelib.store import (
    announcements,
    conversations,
    deliveries,
    directory,
    keys,
    queue,
    templates,
)
from chalicelib.store.table import Operation
from tests.conftest import SANNE, WHATSAPP, YOUSSEF, Town, account
from tests.dying import dying
from tests.incidents.test_in_the_service import FIRE, MORE, NADIA, SMOKE, open_ones, tell

TEXT = "Dank u voor uw melding. De brandweer is bij de loods. Houd ramen en deuren dicht."


@pytest.fixture
def fire(city: Town, monkeypatch: pytest.MonkeyPatch) -> str:
    """Four citizens tell of one fire; an answer to them goes by three."""
    monkeypatch.setattr(circles, "A_PAGE", 3)
    tell(city, FIRE, SMOKE, MORE, FIRE + " Help!")
    (incident,) = open_ones(city)
    assert incident.reporters == 4
    BEFORE[:] = [len(city.fakes.sent())]
    return incident.subject


BEFORE = [0]
"""How much the platform, which all tests share, had taken before this one."""


def told(city: Town, fire: str, id_: str = "een", **more: object) -> Announcement:
    now = city.services.now()
    made = Announcement(
        incident=fire, id=id_, by=NADIA.id, name=NADIA.name, role=NADIA.role, team=NADIA.team,
        at=now, seen_at=now, wordings=(Wording(audience="private", text=TEXT),),
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def made(city: Town, fire: str, id_: str = "een") -> list[Delivery]:
    one = announcements.find(city.services.table, fire, id_, city.services.now())
    return deliveries_of(city, one) if one else []


def deliveries_of(city: Town, told: Announcement) -> list[Delivery]:
    """The answers of it, each by its first part."""
    table, now = city.services.table, city.services.now()
    looked = announcements.recipients(table, told.incident, told.id, now)
    made = (deliveries.find(table, one.reply_id, now) for one in looked if one.reply_id)
    return [one for one in made if one]


def goes_out(city: Town) -> None:
    """The time to think again passes, and what is owed is done."""
    for _ in range(3):
        city.work()
        city.clock.forward(seconds=HOLD.total_seconds() + 2)
        city.sweep()


def answered(city: Town, fire: str, id_: str = "een") -> list[str]:
    """Whom the platform got an answer for, as often as it did."""
    to = {one.reply_id: one.to for one in made(city, fire, id_)}
    return sorted(to[one["reply_id"]] for one in city.fakes.sent(*BEFORE) if one["reply_id"] in to)


EVERYBODY = ["NL.1", "NL.2", "NL.3", "NL.4"]


def item_of(city: Town, fire: str, number: int = 0) -> QueueItem:
    subject = view_incident(city.services, NADIA, fire).members[number].subject
    item = queue.find(city.services.table, subject, city.services.now())
    assert item
    return item


def test_everybody_is_answered_once_however_often_it_is_asked(city: Town, fire: str) -> None:
    announce(city.services, NADIA, told(city, fire))
    announce(city.services, NADIA, told(city, fire))
    carry_on(city.services, keys.announcement(fire, "een"))
    goes_out(city)
    assert answered(city, fire) == EVERYBODY
    after = progress(city.services, NADIA, fire, "een")
    assert (after.told.state, after.states["sent"], after.going) == ("done", 4, False)
    events = [event.what for event in view_incident(city.services, NADIA, fire).timeline]
    assert events.count("announced") == 1


def test_two_workers_answer_each_person_once(city: Town, fire: str) -> None:
    announce(city.services, NADIA, told(city, fire))
    with ThreadPoolExecutor(4) as workers:
        list(workers.map(lambda _: carry_on(city.services, keys.announcement(fire, "een")), "abcd"))
    goes_out(city)
    assert answered(city, fire) == EVERYBODY


DEATHS = [
    *[("TO#", number) for number in range(1, 5)],
    *[("ANNOUNCED#", number) for number in (1, 2, 3, 7)],
    *[("CIRCLE", number) for number in (1, 2)],
    ("DELIVERY", 6),
]


@pytest.mark.parametrize(("written", "number"), DEATHS)
def test_killed_at_any_write_everybody_is_answered_once(
    city: Town, fire: str, written: str, number: int
) -> None:
    announce(city.services, NADIA, told(city, fire))
    with dying(city, at_write(written, number)):
        goes_out(city)
    city.clock.forward(minutes=2)
    goes_out(city)
    goes_out(city)
    unsure = [one.to for one in made(city, fire) if one.state == "uncertain"]
    assert sorted({*answered(city, fire), *unsure}) == EVERYBODY
    assert len(answered(city, fire)) == len({*answered(city, fire)})
    assert len(unsure) == (written == "DELIVERY")


def at_write(written: str, number: int) -> Callable[[Operation], bool]:
    """At the nth write of such an item."""
    seen = [0]

    def dies(operation: Operation) -> bool:
        seen[0] += operation.key.sk.startswith(written)
        return seen[0] == number

    return dies


def test_within_the_time_to_think_again_all_of_it_is_taken_back(city: Town, fire: str) -> None:
    claim_all(city.services, NADIA, fire)
    announce(city.services, NADIA, told(city, fire))
    city.work()
    assert item_of(city, fire, 3).answered
    stop(city.services, NADIA, fire, "een")
    stop(city.services, NADIA, fire, "een")
    goes_out(city)
    assert answered(city, fire) == []
    after = progress(city.services, NADIA, fire, "een")
    assert (after.told.state, after.states["taken_back"]) == ("stopped", 4)
    assert not item_of(city, fire, 3).answered
    announce(city.services, NADIA, told(city, fire, "twee"))
    goes_out(city)
    assert answered(city, fire, "twee") == EVERYBODY


def test_stopped_halfway_what_left_has_left_and_the_rest_is_not_sent(city: Town, fire: str) -> None:
    announce(city.services, NADIA, told(city, fire))
    city.work()
    first = min(made(city, fire), key=lambda one: one.due_at or "")
    city.clock.forward(seconds=HOLD.total_seconds())
    deliver(city.services, first.reply_id)
    stop(city.services, NADIA, fire, "een")
    goes_out(city)
    assert answered(city, fire) == [first.to]
    states = progress(city.services, NADIA, fire, "een").states
    assert (states["sent"], states["taken_back"]) == (1, 3)


def test_answers_of_one_account_follow_each_other(city: Town, fire: str) -> None:
    announce(city.services, NADIA, told(city, fire))
    city.work()
    due = sorted(one.due_at or "" for one in made(city, fire))
    assert due == [later(later(due[0], PACE["private"] * turn), timedelta()) for turn in range(4)]


def test_what_a_colleague_has_stays_theirs(city: Town, fire: str) -> None:
    theirs = item_of(city, fire)
    queueing.claim(city.services, YOUSSEF, theirs.subject)
    seen = preview(city.services, NADIA, told(city, fire))
    assert (seen.reached, seen.out) == (3, {"held": [theirs.subject]})
    announce(city.services, NADIA, told(city, fire))
    goes_out(city)
    assert answered(city, fire) == ["NL.2", "NL.3", "NL.4"]
    assert not item_of(city, fire).answered


def test_who_wrote_after_the_preview_waits_for_a_person_with_the_answer_at_hand(
    city: Town, fire: str
) -> None:
    before = told(city, fire)
    city.clock.forward(seconds=5)
    city.whatsapp("En nu staat ook de boom in brand!", author="NL.2", id_="wamid.meer")
    tell(city, "Brand in de loods aan de Textielstraat Enschede, grote rookwolk")
    announce(city.services, NADIA, before)
    goes_out(city)
    assert answered(city, fire) == ["NL.1", "NL.3", "NL.4"]
    incident = found(city.services, fire)
    of = {one.reporter: one for one in here(city.services, incident, city.services.now())}
    late = [current_for(city.services, incident, one.subject) for one in of.values()]
    assert sorted(late) == ["", "", "", TEXT, TEXT]


def test_after_the_window_only_a_template_goes_out(city: Town, fire: str) -> None:
    city.clock.forward(hours=25)
    template = Template(
        channel="whatsapp", account=WHATSAPP, name="nieuws", language="nl", state="approved",
        body="Nieuws over uw melding: {{1}}",
    )  # fmt: skip
    city.services.table.write(*templates.replaced([], [template]))
    assert preview(city.services, NADIA, told(city, fire)).out.keys() == {"window"}
    with_one = told(city, fire, template="nieuws")
    (group,) = preview(city.services, NADIA, with_one).groups
    assert (group.templates, group.replies) == (4, 0)
    announce(city.services, NADIA, with_one)
    goes_out(city)
    assert [one.reason for one in made(city, fire)] == [None] * 4
    assert answered(city, fire) == EVERYBODY
    assert {one.text for one in made(city, fire)} == {f"Nieuws over uw melding: {TEXT}"}


def test_the_longer_time_for_one_citizen_is_never_used_for_many(city: Town, fire: str) -> None:
    """Messenger lets a person answer for seven days; an answer to many has one day."""
    city.services.table.write(directory.kept_account(account("messenger", "77")))
    member = view_incident(city.services, NADIA, fire).members[0]
    subject, now = member.subject, city.services.now()
    before = conversations.find(city.services.table, subject, now)
    assert before
    there = replace(before, channel="messenger", account="77", newest_mark=f"{now}#x")
    city.services.table.write(conversations.continued(before, there, now))
    one = replace(told(city, fire), seen_at=later(now, timedelta(days=9)))
    assert look(city.services, one, "x", subject, "messenger").way == "reply"
    city.clock.forward(hours=25)
    assert look(city.services, one, "x", subject, "messenger").why == "window"
    assert not any(delivery.by_hand for delivery in made(city, fire))


def test_texts_by_language_and_audience(city: Town, fire: str) -> None:
    wordings = (
        Wording(audience="private", text=TEXT),
        Wording(audience="private", lang="en", text="Thank you for your report."),
    )
    one = told(city, fire, wordings=wordings)
    assert one.said_to("private", "en") == "Thank you for your report."
    assert one.said_to("private", "tr") == TEXT
    assert one.said_to("public", "nl") == ""


def test_life_at_risk_stays_for_a_person_unless_the_writer_took_it(city: Town, fire: str) -> None:
    assert item_of(city, fire).emergency
    announce(city.services, NADIA, told(city, fire))
    goes_out(city)
    assert answered(city, fire) == EVERYBODY
    assert not item_of(city, fire).answered
    claim_all(city.services, NADIA, fire)
    announce(city.services, NADIA, told(city, fire, "twee"))
    goes_out(city)
    assert item_of(city, fire).answered


def test_one_claim_for_all_but_for_what_a_colleague_has(city: Town, fire: str) -> None:
    queueing.claim(city.services, YOUSSEF, item_of(city, fire).subject)
    claim_all(city.services, SANNE, fire)

    def seen() -> Waiting:
        incident = found(city.services, fire)
        members = here(city.services, incident, city.services.now())
        return waiting(city.services, SANNE, incident, members)

    assert (seen().mine, seen().free, seen().held) == (3, 0, {YOUSSEF.name: 1})
    with pytest.raises(AlreadyClaimed):
        claim_all(city.services, YOUSSEF, fire)
    with pytest.raises(AlreadyClaimed):
        announce(city.services, NADIA, told(city, fire))
    release_all(city.services, SANNE, fire)
    assert (seen().mine, seen().free) == (0, 3)
    for number in range(1, 4):
        queueing.judge(city.services, NADIA, item_of(city, fire, number).subject, emergency=False)
    announce(city.services, NADIA, told(city, fire))
    goes_out(city)
    assert seen().answered == 3
    finish_answered(city.services, NADIA, fire)
    assert (seen().answered, seen().free + sum(seen().held.values())) == (0, 1)


def test_an_answer_that_became_untrue_is_listed_until_it_is_corrected(
    city: Town, fire: str
) -> None:
    said = "Er zijn geen gewonden. Houd ramen en deuren dicht."
    first = state(
        city.services, NADIA, fire,
        Stating(standing="denied", text="Er zijn gewonden", source="brandweer"),
    )  # fmt: skip
    one = told(city, fire, wordings=(Wording(audience="private", text=said),))
    announce(city.services, NADIA, one)
    goes_out(city)
    assert not view_outdated(city.services, NADIA, fire).to_all
    single = item_of(city, fire).subject
    queueing.claim(city.services, SANNE, single)
    seen = conversations.find(city.services.table, single, city.services.now())
    assert seen
    reply(
        city.services, SANNE, single, reply_id="los", seen=seen.newest,
        text="Wij weten niet van gewonden: er zijn geen gewonden gemeld.",
    )  # fmt: skip
    city.clock.forward(minutes=3)
    change = Stating(
        standing="confirmed", text="Er zijn twee gewonden", source="GHOR", id=first.id, after=1
    )
    state(city.services, NADIA, fire, change)
    listed = view_outdated(city.services, NADIA, fire)
    assert [(one.id, len(changed)) for one, changed in listed.to_all] == [("een", 1)]
    assert [one.message.subject for one in listed.to_one] == [single]
    announce(city.services, NADIA, told(city, fire, "twee", corrects="een"))
    assert not view_outdated(city.services, NADIA, fire).to_all


def test_only_who_coordinates_answers_everyone_and_only_in_words(city: Town, fire: str) -> None:
    with pytest.raises(NotAllowed):
        announce(city.services, SANNE, told(city, fire))
    with pytest.raises(InvalidInput):
        announce(city.services, NADIA, told(city, fire, wordings=()))
