"""Amazon Translate, as its API model has it: what goes out, what comes back, who is away."""

import boto3
import pytest
from botocore.stub import Stubber

from chalicelib.aws.translating import MOST_BYTES, AmazonTranslate
from chalicelib.errors import TranslatorAway


@pytest.fixture
def amazon() -> tuple[Stubber, AmazonTranslate]:
    client = boto3.Session(
        region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x"
    ).client("translate")
    return Stubber(client), AmazonTranslate(client)


def test_a_text_comes_back_in_another_language(amazon: tuple[Stubber, AmazonTranslate]) -> None:
    stub, translator = amazon
    said = {"TranslatedText": "Waar?", "SourceLanguageCode": "pl", "TargetLanguageCode": "nl"}
    asked = {"Text": "Gdzie?", "SourceLanguageCode": "pl", "TargetLanguageCode": "nl"}
    stub.add_response("translate_text", said, asked)
    with stub:
        assert translator.translate("Gdzie?", "pl", "nl") == "Waar?"


def test_who_does_not_answer_or_is_asked_too_much_is_away(
    amazon: tuple[Stubber, AmazonTranslate],
) -> None:
    stub, translator = amazon
    stub.add_client_error("translate_text", "UnsupportedLanguagePairException")
    with stub:
        with pytest.raises(TranslatorAway):
            translator.translate("?", "xx", "nl")
        with pytest.raises(TranslatorAway):
            translator.translate("x" * (MOST_BYTES + 1), "pl", "nl")
