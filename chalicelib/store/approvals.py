"""The register of approvals: each decision a line, numbered, never changed."""

from chalicelib.domain.account import Account
from chalicelib.domain.approval import Decision
from chalicelib.domain.moments import Moment
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import attributes, from_item, to_item
from chalicelib.store.reading import each
from chalicelib.store.table import Absent, Change, Put, Table


def taken(decision: Decision) -> Put:
    """A line of its own. Fails when another decision took this number just now."""
    key = keys.decision(decision.channel, decision.account, decision.number)
    expiry = expires_at("approval", decision.until or decision.recorded_at)
    return Put(to_item(key, decision, expires_at=expiry), only_if=Absent("pk"))


def on_account(account: Account) -> Change:
    """What counts from now on; everything else of the account stays as it is."""
    approvals = attributes(account)["approvals"]
    return Change(keys.account(account.channel, account.account), set={"approvals": approvals})


def register(table: Table, channel: str, account: str, now: Moment) -> list[Decision]:
    """All decisions on an account, oldest first."""
    partition = keys.decisions_partition(channel, account)
    return [from_item(Decision, item) for item in each(table, partition, now, strong=True)]
