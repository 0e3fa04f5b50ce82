"""An appeal and its volunteers: who is asked, whether and how, and what asking one writes.

Who is asked follows from gemeente and topic, as they chose them. Their conversation is looked at
only for whether it can be done: the channel's rules, and whether they wait for us themselves.
"""

from dataclasses import replace

from chalicelib.domain.announcement import Announcement, Appeal, Person, Why
from chalicelib.domain.conversation import Asked, Conversation
from chalicelib.domain.fact import Fact
from chalicelib.domain.template import Template
from chalicelib.domain.volunteer import Volunteer, may_be_asked
from chalicelib.flows.citizen.volunteering import counted, said
from chalicelib.flows.incidents.reaching import (
    Reach,
    filled_in,
    hindrance_there,
    nobody,
    place,
    simple_ones,
    worded,
)
from chalicelib.flows.services import Services
from chalicelib.store import conversations, directory, volunteers
from chalicelib.store.table import Operation

MARKETING = "MARKETING"
"""Meta's category for what nobody needs: no appeal goes out as that."""


def volunteers_for(services: Services, appeal: Appeal) -> list[Person]:
    """Who asked for appeals about this gemeente and topic; nothing else is looked at."""
    found = volunteers.of_gemeente(services.table, appeal.gemeente, services.now())
    return [
        Person(
            reporter=one.subject,
            conversations={one.subject: one.channel},
            since=one.agreed_at,
        )
        for one in found
        if one.takes(appeal.topic)
    ]


def volunteer_of(services: Services, told: Announcement, person: Person) -> Volunteer | None:
    """Who was listed, as they wish it now; None when they stopped, or chose anew since."""
    if told.appeal is None:
        return None
    now, gemeente = services.now(), told.appeal.gemeente
    one = volunteers.find(services.table, gemeente, person.reporter, now)
    return one if one and one.agreed_at == person.since else None


def look_at(services: Services, told: Announcement, volunteer: Volunteer) -> Reach:
    """Whether and how this volunteer is asked."""
    now, subject = services.now(), volunteer.subject
    conversation = conversations.find(services.table, subject, now)
    if conversation is None or not conversation.author_id:
        return replace(nobody(subject, subject, volunteer.channel), volunteer=volunteer)
    here = replace(place(services, subject, conversation), volunteer=volunteer)
    text = with_foot(told, volunteer)
    why = hindrance(services, told, here, text)
    offers = for_appeals(services, conversation) if why == "window" else []
    return worded(services, here, why, text, filled_in(told, conversation, offers, text))


def with_foot(told: Announcement, volunteer: Volunteer) -> str:
    """The text with how to answer and how to stop; empty where nothing is said."""
    text = told.said_to("private", volunteer.voice)
    return f"{text}\n\n{said(volunteer.voice, 'foot')}" if text else ""


def for_appeals(services: Services, conversation: Conversation) -> list[Template]:
    """The templates there that can carry one."""
    return [one for one in simple_ones(services, conversation) if can_carry(one)]


def can_carry(template: Template) -> bool:
    """With one place, for the whole appeal; and of a kind that somebody asked for."""
    return (
        template.may_be_sent
        and len(template.places) == 1
        and template.category.upper() != MARKETING
    )


def hindrance(services: Services, told: Announcement, here: Reach, text: str) -> Why:
    """What stands in the way of asking them; empty where nothing does."""
    volunteer, conversation, now = here.volunteer, here.conversation, services.now()
    if volunteer is None or conversation is None:
        return "gone"
    if not may_be_asked(volunteer.asked, now):
        return "capped"
    if here.item and not here.item.answered:
        return "waits"
    if here.item and here.item.held_by_other(told.by, now):
        return "held"
    account = directory.find_account(services.table, conversation.channel, conversation.account)
    if account is None or not account.approved_for("appeal", now):
        return "closed"
    return hindrance_there(services, conversation, text) if text else "no_text"


def asked(
    services: Services, told: Announcement, way: Reach
) -> tuple[Fact | None, list[Operation]]:
    """One appeal more for this volunteer, and what their answer will belong to.

    Fails when they stopped, or had another appeal, meanwhile.
    """
    if not (told.appeal and way.volunteer and way.conversation):
        return None, []
    now = services.now()
    here = Asked(appeal=told.id, incident=told.incident, at=now)
    return counted(way.conversation, "appealed", now), [
        volunteers.asked(way.volunteer, now),
        conversations.was_asked(way.conversation, here),
    ]
