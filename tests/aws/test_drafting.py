"""The Converse API as botocore has it: what is asked of a model, and what is taken from it."""

from typing import Any

import boto3
import pytest
from botocore.stub import ANY, Stubber

from chalicelib.aws.drafting import BedrockDrafter
from chalicelib.domain.proposal import Article, Drafted
from chalicelib.errors import DrafterAway

ARTICLES = [Article("aangifte", "Aangifte doen kan online.")]


@pytest.fixture
def bedrock() -> tuple[Stubber, BedrockDrafter]:
    client = boto3.Session(
        region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x"
    ).client("bedrock-runtime")
    return Stubber(client), BedrockDrafter(client, "model-1")


def answer(*content: dict[str, Any]) -> dict[str, Any]:
    return {
        "output": {"message": {"role": "assistant", "content": list(content)}},
        "stopReason": "tool_use",
        "usage": {"inputTokens": 1, "outputTokens": 1, "totalTokens": 2},
        "metrics": {"latencyMs": 1},
    }


def used(said: object) -> dict[str, Any]:
    return {"toolUse": {"toolUseId": "t-1", "name": "answer", "input": said}}


def test_the_question_stands_apart_and_the_tool_must_be_used(
    bedrock: tuple[Stubber, BedrockDrafter],
) -> None:
    stub, drafter = bedrock
    said = "<artikel id=aangifte>\nAangifte doen kan online.\n</artikel>\n\n<vraag>\nHoe?\n</vraag>"
    expected = {
        "modelId": "model-1",
        "system": ANY,
        "messages": [{"role": "user", "content": [{"text": said}]}],
        "inferenceConfig": ANY,
        "toolConfig": ANY,
    }
    given = {"text": "Dat kan online.", "articles": ["aangifte"]}
    stub.add_response("converse", answer(used(given)), expected)
    with stub:
        assert drafter.draft("Hoe?", ARTICLES) == Drafted("Dat kan online.", ("aangifte",))


@pytest.mark.parametrize(
    "content", [{"text": "Dat kan online."}, used({"text": "Dat kan online."}), used({})]
)
def test_who_answers_in_another_way_is_not_heard(
    bedrock: tuple[Stubber, BedrockDrafter], content: dict[str, Any]
) -> None:
    stub, drafter = bedrock
    stub.add_response("converse", answer(content))
    with stub, pytest.raises(DrafterAway):
        drafter.draft("Hoe?", ARTICLES)


def test_a_refusal_is_away(bedrock: tuple[Stubber, BedrockDrafter]) -> None:
    stub, drafter = bedrock
    stub.add_client_error("converse", "ThrottlingException")
    with stub, pytest.raises(DrafterAway):
        drafter.draft("Hoe?", ARTICLES)
