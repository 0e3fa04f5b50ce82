"""The page of channels, and recording what an account may be used for."""

import re
from dataclasses import replace

import pytest

from chalicelib.domain.account import Approval
from chalicelib.domain.principal import Principal
from chalicelib.errors import NotAllowed
from chalicelib.flows.running.approving import approve, register_of
from chalicelib.store import access_log, directory
from tests.conftest import MARIJKE, SANNE, TELEGRAM, TOMASZ, WHATSAPP, Town, account
from tests.web.visiting import Visitor, signed_in

PLACE = f"/kanalen/whatsapp/{WHATSAPP}"
GIVEN = {"until": "2027-06-30", "by": "A. Smit, juridische zaken", "ground": "brief van 3 november"}


@pytest.fixture
def tomasz(town: Town) -> Visitor:
    return signed_in(town.services, TOMASZ)


def test_each_account_has_its_state_once_it_was_looked_at(town: Town, tomasz: Visitor) -> None:
    assert "Nog niet gekeken" in tomasz.get("/kanalen").text
    town.sweep()
    text = tomasz.get("/kanalen").text
    assert "Gezond 2" in text
    assert "Beantwoorden tot en met 1 jan 2027" in text


def test_it_is_told_in_english_too(town: Town, tomasz: Visitor) -> None:
    town.sweep()
    town.fakes.only_key("whatsapp", "")
    town.clock.forward(seconds=60)
    town.sweep()
    text = tomasz.get("/kanalen?lang=en").text
    assert "No access 1" in text
    assert "The platform does not accept our key." in text
    assert "not readable since 21:00" in text


def test_gaps_of_two_accounts_are_two_landmarks(town: Town, tomasz: Visitor) -> None:
    town.services.table.write(directory.kept_account(account("telegram", TELEGRAM)))
    town.sweep()
    for channel in ("whatsapp", "telegram"):
        town.fakes.only_key(channel, "")
    town.clock.forward(seconds=60)
    town.sweep()
    html = tomasz.get("/kanalen").html
    named = [
        " ".join(re.search(rf'id="{part}">(.*?)<', html)[1] for part in ids.split())  # type: ignore[index]
        for ids in re.findall(r'class="gaps" aria-labelledby="(.*?)"', html)
    ]
    assert len(named) == len(set(named)) == 2


def test_an_approval_is_recorded_with_who_decided_it_and_who_wrote_it_down(
    town: Town, tomasz: Visitor
) -> None:
    done = tomasz.follow(tomasz.post(f"{PLACE}/goedkeuren", use="train", **GIVEN))
    assert "De goedkeuring is vastgelegd" in done.text
    assert "Trainen 30 jun 2027 A. Smit, juridische zaken brief van 3 november" in done.text
    assert "1 Trainen tot en met 30 jun 2027" in done.text
    known = directory.find_account(town.services.table, "whatsapp", WHATSAPP)
    assert known
    assert known.approved_for("train", "2027-06-30T21:59:59.000Z")
    assert not known.approved_for("train", "2027-06-30T22:00:00.000Z")
    assert known.approved_for("answer", town.services.now()), "the other uses stay as they were"
    now = town.services.now()
    lines = access_log.lines(town.services.table, now[:10], now)
    assert ("tomasz", "approve", f"whatsapp#{WHATSAPP}#train") in {
        (line.actor, line.action, line.object) for line in lines
    }


def test_what_is_not_filled_in_well_comes_back_with_what_was_typed(tomasz: Visitor) -> None:
    seen = tomasz.post(f"{PLACE}/goedkeuren", use="spy", until="gisteren", by="", ground="brief 7")
    assert seen.status == 422
    assert "Er kloppen 3 dingen niet" in seen.text
    assert seen.page.fields["ground"] == "brief 7"
    past = tomasz.post(f"{PLACE}/goedkeuren", use="train", **GIVEN | {"until": "2026-11-20"})
    assert "Deze datum is voorbij." in past.text
    far = tomasz.post(f"{PLACE}/goedkeuren", use="train", **GIVEN | {"until": "2099-01-01"})
    assert "Hoogstens drie jaar vooruit." in far.text


