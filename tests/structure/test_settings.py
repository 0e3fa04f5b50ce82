"""A setting that is missing or wrong stops the start and names itself."""

import pytest

from chalicelib.errors import Misconfigured
from chalicelib.settings import Settings

GOOD = {
    "NABIJ_ENGINE": "embedded",
    "NABIJ_DATA": "/tmp/nabij",
    "NABIJ_PUBLIC_URL": "https://nabij.example/",
}


def test_good_settings_are_read() -> None:
    settings = Settings.from_environment(GOOD)
    assert settings.public_url == "https://nabij.example"
    assert settings.platform_urls["whatsapp"].startswith("https://graph.facebook.com")


@pytest.mark.parametrize("name", sorted(GOOD))
@pytest.mark.parametrize("value", ["", "  "])
def test_a_missing_setting_names_itself(name: str, value: str) -> None:
    with pytest.raises(Misconfigured, match=name):
        Settings.from_environment(GOOD | {name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NABIJ_ENGINE", "oracle"),
        ("NABIJ_PUBLIC_URL", "nabij.example"),
        ("NABIJ_PLATFORM_URLS", "{"),
        ("NABIJ_PLATFORM_URLS", "[]"),
        ("NABIJ_PLATFORM_URLS", '{"whatsapp": "localhost"}'),
    ],
)
def test_a_wrong_setting_names_itself(name: str, value: str) -> None:
    with pytest.raises(Misconfigured, match=name):
        Settings.from_environment(GOOD | {name: value})


def test_every_setting_is_documented_where_it_is_read() -> None:
    for name in (*GOOD, "NABIJ_PLATFORM_URLS"):
        assert name in (Settings.__doc__ or "")
