"""Asking the encoder's function. It may be away: then tier one decides, and it is redone later."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.detection.encoder import Read, fusion_in
from chalicelib.detection.fusing import Fusion
from chalicelib.detection.stack import EncoderAway
from chalicelib.log import logger

if TYPE_CHECKING:
    from botocore.client import BaseClient

MODEL = Path(__file__).parents[1] / "detection" / "model"
LEFT_ALONE = 20.0
"""Seconds in which a function that failed is not asked again: life at risk may not wait for it."""


Said = dict[str, Any]
Answer = TypeVar("Answer")


class EncoderFunction:
    """The encoder at the other end of an invocation. ``clock`` counts seconds."""

    def __init__(
        self, client: "BaseClient", name: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client = client
        self._name = name
        self._clock = clock
        self._away_until = float("-inf")

    @cached_property
    def fusion(self) -> Fusion:
        return fusion_in(MODEL)

    def read(self, text: str, before: str) -> Read:
        """What the message means. Raises ``EncoderAway``."""
        return self._answered({"text": text, "before": before}, lambda said: Read(**said))

    def same_event(self, text: str, told: Sequence[Sequence[str]]) -> Sequence[float]:
        """As ``CrossEncoder``. Raises ``EncoderAway``."""
        payload = {"text": text, "told": told}
        return self._answered(payload, lambda said: [float(one) for one in said["same_event"]])

    def _answered(self, payload: Mapping[str, object], read: Callable[[Said], Answer]) -> Answer:
        """Raises ``EncoderAway``."""
        if self._clock() < self._away_until:
            raise EncoderAway
        try:
            return read(self._asked(payload))
        except (BotoCoreError, ClientError, ValueError, TypeError, KeyError) as error:
            self._away_until = self._clock() + LEFT_ALONE
            logger.warning("the encoder is away", function=self._name, error=type(error).__name__)
            raise EncoderAway from error

    def _asked(self, payload: Mapping[str, object]) -> Said:
        """Raises ``ValueError`` when it answered with an error of its own."""
        answer = self._client.invoke(FunctionName=self._name, Payload=json.dumps(payload).encode())
        said = json.loads(answer["Payload"].read())
        if "FunctionError" in answer or not isinstance(said, dict):
            raise ValueError(str(answer.get("FunctionError")))
        return said
