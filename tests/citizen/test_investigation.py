"""Somebody looks into their own matter: begun with what was told, kept, handed in, erased."""

import json
from typing import Any

import pytest

from chalicelib.domain.investigation import Found
from chalicelib.errors import NotFound
from chalicelib.flows.citizen.erasing import decide
from chalicelib.flows.citizen.handing_in import PDF_NAME
from chalicelib.flows.citizen.investigated import brought_by
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.investigation.guide import BadGuide, filled_from, kinds, read
from chalicelib.store import investigations
from tests.citizen.conftest import Square
from tests.conftest import SANNE
from tests.dying import dying
from tests.pictures import photo
from tests.web.visiting import Visitor

STOLEN = "Mijn zwarte fatbike is gisteren gestolen bij het station in Enschede"
HERE = "/melding/onderzoek"


@pytest.fixture
def kim(square: Square) -> Visitor:
    """Somebody whose bicycle was stolen, and who begins."""
    square.writes(STOLEN)
    visitor = square.inside()
    visitor.post(HERE, kind="diefstal")
    return visitor


def kept(square: Square) -> Any:
    services = square.town.services
    return investigations.find(services.table, square.number().replace(" ", ""), services.now())


def test_what_it_is_about_is_proposed_and_what_was_told_is_filled_in(square: Square) -> None:
    square.writes(STOLEN)
    visitor = square.inside()
    assert 'value="diefstal" required checked' in visitor.get(HERE).html
    page = visitor.follow(visitor.post(HERE, kind="diefstal"))
    assert "Dit is geen aangifte" in page.text
    place = visitor.get(f"{HERE}/stap/plaats")
    assert "Enschede" in place.page.fields["plaats.waar"]
    goods = visitor.get(f"{HERE}/stap/spullen").page.fields
    assert "fatbike" in goods["spullen.wat"]


def test_each_step_says_what_to_do_and_leave(kim: Visitor) -> None:
    assert "Raak niets aan" in kim.get(f"{HERE}/stap/sporen").text
    assert kim.get(f"{HERE}/stap/geld").place == HERE


def test_several_goods_with_their_numbers_and_a_photo(square: Square, kim: Visitor) -> None:
    first = {"spullen.wat": "zwarte fatbike", "spullen.nummer": "WA-1", "spullen.verzonnen": "x"}
    assert kim.post(f"{HERE}/stap/spullen", nog="ja", **first).place.startswith(f"{HERE}/stap")
    key = kim.bring("/melding/bestanden", "bon.jpg", photo()).json()["id"]
    second = {"spullen.2.wat": "laptop", "spullen.2.nummer": "SN-2"}
    kim.post(f"{HERE}/stap/spullen", **second, file=f"{key}:bon.jpg")
    found = kept(square)
    assert found.answers["spullen.nummer"] == "WA-1"
    assert found.answers["spullen.2.nummer"] == "SN-2"
    assert "spullen.verzonnen" not in found.answers
    square.town.clock.forward(days=3)
    square.town.sweep()
    assert brought_by(square.town.services, found.files[0]).state == "stored"


def test_what_is_too_long_is_said_and_nothing_is_lost(square: Square, kim: Visitor) -> None:
    seen = kim.post(f"{HERE}/stap/persoon", **{"persoon.weg": "x" * 201})
    assert seen.status == 422
    assert "200 tekens" in seen.text
    assert seen.page.fields["persoon.weg"] == "x" * 201
    assert "persoon.weg" not in kept(square).answers


def test_handed_in_it_is_read_by_a_person_once_with_its_report(
    square: Square, kim: Visitor
) -> None:
    kim.post(f"{HERE}/stap/spullen", **{"spullen.nummer": "WA-1 Łódź"})
    keys = [kim.bring("/melding/bestanden", f"{n}.jpg", photo()).json()["id"] for n in range(5)]
    files = "&".join(f"file={key}%3A{n}.jpg" for n, key in enumerate(keys))
    kim.send(f"{HERE}/stap/sporen", f"sporen.wat=slot&{files}", {"sec-fetch-site": "same-origin"})
    for _ in range(2):
        square.town.clock.forward(seconds=5)
        done = kim.post(f"{HERE}/inleveren", message_id="klaar")
    square.town.work()
    page = kim.follow(done)
    assert "Ingeleverd" in page.text
    told = view_queue(square.town.services, SANNE).rows
    (subject,) = {row.subject for row in told if "Eigen onderzoek" in row.text}
    said = view_conversation(square.town.services, SANNE, subject).messages
    assert ["WA-1 Łódź" in one.message.text for one in said] == [True, False]
    assert [len(one.media) for one in said] == [5, 1]
    assert said[0].media[0].given.name == PDF_NAME
    assert said[0].media[0].mime == "application/pdf"
    assert "U leverde uw eigen onderzoek in" in kim.get("/melding").text


