"""The demo identity provider: click on a name, nothing to remember. On this machine only.

It speaks OpenID Connect as far as a provider must (Core 1.0, Discovery 1.0, PKCE by S256), so that
the very code that meets a real provider meets this one.
"""

import base64
import hashlib
import html
import secrets
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from aiohttp import web
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from infra.local.stage import CLIENT, COLLEAGUES

LIFE = 300
"""Seconds that an identity token holds."""

ASKED = ("state", "nonce", "redirect_uri", "code_challenge", "client_id")

WORDS = {
    "agent": "medewerker webcare",
    "coordinator": "coördinator webcare",
    "manager": "leidinggevende",
    "privacy_officer": "privacyfunctionaris",
    "operator": "beheerder",
    "officer": "agent op straat",
}


@dataclass(frozen=True, slots=True)
class Grant:
    """What a code stands for: who clicked, and what was asked."""

    sub: str
    asked: dict[str, str]


@dataclass(slots=True)
class Provider:
    """The provider. A code is good once, for who holds the verifier."""

    issuer: str
    codes: dict[str, Grant] = field(default_factory=dict)
    key: RSAKey = field(
        default_factory=lambda: RSAKey.generate_key(2048, {"use": "sig"}, auto_kid=True),
        repr=False,
    )

    def routes(self) -> list[web.RouteDef]:
        """Where it listens."""
        return [
            web.get("/.well-known/openid-configuration", self.describe),
            web.get("/sign-in/keys", self.list_keys),
            web.get("/sign-in", self.choose),
            web.post("/sign-in", self.chosen),
            web.post("/sign-in/token", self.exchange),
        ]

    async def describe(self, _: web.Request) -> web.Response:
        """What a client needs to know."""
        return web.json_response(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/sign-in",
                "token_endpoint": f"{self.issuer}/sign-in/token",
                "jwks_uri": f"{self.issuer}/sign-in/keys",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
                "token_endpoint_auth_methods_supported": ["none"],
            }
        )

    async def list_keys(self, _: web.Request) -> web.Response:
        """The public half of the key, which is made anew at each start."""
        return web.json_response(KeySet([self.key]).as_dict(private=False))

    async def choose(self, request: web.Request) -> web.Response:
        """The page with everybody on it."""
        asked = {name: request.query.get(name, "") for name in ASKED}
        right = {"response_type": "code", "code_challenge_method": "S256", "client_id": CLIENT}
        if any(request.query.get(name) != value for name, value in right.items()):
            raise web.HTTPBadRequest(text="this provider speaks the code flow with PKCE (S256)")
        return web.Response(text=page(asked), content_type="text/html")

    async def chosen(self, request: web.Request) -> web.Response:
        """Back to where the browser came from, on this machine only."""
        form = await request.post()
        asked = {name: str(form.get(name, "")) for name in ASKED}
        back = asked["redirect_uri"]
        if not back.startswith(("http://127.0.0.1:", "http://localhost:")):
            raise web.HTTPBadRequest(text="not a page on this machine")
        code = secrets.token_urlsafe(16)
        self.codes[code] = Grant(str(form.get("sub", "")), asked)
        query = urlencode({"code": code, "state": asked["state"]})
        raise web.HTTPSeeOther(f"{back}?{query}")

    async def exchange(self, request: web.Request) -> web.Response:
        """Whom a code stands for, once, in a signed token."""
        form = await request.post()
        grant = self.codes.pop(str(form.get("code", "")), None)
        if grant is None or not fits(grant, {name: str(value) for name, value in form.items()}):
            return web.json_response({"error": "invalid_grant"}, status=400)
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": grant.sub, "iat": now}
        claims |= {"exp": now + LIFE, "nonce": grant.asked["nonce"]}
        header = {"alg": "RS256", "kid": self.key.kid}
        token = jwt.encode(header, claims, self.key)
        told = {"id_token": token, "access_token": secrets.token_urlsafe(16)}
        return web.json_response({**told, "token_type": "Bearer", "expires_in": LIFE})


def fits(grant: Grant, form: dict[str, str]) -> bool:
    """Whether who brings the code is who it was given to."""
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    asked = grant.asked
    same = all(form.get(name) == asked[name] for name in ("redirect_uri", "client_id"))
    return same and secrets.compare_digest(proof, asked["code_challenge"])


def page(hidden: dict[str, str]) -> str:
    """One button for everybody who works here."""
    fields = "".join(
        f'<input type="hidden" name="{name}" value="{html.escape(value, quote=True)}">'
        for name, value in hidden.items()
    )
    buttons = "".join(
        f'<button name="sub" value="{who.id}"><b>{html.escape(who.name)}</b>'
        f"<span>{WORDS[who.role]}{' · team ' + who.team if who.team else ''}</span></button>"
        for who in COLLEAGUES.values()
    )
    return PAGE.replace("{buttons}", buttons).replace("{fields}", fields)


PAGE = """<!doctype html>
<html lang="nl">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><title>Aanmelden · Nabij (demonstratie)</title>
<style>
  :root { color-scheme: light dark; font: 1.0625rem/1.5 system-ui, sans-serif; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center;
         background: light-dark(#eef2f6, #10161d); color: light-dark(#14202b, #e8eef4); }
  main { width: min(26rem, 92vw); }
  h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
  p { margin: 0 0 1.25rem; color: light-dark(#45525f, #a9b6c3); }
  button { display: grid; width: 100%; text-align: left; font: inherit; cursor: pointer;
           padding: .8rem 1rem; margin-bottom: .6rem; border-radius: .5rem;
           border: 1px solid light-dark(#b8c4cf, #3b4957); color: inherit;
           background: light-dark(#fff, #1a232d); }
  button:hover { border-color: #0b63b0; }
  button:focus-visible { outline: 3px solid light-dark(#0b63b0, #7cbcff); outline-offset: 2px; }
  span { color: light-dark(#45525f, #a9b6c3); font-size: .95rem; }
</style>
<main>
  <h1>Wie ben je?</h1>
  <p>Demonstratie op deze computer. In het echt meldt hier de eigen organisatie aan.</p>
  <form method="post" action="/sign-in">{fields}{buttons}</form>
</main>
"""
