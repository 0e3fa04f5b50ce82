"""A citizen follows what is told of their incident; a wrong join leaves no trace."""

from chalicelib.domain.announcement import Wording
from chalicelib.domain.case import Case, Door
from chalicelib.flows.citizen.cases import Beginning, open_case
from chalicelib.flows.citizen.doors import Visit
from chalicelib.flows.citizen.dossier import DossierView, view_dossier
from chalicelib.flows.incidents.answering_all import announce
from chalicelib.flows.incidents.coordinating import join, part, put_back, take_out, view_incident
from chalicelib.flows.incidents.following_incident import set_following
from chalicelib.store import cases
from tests.conftest import Town
from tests.incidents.test_answering_all import TEXT, goes_out, told
from tests.incidents.test_in_the_service import NADIA, OTHER_TOWN, open_ones, tell


def inside(city: Town, number: str) -> Visit:
    case = cases.find(city.services.table, number, city.services.now())
    assert case
    door = Door(kind="session", number=number, round=case.round, until="2027-01-01T00:00:00.000Z")
    return Visit(case=case, door=door, secret="geheim")


def reporter(city: Town, fire: str) -> str:
    """The number of the case of the first who reported it."""
    subject = view_incident(city.services, NADIA, fire).members[0].subject
    beginning = Beginning(subject=subject, channel="whatsapp", account="1", team="oost")
    return open_case(city.services, beginning).number


def dossier(city: Town, number: str) -> DossierView:
    return view_dossier(city.services, inside(city, number))


def case_of(city: Town, number: str) -> Case:
    return inside(city, number).case


def test_only_who_follows_reads_what_everyone_was_told(city: Town, fire: str) -> None:
    number = reporter(city, fire)
    announce(city.services, NADIA, told(city, fire))
    goes_out(city)
    seen = dossier(city, number).incident
    assert seen
    assert (seen.follows, seen.told) == (False, ())
    set_following(city.services, inside(city, number), wanted=True)
    seen = dossier(city, number).incident
    assert seen
    assert [one.text for one in seen.told] == [TEXT]


def test_who_follows_and_cannot_be_answered_is_told_that_there_is_news(
    city: Town, fire: str
) -> None:
    number = reporter(city, fire)
    set_following(city.services, inside(city, number), wanted=True)
    city.clock.forward(hours=5)
    other = told(city, fire, wordings=(Wording(audience="public", text=TEXT),))
    announce(city.services, NADIA, other)
    goes_out(city)
    assert case_of(city, number).news == "incident"
    texts = [one["text"] for one in city.fakes.sent()[-2:]]
    assert any("er is nieuws over wat u meldde" in text for text in texts)


def test_a_wrong_join_that_was_undone_leaves_no_trace_in_the_dossier(city: Town, fire: str) -> None:
    tell(city, OTHER_TOWN, "nu ook vlammen bij die schuur Textielstraat Oldenzaal")
    other = next(one.subject for one in open_ones(city) if one.subject != fire)
    number = reporter(city, fire)
    set_following(city.services, inside(city, number), wanted=True)
    before = dossier(city, number)
    join(city.services, NADIA, other, fire)
    announce(city.services, NADIA, told(city, other, wordings=(
        Wording(audience="public", text="Over Oldenzaal"),
    )))  # fmt: skip
    part(city.services, NADIA, other, fire)
    message = view_incident(city.services, NADIA, fire).members[0].message
    take_out(city.services, NADIA, fire, [message], apart=False)
    assert dossier(city, number).incident is None
    put_back(city.services, NADIA, fire, [message])
    after = dossier(city, number)
    assert after.incident == before.incident
    assert (after.messages, after.story) == (before.messages, before.story)
