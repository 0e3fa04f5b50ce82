"""Figures equal what happened, to the last item: in any order, delivered twice, counted twice."""

import random
from collections import Counter
from dataclasses import replace

import pytest

from chalicelib.domain.dutch_time import day_of
from chalicelib.domain.figures import ALL_TEAMS, Counts, added, by_quarter
from chalicelib.domain.moments import later, moment
from chalicelib.domain.sheet import Sheet
from chalicelib.errors import Conflict
from chalicelib.flows.answering.replying import reply
from chalicelib.flows.desk.handing_over import hand_over
from chalicelib.flows.desk.queueing import claim, finish, release
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.flows.figures.counting import count_day
from chalicelib.flows.figures.summing import PARTS, dutch_days
from chalicelib.flows.running.sweeping import sweep
from chalicelib.store import figures, queue, timeline
from chalicelib.store.figures import Series
from tests.conftest import MARIJKE, NOOR, SANNE, YOUSSEF, Town, furnish
from tests.emulator import emulator
from tests.flows.detecting import Scripted, detected_by

DAY = "2026-11-21"


@pytest.fixture(params=["sqlite", "dynamo"])
def place(town: Town, request: pytest.FixtureRequest) -> Town:
    """A town on either engine, whose detection knows a fire when it hears of one."""
    if request.param == "dynamo":
        town.services = replace(town.services, table=emulator().table())
        furnish(town.services)
    detected_by(town, Scripted())
    return town


def of_the_day(town: Town, team: str = ALL_TEAMS, day: str = DAY) -> Counts:
    found = [dutch_days(town.services, team, day, day, part).get(day, Counter()) for part in PARTS]
    return added(found)


def of_all_minutes(town: Town, team: str = ALL_TEAMS) -> Counts:
    now, found = town.services.now(), list[Counts]()
    for part in PARTS:
        series = Series("minute", DAY, team, part)
        found += figures.stored(town.services.table, series, ("00:00", "23:59"), now).values()
    return added(found)


def answered(town: Town, subject: str, reply_id: str) -> None:
    seen = view_conversation(town.services, SANNE, subject).newest
    reply(town.services, SANNE, subject, reply_id=reply_id, text="Wij kijken.", seen=seen)


def test_an_evening_is_counted_as_it_happened(place: Town) -> None:
    place.whatsapp("is het bureau open?", author="NL.1", id_="wamid.1")
    place.clock.forward(seconds=2)
    place.work()
    (row,) = view_queue(place.services, SANNE).rows
    place.clock.forward(minutes=3)
    claim(place.services, SANNE, row.subject)
    answered(place, row.subject, "r1")
    answered(place, row.subject, "r2")
    place.clock.forward(minutes=1)
    finish(place.services, SANNE, row.subject)
    place.sweep()
    counts = of_the_day(place)
    sheet = Sheet(counts)
    once = ("arrived", "opened", "claimed", "answered", "in_time", "finished")
    assert {name: counts[name] for name in once} == dict.fromkeys(once, 1)
    assert counts["replies"] == 2
    assert sheet.by("arrived", "channel") == {"whatsapp": 1}
    assert sheet.by("answered", "team") == {"oost": 1}
    assert by_quarter(counts) == {84: 1}
    assert Sheet(counts).took("to_queue", 0.5) == pytest.approx(2_000, rel=0.03)
    assert Sheet(counts).took("first_answer", 0.9) == pytest.approx(182_000, rel=0.03)
    assert Sheet(counts).took("resolution", 0.5) == pytest.approx(242_000, rel=0.03)
    place.whatsapp("en morgen?", author="NL.1", id_="wamid.2")
    place.work()
    place.sweep()
    assert (of_the_day(place)["reopened"], of_the_day(place)["opened"]) == (1, 1)


def test_an_emergency_is_timed_until_seen_acknowledged_and_handed_over(place: Town) -> None:
    place.whatsapp("er is brand", author="NL.1")
    place.work()
    (row,) = view_queue(place.services, SANNE).rows
    place.clock.forward(seconds=20)
    view_conversation(place.services, MARIJKE, row.subject)
    view_conversation(place.services, YOUSSEF, row.subject)
    view_conversation(place.services, SANNE, row.subject)
    place.clock.forward(seconds=20)
    claim(place.services, SANNE, row.subject)
    place.clock.forward(seconds=20)
    hand_over(place.services, SANNE, row.subject, "noord")
    place.sweep()
    counts = of_the_day(place)
    names = ("emergencies", "seen", "acknowledged", "handed_over", "passed_on")
    assert {name: counts[name] for name in names} == dict.fromkeys(names, 1)
    for name, seconds in (("see", 20), ("acknowledge", 40), ("hand_over", 60)):
        assert Sheet(counts).took(name, 0.5) == pytest.approx(seconds * 1000, rel=0.03)
    item = queue.find(place.services.table, row.subject, place.services.now())
    assert item
    assert item.acknowledge_by, "the other team has its own clock"


def test_what_waits_is_counted_each_minute(town: Town) -> None:
    detected_by(town, Scripted())
    town.whatsapp("vraag", author="NL.1")
    town.clock.forward(minutes=10)
    town.whatsapp("er is brand", author="NL.2")
    town.work()
    town.sweep()
    now = town.services.now()
    found = figures.newest_waiting(town.services.table, "oost", now)
    assert found
    assert (found.waiting, found.life, found.held, found.late) == (2, 1, 0, 0)
    assert found.oldest == later(now, -(town.clock.at - town.clock.at))[:11] + "20:00:00.000Z"
    everybody = figures.newest_waiting(town.services.table, ALL_TEAMS, now)
    assert everybody == replace(found, team=ALL_TEAMS)
    assert figures.counted_at(town.services.table, now) == now


