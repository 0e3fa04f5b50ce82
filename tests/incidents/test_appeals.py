"""Appeals: to who asked for them, once each, capped, stoppable; answers come back."""

from dataclasses import replace

import pytest

from chalicelib.domain.announcement import HOLD, Announcement, Appeal, Wording
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.principal import Principal
from chalicelib.domain.template import Template
from chalicelib.errors import InvalidInput, NotAllowed, StaleVersion
from chalicelib.flows.citizen.volunteering import ACCOUNTS
from chalicelib.flows.incidents import circles
from chalicelib.flows.incidents.announced import told_now
from chalicelib.flows.incidents.answering_all import carry_on, stop
from chalicelib.flows.incidents.appealing import Measured, approve, measured, propose
from chalicelib.flows.incidents.coordinating import found, view_incident
from chalicelib.flows.incidents.previewing_all import preview
from chalicelib.flows.incidents.rolling_up import roll_up
from chalicelib.store import (
    access_log,
    announcements,
    conversations,
    directory,
    kept_messages,
    keys,
    queue,
    references,
    templates,
    volunteers,
)
from tests.citizen.test_volunteering import joins
from tests.conftest import SANNE, WHATSAPP, Town
from tests.dying import dying
from tests.incidents.test_answering_all import at_write, deliveries_of
from tests.incidents.test_in_the_service import NADIA

TEXT = "Heeft u vanavond iemand zien wegrennen bij de Textielstraat?"
SALMA = Principal(id="salma", name="Salma Idrissi", role="coordinator", team="oost")
VOLUNTEERS = ("NL.901", "NL.902", "NL.903", "NL.904")


@pytest.fixture
def street(city: Town, fire: str, monkeypatch: pytest.MonkeyPatch) -> Town:
    """A fire, and four citizens of Enschede who asked for appeals; they are asked by three."""
    monkeypatch.setattr(circles, "A_PAGE", 3)
    assert fire
    for one in directory.accounts(city.services.table):
        approvals = one.approvals | {"appeal": one.approvals["answer"]}
        city.services.table.write(directory.kept_account(replace(one, approvals=approvals)))
    ACCOUNTS.forget(city.services)
    for author in VOLUNTEERS:
        joins(city, author)
    BEFORE[:] = [len(city.fakes.sent())]
    return city


BEFORE = [0]


def appeal(town: Town, fire: str, id_: str = "een", text: str = TEXT) -> Announcement:
    now = town.services.now()
    return Announcement(
        incident=fire, id=id_, by=NADIA.id, name=NADIA.name, role=NADIA.role, team=NADIA.team,
        at=now, seen_at=now, wordings=(Wording(audience="private", text=text),),
        appeal=Appeal(asks="witness", gemeente="Enschede", topic="brand"),
    )  # fmt: skip


def begins(town: Town, fire: str, id_: str = "een") -> None:
    """Proposed by one coordinator, approved by another."""
    propose(town.services, NADIA, appeal(town, fire, id_))
    approve(town.services, SALMA, fire, id_)


def goes_out(town: Town) -> None:
    for _ in range(3):
        town.work()
        town.clock.forward(seconds=HOLD.total_seconds() + 2)
        town.sweep()


def asked(town: Town) -> list[str]:
    """Whom the platform got the appeal for, as often as it did."""
    return sorted(one["to"] for one in town.fakes.sent(*BEFORE) if TEXT in one["text"])


def made(town: Town, fire: str, id_: str = "een") -> list[Delivery]:
    one = announcements.find(town.services.table, fire, id_, town.services.now())
    return deliveries_of(town, one) if one else []


def brought(town: Town, fire: str, id_: str = "een") -> Measured:
    return measured(town.services, NADIA, fire, id_)


def subject_of(town: Town, author: str) -> str:
    lead = keys.thread("whatsapp", WHATSAPP, author)
    known = references.thread_subject(town.services.table, lead, town.services.now())
    assert known
    return known


def writes(town: Town, text: str, author: str) -> str:
    """A citizen writes; which incident their message is part of."""
    town.clock.forward(seconds=5)
    town.whatsapp(text, author=author)
    town.work()
    subject, now = subject_of(town, author), town.services.now()
    last = kept_messages.newest_inbound(town.services.table, subject, now)
    assert last
    return last.incident or ""


