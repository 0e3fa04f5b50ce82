"""What a volunteer chose, on a page of their own behind a link, and the end of it."""

from dataclasses import dataclass

from chalicelib.domain.conversation import Conversation
from chalicelib.domain.moments import later
from chalicelib.domain.volunteer import PAGE_LIFE, OwnPage, Volunteer
from chalicelib.errors import NotFound
from chalicelib.flows.citizen.doors import CITIZEN, must_not_try_too_often, refuse
from chalicelib.flows.citizen.volunteering import current, ended
from chalicelib.flows.services import Services
from chalicelib.store import access_log, case_doors, conversations, volunteers
from chalicelib.store.table import ConditionFailed


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a volunteer chose, and the conversation that it is about."""

    volunteer: Volunteer
    conversation: Conversation


def make_link(services: Services, subject: str) -> str:
    """The address of a new link to what they chose."""
    conversation = conversations.find(services.table, subject, services.now())
    one = current(services, conversation) if conversation else None
    secret, until = case_doors.new_secret(), later(services.now(), PAGE_LIFE)
    opened = OwnPage(subject=subject, agreed_at=one.agreed_at if one else "", until=until)
    services.table.write(volunteers.page(secret, opened))
    return f"{services.public_url}/meehelpen/mijn/{secret}"


def view_choice(services: Services, secret: str, place: str) -> Choice:
    """What this link opens. Raises ``NotFound``, always alike; logged as read."""
    now = services.now()
    opened = volunteers.page_of(services.table, secret, now)
    conversation = conversations.find(services.table, opened.subject, now) if opened else None
    one = current(services, conversation) if conversation else None
    if opened is None or conversation is None or one is None or one.agreed_at != opened.agreed_at:
        must_not_try_too_often(services, "helping_page", place)
        raise refuse(services, "helping", "unknown")
    services.table.write(access_log.read(CITIZEN, "volunteer", conversation.subject, now))
    return Choice(volunteer=one, conversation=conversation)


def end_by_page(services: Services, secret: str, place: str) -> None:
    """No more appeals, from now on. Raises ``NotFound``."""
    conversation = view_choice(services, secret, place).conversation
    try:
        services.table.write(
            *ended(services, conversation), conversations.helps_no_more(conversation.subject)
        )
    except ConditionFailed:
        raise NotFound("it ended just now") from None
