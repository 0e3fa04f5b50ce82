"""The tables of an installation, for a command: those in a folder, or by the environment on AWS.

A command that only looks gets a table that cannot be written to.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Unpack

from chalicelib import wiring
from chalicelib.domain.moments import Moment
from chalicelib.domain.principal import Principal
from chalicelib.errors import Misconfigured
from chalicelib.flows.services import Services
from chalicelib.settings import Settings
from chalicelib.store.queries import Asked
from chalicelib.store.table import Item, Key, Operation, Page, Table
from infra.recording import NoSecrets, Silent


def services_at(data: Path | None, **settings: str) -> Services:
    """The service's parts; nobody is paged and no page is told. Raises ``Misconfigured``.

    ``settings`` go before the environment's: ``NABIJ_DETECTION="rules"``.
    """
    environment = {**os.environ, **settings}
    if data is None:
        found = Settings.from_environment(environment)
        return wiring.deployed(found).services if found.deployed else embedded(found)
    if not (data / "table.sqlite").exists():
        raise Misconfigured(f"there is no table.sqlite in {data}")
    environment |= {"NABIJ_ENGINE": "embedded", "NABIJ_DATA": str(data)}
    environment.setdefault("NABIJ_PUBLIC_URL", "http://127.0.0.1")
    return embedded(Settings.from_environment(environment))


def embedded(settings: Settings) -> Services:
    silent = Silent()
    return wiring.embedded(settings, secrets=NoSecrets(), pager=silent, hints=silent)


def days_from(since: str, until: Moment) -> Iterator[str]:
    """The days from ``since`` (``2026-11-21``) up to and with that of ``until``.

    Raises ``Misconfigured`` when it is no day.
    """
    try:
        day = date.fromisoformat(since)
    except ValueError:
        raise Misconfigured(f"not a day: {since}") from None
    while day.isoformat() <= until[:10]:
        yield day.isoformat()
        day += timedelta(days=1)


def user_named(by: str) -> Principal:
    """Who runs a command on an installation, for the log of use."""
    return Principal(id=by, name=by, role="operator")


def looking_only(services: Services) -> Services:
    """The same parts, of which the table refuses every write."""
    return replace(services, table=ReadOnly(services.table))


class ReadOnly:
    """A table to look at."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def get(self, key: Key, *, strong: bool = True) -> Item | None:
        return self._table.get(key, strong=strong)

    def query(self, pk: str, **asked: Unpack[Asked]) -> Page:
        return self._table.query(pk, **asked)

    def write(self, *operations: Operation) -> None:
        """Raises ``Misconfigured``: a command that looks must not change anything."""
        raise Misconfigured("this command changes nothing", writes=len(operations))
