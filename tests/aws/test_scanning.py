"""What GuardDuty's tag on a file means, and what is said when there is none."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from chalicelib.aws.scanning import TAG, GuardDutyScanner
from chalicelib.store.s3 import S3Bucket, written

PLACE = "media/0123"


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    with mock_aws():
        client = boto3.client("s3", region_name="eu-west-1")
        client.create_bucket(
            Bucket="nabij", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
        )
        S3Bucket(client, "nabij").put(PLACE, b"x")
        yield client


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("NO_THREATS_FOUND", "clean"),
        ("THREATS_FOUND", "infected"),
        ("UNSUPPORTED", "not_scanned"),
        ("FAILED", "not_scanned"),
        ("IETS_NIEUWS", "pending"),
        (None, "pending"),
    ],
)
def test_the_tag_says_what_was_found(s3: Any, said: str | None, means: str) -> None:
    if said:
        tags = {"TagSet": [{"Key": TAG, "Value": said}]}
        s3.put_object_tagging(Bucket="nabij", Key=written(PLACE), Tagging=tags)
    assert GuardDutyScanner(s3, "nabij").scan(PLACE) == means


def test_no_answer_is_one_to_wait_for(s3: Any) -> None:
    assert GuardDutyScanner(s3, "elders").scan(PLACE) == "pending"


def test_a_link_to_the_bucket_holds_for_a_moment_and_says_what_it_is(s3: Any) -> None:
    bucket = S3Bucket(s3, "nabij")
    link = bucket.link(PLACE, 60, "image/jpeg", "bestand-1.jpg", inline=True) or ""
    assert link.startswith(bucket.origin + "/")
    for part in ("response-content-type=image%2Fjpeg", "filename%3D%22bestand-1.jpg", "xpires="):
        assert part in link
