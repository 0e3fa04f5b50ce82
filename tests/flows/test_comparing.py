"""A photo that says otherwise than its message is pointed out, and what it is stays a question."""

from chalicelib.domain.contradiction import contradiction, metres, taken_moment
from chalicelib.domain.media import Evidence
from chalicelib.domain.provenance import has_manifest
from chalicelib.domain.whereabouts import Candidate
from tests.conftest import SANNE, Town
from tests.flows.test_fetching import announced
from tests.pictures import WHERE, photo
from tests.web.test_pages_files import page
from tests.web.visiting import signed_in

NOW = "2026-11-21T20:00:00.000Z"


def place(name: str, lat: float, lon: float, radius: int = 3_000) -> Candidate:
    return Candidate(
        name=name, kind="place", mention=name, gemeente=name, unit=None, lat=lat, lon=lon,
        radius=radius, confidence=0.9, because="",
    )  # fmt: skip


UTRECHT, HENGELO, ZEIST = (
    place("Utrecht", *WHERE),
    place("Hengelo", 52.266, 6.793),
    place("Zeist", 52.088, 5.233),
)


def test_a_photo_from_elsewhere_is_pointed_out_and_one_from_next_door_is_not() -> None:
    found = contradiction(Evidence(), UTRECHT, HENGELO, NOW)
    assert found
    assert (found.photo_place, found.told_place, found.photo_at) == ("Utrecht", "Hengelo", None)
    assert contradiction(Evidence(), UTRECHT, ZEIST, NOW) is None
    assert contradiction(Evidence(), UTRECHT, None, NOW) is None
    assert contradiction(Evidence(), None, HENGELO, NOW) is None


def test_a_wide_place_holds_what_lies_within_it() -> None:
    road = place("Overijssel", 52.266, 6.793, radius=200_000)
    assert contradiction(Evidence(), UTRECHT, road, NOW) is None


def test_an_old_photo_is_pointed_out_and_one_of_yesterday_evening_is_not() -> None:
    old = contradiction(Evidence(taken_at="2026-03-03T14:05:00"), None, None, NOW)
    assert old
    assert (old.photo_at, old.told_at) == ("2026-03-03T13:05:00.000Z", NOW)
    assert contradiction(Evidence(taken_at="2026-11-20T21:30:00"), None, None, NOW) is None
    assert contradiction(Evidence(taken_at="2027-01-01T00:00:00"), None, None, NOW) is None


def test_a_camera_that_writes_nonsense_says_nothing() -> None:
    for odd in ("0000-00-00T00:00:00", "2026-11-21T20:61:00", "0001-01-01T00:00:00+14:00", None):
        assert taken_moment(Evidence(taken_at=odd)) is None
    zoned = taken_moment(Evidence(taken_at="2026-11-21T20:00:00+05:00"))
    assert zoned == "2026-11-21T15:00:00.000Z"


def test_distance_is_that_of_the_map() -> None:
    assert 113_000 < metres(WHERE, (52.266, 6.793)) < 118_000


def in_jpeg(body: bytes, segment: bytes) -> bytes:
    """The picture with a segment put in front."""
    return body[:2] + b"\xff\xeb" + (len(segment) + 2).to_bytes(2) + segment + body[2:]


STORE = b"JP\x00\x01\x00\x00\x00\x01\x00\x00\x00\xffjumb\x00\x00\x00\x1ejumdc2pa\x00\x11\x00\x10"


def test_a_statement_of_origin_is_noticed_and_nothing_else_is_taken_for_one() -> None:
    assert has_manifest(in_jpeg(photo(), STORE + b"\x80\x00\x00\xaa\x00\x38\x9b\x71\x03c2pa\x00"))
    assert not has_manifest(in_jpeg(photo(), b"JP\x00\x01" + bytes(60)))
    assert not has_manifest(photo() + STORE)
    chunk = b"\x00\x00\x00\x04caBXjumb\x00\x00\x00\x00"
    assert has_manifest(b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\x00IDAT\x00\x00\x00\x00" + chunk)
    assert not has_manifest(b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\x04IDATcaBX\x00\x00\x00\x00")
    for odd in (b"", b"\xff\xd8", b"\xff\xd8\xff\xeb\x00\x00", b"\x89PNG\r\n\x1a\n\xff\xff"):
        assert not has_manifest(odd)


def written_from(town: Town, caption: str, body: bytes) -> str:
    """A citizen sends this photo with these words; what Sanne reads beside it."""
    announced(town, town.fakes.file("whatsapp", body, "image/jpeg"), caption=caption)
    town.work()
    return page(town, signed_in(town.services, SANNE)).text


def test_the_page_says_both_and_concludes_nothing(town: Town) -> None:
    text = written_from(town, "Nu brand in Hengelo, ik sta ervoor", photo(told=True))
    assert "Het bericht zegt: Hengelo." in text
    assert "Wie gelijk heeft, weten we niet: vraag het na." in text
    assert "Herkomst niet geverifieerd" in text


def test_a_photo_that_fits_its_message_is_left_in_peace(town: Town) -> None:
    text = written_from(town, "Nu brand in Utrecht, ik sta ervoor", photo(told=True))
    assert "De foto zegt" not in text


def test_the_page_tells_of_a_statement_of_origin(town: Town) -> None:
    text = written_from(town, "Kijk", in_jpeg(photo(), STORE + b"\x80\x00\x00\xaa\x00\x38\x9b\x71"))
    assert "Bevat een herkomstverklaring (C2PA), niet gecontroleerd" in text
    assert "Volgens het bestand" not in text