def test_a_window_that_ended_unanswered_is_noted_once(town: Town) -> None:
    town.whatsapp("vraag", author="NL.1")
    town.work()
    town.clock.forward(hours=25)
    for _ in range(3):
        town.sweep()
        town.clock.forward(minutes=1)
    day = day_of(town.services.now())
    assert of_the_day(town, day=day)["missed"] == 1
    (row,) = view_queue(town.services, SANNE).rows
    told = timeline.events(town.services.table, row.subject, town.services.now())
    assert [event.what for event in told].count("window_missed") == 1


def test_a_message_taken_back_was_still_there(town: Town) -> None:
    detected_by(town, Scripted())
    town.whatsapp("weg ermee", author="NL.1", id_="wamid.1")
    town.work()
    town.clock.forward(minutes=1)
    revoked = {"type": "revoke", "id": "wamid.2", "from_user_id": "NL.1"}
    town.deliver_whatsapp(revoked | {"revoke": {"original_message_id": "wamid.1"}})
    town.work()
    count_day(town.services, DAY)
    assert of_the_day(town)["arrived"] == 1


def test_what_is_assessed_again_later_moves_to_where_it_belongs(town: Town) -> None:
    detection = Scripted(away=True)
    detected_by(town, detection)
    town.whatsapp("er is brand", author="NL.1")
    town.work()
    town.sweep()
    assert of_the_day(town)["emergencies"] == 0
    detection.away = False
    town.clock.forward(minutes=6)
    town.sweep()
    town.work()
    assert (of_the_day(town)["emergencies"], of_the_day(town)["arrived"]) == (1, 1)


@pytest.mark.parametrize("seed", range(4))
def test_figures_equal_a_recount_after_anything_in_any_order(town: Town, seed: int) -> None:
    detected_by(town, Scripted())
    dice = random.Random(seed)
    expected: Counter[str] = Counter()
    written: list[str] = []
    for number in range(60):
        town.clock.forward(seconds=dice.randint(0, 40))
        dice.choice((write, write, write_again, act, act, act, minute))(
            town, dice, written, expected, number
        )
    town.work()
    town.clock.forward(minutes=2)
    sweep(town.services)
    town.work()
    kept = of_the_day(town)
    assert {name: kept[name] for name in expected} == dict(expected)
    assert kept == of_all_minutes(town)
    assert sum((of_all_minutes(town, team) for team in ("oost", "noord")), Counter()) == kept
    count_day(town.services, DAY)
    assert of_the_day(town) == kept


def write(
    town: Town, dice: random.Random, written: list[str], expected: Counter[str], n: int
) -> None:
    """A citizen writes; sometimes what the machine does with it comes later."""
    text = dice.choice(("er is brand", "vraag", "hallo"))
    id_, author = f"wamid.{n}", f"NL.{dice.randint(1, 6)}"
    town.whatsapp(f"{text} {n}", author=author, id_=id_)
    written.append(id_)
    expected["arrived"] += 1
    expected["emergencies"] += text == "er is brand"
    if dice.random() < 0.8:
        town.work()


def write_again(
    town: Town, dice: random.Random, written: list[str], expected: Counter[str], n: int
) -> None:
    """A platform delivers once more what it delivered before."""
    if written:
        town.whatsapp("nog eens", author="NL.1", id_=dice.choice(written))
        town.work()


def act(
    town: Town, dice: random.Random, written: list[str], expected: Counter[str], n: int
) -> None:
    """An agent does something with what waits; twice, as people click."""
    rows = view_queue(town.services, SANNE).rows
    if not rows:
        return
    subject = dice.choice(rows).subject
    agent = dice.choice((SANNE, YOUSSEF, NOOR))
    for _ in range(2):
        try:
            what = dice.choice(("claimed", "answered", "finished", "handed_over", "released"))
            standing = queue.find(town.services.table, subject, town.services.now())
            if what == "claimed":
                claim(town.services, agent, subject)
                held = standing and standing.held_by(agent.id, town.services.now())
                expected["claimed"] += not held
            elif what == "answered":
                seen = view_conversation(town.services, agent, subject).newest
                text, id_ = "Wij kijken.", f"r{n}"
                done = reply(town.services, agent, subject, reply_id=id_, text=text, seen=seen)
                expected["replies"] += not done.again
            elif what == "finished":
                finish(town.services, agent, subject)
                expected["finished"] += standing is not None
            elif what == "handed_over":
                hand_over(town.services, agent, subject, dice.choice(("oost", "noord")))
                expected["handed_over"] += 1
            else:
                release(town.services, agent, subject)
        except Conflict:
            continue


def minute(
    town: Town, dice: random.Random, written: list[str], expected: Counter[str], n: int
) -> None:
    """The clock counts, late or twice."""
    sweep(town.services)
    if dice.random() < 0.7:
        town.work()


def test_the_days_begin_and_end_in_the_netherlands(town: Town) -> None:
    detected_by(town, Scripted())
    town.clock.at = town.clock.at.replace(hour=22, minute=59)
    town.whatsapp("nog vandaag", author="NL.1")
    town.work()
    town.clock.forward(minutes=1)
    town.whatsapp("al morgen", author="NL.2")
    town.work()
    town.sweep()
    assert moment(town.clock.at).startswith("2026-11-21T23:00")
    assert of_the_day(town)["arrived"] == 1
    assert by_quarter(of_the_day(town, day="2026-11-22")) == {0: 1}
