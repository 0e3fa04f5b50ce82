"""The HTTP session that tweepy and praw get from us: our hosts, our time-outs, our errors.

Both libraries would otherwise choose the host, retry a POST by themselves and sleep over a rate
limit. A session that raises our own errors first leaves them nothing to do that we do not want.
Imported only where a library is: ``requests`` costs time that most requests do not need.
"""

from collections.abc import Callable
from typing import Any

import requests
from requests.exceptions import ConnectTimeout

from chalicelib.channels.http import Answer, Http
from chalicelib.errors import ChannelError, ChannelUnavailable, OutcomeUnknown


class LibrarySession(requests.Session):
    """Sends to ``http.base_urls[channel]`` whatever is meant for ``instead_of``.

    The host is replaced before the request is signed, not after. ``error_of`` words the
    platform's refusals. The last answer stays in ``last``, for who wants its exact bytes.
    """

    def __init__(
        self,
        channel: str,
        http: Http,
        error_of: Callable[[Answer], ChannelError],
        *,
        instead_of: str = "",
    ) -> None:
        super().__init__()
        self.trust_env = False  # a .netrc of the machine must not replace the account's token
        self.last = Answer(0, {}, b"")
        self._channel = channel
        self._http = http
        self._error_of = error_of
        self._instead_of = instead_of

    def request(  # type: ignore[override]  # the libraries pass most of it by name
        self, method: str, url: str, **rest: Any
    ) -> requests.Response:
        """One request, never repeated. Raises the ``ChannelError`` family."""
        rest |= {"timeout": (3.0, self._http.timeout_seconds), "allow_redirects": False}
        response = self._sent(method, self._ours(url), rest)
        headers = {name.lower(): value for name, value in response.headers.items()}
        self.last = Answer(response.status_code, headers, response.content)
        if not 200 <= response.status_code < 300:  # noqa: PLR2004
            raise self._error_of(self.last)
        return response

    def _sent(self, method: str, url: str, rest: dict[str, Any]) -> requests.Response:
        try:
            return super().request(method, url, **rest)
        except requests.RequestException as error:
            if isinstance(error, ConnectTimeout) or "NewConnectionError" in repr(error):
                raise ChannelUnavailable(
                    self._channel, "no-connection", "geen verbinding"
                ) from error
            raise OutcomeUnknown(
                self._channel, type(error).__name__, "verbinding verbroken na verzenden"
            ) from error

    def _ours(self, url: str) -> str:
        base = self._http.base_urls[self._channel]
        return base + url.removeprefix(self._instead_of) if self._instead_of else url
