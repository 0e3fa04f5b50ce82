"""Requests to AWS's own services are signed with the keys of our role."""

import re

import boto3
import pytest

from chalicelib.aws.signing import AwsSigner
from chalicelib.errors import Misconfigured

URL = "https://email.eu-west-1.amazonaws.com/v2/email/outbound-emails"
KEYS = {"aws_access_key_id": "AKID", "aws_secret_access_key": "geheim-1"}


def signed(service: str, body: bytes = b"{}", method: str = "POST") -> dict[str, str]:
    session = boto3.Session(**KEYS, region_name="eu-west-1")
    return dict(AwsSigner(session, service)(method, URL, {"Content-Type": "a/b"}, body))


@pytest.mark.parametrize("service", ["ses", "sms-voice", "s3"])
def test_the_signature_is_for_one_service_in_one_region(service: str) -> None:
    headers = signed(service)
    given = headers["Authorization"]
    assert re.match(
        rf"AWS4-HMAC-SHA256 Credential=AKID/\d+/eu-west-1/{service}/aws4_request", given
    )
    assert "host" in given
    assert headers["Content-Type"] == "a/b"
    assert "X-Amz-Date" in headers
    assert "geheim" not in str(headers)


def test_another_body_is_another_signature() -> None:
    assert len({signed("ses", body)["Authorization"] for body in (b"{}", b"[]")}) == 2


def test_an_object_is_asked_for_without_a_body() -> None:
    assert "x-amz-content-sha256" in {name.lower() for name in signed("s3", b"", "GET")}


def test_without_a_region_nothing_is_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_DEFAULT_REGION", "AWS_REGION"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(Misconfigured):
        AwsSigner(boto3.Session(**KEYS), "ses")("POST", URL, {}, b"")
