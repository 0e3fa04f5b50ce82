"""How tests and the replay talk to the running fakes: over HTTP, like everybody else."""

import base64
import time
from dataclasses import dataclass, field
from typing import Any

import urllib3


@dataclass(frozen=True, slots=True)
class Fakes:
    """The controls of the server at ``url``."""

    url: str
    _pool: urllib3.PoolManager = field(default_factory=urllib3.PoolManager, repr=False)

    def sent(self, after: int = 0) -> list[dict[str, Any]]:
        """What was accepted, oldest first, without the first ``after``."""
        return list(self._ask("GET", f"/_sent?after={after}", "sent"))

    def read(self) -> list[dict[str, Any]]:
        """The read marks."""
        return list(self._ask("GET", "/_read", "read"))

    def wait_for_sent(self, count: int, *, within: float = 5.0) -> list[dict[str, Any]]:
        """What was accepted, as soon as it is ``count`` or more; else what there is by then."""
        until = time.monotonic() + within
        while len(found := self.sent()) < count and time.monotonic() < until:
            time.sleep(0.02)
        return found

    def fail(self, **failure: Any) -> None:
        """Script a failure; see ``failures.Failure``."""
        self._ask("POST", "/_fail", "fail", failure)

    def failures(self) -> list[dict[str, Any]]:
        """The failures still to come."""
        return list(self._ask("GET", "/_fail", "fail"))

    def clear_failures(self) -> None:
        """From here on everything goes well."""
        self._ask("DELETE", "/_fail", "fail")

    def post(self, channel: str, **post: Any) -> str:
        """Let a citizen write, edit or delete; the platform's id. See ``posts.Post``."""
        return str(self._ask("POST", "/_posts", "id", {"channel": channel, **post}))

    def file(self, channel: str, body: bytes, mime: str, **more: str) -> str:
        """Let a citizen have a file on this platform; the platform's id of it."""
        encoded = base64.b64encode(body).decode()
        asked = {"channel": channel, "body": encoded, "mime": mime, **more}
        return str(self._ask("POST", "/_files", "id", asked))

    def received(self) -> list[dict[str, Any]]:
        """The cards that units and the centre have."""
        return list(self._ask("GET", "/_received", "received"))

    def receivers_away(self, *, away: bool = True) -> None:
        """Nobody over there takes a card."""
        self._ask("POST", "/_received", "received", {"away": away})

    def clear_received(self) -> None:
        """Nobody over there ever heard of us."""
        self._ask("POST", "/_received", "received", {"clear": True})

    def clear_posts(self) -> None:
        """Nobody wrote anything."""
        self._ask("DELETE", "/_posts", "id")

    def only_key(self, channel: str, key: str) -> None:
        """From now on the platform knows this key only; an empty one: it knows none of ours."""
        self._ask("POST", "/_access", "access", {"channel": channel, "key": key})

    def forget_subscription(self, channel: str) -> None:
        """The platform delivers to us no more, as after an hour of failed deliveries."""
        self._ask("POST", "/_access", "access", {"channel": channel, "subscribed": False})

    def ends_at(self, channel: str, epoch: int) -> None:
        """The key of this channel ends then."""
        self._ask("POST", "/_access", "access", {"channel": channel, "ends_at": epoch})

    def replayed(self) -> list[dict[str, Any]]:
        """What platforms were asked to deliver again."""
        return list(self._ask("GET", "/_access", "replayed"))

    def clear_access(self) -> None:
        """Every key is good and never ends."""
        self._ask("DELETE", "/_access", "access")

    def call_back(self, channel: str, url: str, secret: str, **more: Any) -> None:
        """Send receipts of this channel to a webhook; see ``callbacks.Callback``."""
        body = {"channel": channel, "url": url, "secret": secret, **more}
        self._ask("POST", "/_callback", "channel", body)

    def dead(self) -> list[str]:
        """What the service was told and did not take, however often."""
        return list(self._ask("GET", "/_dead", "dead"))

    def _ask(self, method: str, path: str, name: str, body: Any = None) -> Any:
        answer = self._pool.request(method, self.url + path, json=body, retries=False)
        if answer.status >= 400:  # noqa: PLR2004
            message = f"{method} {path} of the fakes: {answer.status} {answer.data.decode()}"
            raise ValueError(message)
        return answer.json()[name]
