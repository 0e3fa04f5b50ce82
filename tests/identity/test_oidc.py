"""Signing in by OpenID Connect, with the very provider that the local stage runs."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import urllib3
from aiohttp import web
from joserfc import jwt
from joserfc.jwk import RSAKey

from chalicelib.domain.signing_in import Attempt
from chalicelib.errors import Misconfigured, NotSignedIn, StoreUnavailable
from chalicelib.identity.oidc import OidcSignIn, named
from infra.fakes.serving import serving
from infra.local.sign_in import Provider
from infra.local.stage import CLIENT
from infra.ports import HOST, free_port

ATTEMPT = Attempt(
    state="s", nonce="n-1", verifier="v" * 43, back="http://127.0.0.1:1/inloggen/terug"
)


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    """The demo provider on a port of its own."""
    known = Provider("")
    application = web.Application()
    application.add_routes(known.routes())
    with serving(application) as known.issuer:
        yield known


@pytest.fixture
def door(provider: Provider) -> OidcSignIn:
    return OidcSignIn(provider.issuer, CLIENT)


def clicks(address: str, who: str) -> str:
    """Somebody clicks on their name at the provider; the code that comes back."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    page = urllib3.request("GET", address)
    assert page.status == 200
    form = {**asked, "sub": who}
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    form_address = address.partition("?")[0]
    back = urllib3.request("POST", form_address, body=urlencode(form), headers=kind, redirect=False)
    query = parse_qs(urlsplit(back.headers["location"]).query)
    assert query["state"] == [asked["state"]]
    return query["code"][0]


def test_somebody_who_clicked_is_known_by_name(door: OidcSignIn) -> None:
    code = clicks(door.start(ATTEMPT), "sanne")
    assert door.finish(code, ATTEMPT) == "sanne"


def test_a_code_is_good_once(door: OidcSignIn) -> None:
    code = clicks(door.start(ATTEMPT), "sanne")
    door.finish(code, ATTEMPT)
    with pytest.raises(NotSignedIn):
        door.finish(code, ATTEMPT)


def test_who_steals_a_code_has_no_use_for_it(door: OidcSignIn) -> None:
    code = clicks(door.start(ATTEMPT), "sanne")
    with pytest.raises(NotSignedIn):
        door.finish(code, replace(ATTEMPT, verifier="w" * 43))


def test_a_token_of_another_attempt_is_refused(door: OidcSignIn) -> None:
    code = clicks(door.start(ATTEMPT), "sanne")
    with pytest.raises(NotSignedIn, match="another attempt"):
        door.finish(code, replace(ATTEMPT, nonce="n-2"))


def claims(provider: Provider, **other: Any) -> dict[str, Any]:
    now = int(time.time())
    right = {"iss": provider.issuer, "aud": CLIENT, "sub": "sanne", "iat": now, "exp": now + 60}
    return {name: value for name, value in (right | other).items() if value is not None}


def by_provider(provider: Provider, **other: Any) -> str:
    header = {"alg": "RS256", "kid": provider.key.kid}
    return jwt.encode(header, claims(provider, **other), provider.key)


def by_a_stranger(provider: Provider) -> str:
    key = RSAKey.generate_key(2048, auto_kid=True)
    return jwt.encode({"alg": "RS256", "kid": provider.key.kid}, claims(provider), key)


def by_the_public_key(provider: Provider) -> str:
    """The old trick: the public key taken for a shared secret."""
    parts = ({"alg": "HS256", "kid": provider.key.kid}, claims(provider))
    said = ".".join(in_letters(json.dumps(part).encode()) for part in parts)
    made = hmac.new(provider.key.as_pem(private=False), said.encode(), hashlib.sha256)
    return f"{said}.{in_letters(made.digest())}"


def in_letters(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


REFUSED: dict[str, Callable[[Provider], str]] = {
    "not a token": lambda _: "a.b.c",
    "signed by a stranger": by_a_stranger,
    "signed with the public key": by_the_public_key,
    "unsigned": lambda p: ".".join((*by_provider(p).split(".")[:2], "")),
    "too old": lambda p: by_provider(p, exp=int(time.time()) - 120),
    "without an end": lambda p: by_provider(p, exp=None),
    "of another provider": lambda p: by_provider(p, iss="https://elders.example"),
    "for another service": lambda p: by_provider(p, aud="elders"),
    "for several, handed to another": lambda p: by_provider(p, aud=[CLIENT, "x"], azp="x"),
    "about nobody": lambda p: by_provider(p, sub=None),
}


@pytest.mark.parametrize("token", REFUSED.values(), ids=REFUSED.keys())
def test_what_does_not_hold_is_refused(
    door: OidcSignIn, provider: Provider, token: Callable[[Provider], str]
) -> None:
    assert door.proven(by_provider(provider))["sub"] == "sanne"
    with pytest.raises(NotSignedIn):
        door.proven(token(provider))


def test_a_new_key_of_the_provider_is_learned(door: OidcSignIn, provider: Provider) -> None:
    door.proven(by_provider(provider))
    before, provider.key = provider.key, RSAKey.generate_key(2048, auto_kid=True)
    try:
        assert door.proven(by_provider(provider))["sub"] == "sanne"
    finally:
        provider.key = before


def test_an_address_counts_only_when_the_provider_checked_it() -> None:
    told = {"sub": "1", "email": "Sanne@Politie.example", "email_verified": True}
    assert named(told, "email") == "sanne@politie.example"
    with pytest.raises(NotSignedIn):
        named(told | {"email_verified": False}, "email")


def test_a_provider_that_is_away_or_somebody_else_lets_nobody_in(provider: Provider) -> None:
    with pytest.raises(StoreUnavailable):
        OidcSignIn(f"http://{HOST}:{free_port()}", CLIENT).start(ATTEMPT)
    with pytest.raises(Misconfigured, match="NABIJ_OIDC_ISSUER"):
        OidcSignIn(f"{provider.issuer}/", CLIENT).start(ATTEMPT)
