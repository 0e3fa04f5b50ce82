"""Sign-in by any OpenID Connect provider: the code flow with PKCE (RFC 7636, OpenID Core 3.1).

The provider says who somebody is; what they may do stands in our directory. Its description and
keys are fetched when first needed and kept as long as this process lives; a token that is signed
with a key that we do not know makes us fetch the keys once more, which is how keys rotate.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import urllib3

from chalicelib.domain.signing_in import Attempt
from chalicelib.errors import Misconfigured, NotSignedIn, StoreUnavailable
from chalicelib.log import logger

if TYPE_CHECKING:
    from joserfc.jwk import KeySet

DISCOVERY = "/.well-known/openid-configuration"
ALGORITHMS = ["RS256", "PS256", "ES256"]
"""Signatures that only the provider can make; never ``none``, never one with our own secret."""

LEEWAY = 60
"""Seconds that the provider's clock and ours may differ."""

OK = 200


@dataclass(slots=True)
class OidcSignIn:
    """The service as a client of one provider.

    ``secret`` gives the client's own, nothing for a public client, which PKCE alone protects.
    ``claim`` is what of the provider's word names somebody in our directory.
    """

    issuer: str
    client: str
    claim: str = "sub"
    secret: Callable[[], str] = field(default=lambda: "", repr=False)
    _pool: urllib3.PoolManager = field(init=False, repr=False)
    _described: dict[str, Any] = field(default_factory=dict, repr=False)
    _keys: "KeySet | None" = field(default=None, repr=False)

    def __post_init__(self) -> None:
        timeout = urllib3.Timeout(connect=2.0, read=5.0)
        self._pool = urllib3.PoolManager(timeout=timeout, retries=False)

    def start(self, attempt: Attempt) -> str:
        """The provider's page for this attempt. Raises ``StoreUnavailable``, ``Misconfigured``."""
        asked = {
            "response_type": "code",
            "client_id": self.client,
            "redirect_uri": attempt.back,
            "scope": "openid email" if self.claim == "email" else "openid",
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": challenge(attempt.verifier),
            "code_challenge_method": "S256",
        }
        return f"{self.described()['authorization_endpoint']}?{urlencode(asked)}"

    def finish(self, code: str, attempt: Attempt) -> str:
        """Whom a code stands for, as our directory names them.

        Raises ``NotSignedIn`` when the provider does not vouch for them, ``StoreUnavailable``.
        """
        claims = self.proven(self.exchanged(code, attempt))
        if claims.get("nonce") != attempt.nonce:
            raise NotSignedIn("the token was made for another attempt")
        return named(claims, self.claim)

    def exchanged(self, code: str, attempt: Attempt) -> str:
        """The identity token for a code. Raises ``NotSignedIn``, ``StoreUnavailable``."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": attempt.back,
            "client_id": self.client,
            "code_verifier": attempt.verifier,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        secret = self.secret()
        if secret:
            both = f"{quote(self.client, safe='')}:{quote(secret, safe='')}"  # RFC 6749, 2.3.1
            headers |= urllib3.make_headers(basic_auth=both)
        url = self.described()["token_endpoint"]
        status, told = self.asked("POST", url, urlencode(form), headers)
        token = told.get("id_token")
        if status != OK or not isinstance(token, str):
            raise NotSignedIn("the provider does not take this code", status=status)
        return token

    def proven(self, token: str) -> dict[str, Any]:
        """What a token says, once signature, issuer, audience and times are checked.

        Raises ``NotSignedIn``.
        """
        # Costs 60 ms to import, which only who signs in has to wait for.
        from joserfc import errors, jwt  # noqa: PLC0415

        rules = jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self.client},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )
        for fresh in (False, True):
            try:
                read = jwt.decode(token, self.keys(fresh=fresh), algorithms=ALGORITHMS)
                rules.validate(read.claims)
                return must_be_for(self.client, read.claims)
            except errors.InvalidKeyIdError:
                continue
            except (errors.JoseError, ValueError) as problem:
                logger.warning("an identity token was refused", reason=type(problem).__name__)
                raise NotSignedIn("the provider's word does not hold") from None
        raise NotSignedIn("signed with a key that the provider does not list")

    def keys(self, *, fresh: bool) -> "KeySet":
        """The provider's public keys. Raises ``StoreUnavailable``, ``Misconfigured``."""
        from joserfc.jwk import KeySet  # noqa: PLC0415

        if self._keys is None or fresh:
            self._keys = KeySet.import_key_set(self.fetched(self.described()["jwks_uri"]))
        return self._keys

    def described(self) -> dict[str, Any]:
        """What the provider tells of itself. Raises ``StoreUnavailable``, ``Misconfigured``."""
        if not self._described:
            told = self.fetched(f"{self.issuer.rstrip('/')}{DISCOVERY}")
            if told.get("issuer") != self.issuer:
                raise Misconfigured(
                    "NABIJ_OIDC_ISSUER is not what the provider calls itself",
                    setting="NABIJ_OIDC_ISSUER",
                )
            self._described = told
        return self._described

    def fetched(self, url: str) -> Any:
        """A document of the provider's. Raises ``StoreUnavailable``."""
        status, told = self.asked("GET", url)
        if status != OK:
            raise StoreUnavailable("the identity provider does not answer", status=status)
        return told

    def asked(
        self,
        method: str,
        url: str,
        body: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, dict[str, Any]]:
        """The provider's answer; anything but a JSON object counts as an empty one.

        Raises ``StoreUnavailable`` when there is none.
        """
        try:
            answer = self._pool.request(method, url, body=body, headers=headers)
        except urllib3.exceptions.HTTPError as problem:
            reason = type(problem).__name__
            raise StoreUnavailable("the identity provider is away", reason=reason) from None
        try:
            told = json.loads(answer.data)
        except ValueError:
            told = {}
        return answer.status, told if isinstance(told, dict) else {}


def challenge(verifier: str) -> str:
    """What goes with the browser in the verifier's place (S256)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def must_be_for(client: str, claims: Mapping[str, Any]) -> dict[str, Any]:
    """A token for several parties must have been handed to us. Raises ``NotSignedIn``."""
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    party = claims.get("azp")
    if (several or party is not None) and party != client:
        raise NotSignedIn("the token was handed to another party")
    return dict(claims)


def named(claims: Mapping[str, Any], claim: str) -> str:
    """The name in our directory. An address counts only when the provider checked it.

    Raises ``NotSignedIn``.
    """
    value = claims.get(claim)
    checked = claim != "email" or claims.get("email_verified") in (True, "true")
    if not isinstance(value, str) or not value or not checked:
        raise NotSignedIn("the provider does not say who this is", claim=claim)
    return value.lower() if claim == "email" else value
