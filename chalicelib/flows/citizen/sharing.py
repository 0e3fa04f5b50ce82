"""The citizen lets somebody else read a part of their dossier for a while, and ends that again."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from chalicelib.domain.case import SHARE_DAYS, CaseItem, Door, Part, Share
from chalicelib.domain.moments import later
from chalicelib.errors import InvalidInput, NotFound
from chalicelib.flows.citizen.doors import CITIZEN, Visit
from chalicelib.flows.services import Services
from chalicelib.store import access_log, case_doors, cases, keys
from chalicelib.store.table import ConditionFailed

MOST_SHARES = 10


def share(services: Services, inside: Visit, days: int, parts: Sequence[Part]) -> str:
    """The address to hand on; shown once. Raises ``InvalidInput``."""
    case, now = inside.case, services.now()
    standing = case_doors.shares(services.table, case.number, now)
    if days not in SHARE_DAYS or len(standing) >= MOST_SHARES:
        wrong = {"nl": f"Kies {days_in_words('of')} dagen.", "en": f"Choose {days_in_words('or')}."}
        raise InvalidInput("not shared", {"days": wrong})
    secret, until = case_doors.new_secret(), later(now, timedelta(days=days))
    chosen: tuple[Part, ...] = ("status", "messages") if "messages" in parts else ("status",)
    made = Share(
        id=secrets.token_hex(8),
        number=case.number,
        until=until,
        parts=chosen,
        digest=keys.secret_digest(secret),
    )
    door = Door(
        kind="share", number=case.number, round=case.round, until=until, parts=chosen, id=made.id
    )
    services.table.write(
        case_doors.door(secret, door),
        case_doors.shared(made),
        cases.did(case.number, CaseItem(what="shared", at=now)),
        access_log.used(CITIZEN, "change_case", case.number, now),
    )
    return f"{services.public_url}/melding/gedeeld/{secret}"


def days_in_words(between: str) -> str:
    *first, last = SHARE_DAYS
    return f"{', '.join(map(str, first))} {between} {last}"


def end_share(services: Services, inside: Visit, id_: str) -> None:
    """Nobody reads along by this address any more. Raises ``NotFound``."""
    case, now = inside.case, services.now()
    found = [one for one in case_doors.shares(services.table, case.number, now) if one.id == id_]
    if not found:
        raise NotFound("no such share")
    try:
        services.table.write(
            case_doors.shut(found[0].digest),
            case_doors.no_longer_shared(found[0]),
            cases.did(case.number, CaseItem(what="share_ended", at=now)),
        )
    except ConditionFailed:
        return  # it was ended before