def test_it_needs_other_eyes_and_then_reaches_each_volunteer_once(street: Town, fire: str) -> None:
    propose(street.services, NADIA, appeal(street, fire))
    carry_on(street.services, keys.announcement(fire, "een"))
    goes_out(street)
    assert asked(street) == []
    with pytest.raises(NotAllowed):
        approve(street.services, NADIA, fire, "een")
    with pytest.raises(NotAllowed):
        approve(street.services, SANNE, fire, "een")
    approve(street.services, SALMA, fire, "een")
    with pytest.raises(StaleVersion):
        approve(street.services, SALMA, fire, "een")
    carry_on(street.services, keys.announcement(fire, "een"))
    goes_out(street)
    assert asked(street) == sorted(VOLUNTEERS)
    last = street.fakes.sent()[-1]["text"]
    assert last.endswith(
        "Weet u iets? Antwoord hier. Spoed? Bel 112. Geen oproepen meer? Stuur STOP."
    )
    done = brought(street, fire)
    assert (done.progress.states["sent"], done.progress.going, done.answered) == (4, False, 0)
    assert not told_now(street.services, found(street.services, fire))
    uses = [one.action for one in access_log.lines(street.services.table, BEGUN, NOW)]
    assert {"propose_appeal", "approve_appeal", "volunteer"} <= {*uses}


BEGUN, NOW = "2026-11-21", "2026-11-21T23:00:00.000Z"


@pytest.mark.parametrize(
    ("written", "number"), [*(("TO#", n) for n in (1, 2, 4)), ("ANNOUNCED#", 2), ("DELIVERY", 6)]
)
def test_killed_at_any_write_nobody_is_asked_twice(
    street: Town, fire: str, written: str, number: int
) -> None:
    begins(street, fire)
    with dying(street, at_write(written, number)):
        goes_out(street)
    for _ in range(6):
        street.clock.forward(minutes=2)
        goes_out(street)
    unsure = [one.to for one in made(street, fire) if one.state == "uncertain"]
    assert sorted({*asked(street), *unsure}) == sorted(VOLUNTEERS)
    assert len(asked(street)) == len({*asked(street)})


def test_a_worker_killed_six_times_asks_nobody_twice(street: Town, fire: str) -> None:
    begins(street, fire)
    carry_on(street.services, keys.announcement(fire, "een"))
    for _ in range(6):
        with dying(street, at_write("TO#", 1)):
            carry_on(street.services, keys.announcement(fire, "een"))
    assert asked(street) == []
    goes_out(street)
    assert asked(street) == sorted(VOLUNTEERS)


def test_who_stops_in_the_middle_gets_nothing_that_had_not_left(street: Town, fire: str) -> None:
    begins(street, fire)
    street.work()
    assert {one.state for one in made(street, fire)} == {"queued"}
    writes(street, "STOP", VOLUNTEERS[0])
    goes_out(street)
    assert asked(street) == sorted(VOLUNTEERS[1:])
    assert brought(street, fire).progress.left == 1


def test_a_coordinator_stops_it_and_no_conversation_waits_because_of_it(
    street: Town, fire: str
) -> None:
    begins(street, fire)
    street.work()
    stop(street.services, NADIA, fire, "een")
    goes_out(street)
    assert asked(street) == []
    assert brought(street, fire).progress.states["taken_back"] == 4
    now = street.services.now()
    items = [queue.find(street.services.table, subject_of(street, one), now) for one in VOLUNTEERS]
    assert items == [None] * 4
    what = [one.what for one in view_incident(street.services, NADIA, fire).timeline]
    assert {"appeal_proposed", "appeal_approved", "appeal_stopped"} <= {*what}


def test_the_caps_hold_over_all_appeals_and_are_told_beforehand(street: Town, fire: str) -> None:
    begins(street, fire)
    goes_out(street)
    looked = preview(street.services, SALMA, appeal(street, fire, "twee"))
    assert (looked.reached, {why: len(out) for why, out in looked.out.items()}) == (
        0,
        {"capped": 4},
    )
    begins(street, fire, "twee")
    goes_out(street)
    assert len(asked(street)) == 4


def test_after_the_window_only_a_template_that_is_no_marketing(street: Town, fire: str) -> None:
    street.clock.forward(hours=25)
    assert {*preview(street.services, NADIA, appeal(street, fire)).out} == {"window"}
    for name, category in (("oproep", "UTILITY"), ("reclame", "MARKETING")):
        one = Template(
            channel="whatsapp", account=WHATSAPP, name=name, language="nl", state="approved",
            category=category, body="Oproep van de politie: {{1}}",
        )  # fmt: skip
        street.services.table.write(*templates.replaced([], [one]))
    reached = {
        name: preview(street.services, NADIA, replace(appeal(street, fire), template=name)).reached
        for name in ("oproep", "reclame")
    }
    assert reached == {"oproep": 4, "reclame": 0}