def test_a_withdrawn_approval_closes_the_channel_at_once(town: Town, tomasz: Visitor) -> None:
    done = tomasz.follow(
        tomasz.post(f"{PLACE}/intrekken", use="answer", by="A. Smit", ground="besluit 12")
    )
    assert "Beantwoorden ingetrokken was tot en met 1 jan 2027" in done.text
    known = directory.find_account(town.services.table, "whatsapp", WHATSAPP)
    assert known
    assert known.approvals == {}
    town.work()
    assert "Dicht" in tomasz.get("/kanalen").text
    assert tomasz.post(f"{PLACE}/intrekken", use="answer", by="A", ground="b").status == 422


def test_who_answers_citizens_does_not_decide_about_approvals(town: Town) -> None:
    sanne = signed_in(town.services, SANNE)
    assert sanne.get("/kanalen").status == 403
    assert sanne.post(f"{PLACE}/goedkeuren", use="train", **GIVEN).status == 403
    with pytest.raises(NotAllowed):
        approve(town.services, SANNE, "whatsapp", WHATSAPP, {"use": "train", **GIVEN})


@pytest.mark.parametrize("who", [MARIJKE, TOMASZ])
def test_a_manager_and_an_operator_do(town: Town, who: Principal) -> None:
    approve(town.services, who, "whatsapp", WHATSAPP, {"use": "listen", **GIVEN})
    approve(town.services, who, "whatsapp", WHATSAPP, {"use": "hand_over", **GIVEN})
    _, register = register_of(town.services, who, "whatsapp", WHATSAPP)
    assert [(one.number, one.use, one.recorded_by) for one in register] == [
        (2, "hand_over", who.id),
        (1, "listen", who.id),
    ]


def test_an_unknown_account_has_no_page(tomasz: Visitor) -> None:
    assert tomasz.get("/kanalen/whatsapp/0").status == 404
    assert tomasz.post("/kanalen/whatsapp/0/goedkeuren", use="train", **GIVEN).status == 404


def ends(town: Town, until: str) -> None:
    given = {"answer": Approval(until=until, by="M. Bos", ground="proef")}
    opened = replace(account("whatsapp", WHATSAPP), approvals=given)
    town.services.table.write(directory.kept_account(opened))


def test_an_end_is_told_a_month_a_week_and_a_day_ahead_each_once(town: Town) -> None:
    ends(town, "2026-12-31T23:00:00.000Z")
    form = account("form", "nabij", until="2029-01-01T00:00:00.000Z")
    town.services.table.write(directory.kept_account(form))
    told: list[int] = []
    for _ in range(45):
        town.clock.forward(days=1)
        for _ in range(2):
            town.sweep()
        told.append(len(town.pager.warnings))
    assert told[-1] == 3
    assert "voor beantwoorden eindigt op 2026-12-31" in town.pager.warnings[0]
    assert told.index(1) == 10, "thirty days ahead"


def test_at_the_date_the_channel_closes_and_everybody_is_told(town: Town, tomasz: Visitor) -> None:
    ends(town, "2026-11-21T20:30:00.000Z")
    town.sweep()
    assert "Beantwoorden: eindigt op 21 nov" in tomasz.get("/kanalen").text
    town.clock.forward(minutes=30)
    town.sweep()
    assert "Beantwoorden: geëindigd op 21 nov" in tomasz.get("/kanalen").text
    assert any("het kanaal is dicht" in text for text in town.pager.alarms)
    sanne = signed_in(town.services, SANNE)
    assert "het kanaal is dicht" in sanne.get("/wachtrij").text
    tomasz.post(f"{PLACE}/goedkeuren", use="answer", **GIVEN)
    town.work()
    assert "het kanaal is dicht" not in sanne.get("/wachtrij").text
