"""Attacks on the dossier: all are refused alike, and each is counted for the operator."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, cast

import pytest

from chalicelib import wiring
from chalicelib.domain.case_number import numbered
from chalicelib.flows.citizen.doors import MOST_TRIES
from chalicelib.store import refusals
from chalicelib.store.table import Table
from tests.citizen.conftest import Square
from tests.conftest import NobodySignsIn
from tests.web.visiting import Seen, Visitor

STOLEN = "Mijn zwarte fiets is gisteren gestolen in Enschede"
OTHER = "Mijn buurman draait muziek in Almelo"

Attack = Callable[[Square], Seen]


def guessed(square: Square) -> Seen:
    return Visitor().post("/melding/link/AAAAAAAAAAAAAAAAAAAAAA")


def too_late(square: Square) -> Seen:
    path = square.link()
    square.town.clock.forward(days=15)
    return Visitor().post(path)


def revoked(square: Square) -> Seen:
    path = square.link()
    square.inside().post("/melding/sluiten")
    return Visitor().post(path)


def of_another_kind(square: Square) -> Seen:
    """A session's secret used as a link."""
    secret = square.inside().cookies["nabij_melding"]
    return Visitor().post(f"/melding/link/{secret}")


def a_link_as_a_share(square: Square) -> Seen:
    return Visitor().post(square.link().replace("/link/", "/gedeeld/"))


def replayed(square: Square) -> Seen:
    """A link that was pressed in another browser before."""
    path = square.link()
    assert Visitor().post(path).place == "/melding"
    return Visitor().post(path)


def replayed_with_a_foreign_session(square: Square) -> Seen:
    """Somebody with a dossier of their own finds another one's link."""
    square.inside()
    square.writes(OTHER, author="NL.9009")
    return square.inside("NL.9009").post(square.link())


def shared_address(square: Square, **later: float) -> str:
    """The path of a share, so much later."""
    page = square.inside().post("/melding/delen", dagen="1")
    found = re.search(r"https://nabij\.example(/melding/gedeeld/[\w-]+)", page.html)
    assert found
    square.town.clock.forward(**later)
    return found.group(1)


def a_share_too_late(square: Square) -> Seen:
    return Visitor().post(shared_address(square, hours=25))


def a_share_as_a_link(square: Square) -> Seen:
    path = shared_address(square, hours=1)
    return Visitor().post(path.replace("/gedeeld/", "/link/"))


def a_code_for_another_channel_as_a_link(square: Square) -> Seen:
    found = re.search(r"NABIJ-(\w{4})-(\w{4})", square.inside().post("/melding/verder").html)
    assert found
    return Visitor().post(f"/melding/link/{found.group(1)}{found.group(2)}")


def path_tricks(square: Square) -> Seen:
    secret = square.link().rpartition("/")[2]
    return Visitor().post(f"/melding/link/{secret}%2F..%2F{secret}")


def wrong_code(square: Square) -> Seen:
    visitor = Visitor()
    visitor.post("/melding/code", nummer=square.number())
    square.town.work()
    return visitor.post("/melding/open", nummer=square.number(), code="0000 0000")


def code_twice(square: Square) -> Seen:
    visitor = Visitor()
    visitor.post("/melding/code", nummer=square.number())
    square.town.work()
    code = square.received()[-1].splitlines()[-1]
    visitor.post("/melding/open", nummer=square.number(), code=code)
    return Visitor().post("/melding/open", nummer=square.number(), code=code)


def code_too_late(square: Square) -> Seen:
    visitor = Visitor()
    visitor.post("/melding/code", nummer=square.number())
    square.town.work()
    code = square.received()[-1].splitlines()[-1]
    square.town.clock.forward(minutes=11)
    return visitor.post("/melding/open", nummer=square.number(), code=code)


def unknown_number(square: Square) -> Seen:
    return Visitor().post("/melding/open", nummer=numbered("12345678"), code="1234 5678")


def no_number(square: Square) -> Seen:
    return Visitor().post("/melding/open", nummer="../../etc", code="x" * 40)


ATTACKS = [
    guessed, too_late, revoked, replayed, replayed_with_a_foreign_session, of_another_kind,
    a_link_as_a_share, a_share_too_late, a_share_as_a_link, a_code_for_another_channel_as_a_link,
    path_tricks, wrong_code, code_twice, code_too_late, unknown_number, no_number,
]  # fmt: skip


