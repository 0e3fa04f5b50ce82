"""Settings: typed, complete, and loud. A missing or wrong one stops the start and names itself."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NoReturn, cast, get_args
from urllib.parse import urlsplit

from chalicelib.errors import Misconfigured
from chalicelib.jobs.jobs import LANES, Lane

Engine = Literal["embedded", "aws"]
Detection = Literal["rules", "model", "full"]

PLATFORMS = {
    "bluesky": "https://{host}",
    "email": "https://email.{region}.amazonaws.com",
    "facebook": "https://graph.facebook.com",
    "instagram": "https://graph.instagram.com",
    "mastodon": "https://{host}",
    "messenger": "https://graph.facebook.com",
    "news": "https://{host}",
    "objects": "https://s3.{region}.amazonaws.com",
    "reddit": "https://oauth.reddit.com",
    "sms": "https://sms-voice.{region}.amazonaws.com",
    "telegram": "https://api.telegram.org",
    "whatsapp": "https://graph.facebook.com",
    "x": "https://api.x.com",
    "youtube": "https://youtube.googleapis.com",
}
"""Where each platform listens, unless a setting says otherwise (a fake one, on loopback).

``{host}`` is the server that an account says it lives on (``channels/hosts.py``); ``{region}`` is
where the service itself runs, as Lambda says. ``objects`` is where AWS puts mail that came in.
"""

REGION = "eu-west-1"
"""Where nobody says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployed:
    """Where the deployed engine keeps things; the template fills all of it in.

    ``table``            NABIJ_TABLE             name of the DynamoDB table
    ``search_table``     NABIJ_SEARCH_TABLE      name of the table that searches read
    ``bucket``           NABIJ_BUCKET            name of the S3 bucket
    ``queues``           NABIJ_QUEUE_<LANE>      address of each lane's queue
    ``dead_queues``      NABIJ_DEAD_<LANE>       address of each lane's dead letters
    ``alert_topic``      NABIJ_ALERT_TOPIC       ARN of the SNS topic that pages people
    ``sockets_endpoint`` NABIJ_SOCKETS_ENDPOINT  where API Gateway takes hints for open pages
    ``secrets_prefix``   NABIJ_SECRETS           secrets are <prefix>/<channel>/<account>
    ``card_bus``         NABIJ_CARD_BUS          name of the event bus that cards go out on
    ``card_sender``      NABIJ_CARD_SENDER       verified address that they are mailed from; may be
                                                 empty: then none are mailed
    """

    table: str
    search_table: str
    bucket: str
    queues: Mapping[Lane, str]
    dead_queues: Mapping[Lane, str]
    alert_topic: str
    sockets_endpoint: str
    secrets_prefix: str
    card_bus: str
    card_sender: str = ""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Deployed":
        """Read them all. Raises ``Misconfigured`` naming the first that is missing or wrong."""
        name = "NABIJ_SOCKETS_ENDPOINT"
        return cls(
            table=required(environment, "NABIJ_TABLE"),
            search_table=required(environment, "NABIJ_SEARCH_TABLE"),
            bucket=required(environment, "NABIJ_BUCKET"),
            queues=by_lane(environment, "NABIJ_QUEUE_"),
            dead_queues=by_lane(environment, "NABIJ_DEAD_"),
            alert_topic=required(environment, "NABIJ_ALERT_TOPIC"),
            sockets_endpoint=web_address(name, required(environment, name)),
            secrets_prefix=required(environment, "NABIJ_SECRETS"),
            card_bus=required(environment, "NABIJ_CARD_BUS"),
            card_sender=environment.get("NABIJ_CARD_SENDER", "").strip(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityProvider:
    """Who says that somebody is who they say. The way back is ``<our address>/inloggen/terug``.

    ``issuer``       NABIJ_OIDC_ISSUER       what the provider calls itself; https when deployed
    ``client``       NABIJ_OIDC_CLIENT       what it calls us
    ``claim``        NABIJ_OIDC_CLAIM        what of its word is somebody's id in our directory:
                                             ``sub``, or ``email``, which it must have checked
    ``confidential`` NABIJ_OIDC_CONFIDENTIAL ``yes``: we have a secret there, kept under
                                             <prefix>/oidc/<client> as ``client_secret``
    """

    issuer: str
    client: str
    claim: str = "sub"
    confidential: bool = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "IdentityProvider":
        """Read them all. Raises ``Misconfigured`` naming the first that is missing or wrong."""
        issuer = required(environment, "NABIJ_OIDC_ISSUER")
        web_address("NABIJ_OIDC_ISSUER", issuer)  # compared letter by letter: a slash stays
        return cls(
            issuer=issuer,
            client=required(environment, "NABIJ_OIDC_CLIENT"),
            claim=environment.get("NABIJ_OIDC_CLAIM", "sub").strip() or "sub",
            confidential=environment.get("NABIJ_OIDC_CONFIDENTIAL", "") == "yes",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What differs between one installation and another.

    ``engine``        NABIJ_ENGINE        ``embedded`` (SQLite in ``data``) or ``aws``
    ``data``          NABIJ_DATA          folder of the embedded engine; asked for there only
    ``deployed``      see ``Deployed``    what the deployed engine needs; asked for there only
    ``provider``      see ``IdentityProvider``  who signs people in; elsewhere it may be left out
    ``public_url``    NABIJ_PUBLIC_URL    where citizens and platforms reach us, without a slash
    ``platform_urls`` NABIJ_PLATFORM_URLS JSON object, channel to address; default: the platforms
    ``detection``     NABIJ_DETECTION     ``rules``: readable rules only; ``model``: and the linear
                                          model; ``full``: and the encoder, default if there is one
    ``encoder``       NABIJ_ENCODER       the folder of its files, or ``function:<name>``; empty
                                          while it is wanted (``full``): it is away, see ``redo``
    ``sample``        NABIJ_SAMPLE        messages that were not raised, which a team judges blind
                                          each day; a quarter as many that were raised come along
    ``uncertain``     NABIJ_UNCERTAIN     messages that detection doubted, which it judges likewise
    ``hours``         NABIJ_HOURS         when people answer, for deadlines of what can wait, as
                                          ``ma-vr 08:00-22:00, za-zo 10:00-18:00``; empty: always
    ``map_tiles``     NABIJ_MAP_TILES     whose tiles lie under the map, as
                                          ``https://host/…/{z}/{x}/{y}.png`` (PDOK has such); empty:
                                          none, and nobody elsewhere learns where we look
    ``video``         NABIJ_VIDEO_URL     the organisation's own service for video calls (as Jitsi
                                          Meet): a room is ``<this>/<128 random bits>``. Empty:
                                          video is not offered
    ``translate``     NABIJ_TRANSLATE     ``yes``: the organisation approved that texts go to Amazon
                                          Translate when a colleague asks; deployed only
    ``model``         NABIJ_LANGUAGE_MODEL  the id on Amazon Bedrock of the language model that the
                                          organisation approved; empty: none; deployed only
    ``practice``      NABIJ_PRACTICE      ``yes``: nothing is real; refused unless every other
                                          setting stays on this machine
    """

    engine: Engine
    data: Path | None
    public_url: str
    platform_urls: Mapping[str, str]
    deployed: Deployed | None = None
    provider: IdentityProvider | None = None
    detection: Detection = "model"
    encoder: str = ""
    sample: int = 20
    uncertain: int = 10
    hours: str = ""
    map_tiles: str = ""
    video: str = ""
    translate: bool = False
    model: str = ""
    practice: bool = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read them all. Raises ``Misconfigured`` naming the first that is missing or wrong."""
        chosen = engine(required(environment, "NABIJ_ENGINE"))
        local = chosen == "embedded"
        encoder = environment.get("NABIJ_ENCODER", "").strip()
        practice = environment.get("NABIJ_PRACTICE", "").strip() == "yes"
        if practice:
            must_stay_here(environment)
        return cls(
            engine=chosen,
            data=Path(required(environment, "NABIJ_DATA")) if local else None,
            deployed=None if local else Deployed.from_environment(environment),
            provider=provider(environment, local=local),
            public_url=web_address("NABIJ_PUBLIC_URL", required(environment, "NABIJ_PUBLIC_URL")),
            platform_urls=in_region(
                platform_urls(environment.get("NABIJ_PLATFORM_URLS", "{}")),
                environment.get("AWS_REGION", REGION),
            ),
            detection=detection(environment.get("NABIJ_DETECTION") or default_detection(encoder)),
            encoder=encoder,
            sample=up_to(60, environment, "NABIJ_SAMPLE", "20"),
            uncertain=up_to(20, environment, "NABIJ_UNCERTAIN", "10"),
            hours=environment.get("NABIJ_HOURS", "").strip(),
            map_tiles=tile_pattern(environment.get("NABIJ_MAP_TILES", "").strip()),
            video=video_rooms(environment.get("NABIJ_VIDEO_URL", "").strip()),
            translate=environment.get("NABIJ_TRANSLATE", "").strip() == "yes",
            model=environment.get("NABIJ_LANGUAGE_MODEL", "").strip(),
            practice=practice,
        )


def required(environment: Mapping[str, str], name: str) -> str:
    """The setting's value. Raises ``Misconfigured`` when it is missing or empty."""
    value = environment.get(name, "").strip()
    if not value:
        raise Misconfigured(f"setting {name} is missing", setting=name)
    return value


def provider(environment: Mapping[str, str], *, local: bool) -> IdentityProvider | None:
    """Who signs people in. Deployed there must be one, and the way to it must be closed to others.

    Raises ``Misconfigured``.
    """
    if local and not environment.get("NABIJ_OIDC_ISSUER"):
        return None
    found = IdentityProvider.from_environment(environment)
    if not local and not found.issuer.startswith("https://"):
        raise Misconfigured(
            "setting NABIJ_OIDC_ISSUER must begin with https://", setting="NABIJ_OIDC_ISSUER"
        )
    return found


def engine(value: str) -> Engine:
    """Raises ``Misconfigured`` on an engine that does not exist."""
    for known in get_args(Engine):
        if value == known:
            return cast("Engine", known)
    raise Misconfigured(
        f"setting NABIJ_ENGINE must be 'embedded' or 'aws', not {value!r}", setting="NABIJ_ENGINE"
    )


def default_detection(encoder: str) -> Detection:
    """All that is here."""
    return "full" if encoder else "model"


def detection(value: str) -> Detection:
    """Raises ``Misconfigured`` on anything else: a typing error must not turn anything on."""
    for known in get_args(Detection):
        if value == known:
            return cast("Detection", known)
    raise Misconfigured(
        f"setting NABIJ_DETECTION must be 'rules', 'model' or 'full', not {value!r}",
        setting="NABIJ_DETECTION",
    )


def up_to(most: int, environment: Mapping[str, str], name: str, default: str) -> int:
    """A whole number from 0. Raises ``Misconfigured``; more would not fit one transaction."""
    value = environment.get(name, default)
    if value.isascii() and value.isdigit() and int(value) <= most:
        return int(value)
    raise Misconfigured(
        f"setting {name} must be a whole number up to {most}, not {value!r}", setting=name
    )


HERE = frozenset({"127.0.0.1", "localhost", "::1"})
"""Addresses that lead to this machine and no further."""

LOCAL_ONLY = frozenset({
    "NABIJ_ENGINE", "NABIJ_DATA", "NABIJ_PUBLIC_URL", "NABIJ_PLATFORM_URLS", "NABIJ_DETECTION",
    "NABIJ_ENCODER", "NABIJ_SAMPLE", "NABIJ_UNCERTAIN", "NABIJ_PRACTICE",
    "NABIJ_OIDC_ISSUER", "NABIJ_OIDC_CLIENT", "NABIJ_OIDC_CLAIM", "NABIJ_HOURS", "NABIJ_VIDEO_URL",
})  # fmt: skip
"""What a service that practises may be told; any other setting is of something real."""


def must_stay_here(environment: Mapping[str, str]) -> None:
    """Practice reaches nothing real. Raises ``Misconfigured`` naming the first thing that would."""
    for name in sorted(environment):
        if name.startswith("NABIJ_") and environment[name].strip() and name not in LOCAL_ONLY:
            raise_not_here(name, "is of something real")
    if environment.get("NABIJ_ENGINE", "").strip() != "embedded":
        raise_not_here("NABIJ_ENGINE", "must be embedded")
    if environment.get("NABIJ_ENCODER", "").startswith("function:"):
        raise_not_here("NABIJ_ENCODER", "must be a folder")
    for name in ("NABIJ_PUBLIC_URL", "NABIJ_OIDC_ISSUER", "NABIJ_VIDEO_URL"):
        if environment.get(name) and not is_here(environment[name]):
            raise_not_here(name, "must be on this machine")
    for channel, url in platform_urls(environment.get("NABIJ_PLATFORM_URLS", "{}")).items():
        if not is_here(url):
            raise_not_here("NABIJ_PLATFORM_URLS", f"must keep {channel} on this machine")


def raise_not_here(name: str, why: str) -> NoReturn:
    """Raises ``Misconfigured``."""
    raise Misconfigured(f"practice: setting {name} {why}", setting=name)


def is_here(url: str) -> bool:
    """Whether an address leads to this machine."""
    return urlsplit(url).hostname in HERE


def by_lane(environment: Mapping[str, str], prefix: str) -> dict[Lane, str]:
    """One address for each lane. Raises ``Misconfigured`` naming the first that is missing."""
    names: dict[Lane, str] = {lane: f"{prefix}{lane.upper()}" for lane in LANES}
    return {lane: web_address(name, required(environment, name)) for lane, name in names.items()}


def web_address(name: str, value: str) -> str:
    """Raises ``Misconfigured`` on anything but an http(s) address."""
    if not value.startswith(("http://", "https://")):
        raise Misconfigured(
            f"setting {name} must begin with http:// or https://, not {value!r}", setting=name
        )
    return value.rstrip("/")


def tile_pattern(value: str) -> str:
    """Raises ``Misconfigured`` on anything but nothing, or an https address that names a tile."""
    places = all(place in value for place in ("{z}", "{x}", "{y}"))
    if value and not (value.startswith("https://") and places and " " not in value):
        raise Misconfigured(
            "setting NABIJ_MAP_TILES must be an https:// address with {z}, {x} and {y}",
            setting="NABIJ_MAP_TILES",
        )
    return value


def video_rooms(value: str) -> str:
    """Where rooms for video calls are, by ``https``; empty where there are none."""
    if value and not value.startswith("https://"):
        raise Misconfigured(
            "setting NABIJ_VIDEO_URL must begin with https://", setting="NABIJ_VIDEO_URL"
        )
    return value.rstrip("/")


def in_region(urls: Mapping[str, str], region: str) -> dict[str, str]:
    """The addresses, with AWS's own in the region that we run in."""
    return {name: url.replace("{region}", region) for name, url in urls.items()}


def platform_urls(value: str) -> dict[str, str]:
    """Raises ``Misconfigured`` when it is no JSON object of addresses."""
    name = "NABIJ_PLATFORM_URLS"
    try:
        own = json.loads(value)
    except ValueError as error:
        raise Misconfigured(f"setting {name} is not JSON: {error}", setting=name) from None
    if not isinstance(own, dict):
        raise Misconfigured(f"setting {name} must be a JSON object", setting=name)
    return PLATFORMS | {channel: web_address(name, str(url)) for channel, url in own.items()}
