"""Meta's signature and handshake, and how long platforms ask us to wait."""

from datetime import timedelta

import pytest

from chalicelib.channels import meta
from chalicelib.channels.contract import Secrets, WebhookRequest
from chalicelib.channels.retry_after import LONGEST, retry_after
from chalicelib.errors import BadSignature

ROTATING = Secrets(
    current={"app_secret": "nieuw", "verify_token": "token-2"},
    previous={"app_secret": "oud", "verify_token": "token-1"},
)


def signed_with(secret: str, header: str = meta.SIGNATURE_HEADER) -> WebhookRequest:
    headers = {header: meta.signature(b"{}", secret)}
    return WebhookRequest(method="POST", headers=headers, body=b"{}")


def asking(**query: str) -> WebhookRequest:
    named = {f"hub.{name}": text for name, text in query.items()}
    return WebhookRequest(method="GET", query=named)


def test_the_signature_is_metas() -> None:
    # Worked out with openssl: printf '{}' | openssl dgst -sha256 -hmac nieuw
    expected = "sha256=ae574dd5460c843c50306e45dc3ec4c22c67f066c6e53127805ab5f20f7407ab"
    assert meta.signature(b"{}", "nieuw") == expected


@pytest.mark.parametrize("secret", ["nieuw", "oud"])
def test_both_secrets_count_while_they_change(secret: str) -> None:
    meta.verify(signed_with(secret), ROTATING)


@pytest.mark.parametrize("token", ["token-1", "token-2"])
def test_both_tokens_count_while_they_change(token: str) -> None:
    request = asking(mode="subscribe", verify_token=token, challenge=" 007 ")
    assert meta.handshake(request, ROTATING) == " 007 "


@pytest.mark.parametrize(
    "request_",
    [
        signed_with("ander"),
        signed_with("nieuw", header="x-hub-signature"),
        WebhookRequest(method="POST", headers={meta.SIGNATURE_HEADER: "sha256="}, body=b"{}"),
        WebhookRequest(method="POST", headers={meta.SIGNATURE_HEADER: "é\udcff"}, body=b"{}"),
        WebhookRequest(method="POST", body=b"{}"),
    ],
)
def test_any_other_signature_is_refused(request_: WebhookRequest) -> None:
    with pytest.raises(BadSignature):
        meta.verify(request_, ROTATING)


@pytest.mark.parametrize(
    "request_",
    [
        asking(mode="subscribe", verify_token="token-3", challenge="1"),
        asking(mode="subscribe", verify_token="", challenge="1"),
        asking(mode="subscribe", challenge="1"),
        asking(verify_token="token-2", challenge="1"),
        asking(mode="subscribe", verify_token="token-2"),
        asking(),
    ],
)
def test_any_other_handshake_is_refused(request_: WebhookRequest) -> None:
    with pytest.raises(BadSignature):
        meta.handshake(request_, ROTATING)


def test_an_empty_secret_opens_no_door() -> None:
    with pytest.raises(BadSignature):
        meta.verify(signed_with(""), Secrets(current={"app_secret": ""}))
    with pytest.raises(BadSignature):
        meta.handshake(
            asking(mode="subscribe", verify_token="", challenge="1"),
            Secrets(current={"verify_token": ""}),
        )


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({}, None),
        ({"retry-after": "90"}, timedelta(seconds=90)),
        ({"retry-after": "9" * 30}, LONGEST),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "straks"}, None),
        ({"retry-after": "Fri, 15 Jan 2027 08:01:00 GMT"}, None),
        (
            {
                "retry-after": "Fri, 15 Jan 2027 08:01:00 GMT",
                "date": "Fri, 15 Jan 2027 08:00:00 GMT",
            },
            timedelta(seconds=60),
        ),
        (
            {
                "retry-after": "Fri, 15 Jan 2027 08:00:00 GMT",
                "date": "Fri, 15 Jan 2027 08:01:00 GMT",
            },
            timedelta(),
        ),
    ],
)
def test_how_long_to_stay_away(headers: dict[str, str], wait: timedelta | None) -> None:
    assert retry_after(headers) == wait
