"""A message that brings the code of a dossier proves whose it is, and is no work for anybody."""

from chalicelib.domain.case import Joining
from chalicelib.domain.conversation import Conversation
from chalicelib.flows.citizen import doors
from chalicelib.flows.services import Services
from chalicelib.store import case_doors, cases, keys
from chalicelib.store.table import ConditionFailed


def code_in(text: str) -> str | None:
    """The code that a message brings, and it brings nothing else."""
    return doors.code_in("NABIJ", text)


def is_proof(services: Services, conversation: Conversation, text: str) -> bool:
    """Whether this message is a code of ours that is good; then it is noted where it came in.

    Safe to run twice. A code that is not good is a message like any other.
    """
    signs = code_in(text)
    if signs is None or conversation.thread is not None:
        return False
    now = services.now()
    door = case_doors.door_of(services.table, signs, now)
    case = cases.find(services.table, door.number, now) if door else None
    if door is None or case is None or door.kind != "join" or not door.opens(case, now):
        return False
    if door.used_by:
        return door.used_by == conversation.subject
    came = Joining(
        number=door.number,
        digest=keys.secret_digest(signs),
        until=door.until,
        subject=conversation.subject,
        channel=conversation.channel,
        name=conversation.author_name,
    )
    try:
        services.table.write(*case_doors.code_came(door, came.digest, came))
    except ConditionFailed:
        return False
    return True


def language_of(services: Services, text: str) -> str:
    """The language of the case whose code this is; Dutch where it is nobody's."""
    now = services.now()
    door = case_doors.door_of(services.table, code_in(text) or "", now)
    case = cases.find(services.table, door.number, now) if door else None
    return case.lang if case else "nl"
