"""A citizen's files: fetched, judged, kept, opened by who may, destroyed with their message."""

import base64
import hashlib
import io
from dataclasses import dataclass, replace
from typing import Any

import pytest
from PIL import Image

from chalicelib import wiring
from chalicelib.channels import http
from chalicelib.domain.media import MAX_FETCHES, Evidence, KeptMedia, Scan
from chalicelib.errors import NotAllowed, NotFound
from chalicelib.flows.desk.opening import Opened, open_file
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.flows.taking_in import fetching
from chalicelib.flows.taking_in.fetching import fetch_again
from chalicelib.store import access_log, media
from chalicelib.store.codec import from_text
from chalicelib.workers.lanes import on_jobs
from infra.local.work import pump_once
from tests.conftest import SANNE, TOMASZ, Town
from tests.pictures import PDF, WHEN, WHERE, photo


def sends(town: Town, body: bytes, mime: str = "image/jpeg", **claims: Any) -> None:
    """A citizen sends this file on WhatsApp, and all that waits is done."""
    announced(town, town.fakes.file("whatsapp", body, mime), mime, **claims)
    town.work()


def announced(town: Town, id_: str, mime: str = "image/jpeg", **claims: Any) -> None:
    kind = "image" if mime.startswith("image/") else "document"
    file = {"id": id_, "mime_type": mime, **claims}
    town.deliver_whatsapp({"id": "wamid.f", "from_user_id": "NL.1", "type": kind, kind: file})


def subject(town: Town) -> str:
    return view_queue(town.services, SANNE).rows[0].subject


def files(town: Town) -> list[KeptMedia]:
    return media.of_conversation(town.services.table, subject(town), town.services.now())


def only(town: Town) -> KeptMedia:
    (kept,) = files(town)
    return kept


def opened(town: Town, kept: KeptMedia, **how: bool) -> Opened:
    return open_file(town.services, SANNE, kept.subject, kept.id, **how)


def test_a_photo_is_fetched_after_its_message_is_safe(town: Town) -> None:
    body = photo()
    sends(town, body)
    kept = only(town)
    assert (kept.state, kept.mime, kept.size) == ("stored", "image/jpeg", len(body))
    assert kept.sha256 == hashlib.sha256(body).hexdigest()
    (shown,) = view_conversation(town.services, SANNE, kept.subject).messages
    assert [one.id for one in shown.media] == [kept.id]
    assert opened(town, kept).body == body


def test_a_message_is_in_the_queue_while_its_file_is_not_there_yet(town: Town) -> None:
    town.fakes.fail(channel="whatsapp", mode="error", status=503, reads=True)
    sends(town, photo())
    kept = only(town)
    assert (kept.state, kept.attempts) == ("waiting", 1)
    town.clock.forward(seconds=3)
    town.work()
    assert only(town).state == "stored"


def test_a_lost_nudge_is_found_by_the_sweeper(town: Town) -> None:
    announced(town, town.fakes.file("whatsapp", photo(), "image/jpeg"))
    while pump_once(town.services.jobs, "direct", lambda event, _: on_jobs(event)):
        pass
    for job in town.services.jobs.receive("media"):
        town.services.jobs.finish(job)
    assert only(town).state == "waiting"
    town.sweep()
    assert only(town).state == "stored"


def test_a_throttle_is_kept_to(town: Town) -> None:
    town.fakes.fail(channel="whatsapp", mode="throttle", retry_after=90, reads=True)
    sends(town, photo())
    town.clock.forward(seconds=80)
    town.sweep()
    assert only(town).state == "waiting"
    town.clock.forward(seconds=12)
    town.sweep()
    assert only(town).state == "stored"


def test_without_access_it_waits_and_comes_after_the_repair(town: Town) -> None:
    town.fakes.fail(channel="whatsapp", mode="expired_token", times=2, reads=True)
    sends(town, photo())
    assert only(town).state == "waiting"
    assert town.pager.alarms
    town.clock.forward(minutes=16)
    town.sweep()
    town.clock.forward(minutes=16)
    town.sweep()
    assert only(town).state == "stored"


def test_what_the_platform_does_not_have_failed_and_can_be_tried_again(town: Town) -> None:
    announced(town, "999999")
    town.work()
    kept = only(town)
    assert kept.state == "failed"
    assert kept.reason
    with pytest.raises(NotFound):
        opened(town, kept)
    fetch_again(town.services, SANNE, kept.subject, kept.id)
    assert only(town).state == "waiting"
    town.work()
    assert only(town).state == "failed"


def test_an_operator_neither_opens_nor_fetches(town: Town) -> None:
    sends(town, photo())
    kept = only(town)
    with pytest.raises(NotAllowed):
        open_file(town.services, TOMASZ, kept.subject, kept.id)
    with pytest.raises(NotAllowed):
        fetch_again(town.services, TOMASZ, kept.subject, kept.id)


def test_each_look_is_logged(town: Town) -> None:
    sends(town, photo())
    kept = only(town)
    opened(town, kept)
    lines = access_log.lines(town.services.table, "2026-11-21", town.services.now())
    looks = [(one.actor, one.object) for one in lines if one.action == "read_file"]
    assert looks == [("sanne", f"{kept.subject}/{kept.id}")]


def test_too_large_is_refused_before_or_while_it_comes(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "LARGEST_FILE", 10_000)
    sends(town, photo())
    kept = only(town)
    assert (kept.state, kept.size) == ("refused", None)
    assert "groter dan" in (kept.reason or "")


