"""The web chat's page without scripts, and as a window in another site."""

from dataclasses import replace

import pytest

from chalicelib.flows.desk.viewing import view_queue
from chalicelib.store import directory
from tests.conftest import SANNE, Town, account
from tests.pictures import photo
from tests.web.visiting import Visitor

STOLEN = "Mijn fiets is gestolen in Enschede"


@pytest.fixture
def town(town: Town) -> Town:
    town.services.table.write(directory.kept_account(account("chat", "nabij")))
    return town


def wrote(town: Town, visitor: Visitor, text: str, **more: str) -> None:
    page = visitor.get("/praat")
    fields = {**page.page.fields, "text": text, **more}
    assert visitor.post("/praat/nabij", **fields).place == "/praat/nabij"
    town.clock.forward(seconds=1)
    town.work()


def test_a_visitor_writes_and_finds_it_again(town: Town) -> None:
    visitor = Visitor()
    key = visitor.bring("/praat/nabij/bestanden", "slot.jpg", photo()).json()["id"]
    wrote(town, visitor, STOLEN, file=f"{key}:slot.jpg")
    page = visitor.get("/praat")
    assert STOLEN in page.text
    assert "1 bestand" in page.text
    assert STOLEN not in Visitor().get("/praat").text
    assert [row.text for row in view_queue(town.services, SANNE).rows] == [STOLEN]


def test_sent_twice_it_is_one_message(town: Town) -> None:
    visitor = Visitor()
    fields = {**visitor.get("/praat").page.fields, "text": STOLEN}
    for _ in range(2):
        visitor.post("/praat/nabij", **fields)
    town.work()
    assert visitor.get("/praat").text.count(STOLEN) == 1


def test_nothing_is_not_sent_and_says_so(town: Town) -> None:
    seen = Visitor().post("/praat/nabij", text=" ", message_id="m1")
    assert seen.status == 422
    assert "Schrijf eerst uw bericht" in seen.text


def test_from_the_chat_into_the_dossier(town: Town) -> None:
    visitor = Visitor()
    wrote(town, visitor, STOLEN)
    assert visitor.post("/praat/nabij/melding").place == "/melding"
    assert STOLEN in visitor.get("/melding").text
    assert Visitor().post("/praat/nabij/melding").status == 403


def test_only_sites_that_were_named_may_show_it(town: Town) -> None:
    assert Visitor().get("/praat/nabij?venster=1").status == 404
    named = replace(account("chat", "nabij"), settings={"embed": "https://gemeente.example"})
    town.services.table.write(directory.kept_account(named))
    seen = Visitor().get("/praat/nabij?venster=1")
    assert "frame-ancestors https://gemeente.example" in seen.headers["content-security-policy"]
    assert "x-frame-options" not in seen.headers
    kept = Visitor().post("/praat/nabij", text=STOLEN, message_id="m1", venster="1")
    assert {"SameSite=None", "Partitioned", "Secure"} <= set(kept.headers["set-cookie"].split("; "))
    whole = Visitor().get("/praat/nabij")
    assert whole.headers["x-frame-options"] == "DENY"


def test_another_site_may_load_the_module(town: Town) -> None:
    seen = Visitor().get("/static/nabij-chat.js")
    assert seen.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in Visitor().get("/static/talk.js").headers
