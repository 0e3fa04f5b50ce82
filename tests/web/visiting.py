"""A visitor of our pages without a browser: asks, sends forms, and reads what a person reads."""

import html
import json
import re
import uuid
from base64 import b64encode
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import app as house
from chalicelib.domain.principal import Principal
from chalicelib.flows.colleagues.signing_in import begin_session
from chalicelib.flows.services import Services
from chalicelib.store import sessions
from chalicelib.store.table import ConditionFailed
from infra.local.context import Context
from infra.local.web import Routes

UNREAD = frozenset({"script", "style", "title", "svg"})
VOID = frozenset({"input", "meta", "link", "br"})


class Page(HTMLParser):
    """The words on a page, its forms and their fields, in the order of reading."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.fields: dict[str, str] = {}
        self.actions: list[str] = []
        self.links: list[str] = []
        self._open: list[str] = []
        self._area: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._open.append(tag)
        if tag == "form" and "action" in known:
            self.actions.append(known["action"])
        if tag == "a":
            self.links.append(known.get("href", ""))
        if tag == "input" and "name" in known and known.get("type") != "checkbox":
            self.fields.setdefault(known["name"], known.get("value", ""))
        if tag == "textarea":
            self._area = known.get("id", "")
            self.fields[self._area] = ""

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass
        if tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.fields[self._area] += data
        elif not UNREAD & set(self._open):
            self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.words)).strip()


@dataclass(slots=True)
class Seen:
    """An answer as it reached the visitor."""

    status: int
    headers: dict[str, str]
    html: str
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self.page = Page(self.html)

    @property
    def text(self) -> str:
        return self.page.text

    @property
    def title(self) -> str:
        found = re.search(r"<title>(.*?)</title>", self.html, re.DOTALL)
        return html.unescape(found.group(1)).strip() if found else ""

    def json(self) -> Any:
        """What a script reads."""
        return json.loads(self.html)

    @property
    def place(self) -> str:
        """Where a see-other leads to."""
        return self.headers.get("location", "")


@dataclass(slots=True)
class Visitor:
    """Somebody with a browser; ``cookies`` are what they carry.

    ``works_on``, where given, is what they did between the moments that a test shows.
    """

    cookies: dict[str, str] = field(default_factory=dict)
    works_on: Callable[[], None] | None = None

    def get(self, address: str, **told: str) -> Seen:
        """``told`` are headers that their browser adds."""
        return self._ask("GET", address, "", told=told)

    def post(self, address: str, _from: str = "same-origin", **fields: str) -> Seen:
        return self._ask("POST", address, urlencode(fields), site=_from)

    def ask(self, method: str, address: str) -> Seen:
        """By a method that no page of ours uses."""
        return self._ask(method, address, "")

    def send(self, address: str, body: str, told: Mapping[str, str] | None = None) -> Seen:
        """These exact characters."""
        return self._ask("POST", address, body, told=told)

    def bring(self, address: str, name: str, body: bytes) -> Seen:
        """A file, as a script of the page sends it."""
        told = {"content-type": "application/octet-stream", "x-file-name": quote(name)}
        return self._ask("POST", address, b64encode(body).decode(), told=told)

    def follow(self, seen: Seen) -> Seen:
        """The page that a sent form leads to."""
        assert seen.status == 303, seen.text
        return self.get(seen.place)

    def _ask(
        self,
        method: str,
        address: str,
        body: str,
        site: str = "same-origin",
        told: Mapping[str, str] | None = None,
    ) -> Seen:
        if self.works_on:
            self.works_on()
        split = urlsplit(address)
        route = Routes(house.app).find(split.path)
        assert route, address
        headers = {"host": "nabij.example", "sec-fetch-site": site, "accept": "*/*"}
        if method == "POST":
            headers["content-type"] = "application/x-www-form-urlencoded"
        headers |= told or {}
        if self.cookies:
            headers["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        query: dict[str, list[str]] = {}
        for name, value in parse_qsl(split.query):
            query.setdefault(name, []).append(value)
        context = {
            "httpMethod": method,
            "resourcePath": route[0],
            "path": split.path,
            "requestId": uuid.uuid4().hex,
            "identity": {"sourceIp": "127.0.0.1"},
        }
        event = {
            "requestContext": context,
            "headers": headers,
            "pathParameters": route[1],
            "multiValueQueryStringParameters": query or None,
            "stageVariables": {},
            "body": body,
            "isBase64Encoded": "x-file-name" in headers,
        }
        return self._seen(house.app(event, Context()))

    def _seen(self, answer: dict[str, Any]) -> Seen:
        single = {name.lower(): value for name, value in answer["headers"].items()}
        many = answer.get("multiValueHeaders") or {}
        headers = single | {name.lower(): values[-1] for name, values in many.items()}
        name, _, rest = headers.get("set-cookie", "").partition("=")
        if name:
            self.cookies[name] = rest.partition(";")[0]
        return Seen(answer["statusCode"], headers, answer["body"] or "")


def signed_in(services: Services, principal: Principal, *, idle: bool = False) -> Visitor:
    """Somebody who signed in, and works; or who sits ``idle`` from here on."""
    secret = begin_session(services, principal.id)

    def works_on() -> None:
        with suppress(ConditionFailed):  # they signed out
            services.table.write(sessions.used_again(secret, services.now()))

    return Visitor({"nabij_session": secret}, None if idle else works_on)
