"""The accounts' secrets, from Secrets Manager: one secret an account, a JSON object of texts.

A rotation makes the current version the previous one. Both are handed out, so that what was
signed with the old one is still believed until the next rotation.
"""

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import msgspec
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.channels.contract import Secrets
from chalicelib.errors import Misconfigured, StoreUnavailable
from chalicelib.log import logger

if TYPE_CHECKING:
    from botocore.client import BaseClient

FRESH = 60.0
"""Seconds that a secret is believed without asking again; a rotation is seen within these."""

WITHOUT_SECRETS = frozenset({"email", "form", "sms", "news"})
"""Our own form, in which nobody signs anything, and AWS's services, which know us by our role."""

_decode = msgspec.json.Decoder(dict[str, str]).decode


class AwsSecrets:
    """The secrets of accounts, each remembered for a minute.

    ``client`` is boto3's for ``secretsmanager``, ``clock`` counts seconds. While Secrets Manager
    is away, what was known stays in use. Raises ``Misconfigured`` or ``StoreUnavailable``.
    """

    def __init__(
        self, client: "BaseClient", prefix: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client = client
        self._prefix = prefix
        self._clock = clock
        self._known: dict[str, tuple[float, Secrets]] = {}

    def of(self, channel: str, account: str) -> Secrets:
        if channel in WITHOUT_SECRETS:
            return Secrets(current={})
        name = f"{self._prefix}/{channel}/{account}"
        asked_at, known = self._known.get(name, (0.0, None))
        if known is not None and self._clock() < asked_at + FRESH:
            return known
        return self._asked(name, known)

    def keep(self, channel: str, account: str, secrets: Mapping[str, str]) -> None:
        """A new version; the one before stays readable as the previous one."""
        name = f"{self._prefix}/{channel}/{account}"
        text = msgspec.json.encode(dict(secrets)).decode()
        try:
            self._client.put_secret_value(SecretId=name, SecretString=text)
        except (BotoCoreError, ClientError) as error:
            # Without the cause: it could quote the secret.
            code = type(error).__name__
            raise StoreUnavailable("the secret was not kept", code=code) from None
        self._known.pop(name, None)

    def _asked(self, name: str, known: Secrets | None) -> Secrets:
        try:
            found = self._both(name)
        except StoreUnavailable:
            if known is None:
                raise
            logger.warning("secrets are away; the known ones stay in use", secret=name)
            return known
        self._known[name] = (self._clock(), found)
        return found

    def _both(self, name: str) -> Secrets:
        current = self._version(name, "AWSCURRENT")
        if current is None:
            raise Misconfigured(f"there is no secret {name}", secret=name)
        return Secrets(current=current, previous=self._version(name, "AWSPREVIOUS") or {})

    def _version(self, name: str, stage: str) -> Mapping[str, str] | None:
        """One version; None when there is none."""
        try:
            answer = self._client.get_secret_value(SecretId=name, VersionStage=stage)
            return _decode(answer["SecretString"])
        except (msgspec.DecodeError, KeyError):
            # Without the cause: it would quote the secret.
            raise Misconfigured(f"secret {name} is no JSON object", secret=name) from None
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code == "ResourceNotFoundException":
                return None
            raise StoreUnavailable("the secrets did not come", code=code) from error
        except BotoCoreError as error:
            raise StoreUnavailable("the secrets did not come", code=type(error).__name__) from error
