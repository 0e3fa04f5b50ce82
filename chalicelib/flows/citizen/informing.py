"""News of a case is told to the citizen: on their own channel, inside its rules, or not at all.

The window still open → there. Else the address or number that they gave with a form. Else only the
dossier tells. Who asked for no news gets none. News that is overtaken is not told.
"""

from datetime import timedelta

from chalicelib.domain.case import Case
from chalicelib.domain.case_number import in_threes
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.moments import later
from chalicelib.domain.principal import SYSTEM
from chalicelib.errors import ChannelNotApproved, NotFound, TooLong, WindowClosed
from chalicelib.flows.answering.speaking import Words, speak
from chalicelib.flows.citizen.dossier import links_of
from chalicelib.flows.citizen.surveying import invite
from chalicelib.flows.citizen.wording import said_in, voice_in
from chalicelib.flows.services import Services
from chalicelib.log import logger
from chalicelib.store import cases, conversations, keys, talks
from chalicelib.store.table import ConditionFailed, Key

STALE = timedelta(days=2)
"""After this it is no news: the dossier has it."""


def inform(services: Services, key: Key) -> None:
    """Tell what is owed, once. Safe to run twice."""
    number = keys.case_of(key)
    case = cases.find(services.table, number, services.now())
    if case is None or case.news is None or case.news_at is None:
        return
    if case.news == "closed":
        invite(services, case)
    stale = later(case.news_at, STALE) <= services.now()
    if case.updates and not stale:
        tell_one(services, case)
    try:
        services.table.write(cases.told(case))
    except ConditionFailed:
        return  # newer news: it has a nudge of its own


def tell_one(services: Services, case: Case) -> None:
    """On the first channel that takes it, the one last written on first."""
    for conversation in reachable(services, case):
        try:
            speak(services, conversation, words_of(services, case, conversation), by=SYSTEM)
        except (WindowClosed, ChannelNotApproved, NotFound, TooLong) as error:
            logger.info(
                "news not told here", channel=conversation.channel, why=type(error).__name__
            )
            continue
        except ConditionFailed:
            return  # it was told before
        return


def reachable(services: Services, case: Case) -> list[Conversation]:
    """The private conversations of the case, that in which the citizen wrote last first."""
    now = services.now()
    found = [
        conversations.find(services.table, link.subject, now)
        for link in links_of(services, case)
        if link.until is None
    ]
    private = [one for one in found if one and one.thread is None]
    return sorted(private, key=lambda one: one.inbound_at, reverse=True)


def words_of(services: Services, case: Case, conversation: Conversation) -> Words:
    """Neutral: a number and where it stands, never what it is about."""
    talk = talks.find(services.table, conversation.subject, services.now())
    voice, news = voice_in(talk, conversation), case.news or "in_hand"
    text = said_in(voice, news, number=in_threes(case.number))
    stop = said_in(voice, "stop")
    closed = news == "closed"
    return Words(
        reply_id=keys.digest("news", case.number, news, case.news_at or ""),
        text=text if conversation.channel == "form" else f"{text} {stop}",
        opens="link" if closed else None,
        case=case.number,
    )
