"""What only the local stage has, behind the same ports as what is deployed."""

from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus

import urllib3

from chalicelib import wiring
from chalicelib.channels.contract import Secrets
from chalicelib.domain.queue_item import QueueItem
from chalicelib.log import logger
from infra.local import clam
from infra.local.receivers import HttpReceivers
from infra.local.stage import (
    CHAT,
    DESK,
    FORM,
    META,
    PARTNER,
    READ,
    REDDIT,
    TELEGRAM,
    WHATSAPP,
    Stage,
    X,
)


class StageSecrets:
    """The accounts' secrets, from the stage's private file."""

    def __init__(self, stage: Stage) -> None:
        self._known = {
            ("whatsapp", WHATSAPP): Secrets(current=stage.whatsapp),
            ("x", X): Secrets(current=stage.x),
            ("telegram", TELEGRAM): Secrets(current=stage.telegram),
            ("reddit", REDDIT): Secrets(current=stage.reddit),
            **{place: Secrets(current=stage.meta) for place in META.items()},
            ("chat", CHAT): Secrets(current=stage.chat),
            ("spoken", DESK): Secrets(current=stage.desk),
            ("partner", PARTNER): Secrets(current=stage.partner),
            ("form", FORM): Secrets(current={}),
            **{(name, READ[name]): Secrets(current=found) for name, found in keys_of(stage)},
        }

    def of(self, channel: str, account: str) -> Secrets:
        return self._known.get((channel, account), Secrets(current={}))


def keys_of(stage: Stage) -> Iterator[tuple[str, dict[str, str]]]:
    """The secrets of what is read. The stand-ins see in some of them whose they are."""
    key = stage.read["key"]
    yield "mastodon", {"access_token": f"{READ['mastodon']}:{key}"}
    yield "bluesky", {"app_password": key}
    lent = {"refresh_token": f"{READ['youtube']}:{key}"}
    yield "youtube", {"client_id": "nabij", "client_secret": key, **lent}


class LogPager:
    """Pages into the log; the banner on every screen comes from the store."""

    def page(self, item: QueueItem) -> None:
        logger.critical("page: life at risk, nobody acted", subject=item.subject, pages=item.pages)

    def alarm(self, text: str) -> None:
        logger.critical("alarm", text=text)

    def warn(self, text: str) -> None:
        logger.warning("warning", text=text)


class LoopbackHints:
    """Hints through the web process, which holds the sockets (as API Gateway does in AWS)."""

    def __init__(self, stage: Stage) -> None:
        self._url = f"{stage.url}/@connections/"
        self._headers = {"X-Hints-Token": stage.hints_token}
        self._pool = urllib3.PoolManager(timeout=1.0, retries=False)

    def send(self, connection: str, text: str) -> bool:
        try:
            answer = self._pool.request(
                "POST", self._url + connection, headers=self._headers, body=text.encode()
            )
        except urllib3.exceptions.HTTPError:
            return True  # the web process is starting again; its pages poll meanwhile
        return answer.status != HTTPStatus.GONE


def move_in(stage: Stage) -> None:
    """Give this process the parts of the local stage."""
    settings, vault = stage.settings(), StageSecrets(stage)
    services = wiring.embedded(
        settings,
        secrets=vault,
        pager=LogPager(),
        hints=LoopbackHints(stage),
    )
    services = replace(
        services,
        scanner=clam.scanner(services.bucket),
        receivers=HttpReceivers(stage.fakes_url),
    )
    wiring.use(wiring.House(services=services, sign_in=wiring.identity_provider(settings, vault)))
