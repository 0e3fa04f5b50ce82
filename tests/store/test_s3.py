"""What S3 adds to the contract: keys that mean only themselves, and failures of its own."""

import pytest
from botocore.stub import Stubber

from chalicelib.errors import StoreUnavailable
from chalicelib.store.s3 import S3Bucket, written
from tests.emulator import emulator


def test_a_key_is_one_name_whatever_is_in_it() -> None:
    assert written("envelopes/ENV#whatsapp#1/2026#a") == "envelopes%2FENV%23whatsapp%231%2F2026%23a"
    assert "/" not in written("../../etc/passwd")


@pytest.mark.parametrize("code", ["AccessDenied", "SlowDown", "NoSuchBucket"])
def test_what_s3_refuses_is_unavailable_and_names_the_code(code: str) -> None:
    client = emulator().session.client("s3")
    s3, bucket = Stubber(client), S3Bucket(client, "nabij")
    s3.add_client_error("get_object", code)
    with s3, pytest.raises(StoreUnavailable) as told:
        bucket.get("photo")
    assert told.value.facts["code"] == code


def test_a_part_has_an_address_that_takes_just_so_many_bytes() -> None:
    bucket = S3Bucket(emulator().client("s3"), "nabij")
    address = bucket.in_parts.link("media/1", "upload-1", 2, 400, 900) or ""
    assert "partNumber=2" in address
    assert "uploadId=upload-1" in address
    assert "content-length" in address
    assert "X-Amz-Expires=900" in address
