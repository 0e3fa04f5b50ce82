"""One text to thousands: what a step of it reads does not grow with how many it is for."""

from dataclasses import replace

from chalicelib.domain.announcement import Announcement
from chalicelib.domain.volunteer import Volunteer
from chalicelib.flows.incidents.answering_all import announce, carry_on, stop
from chalicelib.flows.incidents.appealing import approve, propose
from chalicelib.flows.incidents.circles import A_PAGE
from chalicelib.store import announcements, conversations, incidents, keys, volunteers
from infra.benchmarks.metered import Metered
from tests.conftest import Town
from tests.incidents.test_answering_all import told
from tests.incidents.test_appeals import SALMA, appeal
from tests.incidents.test_in_the_service import NADIA
from tests.incidents.test_large_incident import grow

HUNDREDS, THOUSANDS = 200, 2_000


def test_a_step_of_an_answer_to_thousands_reads_as_much_as_of_one_to_hundreds(
    city: Town, fire: str
) -> None:
    few = steps_of(city, answer_to(city, fire, HUNDREDS, "weinig"))
    assert steps_of(city, answer_to(city, fire, THOUSANDS, "veel")) == few


def answer_to(city: Town, fire: str, people: int, id_: str) -> Announcement:
    """It was begun, and whom it is for is listed."""
    grow(city, fire, people)
    talk_with_all(city, fire)
    one = told(city, fire, id_)
    announce(city.services, NADIA, one)
    carry_on(city.services, keys.announcement(fire, id_))
    return listed(city, one, people)


def talk_with_all(city: Town, fire: str) -> None:
    """Each reporter has a conversation to be answered in."""
    table, now = city.services.table, city.services.now()
    everybody = incidents.members(table, fire, now)
    first = conversations.find(table, everybody[0].subject, now)
    assert first
    for one in everybody:
        if not conversations.find(table, one.subject, now):
            table.write(conversations.opened(replace(first, subject=one.subject), now))


def listed(city: Town, one: Announcement, people: int) -> Announcement:
    found = announcements.find(city.services.table, one.incident, one.id, city.services.now())
    assert found
    assert found.pages == -(-people // A_PAGE)
    return found


def steps_of(city: Town, one: Announcement) -> tuple[float, float]:
    """The read units of a page that is answered, and of one that is taken back."""
    going = units_of_a_step(city, one)
    stop(city.services, NADIA, one.incident, one.id)
    return going, units_of_a_step(city, one)


def units_of_a_step(city: Town, one: Announcement) -> float:
    metered = Metered(city.services.table, lambda: 0)
    before = len(looked_at(city, one))
    carry_on(replace(city.services, table=metered), keys.announcement(one.incident, one.id))
    assert len(looked_at(city, one)) - before in (0, A_PAGE)
    return metered.all_read()


def looked_at(city: Town, one: Announcement) -> list[str]:
    now = city.services.now()
    found = announcements.recipients(city.services.table, one.incident, one.id, now)
    return [each.reporter for each in found]


def test_a_step_of_an_appeal_likewise(city: Town, fire: str) -> None:
    few = units_of_a_step(city, appeal_to(city, fire, HUNDREDS, "weinig"))
    assert units_of_a_step(city, appeal_to(city, fire, THOUSANDS, "veel")) == few


def appeal_to(city: Town, fire: str, people: int, id_: str) -> Announcement:
    """So many asked for it; two coordinators saw it, and whom it is for is listed."""
    for number in range(people):
        city.services.table.write(volunteers.begun(volunteer(city, number)))
    one = appeal(city, fire, id_)
    propose(city.services, NADIA, one)
    approve(city.services, SALMA, fire, id_)
    carry_on(city.services, keys.announcement(fire, id_))
    return listed(city, one, people)


def volunteer(city: Town, number: int) -> Volunteer:
    now = city.services.now()
    return Volunteer(
        subject=f"{number:032x}", channel="whatsapp", account="1", gemeente="Enschede",
        topics=(), wording="Wij sturen u oproepen.", voice="nl", asked_at=now, agreed_at=now,
    )  # fmt: skip
