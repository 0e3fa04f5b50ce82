"""Files that citizens bring to pages of ours before their message: whose they are, how long."""

import json
from typing import Any

import pytest

from chalicelib.channels.contract import WebhookRequest
from chalicelib.channels.own_pages import UPLOADS, files_in
from chalicelib.domain.media import KeptMedia
from chalicelib.errors import BadSignature, ChannelNotApproved, InvalidInput, NotFound, TooMany
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.flows.taking_in import bringing, bringing_in_parts
from chalicelib.flows.taking_in.bringing import bring_along
from chalicelib.flows.taking_in.chatting import Welcome, bring, say, welcome
from chalicelib.store import directory
from chalicelib.store.parted import PART
from tests.conftest import SANNE, Town, account
from tests.pictures import EICAR, PDF, photo


@pytest.fixture
def town(town: Town) -> Town:
    town.services.table.write(directory.kept_account(account("chat", "nabij")))
    return town


def asked(visitor: str, body: bytes) -> WebhookRequest:
    return WebhookRequest(method="POST", headers={"x-visitor": visitor}, body=body)


def says(town: Town, who: Welcome, number: int, *keys: str) -> list[KeptMedia]:
    """The visitor writes and names these keys; the files of that message as we have them."""
    files = [{"key": key, "name": "plek.jpg"} for key in keys]
    fields: dict[str, Any] = {"type": "message", "message_id": f"c-{number}", "text": "zie"}
    fields |= {"session_id": who.session, "attachments": files}
    town.clock.forward(seconds=1)
    request = asked(who.visitor, json.dumps(fields).encode())
    say(town.services, "nabij", request, fields)
    town.work()
    row = next(iter(view_queue(town.services, SANNE).rows))
    shown = view_conversation(town.services, SANNE, row.subject).messages
    return list(shown[-1].media)


def test_a_visitor_brings_a_photo_and_names_it(town: Town) -> None:
    who, body = welcome(town.services, "nabij"), photo()
    key = bring(town.services, "nabij", asked(who.visitor, body), "plek.jpg")
    (file,) = says(town, who, 1, key, key)
    assert (file.state, file.mime, file.size) == ("stored", "image/jpeg", len(body))


def test_who_is_no_visitor_of_ours_brings_nothing(town: Town) -> None:
    with pytest.raises(BadSignature):
        bring(town.services, "nabij", asked("verzonnen.0000", photo()), "plek.jpg")


def test_one_visitor_brings_so_many_in_ten_minutes(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing, "MOST_OF_ONE", 2)
    first, second = welcome(town.services, "nabij"), welcome(town.services, "nabij")
    for _ in range(2):
        bring(town.services, "nabij", asked(first.visitor, photo()), "plek.jpg")
    with pytest.raises(TooMany):
        bring(town.services, "nabij", asked(first.visitor, photo()), "plek.jpg")
    assert bring(town.services, "nabij", asked(second.visitor, photo()), "plek.jpg")
    town.clock.forward(seconds=600)
    assert bring(town.services, "nabij", asked(first.visitor, photo()), "plek.jpg")


def test_all_together_bring_so_many_to_one_page(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing, "MOST_OF_ALL", 2)
    for _ in range(2):
        bring_along(town.services, "form", "nabij", "brief.pdf", PDF)
    with pytest.raises(TooMany) as refused:
        bring_along(town.services, "form", "nabij", "brief.pdf", PDF)
    assert (refused.value.status, {*refused.value.fields}) == (429, {"attachments"})
    assert bring_along(town.services, "chat", "nabij", "brief.pdf", PDF)


def test_a_key_of_the_form_opens_nothing_in_the_chat(town: Town) -> None:
    key = bring_along(town.services, "form", "nabij", "brief.pdf", PDF)
    (file,) = says(town, welcome(town.services, "nabij"), 1, key)
    assert (file.state, file.reason) == ("failed", "het bestand is er niet meer")


