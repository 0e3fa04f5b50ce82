"""What an agent is writing is kept on the server: it survives a time-out, a crash, an emergency."""

from dataclasses import dataclass, replace
from uuid import uuid4

from chalicelib.domain.draft import LONGEST_DRAFT, Draft
from chalicelib.domain.principal import Principal
from chalicelib.errors import TooLong
from chalicelib.flows.desk.queueing import found
from chalicelib.flows.services import Services
from chalicelib.store import conversations, deliveries, drafts


@dataclass(frozen=True, slots=True)
class Unsent:
    """A conversation in which the agent has something unsent, and whom it is with."""

    subject: str
    name: str | None


def keep_draft(services: Services, agent: Principal, draft: Draft) -> Draft:
    """Keep it as it is now; an empty one is removed. Raises ``NotFound`` or ``TooLong``."""
    agent.must_be_allowed_to("answer")
    longest = max(len(draft.text), len(draft.note), len(draft.choices))
    if longest > LONGEST_DRAFT:
        raise TooLong("too long to keep", longest=LONGEST_DRAFT, length=longest)
    found(services, draft.subject)
    mine = replace(draft, agent=agent.id, saved_at=services.now())
    services.table.write(
        drafts.gone(mine.subject, agent.id) if mine.is_empty else drafts.kept(mine)
    )
    return mine


def add_below(services: Services, agent: Principal, subject: str, text: str) -> Draft:
    """Put a text into the agent's draft, below what they wrote."""
    before = draft_of(services, agent, subject)
    draft = before or Draft(subject=subject, agent=agent.id, reply_id="", saved_at=services.now())
    whole = "\n\n".join(part for part in (draft.text.strip(), text) if part)
    reply_id = draft.reply_id or uuid4().hex
    return keep_draft(services, agent, replace(draft, text=whole, reply_id=reply_id))


def draft_of(services: Services, agent: Principal, subject: str) -> Draft | None:
    """The agent's own draft here; of an answer that was sent already only the note is left."""
    if not agent.may("answer"):
        return None
    draft = drafts.find(services.table, subject, agent.id, services.now())
    if draft is None or not was_sent(services, draft):
        return draft
    rest = only_note(draft)
    return None if rest.is_empty else rest


def was_sent(services: Services, draft: Draft) -> bool:
    """Whether the answer was kept and a crash came before the draft was removed."""
    if not draft.reply_id:
        return False
    delivery = deliveries.find(services.table, draft.reply_id, services.now())
    return delivery is not None and delivery.state != "taken_back"


def forget_answer(services: Services, agent: Principal, subject: str) -> None:
    """The answer was sent; an unsaved note stays."""
    draft = drafts.find(services.table, subject, agent.id, services.now())
    if draft:
        keep_draft(services, agent, only_note(draft))


def forget_note(services: Services, agent: Principal, subject: str) -> None:
    """The note was saved; an unsent answer stays."""
    draft = drafts.find(services.table, subject, agent.id, services.now())
    if draft:
        keep_draft(services, agent, replace(draft, note=""))


def only_note(draft: Draft) -> Draft:
    return replace(draft, reply_id="", text="", choices="", files=(), privately=False)


def unsent(services: Services, agent: Principal, except_for: str = "") -> list[Unsent]:
    """Where the agent has something unsent, so that it is never forgotten."""
    if not agent.may("answer"):
        return []
    now = services.now()
    wanted = drafts.subjects_of(services.table, agent.id, now)
    known = [
        conversations.find(services.table, subject, now)
        for subject in wanted
        if subject != except_for
    ]
    return [Unsent(one.subject, one.author_name) for one in known if one]
