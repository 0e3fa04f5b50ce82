"""An account's secrets: the current and the previous, asked for once a minute."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from botocore.exceptions import EndpointConnectionError

from chalicelib.aws.secrets import FRESH, AwsSecrets
from chalicelib.errors import Misconfigured, StoreUnavailable
from tests.emulator import emulator


@dataclass
class Vault:
    """Secrets Manager with a switch, a counter and a clock."""

    prefix: str = field(default_factory=lambda: uuid4().hex)
    seconds: float = 1000.0
    away: bool = False
    asked: int = 0

    def __post_init__(self) -> None:
        self.client = emulator().client("secretsmanager")
        self.client.meta.events.register_first("before-send", self.count)
        self.secrets = AwsSecrets(self.client, self.prefix, clock=lambda: self.seconds)

    def count(self, **_: Any) -> None:
        self.asked += 1
        if self.away:
            raise EndpointConnectionError(endpoint_url="https://secretsmanager")

    def keep(self, values: Mapping[str, str] | str) -> None:
        text = values if isinstance(values, str) else json.dumps(values)
        self.client.create_secret(Name=f"{self.prefix}/whatsapp/1", SecretString=text)

    def rotate(self, values: Mapping[str, str]) -> None:
        name = f"{self.prefix}/whatsapp/1"
        self.client.put_secret_value(SecretId=name, SecretString=json.dumps(values))


def test_during_a_rotation_both_secrets_are_believed() -> None:
    vault = Vault()
    vault.keep({"app_secret": "old"})
    assert vault.secrets.of("whatsapp", "1").all("app_secret") == ("old",)
    vault.rotate({"app_secret": "new"})
    vault.seconds += FRESH + 1
    assert vault.secrets.of("whatsapp", "1").all("app_secret") == ("new", "old")


def test_within_a_minute_it_is_not_asked_again() -> None:
    vault = Vault()
    vault.keep({"app_secret": "old"})
    vault.asked = 0
    for _ in range(3):
        vault.secrets.of("whatsapp", "1")
    assert vault.asked == 2  # the current and the previous, once each


def test_what_is_known_stays_in_use_while_secrets_manager_is_away() -> None:
    vault = Vault()
    vault.keep({"app_secret": "old"})
    vault.secrets.of("whatsapp", "1")
    vault.seconds += FRESH + 1
    vault.away = True
    assert vault.secrets.of("whatsapp", "1").all("app_secret") == ("old",)


def test_what_was_never_known_is_unavailable_then() -> None:
    vault = Vault(away=True)
    with pytest.raises(StoreUnavailable):
        vault.secrets.of("whatsapp", "1")


def test_an_account_without_a_secret_names_it() -> None:
    vault = Vault()
    with pytest.raises(Misconfigured, match="whatsapp/1"):
        vault.secrets.of("whatsapp", "1")


@pytest.mark.parametrize("text", ["geheim", "[]", '{"app_secret": 1}'])
def test_a_secret_that_cannot_be_read_is_named_and_not_quoted(text: str) -> None:
    vault = Vault()
    vault.keep(text)
    with pytest.raises(Misconfigured) as failed:
        vault.secrets.of("whatsapp", "1")
    assert "whatsapp/1" in failed.value.message
    assert failed.value.__suppress_context__


def test_our_own_form_needs_none() -> None:
    vault = Vault()
    assert vault.secrets.of("form", "nabij").current == {}
    assert vault.asked == 0


def test_a_kept_key_is_the_current_one_at_once_and_the_old_one_is_the_previous() -> None:
    vault = Vault()
    vault.keep({"access_token": "old"})
    assert vault.secrets.of("whatsapp", "1").all("access_token") == ("old",)
    vault.secrets.keep("whatsapp", "1", {"access_token": "new"})
    assert vault.secrets.of("whatsapp", "1").all("access_token") == ("new", "old")


def test_a_key_that_could_not_be_kept_says_so() -> None:
    vault = Vault()
    vault.keep({"access_token": "old"})
    vault.away = True
    with pytest.raises(StoreUnavailable) as failed:
        vault.secrets.keep("whatsapp", "1", {"access_token": "nieuwgeheim"})
    assert "nieuwgeheim" not in repr(failed.value)
