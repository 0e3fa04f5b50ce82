"""A citizen's matter gets its number, and its conversations belong to it.

The number is taken by condition, and so is the conversation's place in it: however many workers
open a case for one conversation, there is one.
"""

import secrets
from dataclasses import dataclass

from chalicelib.domain.account import Account
from chalicelib.domain.case import Case, CaseItem, CaseLink, News, is_over
from chalicelib.domain.case_number import numbered
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.talk import Talk
from chalicelib.errors import StoreUnavailable
from chalicelib.flows import nudges
from chalicelib.flows.services import Services
from chalicelib.store import cases, directory, keys, sessions, talks
from chalicelib.store.table import ConditionFailed, Operation

TRIES = 5
DIGITS = 10**8


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """The conversation that a case opens with; ``session`` where it is a chat of ours."""

    subject: str
    channel: str
    account: str
    team: str
    lang: str = "nl"
    session: str | None = None


def case_of(services: Services, subject: str) -> Case | None:
    """The case that a conversation belongs to, if any."""
    now = services.now()
    talk = talks.find(services.table, subject, now)
    return cases.find(services.table, talk.case, now) if talk and talk.case else None


def open_case(services: Services, beginning: Beginning) -> Case:
    """The case of a conversation: the one that it has, or a new one where that is over."""
    for _ in range(TRIES):
        talk = talks.find(services.table, beginning.subject, services.now())
        known = case_of(services, beginning.subject)
        if known and not is_over(known, services.now()):
            return known
        try:
            return write_case(services, beginning, talk if known else None)
        except ConditionFailed:
            continue  # the number was taken, or another worker was faster
    raise StoreUnavailable("no case could be opened")


def write_case(services: Services, beginning: Beginning, earlier: Talk | None) -> Case:
    """One attempt; ``earlier`` belongs to a case that is over. Raises ``ConditionFailed``."""
    now, before = services.now(), earlier.case if earlier else None
    since = earlier.since if earlier else ""
    chat = chat_account(services, beginning.team)
    case = Case(
        number=numbered(f"{secrets.randbelow(DIGITS):08}"),
        team=beginning.team,
        opened_at=now,
        session=beginning.session or sessions.new_secret(),
        chat=beginning.account if beginning.session else (chat.account if chat else None),
        lang=beginning.lang,
    )
    link = CaseLink(
        number=case.number,
        subject=beginning.subject,
        channel=beginning.channel,
        account=beginning.account,
        at=now,
        by="opened",
        since=since,
    )
    ends = [cases.link_ended(before, beginning.subject, since)] if before else []
    services.table.write(
        *ends,
        cases.opened(case, now),
        talks.belongs(beginning.subject, case.number, now, before),
        cases.linked(link, now),
        cases.did(case.number, CaseItem(what="opened", at=now)),
    )
    return case


def continue_case(services: Services, conversation: Conversation, case: Case) -> None:
    """What is said here from now on belongs to a case that exists, as a colleague decided."""
    subject, now = conversation.subject, services.now()
    talk = talks.find(services.table, subject, now)
    before, since = (talk.case, talk.since) if talk else (None, "")
    if before == case.number:
        return
    link = CaseLink(
        number=case.number,
        subject=subject,
        channel=conversation.channel,
        account=conversation.account,
        at=now,
        by="colleague",
        since=since if before else "",
    )
    services.table.write(
        *([cases.link_ended(before, subject, since)] if before else []),
        talks.belongs(subject, case.number, now, before),
        cases.linked(link, now),
    )


def chat_account(services: Services, team: str) -> Account | None:
    """Where a citizen may add to their dossier: the team's own chat, else any that is approved."""
    now = services.now()
    chats = [one for one in directory.accounts(services.table) if one.channel == "chat"]
    open_now = [one for one in chats if one.approved_for("answer", now)]
    return next(iter(sorted(open_now, key=lambda one: one.team != team)), None)


def news(services: Services, number: str | None, what: News) -> tuple[Operation, ...]:
    """The write that owes the citizen news of their case; none where there is no case."""
    return (cases.news(number, what, services.now()),) if number else ()


def tell_news(services: Services, number: str | None) -> None:
    """Nudge, after that write."""
    if number:
        services.jobs.send("deliver", nudges.case(keys.case(number)))
