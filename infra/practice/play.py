"""Send a round's lines in at their moment, each as its platform would; what was sent stays sent.

A part that was started again goes on where it stopped: each line says in the store when it went.
"""

import json
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import urllib3

from chalicelib.domain.moments import instant, moment
from chalicelib.domain.practice import PracticeLine, PracticeRound
from chalicelib.flows.services import Services
from chalicelib.store import practice
from chalicelib.store.table import ConditionFailed
from infra.demo.play import Stagehand, wait_for
from infra.demo.signing import signature
from infra.local.stage import CHAT, INSTAGRAM, MAILBOX, NUMBER, PAGE, READ, Stage
from infra.opened import services_at

POST = "900700"
"""Our own post below which citizens comment."""


@dataclass(slots=True)
class Player:
    """Plays one round to one running stage. ``visitors`` are who opened the chat."""

    stage: Stage
    hand: Stagehand
    round_: PracticeRound
    visitors: dict[str, dict[str, str]] = field(default_factory=dict)

    def send(self, line: PracticeLine) -> bool:
        """Send this line in; whether there is a way for its channel here."""
        way = WAYS.get(line.channel)
        if way is not None:
            way(self, line)
        return way is not None

    @property
    def evening(self) -> str:
        """Six hex digits that set this round's ids apart from another's."""
        return f"{zlib.crc32(self.round_.started_at.encode()):08x}"[:6]

    def scene(self, line: PracticeLine) -> dict[str, Any]:
        """The line as the demo's stagehand takes it."""
        number = person(line)
        mail = f"bewoner{number}@inwoner.example"
        return {"who": f"a{number}", "name": line.author, "text": line.text, "email": mail}

    def by_whatsapp(self, line: PracticeLine) -> None:
        self.hand.write_on_whatsapp(self.scene(line), self.evening, line.number)

    def by_telegram(self, line: PracticeLine) -> None:
        self.hand.write_on_telegram(self.scene(line), self.evening, line.number)

    def by_form(self, line: PracticeLine) -> None:
        self.hand.fill_in_form(self.scene(line), f"{self.evening}-{line.number}")

    def on_x(self, line: PracticeLine) -> None:
        self.hand.post_on_x(self.scene(line), self.evening)

    def on_a_platform(self, line: PracticeLine) -> None:
        """On one that we read, or whose letters Amazon brings. Raises when it does not take it."""
        account, author = WRITERS[line.channel](person(line))
        self.hand.platforms.post(
            line.channel, account=account, author=author, name=line.author, text=line.text
        )

    def below_a_post(self, line: PracticeLine) -> None:
        """A comment on our page."""
        value = {
            "item": "comment", "verb": "add", "post_id": f"{PAGE}_{POST}",
            "comment_id": f"{POST}_{self.evening}{line.number}", "message": line.text,
            "from": {"id": str(person(line)), "name": line.author},
            "created_time": int(time.time()),
        }  # fmt: skip
        self.by_meta("facebook", PAGE, changes=[{"field": "feed", "value": value}])

    def below_a_photo(self, line: PracticeLine) -> None:
        """A comment on Instagram."""
        value = {
            "id": f"18{int(self.evening, 16)}{line.number:04}",
            "from": {"id": str(person(line)), "username": line.author},
            "text": line.text,
            "media": {"id": POST},
        }
        self.by_meta("instagram", INSTAGRAM, changes=[{"field": "comments", "value": value}])

    def to_the_page(self, line: PracticeLine) -> None:
        """Messenger."""
        message = {"mid": f"m_{self.evening}{line.number}", "text": line.text}
        people = {"sender": {"id": str(person(line))}, "recipient": {"id": PAGE}}
        event = {**people, "timestamp": int(time.time() * 1000), "message": message}
        self.by_meta("messenger", PAGE, messaging=[event])

    def by_meta(self, channel: str, account: str, **entry: Any) -> None:
        """As Meta delivers it, signed with the app's secret."""
        about = "instagram" if channel == "instagram" else "page"
        told = {"id": account, "time": int(time.time()), **entry}
        body = json.dumps({"object": about, "entry": [told]}).encode()
        headers = signature(self.stage.meta["app_secret"], body)
        self.hand.post(f"/webhooks/{channel}/{account}", body, headers)

    def in_the_chat(self, line: PracticeLine) -> None:
        """As a visitor's page sends it."""
        door = f"{self.stage.url}/chat/{CHAT}"
        if line.author not in self.visitors:
            self.visitors[line.author] = self.hand.pool.request("POST", f"{door}/visitors").json()
        who = self.visitors[line.author]
        said = {
            "type": "message", "message_id": f"{self.evening}-{line.number}", "text": line.text,
            "session_id": who["session_id"], "name": line.author,
        }  # fmt: skip
        headers = {"X-Visitor": who["visitor"], "Content-Type": "application/json"}
        self.hand.post(f"/chat/{CHAT}/messages", json.dumps(said).encode(), headers)


def person(line: PracticeLine) -> int:
    """Each author is one person in a round: a number of their own."""
    return zlib.crc32(f"{line.round}{line.channel}{line.author}".encode()) % 900_000 + 100_000


WRITERS: dict[str, Callable[[int], tuple[str, str]]] = {
    "mastodon": lambda who: (READ["mastodon"], str(who)),
    "bluesky": lambda who: (READ["bluesky"], f"did:plc:oefening{who:016}"),
    "youtube": lambda who: (READ["youtube"], f"UC{who:022}"),
    "email": lambda who: (MAILBOX, f"bewoner{who}@inwoner.example"),
    "sms": lambda who: (NUMBER, f"+316{who:08}"),
}
"""Our account there, and who writes."""

WAYS: dict[str, Callable[[Player, PracticeLine], None]] = {
    "whatsapp": Player.by_whatsapp,
    "telegram": Player.by_telegram,
    "form": Player.by_form,
    "x": Player.on_x,
    "facebook": Player.below_a_post,
    "instagram": Player.below_a_photo,
    "messenger": Player.to_the_page,
    "chat": Player.in_the_chat,
    **dict.fromkeys(WRITERS, Player.on_a_platform),
}
"""How a line of each channel comes in; one of another channel stays out, and is said to."""


def play(services: Services, player: Player, sleep: Callable[[float], None] = time.sleep) -> None:
    """Every line that was not sent yet, at its moment."""
    round_ = player.round_
    for line in practice.lines(services.table, round_, services.now()):
        if line.posted_at:
            continue
        due = instant(round_.started_at).timestamp() + line.after / round_.pace
        sleep(max(0.0, due - datetime.now(UTC).timestamp()))
        try:
            services.table.write(practice.posted(line, moment(datetime.now(UTC))))
        except ConditionFailed:
            continue
        if not player.send(line):
            print(f"line {line.number}: no way in for {line.channel}", flush=True)


def main(stage: Stage) -> None:
    """One round, then done."""
    pool = urllib3.PoolManager(retries=False, timeout=10.0)
    wait_for(stage, pool)
    services = services_at(stage.folder, NABIJ_DETECTION="rules")
    round_ = practice.newest_round(services.table, services.now())
    if round_ is not None:
        play(services, Player(stage, Stagehand(stage, pool), round_))
