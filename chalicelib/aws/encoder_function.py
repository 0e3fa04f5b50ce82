"""The second tier as a function of its own: a text comes in, what the encoder read goes out.

In its zip lie the encoder's files, onnxruntime, tokenizers and numpy; nothing of the store, the
channels or the accounts. It keeps nothing and logs nothing of what it reads.
"""

from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.detection.encoder import Encoder

FILES = Path(__file__).parents[1] / "detection" / "model"


@cache
def encoder() -> Encoder:
    """Loaded with the first message and kept as long as Lambda keeps this process."""
    return Encoder(FILES)


def handler(event: dict[str, str], context: object) -> dict[str, Any]:  # noqa: ARG001 - Lambda's
    """``{"text", "before"}`` to the fields of ``Read``."""
    return asdict(encoder().read(event["text"], event["before"]))
