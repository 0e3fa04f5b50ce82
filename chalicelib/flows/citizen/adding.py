"""The citizen adds to their matter in the dossier: text, files, a correction, a question.

What they add goes in through the web chat, as any message does: kept as an envelope, assessed,
placed on the queue. The place in the chat belongs to the case from before its first message.
"""

import json
from collections.abc import Mapping, Sequence

from chalicelib.channels.chat.rules import LONGEST_TEXT, NAME
from chalicelib.channels.chat.visitor import HEADER, signed
from chalicelib.channels.contract import WebhookRequest
from chalicelib.domain.account import Account
from chalicelib.domain.case import Case, CaseItem, CaseLink
from chalicelib.domain.contact import Join, handle_of
from chalicelib.errors import InvalidInput, NotFound
from chalicelib.flows.assessing.beginning import contact_id
from chalicelib.flows.citizen.doors import CITIZEN, Visit
from chalicelib.flows.citizen.dossier import first_conversation, thread_of
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in import bringing_in_parts
from chalicelib.flows.taking_in.bringing import bring_along
from chalicelib.flows.taking_in.chatting import say
from chalicelib.flows.taking_in.receiving import known_account
from chalicelib.store import access_log, cases, contacts, keys, references, talks
from chalicelib.store.table import ConditionFailed, Operation

BEGINS: Mapping[str, str] = {"correction": "Verbetering: ", "question": "Vraag: "}
WITHDRAWN = "Ik trek mijn melding in."
WITH_FILE = "Bij mijn melding."
GROUND = "de inwoner schreef in het eigen dossier, dat alleen met de eigen link of code opengaat"


def add(
    services: Services,
    inside: Visit,
    text: str,
    *,
    message_id: str,
    kind: str = "more",
    files: Sequence[Mapping[str, str]] = (),
) -> None:
    """Take it in, once for each ``message_id``. Raises ``InvalidInput`` or ``NotFound``."""
    text = text.strip() or (WITH_FILE if files else "")
    if not text or len(text) > LONGEST_TEXT:
        wrong = {"nl": "Schrijf eerst wat u wilt zeggen.", "en": "First write what to say."}
        raise InvalidInput("nothing to add", {"text": wrong})
    account, case = open_chat(services, inside.case), inside.case
    belong(services, case)
    fields = {
        "type": "message",
        "message_id": message_id,
        "session_id": case.session,
        "text": BEGINS.get(kind, "") + text,
        "attachments": [dict(one) for one in files],
    }
    visitor = signed(case.session, services.secrets.of(NAME, account.account))
    body = json.dumps(fields, sort_keys=True).encode()
    say(
        services,
        account.account,
        WebhookRequest(method="POST", headers={HEADER: visitor}, body=body),
        fields,
    )


def bring(services: Services, inside: Visit, name: str, body: bytes) -> str:
    """Keep a file for what is added next; its key. Raises as ``bring_along`` does."""
    account = open_chat(services, inside.case).account
    return bring_along(services, NAME, account, name, body, who=inside.case.number)


def begin_bringing(services: Services, inside: Visit, name: str, size: int) -> str:
    """Room for a large file; its key. Raises as ``bringing_in_parts.begin`` does."""
    account = open_chat(services, inside.case).account
    return bringing_in_parts.begin(services, NAME, account, name, size, who=inside.case.number)


def open_chat(services: Services, case: Case) -> Account:
    """Where it goes. Raises ``NotFound`` or ``ChannelNotApproved`` while nothing can be added."""
    if case.chat is None:
        raise NotFound("nothing can be added here")
    account = known_account(services, NAME, case.chat)
    account.must_be_approved_for("answer", services.now())
    return account


def belong(services: Services, case: Case) -> None:
    """The chat's conversation is the case's before anything is written in it."""
    if thread_of(services, case):
        return
    now, subject = services.now(), keys.digest("dossier", case.number)
    link = CaseLink(
        number=case.number,
        subject=subject,
        channel=NAME,
        account=case.chat or "",
        at=now,
        by="dossier",
    )
    lead = keys.thread(NAME, case.chat or "", case.session)
    writes: list[Operation] = [
        references.first_thread(lead, subject, now),
        talks.told(subject, case.number, now),
        cases.linked(link, now),
        *one_person(services, case),
    ]
    try:
        services.table.write(*writes)
    except ConditionFailed:
        if not thread_of(services, case):
            raise


def one_person(services: Services, case: Case) -> tuple[Operation, ...]:
    """Who holds the link that went to a handle is the person behind it: recorded so."""
    first = first_conversation(services, case)
    if first is None:
        return ()
    now = services.now()
    join = Join(
        contact=first.contact,
        other=contact_id(handle_of(NAME, case.session)),
        how="code",
        by=CITIZEN.id,
        name=CITIZEN.name,
        at=now,
        ground=GROUND,
    )
    return contacts.joined(join, now)


def withdraw(services: Services, inside: Visit, message_id: str) -> None:
    """The citizen takes the matter back. A person reads that; nothing is closed by it."""
    case, now = inside.case, services.now()
    if case.withdrawn_at:
        return
    add(services, inside, WITHDRAWN, message_id=message_id)
    services.table.write(
        cases.changed(case, withdrawn_at=now),
        cases.did(case.number, CaseItem(what="withdrawn", at=now)),
        access_log.used(CITIZEN, "change_case", case.number, now),
    )


def set_updates(services: Services, inside: Visit, *, wanted: bool) -> None:
    """Whether we tell news of the case by ourselves."""
    case, now = inside.case, services.now()
    services.table.write(
        cases.changed(case, updates=wanted),
        cases.did(case.number, CaseItem(what="updates_on" if wanted else "updates_off", at=now)),
    )