def test_it_can_be_taken_along_and_erased(square: Square, kim: Visitor) -> None:
    key = kim.bring("/melding/bestanden", "1.jpg", photo()).json()["id"]
    kim.post(f"{HERE}/stap/sporen", file=f"{key}:1.jpg", **{"sporen.wat": "glas"})
    report = kim.get(f"{HERE}/pdf")
    assert report.headers["content-disposition"].endswith(f'"{PDF_NAME}"')
    told = json.loads(kim.get("/melding/download").html)
    looked_into = told["investigation"]
    assert looked_into["answers"]["sporen.wat"] == "glas"
    assert looked_into["begun_at"] <= looked_into["saved_at"] <= told["made_at"]
    assert "glas" in kim.get("/melding/leesbaar").html
    assert "Uw eigen onderzoek" in kim.get("/melding").text
    place = brought_by(square.town.services, kept(square).files[0]).place
    kim.post("/melding/wissen")
    number = square.number().replace(" ", "")
    decide(square.town.services, SANNE, number, erase=True, ground="")
    square.town.work()
    assert kept(square) is None
    with pytest.raises(NotFound):
        square.town.services.bucket.get(place)


def test_a_file_that_is_taken_away_goes_also_where_the_process_dies(
    square: Square, kim: Visitor
) -> None:
    key = kim.bring("/melding/bestanden", "1.jpg", photo()).json()["id"]
    step = f"{HERE}/stap/sporen"
    with dying(square.town, lambda operation: operation.key.sk == "INVESTIGATION"):
        kim.post(step, file=f"{key}:1.jpg", **{"sporen.wat": "glas"})
    kim.post(step, file=f"{key}:1.jpg", **{"sporen.wat": "glas"})
    (one,) = kept(square).files
    place = brought_by(square.town.services, one).place
    with dying(square.town, lambda operation: operation.key.sk == "INVESTIGATION"):
        kim.post(step, **{"sporen.wat": "glas"})
    square.town.sweep()
    assert square.town.services.bucket.get(place)
    kim.post(step, **{"sporen.wat": "glas"})
    square.town.sweep()
    with pytest.raises(NotFound):
        square.town.services.bucket.get(place)


def test_a_file_of_a_step_that_was_never_saved_goes_after_a_day(
    square: Square, kim: Visitor
) -> None:
    key = kim.bring("/melding/bestanden", "1.jpg", photo()).json()["id"]
    place = brought_by(square.town.services, Found(key=key, name="", step="")).place
    with dying(square.town, lambda operation: operation.key.sk == "INVESTIGATION"):
        kim.post(f"{HERE}/stap/sporen", file=f"{key}:1.jpg", **{"sporen.wat": "glas"})
    square.town.clock.forward(days=2)
    square.town.sweep()
    with pytest.raises(NotFound):
        square.town.services.bucket.get(place)


def test_nobody_else_sees_it(square: Square, kim: Visitor) -> None:
    kim.post(f"{HERE}/stap/persoon", **{"persoon.weg": "naar het park"})
    for path in (HERE, f"{HERE}/stap/persoon", f"{HERE}/pdf"):
        assert Visitor().get(path).place == "/melding"
    assert Visitor().post(f"{HERE}/inleveren", message_id="x").place == "/melding"
    square.writes(STOLEN, author="NL.9009")
    assert "naar het park" not in square.inside("NL.9009").get(f"{HERE}/stap/persoon").html


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda one: one.name)
def test_a_guide_is_complete_when_every_first_row_is(kind: Any) -> None:
    row = {key: "ja" for step in kind.steps for key, _ in next(iter(step.places({})))[1]}
    assert kind.complete({}) == 0
    assert kind.complete(row) == 100
    assert len(set(filled_from(kind, {"what": "a", "where": "b"}).values())) >= 1


def test_a_guide_with_a_mistake_is_refused() -> None:
    step = {"title": {"nl": "a", "en": "b"}, "advice": {"nl": "a"}, "fields": {}}
    with pytest.raises(BadGuide, match="en"):
        read({"kinds": {}, "steps": {"x": step}})
    with pytest.raises(BadGuide, match="no such step"):
        read({"kinds": {"k": {"title": {}, "topics": [], "steps": ["y"]}}, "steps": {}})
