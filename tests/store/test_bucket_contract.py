"""What every bucket does."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.errors import NotFound
from chalicelib.store.bucket import Bucket


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
