"""A setting that is missing or wrong stops the start and names itself."""

import re

import pytest

from chalicelib import wiring
from chalicelib.domain.sample import Sizes
from chalicelib.errors import Misconfigured
from chalicelib.jobs.jobs import LANES
from chalicelib.settings import Deployed, IdentityProvider, Settings

GOOD = {
    "NABIJ_ENGINE": "embedded",
    "NABIJ_DATA": "/var/nabij",
    "NABIJ_PUBLIC_URL": "https://nabij.example/",
}
AWS = {
    "NABIJ_ENGINE": "aws",
    "NABIJ_PUBLIC_URL": "https://nabij.example",
    "NABIJ_TABLE": "nabij-table",
    "NABIJ_BUCKET": "nabij-bucket",
    "NABIJ_ALERT_TOPIC": "arn:aws:sns:eu-west-1:000000000000:nabij-alerts",
    "NABIJ_SOCKETS_ENDPOINT": "https://sockets.example/v1",
    "NABIJ_SECRETS": "nabij",
    "NABIJ_SEARCH_TABLE": "nabij-search",
    "NABIJ_CARD_BUS": "nabij-cards",
    "NABIJ_OIDC_ISSUER": "https://sign-in.example/",
    "NABIJ_OIDC_CLIENT": "nabij",
    **{f"NABIJ_QUEUE_{lane.upper()}": f"https://sqs.example/{lane}" for lane in LANES},
    **{f"NABIJ_DEAD_{lane.upper()}": f"https://sqs.example/dead-{lane}" for lane in LANES},
}


def test_the_deployed_engine_is_told_where_everything_is() -> None:
    settings = Settings.from_environment(AWS)
    assert settings.data is None
    assert settings.deployed
    assert settings.deployed.queues["direct"] == "https://sqs.example/direct"
    assert settings.deployed.dead_queues["poll"] == "https://sqs.example/dead-poll"


@pytest.mark.parametrize("name", sorted(AWS))
def test_a_missing_setting_of_the_deployed_engine_names_itself(name: str) -> None:
    with pytest.raises(Misconfigured, match=name):
        Settings.from_environment({key: value for key, value in AWS.items() if key != name})


def test_who_signs_people_in_is_reached_over_a_closed_line() -> None:
    with pytest.raises(Misconfigured, match="NABIJ_OIDC_ISSUER"):
        Settings.from_environment(AWS | {"NABIJ_OIDC_ISSUER": "http://sign-in.example"})
    told = Settings.from_environment(AWS).provider
    assert told
    assert told.issuer == "https://sign-in.example/", "compared letter by letter"
    assert Settings.from_environment(GOOD).provider is None


def test_good_settings_are_read() -> None:
    settings = Settings.from_environment(GOOD)
    assert settings.public_url == "https://nabij.example"
    assert settings.platform_urls["whatsapp"].startswith("https://graph.facebook.com")


def test_a_setting_leaves_the_readable_rules_only() -> None:
    assert Settings.from_environment(GOOD).detection == "model"
    assert Settings.from_environment(GOOD | {"NABIJ_DETECTION": "rules"}).detection == "rules"


def test_how_much_is_judged_blind_is_a_setting() -> None:
    told = Settings.from_environment(GOOD | {"NABIJ_SAMPLE": "8", "NABIJ_UNCERTAIN": "0"})
    assert (told.sample, told.uncertain) == (8, 0)
    assert wiring.sizes(told) == Sizes(low=8, raised=2, doubted=0)


@pytest.mark.parametrize("name", sorted(GOOD))
@pytest.mark.parametrize("value", ["", "  "])
def test_a_missing_setting_names_itself(name: str, value: str) -> None:
    with pytest.raises(Misconfigured, match=name):
        Settings.from_environment(GOOD | {name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NABIJ_ENGINE", "oracle"),
        ("NABIJ_DETECTION", "of"),
        ("NABIJ_SAMPLE", "61"),
        ("NABIJ_SAMPLE", "-1"),
        ("NABIJ_UNCERTAIN", "many"),
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
    documented = f"{Settings.__doc__}{Deployed.__doc__}{IdentityProvider.__doc__}"
    own = ("NABIJ_PLATFORM_URLS", "NABIJ_DETECTION", "NABIJ_SAMPLE", "NABIJ_UNCERTAIN")
    for name in (*GOOD, *AWS, *own):
        generic = re.sub("_(QUEUE|DEAD)_.*", r"_\1_<LANE>", name)
        assert generic in documented
