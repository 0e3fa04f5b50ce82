"""Files on the page of a conversation, and the address under which each is handed over."""

import base64
import html
import json
import re
import uuid
from dataclasses import replace
from typing import Any

import pytest

import app as house
from chalicelib import wiring
from chalicelib.flows.desk.queueing import claim
from chalicelib.flows.desk.viewing import view_queue
from infra.local.context import Context
from infra.local.web import Routes
from tests.conftest import SANNE, TOMASZ, YOUSSEF, Town
from tests.flows.test_fetching import Scans, announced, only, sends
from tests.pictures import PDF, VOICE, photo
from tests.web.visiting import Seen, Visitor, signed_in


@pytest.fixture
def sanne(town: Town) -> Visitor:
    return signed_in(town.services, SANNE)


def page(town: Town, visitor: Visitor) -> Seen:
    return visitor.get(f"/gesprek/{view_queue(town.services, SANNE).rows[0].subject}")


def addresses(seen: Seen) -> list[str]:
    """Where the page says that files are."""
    found = re.findall(r'(?:src|href)="(/gesprek/[^"]+/bestand/[^"]+)"', seen.html)
    return [html.unescape(one) for one in found]


def test_a_photo_is_blurred_until_it_is_asked_for(town: Town, sanne: Visitor) -> None:
    sends(town, photo(told=True))
    seen = page(town, sanne)
    assert "Toon foto" in seen.text
    cover = seen.html.partition("file__cover")[2].partition("</summary>")[0]
    assert re.findall(r'src="([^,]+),', cover) == ["data:image/webp;base64"]
    assert 'loading="lazy"' in seen.html
    assert "Niet gescand op schadelijke software" in seen.text
    assert "gemaakt op 2026-11-21 20:15:00 op 52.09070, 5.12140 met Merk Telefoon 7" in seen.text


def test_the_file_is_handed_over_with_headers_that_let_nothing_run(
    town: Town, sanne: Visitor
) -> None:
    body = photo()
    sends(town, body)
    small, whole, saved = (sanne.get(one) for one in addresses(page(town, sanne)))
    assert base64.b64decode(whole.html) == body
    for one, disposition in ((small, "inline"), (whole, "inline"), (saved, "attachment")):
        assert one.status == 200
        assert one.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in one.headers["content-security-policy"]
        assert one.headers["cache-control"] == "private, no-store"
        assert one.headers["cross-origin-resource-policy"] == "same-origin"
        assert one.headers["content-disposition"].startswith(disposition)
    assert (small.headers["content-type"], saved.headers["content-type"]) == (
        "image/jpeg",
        "application/octet-stream",
    )


def test_an_address_works_for_its_own_session_and_for_a_while(town: Town, sanne: Visitor) -> None:
    sends(town, photo())
    address = addresses(page(town, sanne))[0]
    assert sanne.get(address).status == 200
    assert signed_in(town.services, YOUSSEF).get(address).status == 403
    assert sanne.get(address.replace("?k=", "?k=9")).status == 403
    assert sanne.get(address.partition("?")[0]).status == 403
    assert Visitor().get(address).status == 303
    town.clock.forward(hours=2, minutes=1)
    assert sanne.get(address).status == 403


def test_an_operator_with_an_address_of_their_own_sees_nothing(town: Town) -> None:
    sends(town, photo())
    assert page(town, signed_in(town.services, TOMASZ)).status == 403


def test_a_page_in_disguise_is_offered_as_a_download_only(town: Town, sanne: Visitor) -> None:
    sends(town, b"\x00\x01<b>niets bekends</b>", mime="application/x-eigen")
    seen = page(town, sanne)
    assert "Toon" not in seen.text
    (whole, *_) = (sanne.get(one) for one in addresses(seen))
    assert whole.headers["content-type"] == "application/octet-stream"
    assert whole.headers["content-disposition"].startswith("attachment")


def test_sound_is_played_here_and_not_loaded_before(town: Town, sanne: Visitor) -> None:
    announced(town, town.fakes.file("whatsapp", VOICE, "audio/ogg"), "audio/ogg")
    town.work()
    seen = page(town, sanne)
    assert "Beluister" in seen.text
    assert 'preload="none"' in seen.html


def test_each_state_can_be_read(town: Town, sanne: Visitor) -> None:
    town.fakes.fail(channel="whatsapp", mode="error", status=503, reads=True)
    sends(town, photo())
    assert "Foto: wordt opgehaald" in page(town, sanne).text
    town.clock.forward(seconds=3)
    town.work()
    assert "Toon foto" in page(town, sanne).text


