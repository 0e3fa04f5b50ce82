"""Message templates as the platform last told them, in the directory."""

from chalicelib.domain.template import Template
from chalicelib.store import keys
from chalicelib.store.codec import attributes, from_item, to_item
from chalicelib.store.table import Delete, Key, Operation, Put, Table


def of_account(table: Table, channel: str, account: str) -> list[Template]:
    """All of an account, in every state, by name."""
    found = table.query(keys.DIRECTORY, prefix=keys.templates_of(channel, account))
    return [from_item(Template, item) for item in found.items]


def find(table: Table, channel: str, account: str, name: str, language: str) -> Template | None:
    item = table.get(keys.template(channel, account, name, language))
    return None if item is None else from_item(Template, item)


def replaced(before: list[Template], after: list[Template]) -> list[Operation]:
    """What makes the first into the second; what stays the same is not written."""
    known = {key_of(one): attributes(one) for one in before}
    new = {key_of(one): one for one in after}
    puts = [Put(to_item(key, one)) for key, one in new.items() if known.get(key) != attributes(one)]
    return [*puts, *(Delete(key) for key in known if key not in new)]


def key_of(template: Template) -> Key:
    return keys.template(template.channel, template.account, template.name, template.language)
