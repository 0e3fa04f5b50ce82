"""The directory: teams, agents and our accounts. Small, read often, changed by hand."""

from dataclasses import dataclass

from chalicelib.domain.account import Account
from chalicelib.domain.principal import Principal
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.table import Change, Item, Key, Present, Put, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A webcare team."""

    id: str
    name: str


def kept_team(team: Team) -> Put:
    return Put(to_item(keys.team(team.id), team))


def kept_agent(agent: Principal) -> Put:
    return Put(to_item(keys.agent(agent.id), agent))


def kept_account(account: Account) -> Put:
    return Put(to_item(keys.account(account.channel, account.account), account))


def set_up(account: Account, settings: dict[str, str]) -> Change:
    """The account's settings from now on; its approvals are not touched."""
    key = keys.account(account.channel, account.account)
    return Change(key, set={"settings": settings}, only_if=Present("pk"))


def find_account(
    table: Table, channel: str, account: str, *, strong: bool = True
) -> Account | None:
    """Our account. Not strong may miss a change of the last second, and costs half."""
    item = table.get(keys.account(channel, account), strong=strong)
    return None if item is None else from_item(Account, item)


def account_at(table: Table, key: Key) -> Account | None:
    """The account that stands under this key."""
    item = table.get(key)
    return None if item is None else from_item(Account, item)


def find_agent(table: Table, id_: str, *, strong: bool = True) -> Principal | None:
    """Not strong may miss a change of the last second, and costs half."""
    item = table.get(keys.agent(id_), strong=strong)
    return None if item is None else from_item(Principal, item)


def accounts(table: Table) -> list[Account]:
    return [from_item(Account, item) for item in listed(table, "CHANNEL#")]


def agents(table: Table) -> list[Principal]:
    return [from_item(Principal, item) for item in listed(table, "AGENT#")]


def teams(table: Table) -> list[Team]:
    return [from_item(Team, item) for item in listed(table, "TEAM#")]


def listed(table: Table, prefix: str) -> list[Item]:
    """Everything of one kind; the directory is small enough for one page of 1 MB."""
    return table.query(keys.DIRECTORY, prefix=prefix).items
