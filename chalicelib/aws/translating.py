"""Amazon Translate: texts that a colleague asks to have translated, and no others.

TranslateText takes at most 10,000 bytes of UTF-8 at once (API 2017-07-01, TranslateText).
"""

from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.errors import TranslatorAway

if TYPE_CHECKING:
    from botocore.client import BaseClient

MOST_BYTES = 10_000


class AmazonTranslate:
    """``client`` is boto3's for ``translate``."""

    def __init__(self, client: "BaseClient") -> None:
        self._client = client

    def translate(self, text: str, source: str, target: str) -> str:
        """Raises ``TranslatorAway`` when it does not answer, or does not know the language."""
        if len(text.encode()) > MOST_BYTES:
            raise TranslatorAway("the text is too long to be translated", longest=MOST_BYTES)
        try:
            answer = self._client.translate_text(
                Text=text, SourceLanguageCode=source, TargetLanguageCode=target
            )
        except (ClientError, BotoCoreError) as error:
            raise TranslatorAway("no translation came", why=type(error).__name__) from error
        return str(answer["TranslatedText"])