def test_who_waits_for_us_is_not_asked_for_something(street: Town, fire: str) -> None:
    writes(street, "Mijn fiets is gestolen bij het station in Enschede", VOLUNTEERS[0])
    looked = preview(street.services, NADIA, appeal(street, fire))
    assert (looked.reached, len(looked.out["waits"])) == (3, 1)


def test_an_answer_joins_the_incident_and_does_not_make_it_bigger(street: Town, fire: str) -> None:
    before = found(street.services, fire)
    begins(street, fire)
    goes_out(street)
    assert writes(street, "Ja, een man met een rode jas", VOLUNTEERS[0]) == fire
    assert writes(street, "Hij reed weg op een scooter", VOLUNTEERS[0]) == fire
    assert writes(street, "Nee, niets gezien", VOLUNTEERS[1]) == fire
    after = roll_up(street.services, keys.incident(fire))
    assert after
    assert (after.reporters, after.growth) == (before.reporters, before.growth)
    assert after.messages == before.messages + 3
    assert brought(street, fire).answered == 2
    members = view_incident(street.services, NADIA, fire).members
    assert members[-1].because == ("antwoord op een oproep",)
    assert queue.find(
        street.services.table, subject_of(street, VOLUNTEERS[1]), street.services.now()
    )


def test_an_answer_after_the_incident_went_quiet_still_joins_it(street: Town, fire: str) -> None:
    street.clock.forward(hours=8)
    street.sweep()
    assert found(street.services, fire).state == "closed"
    begins(street, fire)
    goes_out(street)
    assert writes(street, "Ja, ik zag een man met een jerrycan", VOLUNTEERS[0]) == fire
    after = found(street.services, fire)
    assert after.state == "closed"
    assert queue.find(street.services.table, fire, street.services.now())


def test_an_answer_with_life_at_risk_rises_as_always(street: Town, fire: str) -> None:
    begins(street, fire)
    goes_out(street)
    writes(street, "help hij staat hier met een mes en steekt mijn broer neer", VOLUNTEERS[0])
    item = queue.find(
        street.services.table, subject_of(street, VOLUNTEERS[0]), street.services.now()
    )
    assert item
    assert item.emergency


def test_another_matter_is_no_answer(street: Town, fire: str) -> None:
    begins(street, fire)
    goes_out(street)
    theft = "Mijn fiets is gestolen bij het station in Hengelo, ik wil aangifte doen van diefstal"
    assert writes(street, theft, VOLUNTEERS[0]) != fire


def test_who_is_asked_follows_from_area_and_topic_and_from_nothing_else(
    street: Town, fire: str
) -> None:
    """Whatever is changed of who they are, the same ones are asked in the same words."""
    told, table, now = appeal(street, fire), street.services.table, street.services.now()
    before = preview(street.services, NADIA, told)
    for author in VOLUNTEERS:
        one = conversations.find(table, subject_of(street, author), now)
        assert one
        other = replace(one, author_name="Iemand anders", lang="ar", contact="x", incident=None)
        table.write(conversations.continued(one, other, now))
    assert preview(street.services, NADIA, told) == before
    elsewhere = replace(told, appeal=Appeal(asks="alert", gemeente="Hengelo", topic="brand"))
    assert preview(street.services, NADIA, elsewhere).reached == 0
    first = volunteers.of_gemeente(table, "Enschede", now)[0]
    table.write(volunteers.begun(replace(first, topics=("vermissing",))))
    assert preview(street.services, NADIA, told).reached == 3


def test_without_the_approval_nobody_is_asked(street: Town, fire: str) -> None:
    for one in directory.accounts(street.services.table):
        rest = {use: given for use, given in one.approvals.items() if use != "appeal"}
        street.services.table.write(directory.kept_account(replace(one, approvals=rest)))
    assert {*preview(street.services, NADIA, appeal(street, fire)).out} == {"closed"}


def test_it_must_be_about_something_that_can_be_asked_for(street: Town, fire: str) -> None:
    wrong = Appeal(asks="witness", gemeente="Nergenshuizen", topic="burenruzie")
    with pytest.raises(InvalidInput) as refused:
        propose(street.services, NADIA, replace(appeal(street, fire), appeal=wrong))
    assert {*refused.value.fields} == {"gemeente", "topic"}