def test_what_is_being_scanned_has_no_address(town: Town, sanne: Visitor) -> None:
    town.services = replace(town.services, scanner=Scans(["pending"]))
    wiring.use(wiring.House(services=town.services, sign_in=wiring.sign_in()))
    sends(town, photo())
    seen = page(town, sanne)
    assert "wordt onderzocht op schadelijke software" in seen.text
    assert addresses(seen) == []


def test_what_was_refused_says_why_and_what_failed_can_be_tried_again(
    town: Town, sanne: Visitor
) -> None:
    sends(town, b"MZ\x90\x00")
    refused = page(town, sanne)
    assert "niet bewaard: het bestand kan een computer iets laten uitvoeren" in refused.text
    assert "Probeer opnieuw" not in refused.text


def test_trying_again_says_that_it_is_done(town: Town, sanne: Visitor) -> None:
    announced(town, "404404")
    town.work()
    seen = page(town, sanne)
    (again,) = [one for one in seen.page.actions if one.endswith("/opnieuw")]
    assert "Het bestand wordt opnieuw opgehaald." in sanne.follow(sanne.post(again)).text
    assert only(town).state == "waiting"
    assert sanne.post(again, _from="cross-site").status == 403


def uploaded(visitor: Visitor, subject: str, name: str, body: bytes) -> dict[str, Any]:
    """What the page's script gets when it uploads."""
    path = f"/api/v1/conversations/{subject}/files"
    found = Routes(house.app).find(path)
    assert found
    cookies = "; ".join(f"{one}={value}" for one, value in visitor.cookies.items())
    headers = {
        "host": "nabij.example", "sec-fetch-site": "same-origin", "cookie": cookies,
        "content-type": "application/octet-stream", "x-file-name": name, "accept": "*/*",
    }  # fmt: skip
    context = {
        "httpMethod": "POST", "resourcePath": found[0], "path": path,
        "requestId": uuid.uuid4().hex, "identity": {"sourceIp": "127.0.0.1"},
    }  # fmt: skip
    event = {
        "requestContext": context, "headers": headers, "pathParameters": found[1],
        "multiValueQueryStringParameters": None, "stageVariables": {},
        "body": base64.b64encode(body).decode(), "isBase64Encoded": True,
    }  # fmt: skip
    answer = house.app(event, Context())
    told: dict[str, Any] = json.loads(answer["body"])
    return {**told, "status": answer["statusCode"]}


def test_an_agent_attaches_a_file_and_it_goes_with_the_answer(town: Town, sanne: Visitor) -> None:
    sends(town, photo())
    before = len(town.fakes.sent())
    seen = page(town, sanne)
    subject = view_queue(town.services, SANNE).rows[0].subject
    claim(town.services, SANNE, subject)
    told = uploaded(sanne, subject, "map%2Fde%20folder.pdf", PDF)
    assert (told["status"], told["name"], told["mime"]) == (201, "de folder.pdf", "application/pdf")
    seen = page(town, sanne)
    fields = {name: seen.page.fields[name] for name in ("reply_id", "seen")}
    files = f"{told['id']}:{told['name']}"
    sanne.post(f"/gesprek/{subject}/antwoord", **fields, text="Hierbij", files=files)
    town.clock.forward(seconds=6)
    town.work()
    (sent,) = town.fakes.sent()[before:]
    assert (sent["text"], sent["kind"]) == ("Hierbij", "document")
    assert "Meegestuurd bestand: de folder.pdf" in page(town, sanne).text


def test_a_file_that_was_attached_is_not_lost_when_the_answer_comes_back(
    town: Town, sanne: Visitor
) -> None:
    sends(town, photo())
    subject = view_queue(town.services, SANNE).rows[0].subject
    claim(town.services, SANNE, subject)
    told = uploaded(sanne, subject, "folder.pdf", PDF)
    seen = page(town, sanne)
    fields = {name: seen.page.fields[name] for name in ("reply_id", "seen")}
    files = f"{told['id']}:folder.pdf"
    back = sanne.post(f"/gesprek/{subject}/antwoord", **fields, text="a" * 1100, files=files)
    assert back.status == 422
    assert f'value="{files}"' in back.html


def test_an_upload_that_cannot_go_says_why_in_both_languages(town: Town, sanne: Visitor) -> None:
    sends(town, photo())
    subject = view_queue(town.services, SANNE).rows[0].subject
    told = uploaded(sanne, subject, "x.exe", b"MZ\x90\x00")
    assert told["status"] == 422
    assert set(told["facts"]["fields"]["file"]) == {"nl", "en"}
