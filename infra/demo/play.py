"""Post the invented evening as the platforms would: webhooks, posts on X, and the form.

It begins lively and grows quiet, begins again after the last message with new people, and stops
with the service. Each message goes the way of a real one; nothing is put into the store directly.
"""

import json
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import urllib3

from infra.demo.signing import signature
from infra.fakes.client import Fakes
from infra.local.stage import FORM, TELEGRAM, WHATSAPP, Stage, X

SCRIPT = Path(__file__).with_name("evening.jsonl")
PAUSE = 120.0
"""Seconds of rest before the evening begins again."""

Scene = dict[str, Any]


def scenes() -> Iterator[Scene]:
    """The script, line by line."""
    with SCRIPT.open(encoding="utf-8") as script:
        for line in script:
            yield json.loads(line)


@dataclass(slots=True)
class Stagehand:
    """Plays the script to one running stage, ``pace`` times as fast."""

    stage: Stage
    pool: urllib3.PoolManager
    pace: int = 1

    @property
    def platforms(self) -> Fakes:
        """Where citizens write what is not delivered to us; says so when it does not take that."""
        return Fakes(self.stage.fakes_url, self.pool)

    def play(self) -> None:
        """One evening."""
        evening = uuid.uuid4().hex[:6]
        begin = time.monotonic()
        for number, scene in enumerate(scenes()):
            time.sleep(max(0.0, begin + scene["after"] / self.pace - time.monotonic()))
            match scene.get("channel"):
                case "form":
                    self.fill_in_form(scene, f"{evening}-{number}")
                case "x":
                    self.post_on_x(scene, evening)
                case "telegram":
                    self.write_on_telegram(scene, evening, number)
                case _:
                    self.write_on_whatsapp(scene, evening, number)

    def write_on_whatsapp(self, scene: Scene, evening: str, number: int) -> None:
        """As WhatsApp delivers it, signed with the account's secret."""
        body = json.dumps(whatsapp_body(scene, evening, number)).encode()
        headers = signature(self.stage.whatsapp["app_secret"], body)
        self.post(f"/webhooks/whatsapp/{WHATSAPP}", body, headers)

    def post_on_x(self, scene: Scene, evening: str) -> None:
        """X delivers nothing: the post stands there until the service reads it."""
        author = author_number(scene, evening)
        self.platforms.post("x", account=X, author=author, name=scene["name"], text=scene["text"])

    def write_on_telegram(self, scene: Scene, evening: str, number: int) -> None:
        """As Telegram delivers it, with our secret token."""
        body = json.dumps(telegram_update(scene, evening, number)).encode()
        headers = {
            "X-Telegram-Bot-Api-Secret-Token": self.stage.telegram["secret_token"],
            "Content-Type": "application/json",
        }
        self.post(f"/webhooks/telegram/{TELEGRAM}", body, headers)

    def fill_in_form(self, scene: Scene, id_: str) -> None:
        """As our own page sends it."""
        form = {
            "submission_id": f"demo-{id_}",
            "submitted_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "name": scene["name"],
            "email": scene["email"],
            "message": scene["text"],
            "consent": True,
        }
        headers = {"Content-Type": "application/json"}
        self.post(f"/webhooks/form/{FORM}", json.dumps(form).encode(), headers)

    def post(self, path: str, body: bytes, headers: dict[str, str]) -> None:
        """Deliver, and try again like a platform when the service is not there for a moment."""
        for wait in (0.2, 1.0, 5.0, 15.0):
            try:
                answer = self.pool.request(
                    "POST", self.stage.url + path, body=body, headers=headers
                )
            except urllib3.exceptions.HTTPError:
                time.sleep(wait)
                continue
            if answer.status < 500:  # noqa: PLR2004 the service has it, or will never want it
                return
            time.sleep(wait)


def whatsapp_body(scene: Scene, evening: str, number: int) -> dict[str, Any]:
    """The envelope around one message."""
    author = f"NL.{evening}{scene['who']}"
    profile = {"profile": {"name": scene["name"]}} if scene["name"] else {}
    message = {
        "id": f"wamid.DEMO{evening}{number}",
        "from_user_id": author,
        "timestamp": str(int(time.time()) - scene.get("late", 0)),
        **content(scene),
    }
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "31850000001", "phone_number_id": WHATSAPP},
        "contacts": [{**profile, "user_id": author}],
        "messages": [message],
    }
    entry = {"id": "900100200300", "changes": [{"field": "messages", "value": value}]}
    return {"object": "whatsapp_business_account", "entry": [entry]}


def telegram_update(scene: Scene, evening: str, number: int) -> dict[str, Any]:
    """The update around one message."""
    citizen = int(author_number(scene, evening))
    message: dict[str, Any] = {
        "message_id": number + 1,
        "date": int(time.time()),
        "chat": {"id": citizen, "type": "private"},
        "from": {"id": citizen, "is_bot": False, "first_name": scene["name"]},
    }
    if scene.get("kind") == "voice":
        message["voice"] = {"file_id": f"v{number}", "duration": 7, "mime_type": "audio/ogg"}
    else:
        message["text"] = scene["text"]
    return {"update_id": int(time.time() * 1000), "message": message}


def author_number(scene: Scene, evening: str) -> str:
    """New people every evening, on platforms that number them."""
    return str(int(evening, 16) * 1000 + int(scene["who"][1:]))


def content(scene: Scene) -> dict[str, Any]:
    """What was written or shared."""
    match scene.get("kind", "text"):
        case "image":
            image = {"id": "8101", "mime_type": "image/jpeg", "caption": scene["text"]}
            return {"type": "image", "image": image}
        case "location":
            return {
                "type": "location",
                "location": {"latitude": scene["lat"], "longitude": scene["lon"]},
            }
        case "unsupported":
            return {"type": "unsupported", "unsupported": {"type": "poll"}}
        case _:
            return {"type": "text", "text": {"body": scene["text"]}}


def wait_for(stage: Stage, pool: urllib3.PoolManager) -> None:
    """Until the service says that everything runs."""
    while True:
        try:
            if pool.request("GET", f"{stage.url}/health").status == 200:  # noqa: PLR2004 OK
                return
        except urllib3.exceptions.HTTPError:
            pass
        time.sleep(0.1)


def main(stage: Stage) -> None:
    """Evening after evening."""
    pool = urllib3.PoolManager(retries=False, timeout=10.0)
    wait_for(stage, pool)
    while True:
        Stagehand(stage, pool).play()
        time.sleep(PAUSE)
