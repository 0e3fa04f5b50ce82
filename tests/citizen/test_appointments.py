"""A person at a chosen moment: never given twice, on top of the queue in time, summed up after."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from chalicelib import wiring
from chalicelib.domain.appointment import SEATS, Appointment, Way, phone_number, places
from chalicelib.domain.calendar import Calendar, read_hours
from chalicelib.domain.dutch_time import HERE, local
from chalicelib.domain.moments import later, moment
from chalicelib.errors import InvalidInput
from chalicelib.flows.citizen.erasing import decide
from chalicelib.flows.desk.appointing import take
from chalicelib.flows.desk.queueing import finish
from chalicelib.flows.desk.viewing import view_queue
from chalicelib.store import agenda
from chalicelib.store.sqlite import SqliteTable
from chalicelib.store.table import ConditionFailed
from tests.citizen.conftest import Square
from tests.conftest import SANNE, NobodySignsIn
from tests.dying import dying
from tests.web.visiting import Visitor, signed_in

STOLEN = "Mijn zwarte fiets is gisteren gestolen in Enschede"
MEET = "/melding/afspraak"


@pytest.fixture
def kim(square: Square) -> Visitor:
    square.writes(STOLEN)
    return square.inside()


def first_free(square: Square) -> str:
    return places(square.town.services.calendar, square.town.services.now())[0]


def books(square: Square, visitor: Visitor, way: str = "call", phone: str = "06-1234 5678") -> str:
    start = first_free(square)
    square.town.clock.forward(seconds=5)
    told = {"hoe": way, "moment": start, "phone": phone, "message_id": "afspraak"}
    assert visitor.post(MEET, **told).place == "/melding?gedaan=afspraak"
    square.town.work()
    return start


def rows(square: Square) -> dict[str, str]:
    """What waits at the team, and why."""
    return {row.text: row.because for row in view_queue(square.town.services, SANNE).rows}


def test_the_citizen_chooses_a_moment_and_the_team_reads_it(square: Square, kim: Visitor) -> None:
    assert "Bel mij terug" in kim.get(MEET).text
    assert 'name="moment"' in kim.get(f"{MEET}?hoe=call").html
    books(square, kim)
    page = kim.get("/melding")
    assert "0612345678" in page.text
    assert "U maakte een afspraak" in page.text
    assert any("gebeld worden" in text for text in rows(square))


def test_in_time_it_stands_on_top_whatever_became_of_the_message(
    square: Square, kim: Visitor
) -> None:
    start = books(square, kim)
    services = square.town.services
    for row in view_queue(services, SANNE).rows:
        finish(services, SANNE, row.subject)
    square.town.work()
    assert rows(square) == {}
    square.town.clock.at = datetime.fromisoformat(later(start, -timedelta(minutes=4)))
    square.town.sweep()
    square.town.sweep()
    (row,) = view_queue(services, SANNE).rows
    assert row.because.startswith(f"Afspraak om {local(start):%H:%M}")
    assert (row.urgency, row.due_at) == ("nu", start)


def test_the_agent_sums_up_and_the_citizen_reads_it(square: Square, kim: Visitor) -> None:
    books(square, kim)
    subject = next(
        row.subject
        for row in view_queue(square.town.services, SANNE).rows
        if "gebeld worden" in row.text
    )
    sanne = signed_in(square.town.services, SANNE)
    assert "0612345678" in sanne.get(f"/gesprek/{subject}").text
    assert sanne.post(f"/gesprek/{subject}/afspraak", summary=" ").status == 422
    sanne.post(f"/gesprek/{subject}/afspraak", summary="Aangifte gaat via politie.nl.")
    page = kim.get("/melding").text
    assert "Die schreef op: Aangifte gaat via politie.nl." in page
    assert "0612345678" not in rows(square)
    assert "Kies een moment" in page
    kim.post("/melding/wissen")
    decide(square.town.services, SANNE, square.number().replace(" ", ""), erase=True, ground="")
    assert "Aangifte gaat via politie.nl." not in kim.get("/melding").text


def test_called_off_the_place_is_free_again(square: Square, kim: Visitor) -> None:
    start = books(square, kim, "aangifte")
    square.writes(STOLEN, author="NL.9009")
    other = square.inside("NL.9009")
    told = {"hoe": "aangifte", "moment": start, "phone": "0612345678", "message_id": "b"}
    assert other.post(MEET, **told).status == 422
    kim.post(f"{MEET}/af", message_id="af")
    square.town.work()
    assert other.post(MEET, **told).status == 303
    assert any("gaat niet door" in text for text in rows(square))
    assert kim.post(f"{MEET}/af", message_id="af2").status == 422


def test_who_dies_between_place_and_message_leaves_nobody_waiting(
    square: Square, kim: Visitor
) -> None:
    start = first_free(square)
    told = {"hoe": "call", "moment": start, "phone": "0612345678", "message_id": "afspraak"}
    with dying(square.town, lambda operation: operation.key.pk.startswith("ENV#chat")):
        kim.post(MEET, **told)
    square.town.clock.at = datetime.fromisoformat(later(start, -timedelta(minutes=4)))
    square.town.sweep()
    (row,) = view_queue(square.town.services, SANNE).rows
    assert row.because == f"Afspraak om {local(start):%H:%M} (0612345678)"


def test_who_asks_for_their_own_moment_again_has_it_once(square: Square, kim: Visitor) -> None:
    start = first_free(square)
    told = {"hoe": "aangifte", "moment": start, "phone": "0612345678", "message_id": "afspraak"}
    with dying(square.town, lambda operation: operation.key.pk.startswith("ENV#chat")):
        kim.post(MEET, **told)
    for _ in range(2):
        assert kim.post(MEET, **told).place == "/melding?gedaan=afspraak"
        square.town.work()
    assert sum("aangifte doen met" in text for text in rows(square)) == 1
    assert kim.get("/melding").text.count("U maakte een afspraak") == 1


def test_who_dies_while_it_is_called_off_can_call_it_off_again(
    square: Square, kim: Visitor
) -> None:
    start = books(square, kim)
    with dying(square.town, lambda operation: operation.key.pk.startswith("AGENDA#")):
        kim.post(f"{MEET}/af", message_id="af")
    square.town.work()
    assert any("gaat niet door" in text for text in rows(square))
    assert kim.post(f"{MEET}/af", message_id="af").status == 303
    square.town.work()
    page = kim.get("/melding").text
    assert page.count("gaat niet door") == 1
    assert "Kies een moment" in page
    square.town.clock.at = datetime.fromisoformat(later(start, -timedelta(minutes=4)))
    square.town.sweep()
    assert not any("Afspraak om" in because for because in rows(square).values())


def test_video_only_where_the_organisation_has_a_service_for_it(
    square: Square, kim: Visitor
) -> None:
    assert "Praat met beeld" not in kim.get(MEET).text
    wrong = {"hoe": "video", "moment": first_free(square), "message_id": "v"}
    assert kim.post(MEET, **wrong).status == 422
    square.town.services = replace(square.town.services, video="https://beeld.example")
    wiring.use(wiring.House(services=square.town.services, sign_in=NobodySignsIn()))
    books(square, kim, "video", "")
    links = [one for one in kim.get("/melding").page.links if one.startswith("https://beeld")]
    assert len(links[0].rpartition("/")[2]) >= 22


@pytest.mark.parametrize("phone", ["", "112", "06-abc", "0" * 16, "٠٦١٢٣٤٥٦٧٨"])
def test_what_is_no_number_is_said(square: Square, kim: Visitor, phone: str) -> None:
    told = {"hoe": "call", "moment": first_free(square), "phone": phone, "message_id": "x"}
    assert kim.post(MEET, **told).status == 422
    assert phone_number(phone) is None


def test_places_lie_within_the_hours_and_not_at_once() -> None:
    calendar = Calendar(hours=read_hours("ma-vr 09:10-12:00"), zone=ZoneInfo("Europe/Amsterdam"))
    now = moment(datetime(2026, 11, 23, 9, 0, tzinfo=HERE))
    found = [f"{local(at):%a %H:%M}" for at in places(calendar, now)]
    assert found[:4] == ["Mon 10:00", "Mon 10:30", "Mon 11:00", "Mon 11:30"]
    assert found[4] == "Tue 09:30"
    assert all(8 < local(at).hour < 21 for at in places(Calendar(), now))


Step = tuple[str, int, int, Way]
STEPS: some.SearchStrategy[list[Step]] = some.lists(
    some.tuples(
        some.sampled_from(["take", "call off"]),
        some.integers(0, 5),
        some.integers(0, 1),
        some.sampled_from(["call", "aangifte"]),
    ),
    max_size=30,
)


@settings(max_examples=50)
@given(STEPS)
def test_no_place_is_ever_given_twice(steps: list[Step]) -> None:
    """Whoever takes and calls off in whatever order: each seat has one, each case one moment."""
    table, now = SqliteTable(":memory:"), "2026-11-23T08:00:00.000Z"
    had: dict[str, Appointment] = {}
    for what, who, half_hours, way in steps:
        number = str(who)
        if what == "call off":
            for write in [agenda.over(had[number])] if number in had else []:
                table.write(*write)
                del had[number]
            continue
        start = f"2026-11-24T{10 + half_hours}:00:00.000Z"
        for seat in range(SEATS[way]):
            made = Appointment(number=number, way=way, team="oost", start=start, seat=seat)
            try:
                table.write(*agenda.booked(made, now))
            except ConditionFailed:
                continue
            assert number not in had
            had[number] = made
            break
        seats = [(one.way, one.start, one.seat) for one in had.values()]
        assert len(seats) == len(set(seats))
        assert {(one.start, one.seat) for one in had.values() if one.way == way} == agenda.taken(
            table, "oost", way, now
        )


def test_the_last_place_goes_to_one(square: Square) -> None:
    made = [
        Appointment(
            number=str(who), way="call", team="oost", start=first_free(square), seat=0,
        )
        for who in range(3)
    ]  # fmt: skip
    take(square.town.services, made[0])
    take(square.town.services, made[1])
    with pytest.raises(InvalidInput):
        take(square.town.services, made[2])
