"""One package and one stack for all tests of this folder: they take half a minute to make."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.fakes.client import Fakes
from infra.package import BUILD, package
from infra.pythons import NoPython
from tests.deployed.stack import Stack, deployed


@pytest.fixture(scope="session")
def build() -> Path:
    """The folder with the package. Without a Python that can make it there is nothing to test."""
    try:
        package(BUILD)
    except NoPython as error:
        pytest.skip(str(error))
    return BUILD


@pytest.fixture(scope="session")
def stack(
    build: Path, fakes_server: Fakes, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stack]:
    platforms = {name: f"{fakes_server.url}/{name}" for name in ("whatsapp", "x", "sms")}
    parameters = {"PublicUrl": "https://nabij.example", "PlatformUrls": json.dumps(platforms)}
    parameters["ScanFiles"] = "no"  # the emulator has no GuardDuty
    parameters["OidcIssuer"] = "https://sign-in.example"  # nor pages to sign in on
    parameters["OidcClient"] = "nabij"
    parameters["Detection"] = "model"  # the encoder's function is tested by itself
    log = tmp_path_factory.mktemp("emulator") / "log.txt"
    with deployed(parameters, log) as found:
        yield found
