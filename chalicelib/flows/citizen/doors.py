"""The doors to a dossier: a link, a number with a one-time code, a session, a share.

    link ──GET shows a page, POST──▶ session ◀──POST── number + code (sent to the citizen's channel)

Whatever is wrong, who tries hears the same after the same work: it does not open. Each refusal is
counted for the operator; how often somebody may try is bounded by where they come from and by the
number. A link opens in one browser only: whoever finds it later gets no further.
"""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from chalicelib.domain.case import (
    CODE_DIGITS,
    CODE_LIFE,
    LINK_LIFE,
    MOST_CODE_TRIES,
    SESSION_LIFE,
    Case,
    CaseItem,
    Door,
    DoorKind,
    OneTimeCode,
    Part,
)
from chalicelib.domain.case_number import read_number
from chalicelib.domain.moments import later
from chalicelib.domain.principal import Principal
from chalicelib.errors import NotFound
from chalicelib.flows.services import Services
from chalicelib.log import logger
from chalicelib.store import access_log, case_doors, cases, guards, keys, one_time_codes, refusals
from chalicelib.store.table import ConditionFailed, Operation

CITIZEN = Principal(id="citizen", name="inwoner", role="system")
"""Who holds a door's secret: we know that, and nothing else."""

MOST_TRIES = 30
"""Refused tries an hour from one place; also codes tried for one number."""

