"""What every bucket does."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.errors import NotFound
from chalicelib.store.bucket import Bucket
from chalicelib.store.parted import PART, sizes


def test_the_bytes_that_were_put_are_got(bucket: Bucket) -> None:
    body = bytes(range(256)) * 5000
    bucket.put("envelope/whatsapp/1", body)
    bucket.put("envelope/whatsapp/2", b"")
    assert bucket.get("envelope/whatsapp/1") == body
    assert bucket.get("envelope/whatsapp/2") == b""


def test_the_same_key_twice_keeps_the_last(bucket: Bucket) -> None:
    bucket.put("photo", b"eerst")
    bucket.put("photo", b"later")
    assert bucket.get("photo") == b"later"


def test_what_is_not_there_is_not_found(bucket: Bucket) -> None:
    with pytest.raises(NotFound):
        bucket.get("photo")


def test_what_was_deleted_is_not_found_and_may_be_deleted_again(bucket: Bucket) -> None:
    bucket.put("photo", b"boom")
    bucket.delete("photo")
    bucket.delete("photo")
    with pytest.raises(NotFound):
        bucket.get("photo")


@pytest.mark.parametrize(
    "key", ["../../etc/passwd", "/absolute", "a/../b", "één/ñ 🌳", "photo\x00.jpg", "x" * 900]
)
def test_any_text_is_a_key_and_stays_inside(bucket: Bucket, key: str) -> None:
    bucket.put(key, b"boom")
    assert bucket.get(key) == b"boom"


def test_keys_that_look_alike_are_different(bucket: Bucket) -> None:
    for key in ("photo", "Photo", "photo/", "photo/1"):
        bucket.put(key, key.encode())
    for key in ("photo", "Photo", "photo/", "photo/1"):
        assert bucket.get(key) == key.encode()


def test_a_reader_never_sees_half_of_what_many_write(bucket: Bucket) -> None:
    bodies = [bytes([n]) * 200_000 for n in range(8)]
    with ThreadPoolExecutor(8) as writers:
        for done in [writers.submit(bucket.put, "photo", body) for body in bodies * 10]:
            done.result()
            assert bucket.get("photo") in bodies


def test_the_first_bytes_of_it(bucket: Bucket) -> None:
    bucket.put("film", b"ftypisom" * 100)
    assert bucket.head("film", 4) == b"ftyp"
    assert len(bucket.head("film", 10_000)) == 800
    with pytest.raises(NotFound):
        bucket.head("photo", 4)


def test_parts_in_any_order_become_one_object(bucket: Bucket) -> None:
    parts, first, last = bucket.in_parts, b"a" * PART, b"eind"
    upload = parts.begin("film")
    parts.put("film", upload, 2, last)
    parts.put("film", upload, 1, b"mislukt")
    parts.put("film", upload, 1, first)
    assert parts.there("film", upload) == sizes(len(first + last))
    with pytest.raises(NotFound):
        bucket.get("film")
    parts.finish("film", upload)
    parts.finish("film", upload)
    assert bucket.get("film") == first + last
    assert parts.there("film", upload) == {}


def test_of_an_abandoned_upload_nothing_is_left(bucket: Bucket) -> None:
    parts = bucket.in_parts
    upload = parts.begin("film")
    parts.put("film", upload, 1, b"begin")
    parts.abandon("film", upload)
    parts.abandon("film", upload)
    assert parts.there("film", upload) == {}
    with pytest.raises(NotFound):
        parts.put("film", upload, 1, b"begin")
    with pytest.raises(NotFound):
        bucket.get("film")


@pytest.mark.parametrize("size", [1, PART - 1, PART, PART + 1, 7 * PART])
def test_the_parts_of_a_file_add_up_to_it(size: int) -> None:
    found = sizes(size)
    assert sum(found.values()) == size
    assert list(found) == list(range(1, len(found) + 1))
    assert max(found.values()) <= PART
