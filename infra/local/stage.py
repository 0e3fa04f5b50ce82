"""Where the local stage lives: its folder, addresses, secrets, and who and what is in it."""

import json
import os
import secrets
import tomllib
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from chalicelib.domain.account import Account, Approval
from chalicelib.domain.canned import CannedReply
from chalicelib.domain.card import Receiver
from chalicelib.domain.moments import Moment
from chalicelib.domain.principal import Principal
from chalicelib.errors import Misconfigured
from chalicelib.settings import Settings
from chalicelib.store import canned, cards, directory, sessions
from chalicelib.store.directory import Team
from chalicelib.store.table import Table
from infra.encoder.command import FOLDER, own_encoder
from infra.ports import HOST

FOREVER: Moment = "2099-12-31T00:00:00.000Z"
GROUND = "lokale demonstratie; geen echte inwoners"
WHATSAPP, FORM = "700100200300", "nabij"
X, TELEGRAM, REDDIT = "555000111", "9001", "PolVoorbeeld"
MAILBOX, NUMBER, CHAT = "webcare@voorbeeld.example", "+31970000001", "nabij"
DESK = "balie"
PARTNER = "proefpartner"
PAGE, INSTAGRAM = "330000000000001", "17840000000000055"
META = {"messenger": PAGE, "facebook": PAGE, "instagram": INSTAGRAM}
"""Accounts of one app at Meta, which share its secrets here."""

READ = {
    "mastodon": "90",
    "bluesky": "did:plc:politievoorbeeldaaaaaaaa",
    "youtube": "UCpolitieVoorbeeld000000",
}
"""Accounts that are read page by page, each with a secret made of one key."""

AMAZON = ("email", "sms", "objects")
"""Where Amazon sends mail and text messages, and where mail lies that came in."""

CANNED = Path(__file__).parent.parent / "demo" / "canned.toml"

READ_OFTEN = {"poll_seconds": "3", "euros_per_month": "25"}
"""Here a mention shows up at once; elsewhere once a minute."""

CLIENT = "nabij"
"""What the demo identity provider calls us."""

TEAMS = (Team(id="oost", name="Webcare Oost"), Team(id="noord", name="Webcare Noord"))
RECEIVERS = (
    Receiver(id="meldkamer", name="Meldkamer (demonstratie)", kind="centre"),
    Receiver(id="oost-wijk", name="Wijkteam Oost (demonstratie)", kind="unit"),
    Receiver(id="noord-wijk", name="Wijkteam Noord (demonstratie)", kind="unit"),
)
"""Invented ones: nothing leaves this machine."""