def test_a_program_that_calls_itself_a_photo_is_not_kept(town: Town) -> None:
    sends(town, b"MZ\x90\x00" + bytes(100))
    kept = only(town)
    assert (kept.state, kept.mime) == ("refused", "application/x-executable")
    with pytest.raises(NotFound):
        town.services.bucket.get(kept.place)


def test_a_document_that_calls_itself_a_photo_is_kept_and_marked(town: Town) -> None:
    sends(town, PDF)
    kept = only(town)
    assert (kept.state, kept.mime, kept.differs) == ("stored", "application/pdf", True)
    assert opened(town, kept).mime == "application/octet-stream"
    assert opened(town, kept).shown_as.startswith("attachment")


def test_bytes_that_were_damaged_on_the_way_are_fetched_again(town: Town) -> None:
    wrong = base64.b64encode(hashlib.sha256(b"iets anders").digest()).decode()
    sends(town, photo(), sha256=wrong)
    kept = only(town)
    assert (kept.state, kept.attempts, kept.reason) == ("waiting", 1, "het kwam beschadigd aan")


def test_where_and_when_it_was_taken_is_evidence_and_the_smaller_picture_tells_nothing(
    town: Town,
) -> None:
    body = photo(told=True)
    sends(town, body)
    kept = only(town)
    told = from_text(Evidence, kept.evidence or "")
    assert (told.lat, told.lon, told.taken_at, told.camera) == (*WHERE, WHEN, "Merk Telefoon 7")
    assert opened(town, kept).body == body  # nothing is stripped from the evidence
    small = Image.open(io.BytesIO(opened(town, kept, small=True).body))
    assert max(small.size) == 640
    assert not small.getexif()
    blurred = Image.open(io.BytesIO(base64.b64decode(kept.blurred or "")))
    assert max(blurred.size) <= 12


@pytest.mark.parametrize("body", [photo()[:2000], b"\xff\xd8\xff" + bytes(500)])
def test_a_broken_picture_is_kept_without_a_smaller_one(town: Town, body: bytes) -> None:
    sends(town, body)
    kept = only(town)
    assert (kept.state, kept.small, kept.evidence) == ("stored", None, None)


def test_a_file_that_kills_its_worker_each_time_is_given_up_in_the_end(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object) -> None:
        raise SystemExit

    monkeypatch.setattr(fetching, "fetched_from", dies)
    announced(town, town.fakes.file("whatsapp", photo(), "image/jpeg"))
    with pytest.raises(SystemExit):
        town.work()
    kept = only(town)
    for _ in range(MAX_FETCHES - 1):
        town.clock.forward(seconds=61)
        with pytest.raises(SystemExit):
            fetching.bring(town.services, media.key_of(kept))
    town.clock.forward(seconds=61)
    fetching.bring(town.services, media.key_of(kept))
    assert only(town).state == "failed"


def test_the_same_delivery_twice_is_one_file(town: Town) -> None:
    id_ = town.fakes.file("whatsapp", photo(), "image/jpeg")
    announced(town, id_)
    announced(town, id_)
    town.work()
    assert len(files(town)) == 1


def test_what_is_taken_back_is_destroyed(town: Town) -> None:
    sends(town, photo())
    kept = only(town)
    revoke = {"original_message_id": "wamid.f"}
    town.deliver_whatsapp(
        {"id": "wamid.r", "from_user_id": "NL.1", "type": "revoke", "revoke": revoke}
    )
    town.work()
    assert files(town) == []
    for place in (kept.place, kept.small):
        with pytest.raises(NotFound):
            town.services.bucket.get(place or "")


def test_a_file_dies_with_its_message(town: Town) -> None:
    sends(town, photo())
    kept = only(town)
    town.clock.forward(days=367)
    town.sweep()
    with pytest.raises(NotFound):
        town.services.bucket.get(kept.place)
    found = media.find(town.services.table, media.key_of(kept), kept.ends_at)
    assert found is None


@dataclass
class Scans:
    """Stands in for a scanner: what it says, one after the other."""

    says: list[Scan]

    def scan(self, place: str) -> Scan:
        assert place
        return self.says.pop(0) if len(self.says) > 1 else self.says[0]


def with_scanner(town: Town, *says: Scan) -> None:
    town.services = replace(town.services, scanner=Scans(list(says)))
    wiring.use(wiring.House(services=town.services, sign_in=wiring.sign_in()))


def test_nobody_sees_a_file_that_is_still_being_scanned(town: Town) -> None:
    with_scanner(town, "pending", "clean")
    sends(town, photo())
    kept = only(town)
    assert (kept.state, kept.scan, kept.may_be_shown) == ("stored", "pending", False)
    with pytest.raises(NotFound):
        opened(town, kept)
    town.clock.forward(seconds=6)
    town.work()
    assert only(town).scan == "clean"
    assert opened(town, only(town)).body


def test_malware_is_destroyed_and_said(town: Town) -> None:
    with_scanner(town, "pending", "infected")
    sends(town, photo())
    kept = only(town)
    town.clock.forward(seconds=6)
    town.work()
    found = only(town)
    assert (found.state, found.scan) == ("refused", "infected")
    for place in (kept.place, kept.small):
        with pytest.raises(NotFound):
            town.services.bucket.get(place or "")


def test_a_scan_that_never_ends_counts_as_not_scanned(town: Town) -> None:
    with_scanner(town, "pending")
    sends(town, photo())
    for _ in range(25):
        town.clock.forward(seconds=6)
        town.work()
    assert only(town).scan == "not_scanned"
