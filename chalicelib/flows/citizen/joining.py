"""Two contacts are one person: recorded by a colleague with a ground, and taken back likewise.

Nothing is rewritten: conversations keep the contact that they began with, and whoever looks at one
sees the others that were joined to it. So a wrong join is undone without a trace in them, and with
a trace in the record.
"""

from dataclasses import dataclass, replace

from chalicelib.domain.contact import Handle, Join, handle_of
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.principal import Principal
from chalicelib.errors import InvalidInput, NotFound, StaleVersion
from chalicelib.flows.services import Services
from chalicelib.store import access_log, contacts
from chalicelib.store.table import ConditionFailed

LONGEST_GROUND = 500
MOST_JOINED = 20
"""One person has a handful of handles; more than this is a mistake, not a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactView:
    """A contact: their handles, conversations and joins, with those that were joined to them."""

    id: str
    handles: list[Handle]
    conversations: list[Conversation]
    joins: list[Join]


def view_contact(services: Services, principal: Principal, contact: str) -> ContactView:
    """All that is one person, as far as was recorded. Raises ``NotFound``."""
    principal.must_be_allowed_to("read_conversation")
    now = services.now()
    own = must_exist(services, contact)
    group = one_person(services, contact)
    others = (contacts.conversations_of(services.table, one, now) for one in group[1:])
    found = [*own, *(conversation for one in others for conversation in one)]
    services.table.write(access_log.read(principal, "read_contact", contact, now))
    return ContactView(
        id=contact,
        handles=list(dict.fromkeys(handle_of(one.channel, one.author_id) for one in found)),
        conversations=found,
        joins=contacts.of_contact(services.table, contact, now),
    )


def one_person(services: Services, contact: str) -> list[str]:
    """The contact and all that are joined to it, directly or through another."""
    found, now = [contact], services.now()
    for one in found:
        if len(found) >= MOST_JOINED:
            break
        joins = contacts.of_contact(services.table, one, now)
        found += [join.other for join in joins if join.holds and join.other not in found]
    return found


def join(services: Services, principal: Principal, contact: str, other: str, ground: str) -> Join:
    """Record that two contacts are one person.

    Raises ``InvalidInput``, ``NotFound``, or ``StaleVersion`` when they are joined already.
    """
    principal.must_be_allowed_to("answer")
    check(contact, other, ground)
    for one in (contact, other):
        must_exist(services, one)
    now = services.now()
    made = Join(
        contact=contact,
        other=other,
        how="person",
        by=principal.id,
        name=principal.name,
        at=now,
        ground=ground.strip(),
    )
    line = access_log.used(principal, "join", f"{contact} {other}", now)
    try:
        services.table.write(*contacts.joined(made, now), line)
    except ConditionFailed:
        raise StaleVersion("they are joined already") from None
    return made


def part(services: Services, principal: Principal, contact: str, other: str, ground: str) -> Join:
    """Record that they are not one person after all. Raises as ``join``."""
    principal.must_be_allowed_to("answer")
    check(contact, other, ground)
    now = services.now()
    before = contacts.find(services.table, contact, other, now)
    if before is None or not before.holds:
        raise NotFound("they are not joined")
    after = replace(before, parted_at=now, parted_by=principal.id, parted_ground=ground.strip())
    line = access_log.used(principal, "part", f"{contact} {other}", now)
    try:
        services.table.write(*contacts.parted(before, after, now), line)
    except ConditionFailed:
        raise StaleVersion("somebody changed this just now") from None
    return after


def must_exist(services: Services, contact: str) -> list[Conversation]:
    """The contact's own conversations. Raises ``NotFound`` when there is none."""
    found = list(contacts.conversations_of(services.table, contact, services.now()))
    if not found:
        raise NotFound("no such contact")
    return found


def check(contact: str, other: str, ground: str) -> None:
    """Raises ``InvalidInput``: without a ground nobody is joined to anybody."""
    wrong: dict[str, dict[str, str]] = {}
    if contact == other:
        wrong["with"] = {"nl": "dit is hetzelfde contact", "en": "this is the same contact"}
    if not 0 < len(ground.strip()) <= LONGEST_GROUND:
        wrong["ground"] = {"nl": "vul in waarom", "en": "say on what ground"}
    if wrong:
        raise InvalidInput("contacts not joined", wrong)