MOST_CODES = 3
"""Codes an hour for one number."""

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without what looks alike: 0 and O, 1, I and L."""

NOT_OPEN = "this does not open"

NO_NUMBER = "nothing"
NO_CODE = OneTimeCode(digest="nothing", salt="nothing", until="")
"""What is looked up, digested and tried for what does not exist: the same work as for what does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Somebody inside a dossier: which case, through which door, and its secret."""

    case: Case
    door: Door
    secret: str

    @property
    def may_change(self) -> bool:
        """Whether it is the citizen, not somebody with whom a part is shared."""
        return self.door.kind == "session"

    @property
    def parts(self) -> Sequence[Part]:
        return self.door.parts or ("status", "messages")


def refuse(services: Services, what: str, why: str) -> NotFound:
    """Count it, log it, and say what is always said."""
    logger.warning("dossier refused", door=what, reason=why)
    services.table.write(refusals.refused("dossier", what, why, services.now()))
    return NotFound(NOT_OPEN)


def must_not_try_too_often(services: Services, what: str, who: str, most: int = MOST_TRIES) -> None:
    """Raises ``NotFound`` like any other refusal."""
    try:
        services.table.write(guards.counted(what, who, most, services.now()))
    except ConditionFailed:
        raise refuse(services, what, "too many tries") from None


def made(services: Services, case: Case, kind: DoorKind, life: timedelta) -> tuple[str, Operation]:
    """A new secret and the write that makes it open."""
    secret, until = case_doors.new_secret(), later(services.now(), life)
    door = Door(kind=kind, number=case.number, round=case.round, until=until)
    return secret, case_doors.door(secret, door)


def make_link(services: Services, number: str) -> str | None:
    """The address of a new link to this dossier; None where there is no such case any more."""
    case = cases.find(services.table, number, services.now())
    if case is None:
        return None
    secret, write = made(services, case, "link", LINK_LIFE)
    services.table.write(write)
    return f"{services.public_url}/melding/link/{secret}"


def make_code(services: Services, number: str) -> str | None:
    """A new one-time code for this dossier, in fours; the earlier one is gone."""
    if cases.find(services.table, number, services.now()) is None:
        return None
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    services.table.write(one_time_codes.code_given(number, code, later(services.now(), CODE_LIFE)))
    return f"{code[:4]} {code[4:]}"


def typed_code() -> str:
    """About forty random bits that are easy to type over; proves who sends them to us."""
    return "".join(secrets.choice(SIGNS) for _ in range(8))


def shown_code(word: str, signs: str) -> str:
    return f"{word}-{signs[:4]}-{signs[4:]}"


def code_in(word: str, text: str) -> str | None:
    """Such a code after this word, when a message brings it and nothing else."""
    found = re.fullmatch(
        rf"{word}[- ]?([{SIGNS}]{{4}})[- ]?([{SIGNS}]{{4}})", text.strip(), re.IGNORECASE
    )
    return "".join(found.groups()).upper() if found else None


def enter(services: Services, case: Case) -> str:
    """A session in the dossier; its secret, for a cookie."""
    secret, write = made(services, case, "session", SESSION_LIFE)
    log = access_log.used(CITIZEN, "open_case", case.number, services.now())
    services.table.write(write, log)
    return secret


def redeem(services: Services, secret: str, place: str, browser: str = "") -> str:
    """A link opens a session, in the browser (its last session) that used it first, or in any.

    Raises ``NotFound``, always alike.
    """
    door, case = opened(services, secret, "link", place, browser)
    session, write = made(services, case, "session", SESSION_LIFE)
    log = access_log.used(CITIZEN, "open_case", case.number, services.now())
    try:
        services.table.write(write, case_doors.used_in(secret, door, session), log)
    except ConditionFailed:
        raise refuse(services, "link", "used elsewhere") from None
    return session


def opened(
    services: Services, secret: str, kind: DoorKind, place: str, browser: str = ""
) -> tuple[Door, Case]:
    """What this secret opens now. Raises ``NotFound``; too many of those close the way."""
    now = services.now()
    door = case_doors.door_of(services.table, secret, now)
    case = cases.find(services.table, door.number if door else NO_NUMBER, now)
    if door is None or case is None or door.kind != kind:
        why = "unknown"
    elif not door.opens(case, now):
        why = "ended"
    elif door.is_new_to(keys.secret_digest(browser)):
        why = "used elsewhere"
    else:
        return door, case
    must_not_try_too_often(services, kind, place)
    raise refuse(services, kind, why)


def visit(services: Services, secret: str) -> Visit | None:
    """Who is inside with this cookie; None for who is not (any more)."""
    now = services.now()
    door = case_doors.door_of(services.table, secret, now) if secret else None
    case = cases.find(services.table, door.number, now) if door else None
    if door is None or case is None or door.kind != "session" or not door.opens(case, now):
        return None
    services.table.write(access_log.read(CITIZEN, "read_case", case.number, now))
    return Visit(case=case, door=door, secret=secret)


def visit_share(services: Services, secret: str, place: str) -> Visit:
    """Who reads a shared part. Raises ``NotFound``, always alike."""
    door, case = opened(services, secret, "share", place)
    services.table.write(access_log.read(CITIZEN, "share_case", case.number, services.now()))
    return Visit(case=case, door=door, secret=secret)


def enter_by_code(services: Services, number: str, said: str, place: str) -> str:
    """A number with its one-time code opens a session. Raises ``NotFound``, always alike."""
    must_not_try_too_often(services, "code", place)
    known = read_number(number) or NO_NUMBER
    must_not_try_too_often(services, "code", known)
    now = services.now()
    case = cases.find(services.table, known, now)
    use_up(services, known, one_time_codes.code_of(services.table, known, now) or NO_CODE, said)
    if case is None:
        raise refuse(services, "code", "unknown")
    return enter(services, case)


def use_up(services: Services, number: str, code: OneTimeCode, said: str) -> None:
    """Right, in time and for the first time. Raises ``NotFound``.

    A code is looked at before its try is counted, and nothing is told before that is written: so
    what is no code takes as long as what is one.
    """
    right = one_time_codes.is_right(code, "".join(one for one in said if one.isdigit()))
    try:
        services.table.write(one_time_codes.tried(number, code, MOST_CODE_TRIES))
        if not right:
            raise refuse(services, "code", "wrong")
        services.table.write(one_time_codes.code_used(number, code))
    except ConditionFailed:
        raise refuse(services, "code", "no such code, or used up") from None


def leave(services: Services, secret: str) -> None:
    """Out, quickly: what the cookie holds opens nothing from now on."""
    if secret:
        services.table.write(case_doors.shut_quietly(secret))


def close_doors(services: Services, inside: Visit) -> str:
    """Every link, session, code and share of this case is shut; a new session for who asked."""
    case, now = inside.case, services.now()
    after = replace(case, round=case.round + 1)
    gone = [
        case_doors.no_longer_shared(one)
        for one in case_doors.shares(services.table, case.number, now)
    ]
    services.table.write(
        cases.changed(case, round=after.round),
        cases.did(case.number, CaseItem(what="closed_doors", at=now)),
        one_time_codes.no_code(case.number),
        *gone,
        access_log.used(CITIZEN, "change_case", case.number, now),
    )
    return enter(services, after)