def without_path(seen: Seen) -> str:
    """The page, but for the address of itself in the other language."""
    return re.sub(r'href="/melding[^"]*lang=en"', "", re.sub(r'data-now="[^"]*"', "", seen.html))


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda one: one.__name__)
def test_what_does_not_open_looks_alike_and_is_counted(square: Square, attack: Attack) -> None:
    square.writes(STOLEN)
    seen = attack(square)
    assert seen.status == 404
    assert "nabij_melding" not in seen.headers.get("set-cookie", "")
    assert without_path(seen) == without_path(Visitor().post("/melding/link/niets"))
    assert STOLEN not in seen.html
    services = square.town.services
    counted = refusals.of_day(services.table, services.now()[:10], services.now())
    assert any(one.channel == "dossier" for one in counted)


def test_the_browser_that_used_a_link_may_use_it_again_until_it_left(square: Square) -> None:
    square.writes(STOLEN)
    mine = square.inside()
    square.town.clock.forward(hours=3)
    assert STOLEN not in mine.get("/melding").text
    assert mine.post(square.link()).place == "/melding"
    assert STOLEN in mine.get("/melding").text
    mine.post("/melding/weg")
    assert mine.post(square.link()).status == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_a_wrong_method_says_the_same_of_every_link(square: Square, method: str) -> None:
    square.writes(STOLEN)
    known, guess = (Visitor().ask(method, one) for one in (square.link(), "/melding/link/niets"))
    assert (known.status, known.json()["message"]) == (guess.status, guess.json()["message"])
    assert known.status == 405
    assert square.inside()


def test_what_does_not_open_costs_the_same_work(square: Square) -> None:
    """As many reads and writes whether there is nothing, or something that is over."""
    square.writes(STOLEN)
    number, path = square.number(), square.link()
    Visitor().post("/melding/code", nummer=number)
    square.town.work()
    code = {"nummer": number, "code": "0000 0000"}
    works = [
        work_of(square, "/melding/open", nummer=numbered("12345678"), code="0000 0000"),
        work_of(square, "/melding/open", **code),
    ]
    assert works[0] == works[1]
    square.inside()
    used, unknown = work_of(square, path), work_of(square, "/melding/link/niets")
    assert used == unknown


def work_of(square: Square, path: str, **fields: str) -> list[str]:
    """What the table is asked to do while this is refused."""
    counted = Counted(square.town.services.table)
    services = replace(square.town.services, table=cast("Table", counted))
    wiring.use(wiring.House(services=services, sign_in=NobodySignsIn()))
    assert Visitor().post(path, **fields).status == 404
    return counted.done


@dataclass
class Counted:
    """A table that remembers what it was asked."""

    table: Table
    done: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        self.done.append(name)
        return getattr(self.table, name)


def test_whether_a_number_exists_is_not_told(square: Square) -> None:
    square.writes(STOLEN)
    known = Visitor().post("/melding/code", nummer=square.number())
    unknown = Visitor().post("/melding/code", nummer=numbered("12345678"))
    strip = re.compile(r'value="[\d ]+"|data-now="[^"]*"|nummer=[^"&]*')
    assert strip.sub("", known.html) == strip.sub("", unknown.html)


def test_a_session_of_one_case_opens_no_file_of_another(square: Square) -> None:
    square.writes(STOLEN)
    square.writes(OTHER, author="NL.9009")
    visitor = square.inside()
    page = square.inside("NL.9009").get("/melding")
    assert OTHER in page.text
    assert OTHER not in visitor.get("/melding").text
    assert visitor.get("/melding/bestand/van-een-ander/0123456789").status == 404


def test_another_site_cannot_press_the_button(square: Square) -> None:
    square.writes(STOLEN)
    assert Visitor().post(square.link(), _from="cross-site").status == 403


def test_who_tries_too_often_is_refused_even_when_right(square: Square) -> None:
    square.writes(STOLEN)
    visitor = Visitor()
    for number in range(MOST_TRIES):
        visitor.post("/melding/open", nummer=square.number(), code=f"{number:08}")
    visitor.post("/melding/code", nummer=square.number())
    square.town.work()
    code = square.received()[-1].splitlines()[-1]
    assert visitor.post("/melding/open", nummer=square.number(), code=code).status == 404
