"""The encoder at the other end of an invocation: asked, away, left alone, asked again."""

import io
import json
from typing import Any

import boto3
import pytest
from botocore.response import StreamingBody
from botocore.stub import Stubber

from chalicelib.aws.encoding import LEFT_ALONE, EncoderFunction
from chalicelib.aws.parts import encoder_function
from chalicelib.detection import EncoderAway
from chalicelib.errors import Misconfigured

READ = {
    "scores": {"emergency": {"ja": 2.0, "nee": -2.0}},
    "brought": [["help", 1.5]],
    "meaning": [1.0],
    "nearest": "help",
}


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def answer(said: Any, **more: str) -> dict[str, Any]:
    raw = json.dumps(said).encode()
    return {"StatusCode": 200, "Payload": StreamingBody(io.BytesIO(raw), len(raw)), **more}


@pytest.fixture
def asked() -> tuple[Stubber, EncoderFunction, Clock]:
    client = boto3.Session(
        region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x"
    ).client("lambda")
    clock = Clock()
    return Stubber(client), EncoderFunction(client, "nabij-Encoder", clock), clock


def test_a_text_goes_out_and_what_was_read_comes_back(
    asked: tuple[Stubber, EncoderFunction, Clock],
) -> None:
    stub, encoder, _ = asked
    payload = json.dumps({"text": "help", "before": ""}).encode()
    expected = {"FunctionName": "nabij-Encoder", "Payload": payload}
    stub.add_response("invoke", answer(READ), expected)
    with stub:
        read = encoder.read("help", "")
    assert read.scores["emergency"]["ja"] == 2.0
    assert read.nearest == "help"


def test_a_text_is_read_beside_what_others_wrote(
    asked: tuple[Stubber, EncoderFunction, Clock],
) -> None:
    stub, encoder, _ = asked
    payload = json.dumps({"text": "help", "told": [["brand"], ["kat", "weg"]]}).encode()
    expected = {"FunctionName": "nabij-Encoder", "Payload": payload}
    stub.add_response("invoke", answer({"same_event": [2.5, -3]}), expected)
    stub.add_response("invoke", answer({"errorMessage": "x"}))
    with stub:
        assert encoder.same_event("help", [["brand"], ["kat", "weg"]]) == [2.5, -3.0]
        with pytest.raises(EncoderAway):
            encoder.same_event("help", [["brand"]])


def test_who_fails_is_away_and_left_alone_for_a_while(
    asked: tuple[Stubber, EncoderFunction, Clock],
) -> None:
    stub, encoder, clock = asked
    stub.add_client_error("invoke", "TooManyRequestsException")
    stub.add_response("invoke", answer({"errorMessage": "x"}, FunctionError="Unhandled"))
    stub.add_response("invoke", answer(READ))
    with stub:
        for _ in range(3):  # one question leaves, the others are not asked
            with pytest.raises(EncoderAway):
                encoder.read("help", "")
        clock.now += LEFT_ALONE
        with pytest.raises(EncoderAway):
            encoder.read("help", "")
        clock.now += LEFT_ALONE
        assert encoder.read("help", "").nearest == "help"
    stub.assert_no_pending_responses()


def test_a_folder_is_no_function() -> None:
    session = boto3.Session(region_name="eu-west-1")
    assert encoder_function("", session) is None
    with pytest.raises(Misconfigured, match="NABIJ_ENCODER"):
        encoder_function("/opt/encoder", session)
