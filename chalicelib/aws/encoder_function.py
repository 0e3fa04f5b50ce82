"""The second tier as a function of its own: a text comes in, what the encoder read goes out.

Or, with what others wrote beside it, how likely each of those groups tells of the same event.

In its zip lie the encoder's files, onnxruntime, tokenizers and numpy; nothing of the store, the
channels or the accounts. It keeps nothing and logs nothing of what it reads.
"""

from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.detection.cross_encoder import CrossEncoder
from chalicelib.detection.encoder import Encoder

FILES = Path(__file__).parents[1] / "detection" / "model"


@cache
def encoder() -> Encoder:
    """Loaded with the first message and kept as long as Lambda keeps this process."""
    return Encoder(FILES)


@cache
def cross_encoder() -> CrossEncoder:
    """Loaded with the first message that is read beside others."""
    return CrossEncoder(encoder())


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:  # noqa: ARG001 - Lambda's
    """``{"text", "before"}`` to the fields of ``Read``; ``{"text", "told"}`` to "same_event"."""
    if "told" in event:
        return {"same_event": cross_encoder().same_event(event["text"], event["told"])}
    return asdict(encoder().read(event["text"], event["before"]))
