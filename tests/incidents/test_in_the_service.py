"""Many messages, one incident: in the real flow, with everything that goes wrong meanwhile."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import pytest

from chalicelib.domain.incident import Incident
from chalicelib.domain.principal import Principal
from chalicelib.errors import NotAllowed
from chalicelib.flows.assessing.triage import triage, triage_once
from chalicelib.flows.desk import queueing
from chalicelib.flows.desk.viewing import view_queue
from chalicelib.flows.incidents.coordinating import (
    join,
    part,
    put_back,
    take_out,
    view_incident,
    view_incidents,
)
from chalicelib.flows.incidents.rolling_up import CHANNEL, roll_up
from chalicelib.flows.nudges import understood
from chalicelib.incidents.matching import plausible, trace_of
from chalicelib.incidents.report import Report
from chalicelib.jobs.jobs import LANES, VISIBILITY
from chalicelib.store import conversations, incidents, kept_messages, keys, queue
from chalicelib.store.table import Change, ConditionFailed, Key, Operation, Table
from chalicelib.workers.lanes import on_jobs
from infra.local.work import pump_once
from tests.conftest import SANNE, YOUSSEF, Town
from tests.dying import dying

NADIA = Principal(id="nadia", name="Nadia Kaya", role="coordinator", team="oost")
FIRE = "Grote brand in de loods aan de Textielstraat in Enschede, vlammen uit het dak!"
SMOKE = "Brand aan de Textielstraat Enschede, dikke zwarte rook uit die loods"
MORE = "wij zien ook rook en vlammen bij de loods aan de Textielstraat"
OTHER_TOWN = "Brand aan de Textielstraat in Oldenzaal, schuur achter ons huis staat in de fik"
CHATTER = "Wanneer is het bureau open? Ik wil een gevonden portemonnee brengen."


def tell(town: Town, *texts: str) -> None:
    """Different citizens write, half a minute after each other."""
    for text in texts:
        town.clock.forward(seconds=30)
        number = town.written + 1
        town.whatsapp(text, author=f"NL.{number}", id_=f"wamid.i{number}")
        town.work()


def open_ones(town: Town) -> list[Incident]:
    return view_incidents(town.services, NADIA, "open")


@dataclass(eq=False)
class Meanwhile:
    """The table, on which something happens just before the first write."""

    table: Table
    happens: Callable[[], None]
    written: bool = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self.table, name)

    def write(self, *operations: Operation) -> None:
        if not self.written:
            self.written = True
            self.happens()
        self.table.write(*operations)


def test_who_reports_while_a_large_incident_is_counted_is_counted_too(city: Town) -> None:
    tell(city, FIRE, SMOKE)
    (incident,) = open_ones(city)
    key = keys.incident(incident.subject)
    city.services.table.write(Change(key, set={"messages": 1000}))  # so that a count is put off
    counting = Meanwhile(city.services.table, lambda: tell_at_once(city, MORE))
    roll_up(replace(city.services, table=counting), key)
    city.clock.forward(minutes=1)
    city.sweep()
    (incident,) = open_ones(city)
    assert incident.messages == 3


def tell_at_once(town: Town, text: str) -> None:
    town.whatsapp(text, author="NL.meanwhile", id_="wamid.meanwhile")
    town.work()


def test_two_citizens_about_one_fire_are_one_incident(city: Town) -> None:
    tell(city, FIRE)
    assert not open_ones(city)
    tell(city, SMOKE, CHATTER)
    (incident,) = open_ones(city)
    assert (incident.reporters, incident.messages) == (2, 2)
    assert (incident.gemeente, incident.unit) == ("Enschede", "Oost-Nederland")
    assert incident.title == "Brand, Textielstraat, Enschede"
    view = view_incident(city.services, NADIA, incident.subject)
    assert all(reason for member in view.members[1:] for reason in member.because)


def test_it_waits_for_the_team_as_one_item_and_the_conversations_stay(city: Town) -> None:
    tell(city, FIRE, SMOKE)
    rows = view_queue(city.services, SANNE).rows
    assert [row.channel for row in rows].count(CHANNEL) == 1
    assert len(rows) == 3
    (incident,) = open_ones(city)
    item = queueing.claim(city.services, SANNE, incident.subject)
    assert item.claimed_by == "sanne"
    queueing.release(city.services, SANNE, incident.subject)
    queueing.finish(city.services, YOUSSEF, incident.subject)
    assert queue.find(city.services.table, incident.subject, city.services.now()) is None
    roll_up(city.services, keys.incident(incident.subject))
    assert queue.find(city.services.table, incident.subject, city.services.now()) is None
    tell(city, MORE)
    assert queue.find(city.services.table, incident.subject, city.services.now())


def test_what_waits_is_counted_with_an_incident_among_it(city: Town) -> None:
    tell(city, FIRE, SMOKE)
    city.clock.forward(minutes=3)
    city.sweep()
    city.work()
    assert not any(city.services.jobs.dead(lane) for lane in LANES)
    assert not any(job for lane in LANES for job in city.services.jobs.receive(lane, 1))


def test_members_and_their_conversations_know_their_incident(city: Town) -> None:
    tell(city, FIRE, SMOKE)
    (incident,) = open_ones(city)
    now = city.services.now()
    for member in view_incident(city.services, NADIA, incident.subject).members:
        conversation = conversations.find(city.services.table, member.subject, now)
        assert conversation
        assert conversation.incident == incident.subject


def test_the_same_street_in_another_town_is_another_fire(city: Town) -> None:
    tell(city, FIRE, SMOKE, OTHER_TOWN)
    (incident,) = open_ones(city)
    assert incident.messages == 2


def test_two_greetings_are_no_event() -> None:
    hello = Report(
        message="a", subject="a", reporter="a", at="2026-11-21T20:00:00.000Z", topic="anders",
        kind="overig", urgency="geen", words=("hallo",),
    )  # fmt: skip
    assert not plausible(replace(hello, message="b", subject="b", reporter="b"), trace_of(hello))


def test_a_redelivery_changes_nothing(city: Town) -> None:
    tell(city, FIRE, SMOKE)
    before = open_ones(city)
    city.whatsapp(SMOKE, author="NL.2", id_="wamid.i2")
    city.work()
    assert [(one.messages, one.reporters) for one in open_ones(city)] == [
        (one.messages, one.reporters) for one in before
    ]


def test_one_citizen_with_many_messages_makes_no_incident_of_many(city: Town) -> None:
    for number in range(4):
        city.clock.forward(seconds=20)
        city.whatsapp(f"{FIRE} {number}", author="NL.7", id_=f"wamid.many{number}")
        city.work()
    assert not open_ones(city)


def test_two_workers_never_make_two(city: Town) -> None:
    texts = (FIRE, SMOKE, MORE, FIRE + " Help!", SMOKE + " Nu", MORE + " bij ons")
    elements = [
        {"id": f"wamid.w{n}", "from_user_id": f"NL.{n}", "type": "text", "text": {"body": text}}
        for n, text in enumerate(texts)
    ]
    city.deliver_whatsapp(*elements)
    jobs = city.services.jobs
    pump_once(jobs, "direct", lambda event, _: on_jobs(event))
    owed = [understood(job.body).key for job in jobs.receive("direct", 10)]
    with ThreadPoolExecutor(len(owed)) as workers:
        list(workers.map(lambda key: triage(city.services, key), owed))
    city.clock.forward(minutes=2)
    city.sweep()
    city.work()
    (incident,) = open_ones(city)
    assert incident.messages == len(texts)


def test_a_message_that_a_faster_worker_left_alone_is_not_about_itself(city: Town) -> None:
    tell(city, FIRE)
    now = city.services.now()
    (slot,) = incidents.slots(city.services.table, (now[:10],), now, strong=True)
    key = Key(keys.conversation_partition(slot.member.subject), slot.member.message_sk)
    placed = kept_messages.find(city.services.table, key, now)
    assert placed
    with pytest.raises(ConditionFailed):  # so that the slower one reads it again, and is done
        triage_once(city.services, replace(placed, triaged=False), again=False)


def test_joined_and_parted_again_everything_is_as_it_was(city: Town) -> None:
    tell(city, FIRE, SMOKE, OTHER_TOWN, "nu ook vlammen bij die schuur Textielstraat Oldenzaal")
    one, other = sorted(open_ones(city), key=lambda found: found.first_at)
    whole = join(city.services, NADIA, one.subject, other.subject)
    assert (whole.messages, whole.reporters) == (4, 4)
    assert [found.subject for found in open_ones(city)] == [one.subject]
    part(city.services, NADIA, one.subject, other.subject)
    after = sorted(open_ones(city), key=lambda found: found.first_at)
    assert [(found.messages, found.title) for found in after] == [
        (found.messages, found.title) for found in (one, other)
    ]


def test_what_was_matched_wrongly_is_taken_out_and_can_be_put_back(city: Town) -> None:
    tell(city, FIRE, SMOKE, MORE)
    (incident,) = open_ones(city)
    members = view_incident(city.services, NADIA, incident.subject).members
    wrong = members[-1]
    take_out(city.services, NADIA, incident.subject, [wrong.message], apart=False)
    (left,) = open_ones(city)
    assert left.messages == 2
    conversation = conversations.find(city.services.table, wrong.subject, city.services.now())
    assert conversation
    assert conversation.incident is None
    back = put_back(city.services, NADIA, incident.subject, [wrong.message])
    assert back.messages == 3


def test_two_events_in_one_are_taken_apart(city: Town) -> None:
    tell(city, FIRE, SMOKE, MORE, FIRE + " Nu!")
    (incident,) = open_ones(city)
    members = view_incident(city.services, NADIA, incident.subject).members
    chosen = [member.message for member in members[2:]]
    name = take_out(city.services, NADIA, incident.subject, chosen, apart=True)
    assert name
    assert {found.subject: found.messages for found in open_ones(city)} == {
        incident.subject: 2,
        name: 2,
    }
    put_back(city.services, NADIA, incident.subject, chosen)
    assert {found.subject: found.messages for found in open_ones(city)} == {incident.subject: 4}


def test_who_dies_after_joining_leaves_a_job_that_counts(city: Town) -> None:
    tell(city, FIRE, SMOKE)
    (incident,) = open_ones(city)
    counted = keys.incident(incident.subject)
    with dying(city, lambda operation: operation.key == counted):
        tell(city, MORE)
    assert [one.messages for one in open_ones(city)] == [2]
    city.clock.forward(seconds=VISIBILITY.total_seconds() + 1)
    city.work()
    assert [one.messages for one in open_ones(city)] == [3]


def test_only_who_coordinates_joins(city: Town) -> None:
    with pytest.raises(NotAllowed):
        join(city.services, SANNE, "inc-a", "inc-b")


def test_an_incident_of_which_nothing_is_heard_ends(city: Town) -> None:
    tell(city, FIRE, SMOKE)
    city.clock.forward(hours=7)
    city.sweep()
    city.work()
    assert not open_ones(city)
    assert len(view_incidents(city.services, NADIA, "closed")) == 1
    assert not incidents.pictures(city.services.table, city.services.now(), strong=True)


def test_an_account_that_may_not_be_used_for_it_is_left_alone(town: Town) -> None:
    tell(town, FIRE, SMOKE)
    assert not open_ones(town)
