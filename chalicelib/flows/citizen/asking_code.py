"""Who knows a case number asks for a code; it goes to the citizen's own channel, nowhere else.

Whatever the number is, who asks hears the same.
"""

from contextlib import suppress

from chalicelib.domain.case import Case
from chalicelib.domain.case_number import in_threes, read_number
from chalicelib.domain.principal import SYSTEM
from chalicelib.errors import ChannelNotApproved, NotFound, TooLong, WindowClosed
from chalicelib.flows.answering.speaking import Words, speak
from chalicelib.flows.citizen.doors import MOST_CODES, must_not_try_too_often, refuse
from chalicelib.flows.citizen.informing import reachable
from chalicelib.flows.citizen.wording import said_in, voice_in
from chalicelib.flows.services import Services
from chalicelib.store import cases, keys, talks
from chalicelib.store.table import ConditionFailed


def ask_code(services: Services, number: str, place: str) -> None:
    """Send a code, if the number is one of ours and a private channel takes it. Says nothing."""
    with suppress(NotFound):
        must_not_try_too_often(services, "ask", place)
        known = read_number(number)
        must_not_try_too_often(services, "codes", known or "nothing", MOST_CODES)
        case = cases.find(services.table, known, services.now()) if known else None
        if case is None:
            raise refuse(services, "ask", "unknown")
        send_code(services, case)


def send_code(services: Services, case: Case) -> None:
    """On the first channel that takes it. Raises ``NotFound`` when none does."""
    for conversation in reachable(services, case):
        talk = talks.find(services.table, conversation.subject, services.now())
        words = Words(
            reply_id=keys.digest("code", case.number, services.now()),
            text=said_in(voice_in(talk, conversation), "code", number=in_threes(case.number)),
            opens="code",
            case=case.number,
        )
        if services.channel(conversation.channel).rules.on_our_page:
            continue  # who can read it there is inside already
        try:
            speak(services, conversation, words, by=SYSTEM)
        except (WindowClosed, ChannelNotApproved, TooLong):
            continue
        except ConditionFailed:
            return
        return
    raise refuse(services, "ask", "no channel")
