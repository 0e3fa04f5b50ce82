"""Settings: typed, complete, and loud. A missing or wrong one stops the start and names itself."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from chalicelib.errors import Misconfigured

Engine = Literal["embedded"]

PLATFORMS = {
    "reddit": "https://oauth.reddit.com",
    "telegram": "https://api.telegram.org",
    "whatsapp": "https://graph.facebook.com",
    "x": "https://api.x.com",
}
"""Where each platform listens, unless a setting says otherwise (a fake one, on loopback)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What differs between one installation and another.

    ``engine``        NABIJ_ENGINE        what the table is: ``embedded`` (SQLite in ``data``)
    ``data``          NABIJ_DATA          folder of the embedded engine
    ``public_url``    NABIJ_PUBLIC_URL    where citizens and platforms reach us, without a slash
    ``platform_urls`` NABIJ_PLATFORM_URLS JSON object, channel to address; default: the platforms
    """

    engine: Engine
    data: Path
    public_url: str
    platform_urls: Mapping[str, str]

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read them all. Raises ``Misconfigured`` naming the first that is missing or wrong."""
        return cls(
            engine=engine(required(environment, "NABIJ_ENGINE")),
            data=Path(required(environment, "NABIJ_DATA")),
            public_url=web_address("NABIJ_PUBLIC_URL", required(environment, "NABIJ_PUBLIC_URL")),
            platform_urls=platform_urls(environment.get("NABIJ_PLATFORM_URLS", "{}")),
        )


def required(environment: Mapping[str, str], name: str) -> str:
    """The setting's value. Raises ``Misconfigured`` when it is missing or empty."""
    value = environment.get(name, "").strip()
    if not value:
        raise Misconfigured(f"setting {name} is missing", setting=name)
    return value


def engine(value: str) -> Engine:
    """Raises ``Misconfigured`` on an engine that does not exist."""
    if value != "embedded":
        raise Misconfigured(
            f"setting NABIJ_ENGINE must be 'embedded', not {value!r}", setting="NABIJ_ENGINE"
        )
    return "embedded"


def web_address(name: str, value: str) -> str:
    """Raises ``Misconfigured`` on anything but an http(s) address."""
    if not value.startswith(("http://", "https://")):
        raise Misconfigured(
            f"setting {name} must begin with http:// or https://, not {value!r}", setting=name
        )
    return value.rstrip("/")


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
