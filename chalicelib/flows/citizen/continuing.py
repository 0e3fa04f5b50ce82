"""The same matter on another channel: a code from the dossier, sent there by the citizen.

    dossier: a code ──sent there by the citizen──▶ it came ──confirmed in the dossier──▶ joined

That act proves that both are one person, and is recorded so. A case number proves nothing.
"""

from chalicelib.domain.case import JOIN_LIFE, CaseItem, CaseLink, Door, Joining
from chalicelib.domain.contact import Join
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.moments import later
from chalicelib.errors import NotFound
from chalicelib.flows.citizen.doors import CITIZEN, Visit, shown_code, typed_code
from chalicelib.flows.citizen.dossier import first_conversation
from chalicelib.flows.services import Services
from chalicelib.store import access_log, case_doors, cases, contacts, conversations, keys, talks
from chalicelib.store.table import ConditionFailed, Operation

GROUND = "de inwoner stuurde de code uit het eigen dossier en bevestigde dat daar"


def begin_joining(services: Services, inside: Visit) -> str:
    """A code, good once and for a quarter of an hour."""
    signs = typed_code()
    number, until = inside.case.number, later(services.now(), JOIN_LIFE)
    door = Door(kind="join", number=number, round=inside.case.round, until=until)
    digest = keys.secret_digest(signs)
    services.table.write(
        case_doors.door(signs, door),
        case_doors.awaited(Joining(number=number, digest=digest, until=until)),
    )
    return shown_code("NABIJ", signs)


def confirm(services: Services, inside: Visit) -> None:
    """Yes, that was me: the conversation belongs to this case. Raises ``NotFound``."""
    number, now = inside.case.number, services.now()
    came = came_in(services, inside)
    conversation = conversations.find(services.table, came.subject or "", now)
    if conversation is None:
        raise NotFound("no such conversation")
    talk = talks.find(services.table, conversation.subject, now)
    link = CaseLink(
        number=number,
        subject=conversation.subject,
        channel=conversation.channel,
        account=conversation.account,
        at=now,
        by="code",
    )
    before = talk.case if talk else None
    try:
        services.table.write(
            case_doors.joining_ended(came),
            talks.belongs(conversation.subject, number, now, before),
            cases.linked(link, now),
            cases.did(number, CaseItem(what="joined", at=now, text=conversation.channel)),
            access_log.used(CITIZEN, "join", f"{number} {conversation.subject}", now),
        )
    except ConditionFailed:
        raise NotFound("it was settled before") from None
    record(services, inside, conversation)


def record(services: Services, inside: Visit, conversation: Conversation) -> None:
    """That both contacts are one person, on which ground."""
    first, now = first_conversation(services, inside.case), services.now()
    if first is None or first.contact == conversation.contact:
        return
    join = Join(
        contact=first.contact,
        other=conversation.contact,
        how="code",
        by=CITIZEN.id,
        name=CITIZEN.name,
        at=now,
        ground=GROUND,
    )
    writes: tuple[Operation, ...] = contacts.joined(join, now)
    try:
        services.table.write(*writes)
    except ConditionFailed:
        return  # they were joined already


def refuse(services: Services, inside: Visit) -> None:
    """No, that was not me: nothing is joined. Raises ``NotFound``."""
    came = came_in(services, inside)
    try:
        services.table.write(case_doors.joining_ended(came))
    except ConditionFailed:
        return


def came_in(services: Services, inside: Visit) -> Joining:
    found = case_doors.joining_of(services.table, inside.case.number, services.now())
    if found is None or found.subject is None:
        raise NotFound("no code came in")
    return found
