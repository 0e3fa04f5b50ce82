"""One small HTTP client for all platforms, and the one place that translates its failures."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode

import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError
from urllib3.util import parse_url

from chalicelib.errors import ChannelRefused, ChannelUnavailable, OutcomeUnknown, TooLarge

# Its debug lines show whole addresses, and Telegram's hold the token.
logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)


LARGEST_FILE = 25_000_000
"""Bytes of a citizen's file that we fetch. Longer videos exist; a worker's memory does not."""

File = tuple[str, bytes, str]
"""A file in a form that is sent: its name, bytes and MIME type."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A platform's answer, whatever its status. Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        """The body as a JSON object; empty when it is anything else."""
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}


class Signer(Protocol):
    """Signs requests to a platform that knows us by the machine we run on (AWS's own services)."""

    def __call__(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None
    ) -> Mapping[str, str]:
        """The headers with the signature among them."""
        ...


@dataclass(frozen=True, slots=True)
class Http:
    """Sends requests to ``base_urls[channel]``: the platforms, or a fake of them on loopback.

    Never retries by itself and never follows redirects: whether something may be tried again
    is the delivery flow's decision. ``signers`` sign for the channels they are named after.
    """

    base_urls: Mapping[str, str]
    timeout_seconds: float = 10.0
    signers: Mapping[str, Signer] = field(default_factory=dict, repr=False)
    _pool: urllib3.PoolManager = field(default_factory=urllib3.PoolManager, repr=False)

    def request(
        self,
        channel: str,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
        form: Mapping[str, str | File] | None = None,
        fields: Mapping[str, str] | None = None,
        file: File | None = None,
    ) -> Answer:
        """One request with an optional body: JSON, plain fields, a form, or a file by itself.

        Raises ``ChannelUnavailable`` when no connection was made (nothing was accepted) and
        ``OutcomeUnknown`` when the connection broke after the request went out.
        """
        encoded, kind = written_body(body, form, fields, file)
        url, sent = self.base_urls[channel] + path, {"Content-Type": kind, **(headers or {})}
        signer = self.signers.get(channel)
        try:
            answer = self._pool.request(
                method,
                url,
                headers=signer(method, url, sent, encoded) if signer else sent,
                body=encoded,
                timeout=urllib3.Timeout(connect=3.0, read=self.timeout_seconds),
                retries=False,
                redirect=False,
            )
        except (NewConnectionError, ConnectTimeoutError) as error:
            raise ChannelUnavailable(channel, "no-connection", "geen verbinding") from error
        except HTTPError as error:
            raise OutcomeUnknown(
                channel, type(error).__name__, "verbinding verbroken na verzenden"
            ) from error
        found = {name.lower(): value for name, value in answer.headers.items()}
        return Answer(answer.status, found, answer.data)

    def download(
        self,
        channel: str,
        url: str,
        *,
        hosts: tuple[str, ...],
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """GET a file of at most ``LARGEST_FILE`` bytes from the platform itself or these hosts.

        An address comes from outside, so it leads nowhere else; ``.example.com`` stands for all
        below it. Raises ``ChannelRefused`` (elsewhere), ``TooLarge`` or ``ChannelUnavailable``:
        fetching again is always harmless.
        """
        if not self._leads_to(channel, url, hosts):
            raise ChannelRefused(channel, "elsewhere", "het bestand staat op een vreemd adres")
        try:
            answer = self._pool.request(
                "GET",
                url,
                headers=dict(headers or {}),
                timeout=urllib3.Timeout(connect=3.0, read=self.timeout_seconds),
                retries=False,
                redirect=False,
                preload_content=False,
            )
            try:
                body = read_at_most(answer)
            finally:
                answer.close()
        except HTTPError as error:
            raise ChannelUnavailable(
                channel, type(error).__name__, "het ophalen brak af"
            ) from error
        found = {name.lower(): value for name, value in answer.headers.items()}
        return Answer(answer.status, found, body)

    def _leads_to(self, channel: str, url: str, hosts: tuple[str, ...]) -> bool:
        ours = self.base_urls.get(channel)
        if ours and url.startswith(ours + "/"):
            return True
        try:
            asked = parse_url(url)  # by the library that will ask: two parsers may disagree
        except HTTPError:
            return False
        host = asked.host or ""
        known = any(host.endswith(one) if one[0] == "." else host == one for one in hosts)
        return known and asked.scheme == "https" and asked.port in (None, 443) and not asked.auth


def written_body(
    body: Mapping[str, Any] | None,
    form: Mapping[str, str | File] | None,
    fields: Mapping[str, str] | None = None,
    file: File | None = None,
) -> tuple[bytes | None, str]:
    """A request's bytes, and what they are."""
    if file is not None:
        return file[1], file[2]
    if fields is not None:
        return urlencode(fields).encode(), "application/x-www-form-urlencoded"
    if form is not None:
        return urllib3.encode_multipart_formdata(form)
    return (None if body is None else json.dumps(body).encode()), "application/json"


def read_at_most(answer: urllib3.BaseHTTPResponse) -> bytes:
    """The bytes of an answer. Raises ``TooLarge`` as soon as there are too many."""
    parts, size = [], 0
    for part in answer.stream(65_536):
        size += len(part)
        if size > LARGEST_FILE:
            raise TooLarge("the file is too large", limit=LARGEST_FILE)
        parts.append(part)
    return b"".join(parts)
