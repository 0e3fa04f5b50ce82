"""What helped: a mark that somebody sets and takes back, with who and when, and in the figures."""

import pytest

from chalicelib.domain.principal import Principal
from chalicelib.errors import NotAllowed, NotFound
from chalicelib.flows.figures.counting import count
from chalicelib.flows.incidents.coordinating import join, view_incident
from chalicelib.flows.incidents.finding_useful import find_useful, take_useful_back
from chalicelib.flows.incidents.incident_desk import place_of, view_desk
from chalicelib.store import access_log, figures
from chalicelib.store.figures import Series
from tests.conftest import SANNE, Town
from tests.incidents.test_appeals import VOLUNTEERS, begins, brought, goes_out, street, writes
from tests.incidents.test_in_the_service import FIRE, NADIA, OTHER_TOWN, SMOKE, open_ones, tell
from tests.incidents.test_pages_incident import OTHER_SMOKE
from tests.web.visiting import Visitor

__all__ = ["street"]

MANAGER = Principal(id="tomasz", name="Tomasz", role="manager", team="oost")


def counted(town: Town, name: str) -> int:
    """A figure of the day, once the clock counted."""
    now = town.services.now()
    count(town.services, now[:16])
    day = Series("hour", now[:10], "oost")
    sums = figures.stored(town.services.table, day, ("00", "23"), now)
    return sum(one[name] for one in sums.values())


def test_a_tip_is_useful_until_somebody_takes_that_back(city: Town, fire: str) -> None:
    message = view_incident(city.services, NADIA, fire).members[1].message
    find_useful(city.services, SANNE, fire, message)
    find_useful(city.services, NADIA, fire, message)
    (mark,) = view_desk(city.services, NADIA, fire).useful.values()
    assert (mark.message, mark.name, mark.at) == (message, SANNE.name, city.services.now())
    assert (counted(city, "useful"), counted(city, "helped")) == (1, 0)
    city.clock.forward(minutes=1)
    take_useful_back(city.services, NADIA, fire, message)
    take_useful_back(city.services, NADIA, fire, message)
    assert not view_desk(city.services, NADIA, fire).useful
    assert counted(city, "useful") == 0
    told = [(one.what, one.name) for one in view_incident(city.services, NADIA, fire).timeline]
    assert told[-2:] == [("found_useful", SANNE.name), ("found_not_useful", NADIA.name)]
    now = city.services.now()
    used = [one.actor for one in access_log.lines(city.services.table, now[:10], now)
            if one.action == "find_useful"]  # fmt: skip
    assert sorted(used) == sorted([SANNE.id, NADIA.id])


def test_who_may_not_answer_and_what_is_no_message_of_it(city: Town, fire: str) -> None:
    message = view_incident(city.services, NADIA, fire).members[0].message
    with pytest.raises(NotAllowed):
        find_useful(city.services, MANAGER, fire, message)
    with pytest.raises(NotFound):
        find_useful(city.services, SANNE, fire, "whatsapp#wamid.elders")


def test_what_was_joined_into_it_keeps_its_marks(city: Town) -> None:
    tell(city, FIRE, OTHER_TOWN, SMOKE, OTHER_SMOKE)
    one, other = open_ones(city)
    message = view_incident(city.services, NADIA, other.subject).members[0].message
    find_useful(city.services, SANNE, other.subject, message)
    join(city.services, NADIA, one.subject, other.subject)
    assert {*view_desk(city.services, NADIA, one.subject).useful} == {message}
    take_useful_back(city.services, SANNE, one.subject, message)
    assert not view_desk(city.services, NADIA, one.subject).useful


def test_an_appeal_tells_how_many_of_its_answers_helped(
    street: Town, fire: str, nadia: Visitor
) -> None:
    begins(street, fire)
    goes_out(street)
    writes(street, "Ja, een man met een rode jas", VOLUNTEERS[0])
    writes(street, "Hij reed weg op een scooter", VOLUNTEERS[0])
    writes(street, "Nee, niets gezien", VOLUNTEERS[1])
    page = f"/incident/{fire}"
    asked = [one for one in view_incident(street.services, NADIA, fire).members if one.answers]
    for one in asked[:2]:
        done = nadia.post(f"{page}/bruikbaar", bericht=one.message)
        assert done.place == f"{page}?gedaan=bruikbaar#{place_of(one.message)}"
    assert (brought(street, fire).answered, brought(street, fire).helped) == (2, 1)
    assert (counted(street, "useful"), counted(street, "helped")) == (2, 2)
    assert "Van wie iets bruikbaars 1" in nadia.get(f"{page}/oproep/een").text
    seen = nadia.get(page).text
    assert seen.count("Bruikbaar volgens Nadia Kaya") == 2
    nadia.post(f"{page}/bruikbaar", terug=asked[0].message)
    nadia.post(f"{page}/bruikbaar", terug=asked[1].message)
    assert (brought(street, fire).helped, counted(street, "helped")) == (0, 0)
