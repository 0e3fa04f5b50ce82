"""Who looks and who types: seen by colleagues, and gone by itself."""

from chalicelib.flows.desk.presence import be_here, who_is_here
from chalicelib.flows.desk.viewing import view_queue
from chalicelib.store import changes
from tests.conftest import SANNE, YOUSSEF, Town


def asked(town: Town) -> str:
    town.whatsapp("Is het bureau open?")
    town.work()
    return view_queue(town.services, SANNE).rows[0].subject


def seen_by(town: Town, subject: str) -> list[tuple[str, bool]]:
    return [(one.name, one.typing) for one in who_is_here(town.services, YOUSSEF, subject)]


def test_a_colleague_sees_who_looks_and_who_types(town: Town) -> None:
    subject = asked(town)
    be_here(town.services, SANNE, subject)
    assert seen_by(town, subject) == [("Sanne de Wit", False)]
    be_here(town.services, SANNE, subject, typing=True)
    assert seen_by(town, subject) == [("Sanne de Wit", True)]
    assert who_is_here(town.services, SANNE, subject) == []


def test_it_ends_when_the_page_is_left_or_says_nothing_any_more(town: Town) -> None:
    subject = asked(town)
    be_here(town.services, SANNE, subject)
    be_here(town.services, SANNE, subject, leaves=True)
    assert seen_by(town, subject) == []
    be_here(town.services, SANNE, subject)
    town.clock.forward(seconds=46)
    assert seen_by(town, subject) == []


def test_only_a_change_is_told_over_sockets(town: Town) -> None:
    subject = asked(town)
    town.services.table.write(changes.connected("oost", "c-1", town.services.now()))
    before = len(town.sockets.told)
    for _ in range(3):
        be_here(town.services, SANNE, subject)
    assert len(town.sockets.told) == before + 1
    be_here(town.services, SANNE, subject, typing=True)
    assert len(town.sockets.told) == before + 2
