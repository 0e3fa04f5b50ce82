"""What an agent sees of the case beside a conversation, and the link that they may send."""

from dataclasses import dataclass

from chalicelib.domain.appointment import Appointment
from chalicelib.domain.case import Case, CaseLink
from chalicelib.domain.case_number import in_threes
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.principal import SYSTEM, Principal
from chalicelib.domain.talk import Owner
from chalicelib.errors import ChannelNotApproved
from chalicelib.flows.answering.elsewhere import SPOKEN
from chalicelib.flows.answering.speaking import Words, speak
from chalicelib.flows.citizen.assisting import beginning
from chalicelib.flows.citizen.cases import case_of, open_case
from chalicelib.flows.citizen.hearing import collected
from chalicelib.flows.citizen.wording import said_in, voice_in
from chalicelib.flows.desk.appointing import of_case, room_of
from chalicelib.flows.desk.queueing import found
from chalicelib.flows.services import Services
from chalicelib.intake.engine import Outcome
from chalicelib.store import access_log, cases, keys, talks


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The case with its other conversations, what the assistant gathered, who has the word."""

    case: Case | None
    number: str
    others: tuple[CaseLink, ...]
    gathered: Outcome | None
    owner: Owner | None
    can_send: bool
    meeting: Appointment | None
    room: str


def beside(services: Services, conversation: Conversation) -> Beside:
    """For the page of a conversation, whose reading is logged already."""
    now, subject = services.now(), conversation.subject
    talk = talks.find(services.table, subject, now)
    case = case_of(services, subject) if talk else None
    links = cases.links(services.table, case.number, now) if case else []
    rules = services.channel(conversation.channel).rules.within(conversation.thread)
    meeting = of_case(services, case) if case else None
    typed = rules.one_conversation_per == "message"
    private = conversation.thread is None and not rules.public
    return Beside(
        case=case,
        number=in_threes(case.number) if case else "",
        others=tuple(one for one in links if one.subject != subject),
        gathered=collected(services, subject) if talk else None,
        owner=talk.owner if talk and talk.state else None,
        can_send=private and not typed and not rules.on_our_page and conversation.channel != SPOKEN,
        meeting=meeting,
        room=room_of(services, meeting),
    )


def send_link(services: Services, agent: Principal, subject: str) -> None:
    """The citizen gets a new link to their dossier; the agent never sees it.

    Raises ``ChannelNotApproved`` in public, ``WindowClosed`` after the channel's window.
    """
    agent.must_be_allowed_to("answer")
    conversation = found(services, subject)
    if not beside(services, conversation).can_send:
        reason = "a link to a dossier goes to private channels only"
        raise ChannelNotApproved(reason, channel=conversation.channel, reason=reason)
    now = services.now()
    voice = voice_in(talks.find(services.table, subject, now), conversation)
    case = open_case(services, beginning(conversation, voice))
    words = Words(
        reply_id=keys.digest("link", subject, now),
        text=said_in(voice, "link", number=in_threes(case.number)),
        opens="link",
        case=case.number,
    )
    log = access_log.used(agent, "send_link", subject, now)
    speak(services, conversation, words, log, by=SYSTEM)
