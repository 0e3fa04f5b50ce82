"""A service of our own to measure: started, killed and started again, in a folder that goes."""

import hashlib
import hmac
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import urllib3

from infra.ports import free_port

ROOT = Path(__file__).parents[2]
READY_WITHIN = 180.0


@dataclass(slots=True)
class House:
    """``python -m infra run`` as a process that may be killed."""

    data: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Up, and ready: its ``local.json`` is there."""
        known = self.data / "local.json"
        known.unlink(missing_ok=True)
        command = [sys.executable, "-m", "infra", "run", "--no-demo"]
        place = ["--port", str(self.port), "--data", str(self.data)]
        self.process = subprocess.Popen(command + place, cwd=ROOT, stdout=subprocess.DEVNULL)
        until = time.monotonic() + READY_WITHIN
        while not known.exists():
            if time.monotonic() > until or self.process.poll() is not None:
                raise TimeoutError(f"the service did not start; see {self.data}/logs")
            time.sleep(0.05)

    def kill(self) -> None:
        """SIGKILL, without warning."""
        self.signal(signal.SIGKILL)

    def stop(self) -> None:
        """SIGTERM, as a machine that goes down."""
        self.signal(signal.SIGTERM)

    def signal(self, number: int) -> None:
        """Send it and wait until the process is gone."""
        if self.process:
            self.process.send_signal(number)
            self.process.wait(30)
            self.process = None

    def local(self) -> dict[str, Any]:
        """What the running service told: addresses, tokens, secrets."""
        found: dict[str, Any] = json.loads((self.data / "local.json").read_text())
        return found

    def client(self, who: str = "agent") -> "Client":
        """A program that works with the API as one of the demo colleagues."""
        local = self.local()
        return Client(local["url"], local["tokens"][who])

    def sent(self) -> list[dict[str, Any]]:
        """What the fake platforms accepted."""
        with Client(self.local()["fakes_url"], "") as fakes:
            found: list[dict[str, Any]] = fakes.get("/_sent")["sent"]
        return found


def empty(folder: Path) -> None:
    """A house begins with nothing in it."""


@contextmanager
def running_house(furnish: Callable[[Path], None] = empty) -> Iterator[House]:
    """A fresh service for as long as the block runs; ``furnish`` fills its folder before."""
    folder = Path(tempfile.mkdtemp(prefix="nabij-bench-"))
    house = House(folder, free_port())
    try:
        furnish(folder)
        house.start()
        yield house
    finally:
        house.stop()
        shutil.rmtree(folder, ignore_errors=True)


class Client:
    """A program with a token, or without one. Used in a ``with``, it closes its connections."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url
        self._headers = {"Content-Type": "application/json"}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"
        self._pool = urllib3.PoolManager(retries=False, timeout=30.0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._pool.clear()

    def request(
        self, method: str, path: str, body: bytes = b"", **headers: str
    ) -> tuple[int, bytes]:
        """Status and body. Raises ``HTTPError`` when the line breaks."""
        answer = self._pool.request(
            method, self._url + path, body=body, headers=self._headers | headers
        )
        return answer.status, answer.data

    def get(self, path: str) -> Any:
        """The JSON at a path."""
        return json.loads(self.request("GET", path)[1])

    def post(self, path: str, body: dict[str, Any] | None = None) -> tuple[int, Any]:
        """Status and JSON of a POST."""
        status, answer = self.request("POST", path, json.dumps(body or {}).encode())
        return status, json.loads(answer)


@dataclass(frozen=True, slots=True)
class Platform:
    """WhatsApp's side: signs and delivers."""

    account: str
    secret: str

    @classmethod
    def of(cls, house: House) -> "Platform":
        known = house.local()["channels"]["whatsapp"]
        return cls(known["account"], known["app_secret"])

    @property
    def path(self) -> str:
        return f"/webhooks/whatsapp/{self.account}"

    def body(self, id_: str, author: str, text: str, at: float | None = None) -> bytes:
        """One message as WhatsApp delivers it."""
        message = {
            "id": id_,
            "from_user_id": author,
            "timestamp": str(int(at or time.time())),
            "type": "text",
            "text": {"body": text},
        }
        value = {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "31850000001", "phone_number_id": self.account},
            "contacts": [{"profile": {"name": "Bo"}, "user_id": author}],
            "messages": [message],
        }
        entry = {"id": "9", "changes": [{"field": "messages", "value": value}]}
        return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()

    def signature(self, body: bytes) -> str:
        digest = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        return f"sha256={digest}"

    def deliver(self, client: Client, body: bytes) -> int:
        """The status that we answer with."""
        headers = {"X-Hub-Signature-256": self.signature(body)}
        return client.request("POST", self.path, body, **headers)[0]
