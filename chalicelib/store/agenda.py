"""The built-in agenda: places of teams, each taken once, and the appointment of a case."""

from chalicelib.domain.appointment import Appointment, Way
from chalicelib.domain.moments import Moment
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import attributes, from_item, to_item
from chalicelib.store.reading import each, get
from chalicelib.store.table import Absent, AllOf, Change, Delete, Is, Item, Put, Table, all_of


def of_case(table: Table, number: str, now: Moment) -> Appointment | None:
    item = get(table, keys.appointment(number), now)
    return None if item is None else from_item(Appointment, item)


def taken(table: Table, team: str, way: Way, now: Moment) -> set[tuple[Moment, int]]:
    """Which places are gone from now on, and which seat of each."""
    rows = each(table, keys.agenda_partition(team, way), now, strong=True)
    return {keys.place_of(row["sk"]) for row in rows}


def booked(made: Appointment, now: Moment) -> tuple[Put, Put]:
    """The place and the appointment. Fails where one is gone, or the case has one already."""
    expiry = expires_at("case", now)
    place = keys.agenda(made.team, made.way, made.start, made.seat)
    seat = {"pk": place.pk, "sk": place.sk, "number": made.number, "expires_at": expiry}
    item = to_item(keys.appointment(made.number), made, expires_at=expiry, **marks(made))
    return Put(seat, only_if=Absent("pk")), Put(item, only_if=Absent("pk"))


def marks(made: Appointment) -> Item:
    key = keys.appointment(made.number)
    return keys.due(keys.APPOINTMENT_DUE, made.comes_up_at, key) if made.is_due else {}


def came_up(made: Appointment) -> Change:
    """It stands on the queue: nothing is owed any more."""
    return Change(
        keys.appointment(made.number),
        set={"came_up": True},
        remove=keys.NO_LONGER_DUE,
        only_if=the_same(made),
    )


def over(made: Appointment) -> tuple[Delete, Delete]:
    """It was, or is called off: the place is free. Fails where it is another one by now."""
    place = keys.agenda(made.team, made.way, made.start, made.seat)
    seat = Delete(place, only_if=Is("number", made.number))
    return seat, Delete(keys.appointment(made.number), only_if=the_same(made))


def the_same(made: Appointment) -> AllOf:
    known = attributes(made)
    return all_of(*(Is(name, known[name]) for name in ("start", "way", "seat", "came_up")))
