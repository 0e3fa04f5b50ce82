"""Texts, people and teams as colleagues set them up, with the way back."""

import pytest

from chalicelib.domain.canned import CannedReply
from chalicelib.domain.principal import Principal
from chalicelib.flows.desk import suggesting
from chalicelib.store import canned, directory
from tests.conftest import MARIJKE, SANNE, TOMASZ, Town
from tests.web.visiting import Visitor, signed_in

FATIMA = Principal(id="fatima", name="Fatima Kaya", role="coordinator", team="oost")
REPLY = {"title": "Dank", "text": "Dank, {naam}", "lang": "nl", "owner": "Oost"}
DAY = {"review_by": "2027-05-01"}


@pytest.fixture
def fatima(town: Town) -> Visitor:
    town.services.table.write(directory.kept_agent(FATIMA))
    return signed_in(town.services, FATIMA)


@pytest.fixture
def marijke(town: Town) -> Visitor:
    return signed_in(town.services, MARIJKE)


def change(visitor: Visitor, address: str, seen: int, **fields: str) -> str:
    """Send the form; the page that follows."""
    sent = visitor.post(address, versie=str(seen), **fields)
    return visitor.follow(sent).text if sent.status == 303 else sent.text


def test_a_new_reply_can_be_used_at_once(town: Town, fatima: Visitor) -> None:
    text = change(fatima, "/inrichting/canned/nieuw", 0, id="dank", **REPLY, **DAY)
    assert "Bewaard." in text
    assert "Dank" in text
    kept = canned.find(town.services.table, "dank")
    assert kept
    assert (kept.text, kept.version) == ("Dank, {naam}", 1)


def test_a_change_is_undone_and_that_is_undone_again(town: Town, fatima: Visitor) -> None:
    town.services.table.write(canned.kept(None, CannedReply(id="dank", title="Oud", text="oud")))
    address = "/inrichting/canned/dank"
    change(fatima, address, 1, **REPLY, **DAY)
    assert "Fatima Kaya" in fatima.get(address).text
    change(fatima, address, 2, doe="terug")
    was = canned.find(town.services.table, "dank")
    assert was
    assert (was.title, was.version) == ("Oud", 3)
    change(fatima, address, 3, doe="terug")
    again = canned.find(town.services.table, "dank")
    assert again
    assert again.title == "Dank"


def test_what_was_taken_away_comes_back(town: Town, fatima: Visitor) -> None:
    address = "/inrichting/canned/dank"
    change(fatima, "/inrichting/canned/nieuw", 0, id="dank", **REPLY, **DAY)
    change(fatima, address, 1, doe="weg")
    assert canned.find(town.services.table, "dank") is None
    change(fatima, address, 0, doe="terug")
    assert canned.find(town.services.table, "dank")


def test_who_saw_an_older_version_changes_nothing(town: Town, fatima: Visitor) -> None:
    change(fatima, "/inrichting/canned/nieuw", 0, id="dank", **REPLY, **DAY)
    change(fatima, "/inrichting/canned/dank", 1, **REPLY | {"title": "Eerst"}, **DAY)
    late = fatima.post("/inrichting/canned/dank", versie="1", **REPLY | {"title": "Laat"}, **DAY)
    assert late.status == 409
    kept = canned.find(town.services.table, "dank")
    assert kept
    assert kept.title == "Eerst"


def test_what_is_wrong_is_named_and_what_was_typed_stays(fatima: Visitor) -> None:
    seen = fatima.post("/inrichting/canned/nieuw", versie="0", id="Dank!", **REPLY | {"lang": "xx"})
    assert seen.status == 422
    for told in ("Gebruik kleine letters", "Kies een van de mogelijkheden", "Vul dit in"):
        assert told in seen.text
    assert seen.page.fields["text"] == "Dank, {naam}"


def test_an_own_article_is_suggested_in_place_of_the_packaged_one(
    town: Town, fatima: Visitor
) -> None:
    article = {"title": "Fiets weg", "text": "Bel 0900-8844.", "asks": "fiets weg\nfiets gejat"}
    more = {"source": "politie.nl", "owner": "Oost", "id": "aangifte-fiets"}
    change(fatima, "/inrichting/article/nieuw", 0, **article, **more, **DAY)
    found = suggesting.candidates(town.services, "oost")
    (own,) = [one for one in found if one.id == "aangifte-fiets"]
    assert (own.text, own.asked) == ("Bel 0900-8844.", ("fiets weg", "fiets gejat"))


def test_a_new_role_holds_at_once_and_a_colleague_who_left_is_out(
    town: Town, marijke: Visitor
) -> None:
    sanne = signed_in(town.services, SANNE)
    person = {"name": "Sanne de Wit", "team": "oost"}
    assert sanne.get("/inrichting/canned").status == 403
    change(marijke, "/inrichting/agent/sanne", 0, **person, role="coordinator")
    assert sanne.get("/inrichting/canned").status == 200
    change(marijke, "/inrichting/agent/sanne", 1, doe="weg")
    assert sanne.get("/wachtrij").place.startswith("/inloggen")


def test_nobody_changes_their_own_role(marijke: Visitor) -> None:
    sent = marijke.post("/inrichting/agent/marijke", versie="0", name="M", role="operator")
    assert sent.status == 403


def test_a_team_is_renamed_and_never_taken_away(town: Town, marijke: Visitor) -> None:
    change(marijke, "/inrichting/team/oost", 0, name="Webcare Oost-Nederland")
    assert {team.name for team in directory.teams(town.services.table)} > {"Webcare Oost-Nederland"}
    assert marijke.post("/inrichting/team/oost", versie="1", doe="weg").status == 403


def test_an_agent_without_a_team_is_refused(marijke: Visitor) -> None:
    sent = marijke.post("/inrichting/agent/nieuw", versie="0", id="x", name="X", role="agent")
    assert "Kies een team" in sent.text


@pytest.mark.parametrize(
    ("who", "kind"),
    [(SANNE, "canned"), (TOMASZ, "canned"), (FATIMA, "agent"), (FATIMA, "team"), (FATIMA, "niets")],
)
def test_who_may_not_sees_nothing(town: Town, fatima: Visitor, who: Principal, kind: str) -> None:
    assert fatima
    assert signed_in(town.services, who).get(f"/inrichting/{kind}").status in (403, 404)
