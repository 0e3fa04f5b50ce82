"""Who has the word when a person takes or finishes a conversation: written with that very act."""

from dataclasses import dataclass

from chalicelib.domain.case import News
from chalicelib.domain.conversation import Conversation
from chalicelib.flows.citizen.cases import news
from chalicelib.flows.services import Services
from chalicelib.store import talks
from chalicelib.store.access_log import Action
from chalicelib.store.table import Operation

NEWS: dict[Action, News] = {"claim": "in_hand", "hand_over": "handed_over"}


@dataclass(frozen=True, slots=True)
class WordChange:
    """What is written along; ``case`` is whose citizen is then told."""

    writes: tuple[Operation, ...] = ()
    case: str | None = None


def takes_the_word(services: Services, action: Action, subject: str) -> WordChange | None:
    """Somebody claims or hands over: the assistant is silent from that moment on."""
    what = NEWS.get(action)
    talk = talks.find(services.table, subject, services.now()) if what else None
    if what is None or talk is None:
        return None
    tells = talk.case if what == "handed_over" or talk.owner != "person" else None
    return WordChange((talks.taken(subject), *news(services, tells, what)), tells)


def gives_the_word(services: Services, conversation: Conversation) -> WordChange:
    """Nothing waits any more: a next matter may begin with the assistant."""
    talk = talks.find(services.table, conversation.subject, services.now())
    if talk is None:
        return WordChange()
    ends = talks.ended(talk, conversation.newest_mark)
    return WordChange((ends, *news(services, talk.case, "closed")), talk.case)
