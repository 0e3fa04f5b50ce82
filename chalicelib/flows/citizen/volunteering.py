"""A citizen asks for appeals about a gemeente, is proven, sees what they chose, and ends it.

    page, or a message ──▶ wish ──the code or word comes from their own channel──▶ volunteer
    STOP, or their page ──▶ gone, with what they chose

Proof and wish are two acts, the second on the channel itself: nobody signs up somebody else. Of who
they are nothing is kept and nothing is read.
"""

from chalicelib.detection.locating.gazetteer import at_hand
from chalicelib.domain.account import Account
from chalicelib.domain.assessment import Topic
from chalicelib.domain.conversation import Conversation, Event, EventWhat
from chalicelib.domain.fact import Fact, What
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.volunteer import CAPS, TOPICS, WISH_LIFE, Volunteer, Wish
from chalicelib.errors import InvalidInput
from chalicelib.flows.answering.elsewhere import SPOKEN
from chalicelib.flows.briefly import Briefly
from chalicelib.flows.citizen.assisted import can_be_assisted
from chalicelib.flows.citizen.doors import CITIZEN, must_not_try_too_often, shown_code, typed_code
from chalicelib.flows.citizen.wording import spoken_from
from chalicelib.flows.services import Services
from chalicelib.intake.words import words
from chalicelib.store import (
    access_log,
    announcements,
    conversations,
    directory,
    keys,
    timeline,
    volunteers,
)
from chalicelib.store.table import Operation

WORD = "MEE"
"""What the code begins with that proves a wish."""

NEVER = frozenset({SPOKEN, "facebook"})
"""Who spoke wrote nothing; what is written to a page in private comes by Messenger."""

MOST_WISHES = 10
"""An hour, from one place."""


def takes_appeals(services: Services, channel: str) -> bool:
    """Whether appeals can go there: in private, to somebody who is reached without looking."""
    if channel not in services.channels or channel in NEVER:
        return False
    on_our_page = services.channel(channel).rules.on_our_page
    return can_be_assisted(services, channel) and not on_our_page


def accounts_read(services: Services) -> list[Account]:
    now = services.now()
    return [
        one
        for one in directory.accounts(services.table)
        if takes_appeals(services, one.channel)
        and one.approved_for("appeal", now)
        and one.approved_for("answer", now)
    ]


ACCOUNTS = Briefly(accounts_read)
"""Where citizens can ask for appeals; none unless somebody approved it."""


def wish(services: Services, gemeente: str, topics: list[str], voice: str, place: str) -> str:
    """Asked for on the page: the code that is to be sent from the citizen's own channel.

    Raises ``InvalidInput``, or ``NotFound`` when it is asked too often from one place.
    """
    named = gemeente_named(gemeente)
    if named is None:
        wrong = {"nl": "Deze gemeente kennen wij niet.", "en": "We do not know this municipality."}
        raise InvalidInput("no such gemeente", {"gemeente": wrong})
    must_not_try_too_often(services, "helping", place, MOST_WISHES)
    signs = typed_code()
    chosen = tuple(one for one in TOPICS if one in topics)
    services.table.write(volunteers.wished(signs, wish_for(services, named, chosen, voice)))
    return shown_code(WORD, signs)


def wish_for(services: Services, gemeente: str, topics: tuple[Topic, ...], voice: str) -> Wish:
    now = services.now()
    return Wish(
        gemeente=gemeente,
        topics=topics,
        wording=agreement(gemeente, topics, voice),
        voice=voice,
        at=now,
        until=later(now, WISH_LIFE),
    )


def agreement(gemeente: str, topics: tuple[Topic, ...], voice: str) -> str:
    """What the citizen agrees to, as they read it."""
    day, month = (str(cap.most) for cap in CAPS)
    about = topics_in(topics, voice)
    return said(voice, "agree", gemeente=gemeente, topics=about, day=day, month=month)


def said(voice: str, name: str, **facts: str) -> str:
    return spoken_from("helping", voice, name, **facts)


def topics_in(topics: tuple[Topic, ...], voice: str) -> str:
    """Their names, or "all"."""
    named = words("helping")["nl_topics" if voice in ("nl", "und") else "en_topics"]
    return ", ".join(named[one] for one in topics) or said(voice, "all")


def gemeenten() -> list[str]:
    """Every gemeente, to choose from."""
    return sorted(at_hand().gemeenten())


def gemeente_named(text: str) -> str | None:
    """The gemeente that is called so, however it is cased."""
    wanted = " ".join(text.split()).casefold()
    return next((one for one in at_hand().gemeenten() if one.casefold() == wanted), None)


# --- beginning and ending ----------------------------------------------------------------------


def begun(services: Services, conversation: Conversation, agreed: Wish) -> list[Operation]:
    """What makes them a volunteer; what they chose before is replaced, their caps stay."""
    now = services.now()
    before = current(services, conversation)
    one = Volunteer(
        subject=conversation.subject,
        channel=conversation.channel,
        account=conversation.account,
        gemeente=agreed.gemeente,
        topics=agreed.topics,
        wording=agreed.wording,
        voice=agreed.voice,
        asked_at=agreed.at,
        agreed_at=now,
        asked=before.asked if before else (),
    )
    moved = before is not None and before.gemeente != one.gemeente
    return [
        *([volunteers.ended(before)] if before and moved else []),
        volunteers.begun(one),
        happened(services, conversation.subject, "volunteered", one.gemeente),
        access_log.used(CITIZEN, "volunteer", conversation.subject, now),
    ]


def ended(services: Services, conversation: Conversation) -> list[Operation]:
    """What they chose is gone; the appeal that they got last counts one who stopped."""
    now, asked = services.now(), conversation.asked
    before = current(services, conversation)
    told = (
        announcements.recipient(
            services.table, asked.incident, asked.appeal, conversation.subject, now
        )
        if asked
        else None
    )
    return [
        *([volunteers.ended(before)] if before else []),
        *([announcements.left(told, now)] if told else []),
        happened(
            services,
            conversation.subject,
            "volunteering_ended",
            "",
            counted(conversation, "opted_out", now),
        ),
        access_log.used(CITIZEN, "volunteer", conversation.subject, now),
    ]


def happened(
    services: Services, subject: str, what: EventWhat, text: str, fact: Fact | None = None
) -> Operation:
    by = CITIZEN
    event = Event(what=what, at=services.now(), by=by.id, name=by.name, text=text)
    return timeline.happened(subject, event, fact)


def counted(conversation: Conversation, what: What, now: Moment) -> Fact:
    """For the figures: an appeal went out, somebody stopped. Of nobody in particular."""
    return Fact(
        what=what,
        at=now,
        id=keys.digest(what, conversation.subject, now),
        team=conversation.team,
        channel=conversation.channel,
    )


def current(services: Services, conversation: Conversation) -> Volunteer | None:
    """What they chose, if they take part."""
    if not conversation.helps:
        return None
    return volunteers.find(services.table, conversation.helps, conversation.subject, services.now())


def still_helps(services: Services, subject: str) -> bool:
    """Whether an appeal may still leave."""
    conversation = conversations.find(services.table, subject, services.now())
    return conversation is not None and current(services, conversation) is not None