@pytest.mark.parametrize("key", ["up/1.jpg", "media/" + "0" * 32, "../" + "0" * 29, "0" * 31, "é"])
def test_what_is_no_key_of_ours_refers_to_nothing(key: str) -> None:
    assert files_in({"attachments": [{"key": key}]}) == ()


def test_more_files_than_fit_are_refused_before_the_message_is_kept(town: Town) -> None:
    who = welcome(town.services, "nabij")
    with pytest.raises(InvalidInput) as refused:
        says(town, who, 1, *("0" * 32 for _ in range(UPLOADS.most + 1)))
    assert "attachments" in refused.value.fields


@pytest.mark.parametrize(
    "body", [b"", b"MZ\x90\x00", b"<svg onload='x()'></svg>", bytes(4_000_001), EICAR + b"\x00"]
)
def test_what_may_not_come_along_is_never_kept(town: Town, body: bytes) -> None:
    with pytest.raises(InvalidInput):
        bring_along(town.services, "form", "nabij", "x.jpg", body)


def test_only_to_an_account_that_is_ours_and_open(town: Town) -> None:
    with pytest.raises(NotFound):
        bring_along(town.services, "form", "nergens", "x.jpg", photo())
    town.clock.forward(days=60)
    with pytest.raises(ChannelNotApproved):
        bring_along(town.services, "form", "nabij", "x.jpg", photo())


def test_a_channel_with_a_platform_of_its_own_takes_no_uploads(town: Town) -> None:
    with pytest.raises(InvalidInput):
        bring_along(town.services, "whatsapp", "700100200300", "x.jpg", photo())


FILM = b"\x00\x00\x00\x18ftypisom" + bytes(PART)
"""A film of a little more than one part."""


def begun(town: Town, size: int = len(FILM)) -> str:
    return bringing_in_parts.begin(town.services, "chat", "nabij", "film.mp4", size, who="kim")


def brings(town: Town, key: str, film: bytes = FILM) -> None:
    for part in bringing_in_parts.missing(town.services, key):
        body = film[part.start : part.start + part.size]
        bringing_in_parts.take_part(town.services, key, part.number, body)


def test_a_film_comes_in_parts_and_goes_on_where_it_stopped(town: Town) -> None:
    key, services = begun(town), town.services
    first, last = bringing_in_parts.missing(services, key)
    bringing_in_parts.take_part(services, key, last.number, FILM[last.start :])
    with pytest.raises(InvalidInput):
        bringing_in_parts.finish(services, key)
    assert [one.number for one in bringing_in_parts.missing(services, key)] == [first.number]
    brings(town, key)
    for _ in range(2):
        bringing_in_parts.finish(services, key)
    (file,) = says(town, welcome(services, "nabij"), 1, key)
    assert (file.state, file.mime, file.size) == ("stored", "video/mp4", len(FILM))


def test_a_program_in_parts_is_refused_at_its_end_and_nothing_of_it_stays(town: Town) -> None:
    program = b"MZ" + bytes(PART)
    key = begun(town, len(program))
    brings(town, key, program)
    with pytest.raises(InvalidInput):
        bringing_in_parts.finish(town.services, key)
    with pytest.raises(NotFound):
        town.services.bucket.get(bringing_in_parts.coming(town.services, key).place)


def test_a_film_that_is_too_long_or_a_part_of_another_length_is_refused(town: Town) -> None:
    with pytest.raises(InvalidInput):
        begun(town, 100_000_001)
    with pytest.raises(InvalidInput):
        bringing_in_parts.take_part(town.services, begun(town), 1, FILM)
    with pytest.raises(NotFound):
        bringing_in_parts.take_part(town.services, "0" * 32, 1, FILM)


def test_of_a_film_that_was_never_finished_nothing_is_left_the_next_day(town: Town) -> None:
    key = begun(town)
    found = bringing_in_parts.coming(town.services, key)
    bringing_in_parts.take_part(town.services, key, 1, FILM[:PART])
    town.clock.forward(hours=25)
    town.sweep()
    assert town.services.bucket.in_parts.there(found.place, found.parts or "") == {}
    with pytest.raises(NotFound):
        bringing_in_parts.missing(town.services, key)
