"""The demo identity provider: one page where you say who you are, and one click.

It speaks the shape of OpenID Connect's code flow (to the provider, back with a code, the code
exchanged behind the scenes), so that a real provider takes its place without other changes.
"""

import html
import secrets
from dataclasses import dataclass, field
from urllib.parse import urlencode

import urllib3
from aiohttp import web

from chalicelib.errors import NotSignedIn
from infra.local.stage import COLLEAGUES

WORDS = {
    "agent": "medewerker webcare",
    "manager": "leidinggevende",
    "operator": "beheerder",
}


@dataclass(frozen=True, slots=True)
class DemoSignIn:
    """The service's side."""

    provider: str
    _pool: urllib3.PoolManager = field(default_factory=urllib3.PoolManager, repr=False)

    def start(self, state: str, back: str) -> str:
        """The provider's page."""
        return f"{self.provider}/sign-in?{urlencode({'state': state, 'redirect_uri': back})}"

    def finish(self, code: str) -> str:
        """Whom a code stands for. Raises ``NotSignedIn``."""
        answer = self._pool.request("POST", f"{self.provider}/sign-in/token", fields={"code": code})
        if answer.status != 200:  # noqa: PLR2004 OK
            raise NotSignedIn("the provider does not know this code")
        return str(answer.json()["sub"])


@dataclass(slots=True)
class Provider:
    """The provider's side. A code is good once."""

    codes: dict[str, str] = field(default_factory=dict)

    def routes(self) -> list[web.RouteDef]:
        """Where it listens."""
        return [
            web.get("/sign-in", self.choose),
            web.post("/sign-in", self.chosen),
            web.post("/sign-in/token", self.exchange),
        ]

    async def choose(self, request: web.Request) -> web.Response:
        """The page with everybody on it."""
        hidden = {name: request.query.get(name, "") for name in ("state", "redirect_uri")}
        return web.Response(text=page(hidden), content_type="text/html")

    async def chosen(self, request: web.Request) -> web.Response:
        """Back to where the browser came from, on this machine only."""
        form = await request.post()
        back = str(form.get("redirect_uri", ""))
        if not back.startswith(("http://127.0.0.1:", "http://localhost:")):
            raise web.HTTPBadRequest(text="not a page on this machine")
        code = secrets.token_urlsafe(16)
        self.codes[code] = str(form.get("sub", ""))
        query = urlencode({"code": code, "state": str(form.get("state", ""))})
        raise web.HTTPSeeOther(f"{back}?{query}")

    async def exchange(self, request: web.Request) -> web.Response:
        """Whom a code stands for, once."""
        form = await request.post()
        sub = self.codes.pop(str(form.get("code", "")), None)
        if sub is None:
            raise web.HTTPBadRequest(text="no such code")
        return web.json_response({"sub": sub})


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