COLLEAGUES = {
    "agent": Principal(id="sanne", name="Sanne de Wit", role="agent", team="oost"),
    "agent2": Principal(id="youssef", name="Youssef Amrani", role="agent", team="oost"),
    "coordinator": Principal(id="fatima", name="Fatima Kaya", role="coordinator", team="oost"),
    "manager": Principal(id="marijke", name="Marijke Bos", role="manager"),
    "privacy_officer": Principal(id="pieter", name="Pieter Hoekstra", role="privacy_officer"),
    "officer": Principal(id="ilse", name="Ilse Veenstra", role="officer", team="oost-wijk"),
    "operator": Principal(id="tomasz", name="Tomasz Nowak", role="operator"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """All that the parts of the local stage must agree on; kept in ``stage.json``, mode 0600."""

    data: str
    port: int
    fakes_port: int
    tokens: dict[str, str]
    whatsapp: dict[str, str]
    x: dict[str, str]
    telegram: dict[str, str]
    meta: dict[str, str]
    chat: dict[str, str]
    desk: dict[str, str]
    partner: dict[str, str]
    read: dict[str, str]
    reddit: dict[str, str]
    hints_token: str
    demo: bool
    practice: bool = False

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def fakes_url(self) -> str:
        return f"http://{HOST}:{self.fakes_port}"

    @property
    def folder(self) -> Path:
        return Path(self.data)

    def settings(self) -> Settings:
        """The service's settings on this stage. Raises ``Misconfigured``."""
        platforms = {
            name: f"{self.fakes_url}/{name}"
            for name in (*("whatsapp", "x", "telegram", "reddit", "news"), *META, *READ, *AMAZON)
        }
        return Settings.from_environment(
            {
                "NABIJ_ENGINE": "embedded",
                "NABIJ_DATA": self.data,
                "NABIJ_PUBLIC_URL": self.url,
                "NABIJ_PLATFORM_URLS": json.dumps(platforms),
                "NABIJ_ENCODER": str(FOLDER) if own_encoder() else "",
                "NABIJ_OIDC_ISSUER": self.fakes_url,
                "NABIJ_OIDC_CLIENT": CLIENT,
                "NABIJ_PRACTICE": "yes" if self.practice else "",
            }
        )

    def described(self) -> dict[str, Any]:
        """What ``local.json`` tells whoever works with the running stage."""
        whatsapp = {name: self.whatsapp[name] for name in ("app_secret", "verify_token")}
        channels = {
            "whatsapp": {"account": WHATSAPP, **whatsapp},
            "form": {"account": FORM, "page": f"{self.url}/formulier"},
            "x": {"account": X, "consumer_secret": self.x["consumer_secret"]},
            "telegram": {"account": TELEGRAM, "secret_token": self.telegram["secret_token"]},
            "email": {"account": MAILBOX, "write": f"{self.fakes_url}/_posts"},
            "sms": {"account": NUMBER, "write": f"{self.fakes_url}/_posts"},
            "partner": {"account": PARTNER, **self.partner},
            "chat": {"account": CHAT, "visitors": f"{self.url}/chat/{CHAT}/visitors"},
        }
        meta = {name: self.meta[name] for name in ("app_secret", "verify_token")}
        channels |= {name: {"account": account, **meta} for name, account in META.items()}
        posts = f"{self.fakes_url}/_posts"
        channels |= {name: {"account": account, "write": posts} for name, account in READ.items()}
        if self.reddit:
            channels["reddit"] = {"account": REDDIT}
        return {
            "url": self.url,
            "fakes_url": self.fakes_url,
            "tokens": self.tokens,
            "teams": [team.id for team in TEAMS],
            "channels": channels,
        }


def prepared(
    data: Path,
    port: int,
    fakes_port: int,
    *,
    demo: bool,
    reddit: bool = False,
    practice: bool = False,
) -> Stage:
    """The stage in this folder: with the secrets of last time, or new ones.

    Raises ``Misconfigured`` when practice would share its folder with anything else.
    """
    data.mkdir(parents=True, exist_ok=True)
    before = read_private(data / "stage.json")
    if before and before.get("practice", False) != practice:
        raise Misconfigured(f"practice has a folder of its own, and {data} is used otherwise")
    stage = Stage(
        data=str(data.resolve()),
        port=port,
        fakes_port=fakes_port,
        tokens={name: sessions.new_secret() for name in COLLEAGUES} | before.get("tokens", {}),
        whatsapp=before.get("whatsapp") or fresh("app_secret", "verify_token", "access_token"),
        x=before.get("x") or fresh("consumer_secret", "access_token"),
        telegram=before.get("telegram")
        or {**fresh("secret_token"), "bot_token": f"{TELEGRAM}:{secrets.token_hex(16)}"},
        meta=before.get("meta") or fresh("app_secret", "verify_token", "access_token"),
        chat=before.get("chat") or fresh("visitor_key"),
        desk=before.get("desk") or fresh("desk_key"),
        partner=before.get("partner") or fresh("app_secret"),
        read=before.get("read") or fresh("key"),
        reddit=before.get("reddit")
        or (fresh("client_id", "client_secret", "password") if reddit else {}),
        hints_token=secrets.token_hex(16),
        demo=demo,
        practice=practice,
    )
    write_private(data / "stage.json", asdict(stage))
    return stage


def fresh(*names: str) -> dict[str, str]:
    """A new secret under each name."""
    return {name: secrets.token_hex(16) for name in names}


def load(data: Path) -> Stage:
    """The stage that a part belongs to. Raises ``Misconfigured`` when there is none."""
    found = read_private(data / "stage.json")
    if not found:
        raise Misconfigured(f"there is no stage.json in {data}")
    return Stage(**found)


def furnish(table: Table, stage: Stage) -> None:
    """Teams, colleagues with their tokens, and accounts; what was recorded of approvals stays."""
    for team in TEAMS:
        table.write(directory.kept_team(team))
    for receiver in RECEIVERS:
        table.write(cards.kept_receiver(receiver))
    for name, colleague in COLLEAGUES.items():
        table.write(directory.kept_agent(colleague))
        table.write(sessions.api_token(stage.tokens[name], colleague))
    for reply in canned_replies():
        if canned.find(table, reply.id) is None:
            table.write(canned.kept(None, reply))
    for account in accounts(stage):
        known = directory.find_account(table, account.channel, account.account)
        kept = as_left(account, known) if known else account
        table.write(directory.kept_account(kept))


def canned_replies() -> list[CannedReply]:
    """The demo's canned replies."""
    with CANNED.open("rb") as file:
        found = tomllib.load(file)["reply"]
    return [msgspec.convert(one, CannedReply) for one in found]


def as_left(account: Account, known: Account) -> Account:
    """With what people decided of it: its approvals, and whether the assistant answers."""
    chosen = {name: known.settings[name] for name in ("assistant",) if name in known.settings}
    return replace(account, approvals=known.approvals, settings={**account.settings, **chosen})


def accounts(stage: Stage) -> list[Account]:
    """Reddit only when it was asked for: its terms leave no room for the police."""
    found = [
        approved("whatsapp", WHATSAPP, business_account="880700"),
        approved("form", FORM, canary_minutes="1"),
        approved("x", X, **READ_OFTEN),
        approved("telegram", TELEGRAM),
        approved("email", MAILBOX, from_name="Politie Voorbeeld"),
        approved("sms", NUMBER),
        approved("chat", CHAT, assistant="aan"),
        approved("spoken", DESK),
        approved("partner", PARTNER),
        *(approved(channel, account) for channel, account in META.items()),
        approved("mastodon", READ["mastodon"], **READ_OFTEN),
        approved("bluesky", READ["bluesky"], private="ja", **READ_OFTEN),
        approved("youtube", READ["youtube"], poll_seconds="15"),
    ]
    return [*found, approved("reddit", REDDIT, **READ_OFTEN)] if stage.reddit else found


def approved(channel: str, account: str, **settings: str) -> Account:
    """An account that may be used to answer."""
    approval = Approval(until=FOREVER, by="lokale opstelling", ground=GROUND)
    return Account(
        channel=channel,
        account=account,
        name=f"Politie Voorbeeld ({channel})",
        team=TEAMS[0].id,
        approvals=dict.fromkeys(("answer", "incident", "publish", "appeal"), approval),
        settings=settings,
    )


def read_private(path: Path) -> dict[str, Any]:
    """The object in a file; empty when there is none."""
    try:
        found: dict[str, Any] = json.loads(path.read_text())
    except FileNotFoundError:
        return {}
    return found


def write_private(path: Path, value: dict[str, Any]) -> None:
    """Write it whole or not at all, readable by its owner only."""
    unfinished = path.with_suffix(".unfinished")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(value, file, indent=2)
    unfinished.replace(path)
