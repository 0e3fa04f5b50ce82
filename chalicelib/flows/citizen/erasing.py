"""A citizen asks to erase their matter; a person decides within a month, and it is carried out.

What goes: words, names, handles, files, notes of colleagues, what the assistant noted, that they
asked for appeals. What stays: that there was a case, when and in which team, and the log of use,
which the law wants kept (Wpg 32a). Raw envelopes go by themselves within fourteen days. Carrying
out may stop half-way and be done again: the case counts as erased only at the very end.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chalicelib.domain.case import ERASE_WITHIN, Case, CaseItem, CaseLink
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.principal import Principal
from chalicelib.errors import InvalidInput, NotFound
from chalicelib.flows import nudges
from chalicelib.flows.citizen.doors import CITIZEN, Visit
from chalicelib.flows.citizen.dossier import links_of
from chalicelib.flows.citizen.investigating import forget
from chalicelib.flows.citizen.volunteering import current
from chalicelib.flows.listening.overhearing import out_of_feeds
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.attached import to_be_destroyed
from chalicelib.store import (
    access_log,
    agenda,
    cases,
    conversations,
    deliveries,
    kept_messages,
    keys,
    media,
    queue,
    references,
    surveys,
    talks,
    timeline,
    volunteers,
)
from chalicelib.store.table import ConditionFailed, Operation

AT_ONCE = 20
LONGEST_GROUND = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request that waits for a person, until when it must be decided."""

    case: Case
    due_at: Moment
    links: tuple[CaseLink, ...]


def ask_to_erase(services: Services, inside: Visit) -> None:
    """The citizen asks. Asked again it is the same request."""
    case, now = inside.case, services.now()
    if case.erasure_asked_at or case.erased_at:
        return
    services.table.write(
        cases.asked_to_erase(case, now, later(now, ERASE_WITHIN)),
        cases.did(case.number, CaseItem(what="erasure_asked", at=now)),
        access_log.used(CITIZEN, "change_case", case.number, now),
    )


def requests(services: Services, principal: Principal) -> list[Request]:
    """What waits, the earliest due first."""
    principal.must_be_allowed_to("erase")
    found = cases.erasures(services.table, services.now())
    return [
        Request(
            case=case,
            due_at=later(case.erasure_asked_at or "", ERASE_WITHIN),
            links=tuple(links_of(services, case)),
        )
        for case in found
    ]


def decide(
    services: Services, principal: Principal, number: str, *, erase: bool, ground: str
) -> None:
    """A person decides, and says why not. Raises ``InvalidInput`` or ``NotFound``."""
    principal.must_be_allowed_to("erase")
    now = services.now()
    case = cases.find(services.table, number, now)
    if case is None or case.erasure_asked_at is None:
        raise NotFound("no such request")
    if not erase and not 0 < len(ground.strip()) <= LONGEST_GROUND:
        wrong = {"nl": "vul in waarom niet", "en": "say why not"}
        raise InvalidInput("not decided", {"ground": wrong})
    if erase:
        carry_out(services, case)
    refused = CaseItem(what="erasure_refused", at=now, text=ground.strip())
    item = CaseItem(what="erased", at=now) if erase else refused
    try:
        services.table.write(
            cases.erasure_decided(case, now, erased=erase),
            cases.did(number, item),
            access_log.used(principal, "erase", number, now),
        )
    except ConditionFailed:
        raise NotFound("it was decided before") from None


def carry_out(services: Services, case: Case) -> None:
    """Everything of every conversation of the case, what was said of it, and what they found."""
    forget(services, case)
    in_pieces(services, list(no_appointment(services, case)))
    month, now = (case.news_at or "")[:7], services.now()
    if surveys.rating_of(services.table, case.team, month, case.number, now):
        services.table.write(surveys.no_words(case.team, month, case.number))
    for link in links_of(services, case):
        files = media.of_conversation(services.table, link.subject, services.now())
        in_pieces(services, list(words_gone(services, link)))
        for one in files:
            destroyed_soon(services, one.id, link.subject)
        if link.until is None:
            in_pieces(services, list(nobody_behind(services, link)))


def no_appointment(services: Services, case: Case) -> Iterator[Operation]:
    """With the number to call, and what was written of it afterwards."""
    made = agenda.of_case(services.table, case.number, services.now())
    if made:
        yield from agenda.over(made)
    yield from cases.summaries_erased(services.table, case.number, services.now())


def words_gone(services: Services, link: CaseLink) -> Iterator[Operation]:
    """Messages both ways, and the notes about them."""
    now = services.now()
    for message in kept_messages.listing(services.table, link.subject, now):
        if not link.holds(message.arrival):
            continue
        yield kept_messages.erased(message, now)
        yield from out_of_feeds(message)
        if message.reply_id and deliveries.find(services.table, message.reply_id, now):
            yield deliveries.erased(message.reply_id)
    for sk in timeline.note_keys(services.table, link.subject, now):
        yield timeline.note_erased(link.subject, sk)


def nobody_behind(services: Services, link: CaseLink) -> Iterator[Operation]:
    """The lead from the handle, the name, the work that waits, what the assistant noted."""
    now = services.now()
    conversation = conversations.find(services.table, link.subject, now)
    talk = talks.find(services.table, link.subject, now)
    item = queue.find(services.table, link.subject, now)
    if talk:
        yield talks.ended(talk, conversation.newest_mark if conversation else "")
    if item:
        yield queue.finished(item)
    if conversation:
        chosen = current(services, conversation)
        if chosen:
            yield volunteers.ended(chosen)
        lead = keys.thread(link.channel, link.account, conversation.author_id)
        yield references.no_thread(lead, link.subject)
        yield conversations.forgotten(conversation)


def destroyed_soon(services: Services, id_: str, subject: str) -> None:
    """The file's bytes go in its own lane, within moments."""
    now, key = services.now(), keys.media(subject, id_)
    found = media.find(services.table, key, now)
    if found is None:
        return
    services.table.write(media.saved(found, to_be_destroyed(found, now)))
    services.jobs.send("media", nudges.media(key))


def in_pieces(services: Services, writes: Sequence[Operation]) -> None:
    """A few at a time: a transaction has a limit, and all of this may be done again."""
    for start in range(0, len(writes), AT_ONCE):
        services.table.write(*writes[start : start + AT_ONCE])
