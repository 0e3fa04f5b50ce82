"""An address that comes from outside leads to the platform and nowhere else."""

import pytest

from chalicelib.channels import http
from chalicelib.channels.http import Http
from chalicelib.errors import ChannelRefused, ChannelUnavailable, TooLarge
from infra.fakes.client import Fakes

HOSTS = ("files.example", ".cdn.example")


@pytest.fixture
def client(fakes_server: Fakes) -> Http:
    return Http({"whatsapp": f"{fakes_server.url}/whatsapp"}, timeout_seconds=1.0)


@pytest.mark.parametrize(
    "url",
    [
        "https://elders.example/x",
        "http://files.example/x",
        "https://files.example:8443/x",
        "https://files.example@elders.example/x",
        "https://files.example.elders.example/x",
        "https://cdn.example/x",
        "https://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "//files.example/x",
        "https://[::1/x",
        "",
    ],
)
def test_other_addresses_are_not_asked(client: Http, url: str) -> None:
    with pytest.raises(ChannelRefused):
        client.download("whatsapp", url, hosts=HOSTS)


@pytest.mark.parametrize("url", ["https://files.example/x", "https://a.cdn.example/x"])
def test_hosts_that_the_channel_names_are(client: Http, url: str) -> None:
    with pytest.raises(ChannelUnavailable):  # there are no such hosts, but they were asked
        client.download("whatsapp", url, hosts=HOSTS)


def test_nothing_larger_than_the_limit_is_read(
    client: Http, fakes_server: Fakes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "LARGEST_FILE", 1000)
    id_ = fakes_server.file("whatsapp", b"x" * 1001, "image/jpeg")
    url = f"{fakes_server.url}/whatsapp/files/9999999999/{id_}"
    with pytest.raises(TooLarge):
        client.download("whatsapp", url, hosts=(), headers={"Authorization": "Bearer t"})
