"""Canned replies for one conversation: what fits first, each as it would read here."""

from dataclasses import dataclass

from chalicelib.domain.canned import filled, in_order
from chalicelib.domain.crisis import spoken_in
from chalicelib.domain.principal import Principal
from chalicelib.flows.desk.viewing import ConversationView
from chalicelib.flows.incidents.standing_crises import turned_on
from chalicelib.flows.services import Services
from chalicelib.store import canned


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One canned reply as it reads here. ``fits``: it is about what the citizen asks."""

    id: str
    title: str
    text: str
    lang: str
    fits: bool


def offered(
    services: Services, agent: Principal, view: ConversationView, today: str, channel: str
) -> list[Offered]:
    """All of them, what is said in a crisis first.

    ``today`` and ``channel`` are written as the citizen reads them.
    """
    if not agent.may("answer"):
        return []
    conversation = view.conversation
    facts = {
        "naam": conversation.author_name,
        "medewerker": agent.name.split()[0],
        "kanaal": channel,
        "dag": today,
    }
    topic = topic_of(view)
    known = in_order(canned.all_canned(services.table), topic, conversation.lang)
    return in_crisis(services, view) + [
        Offered(
            id=one.id,
            title=one.title,
            text=filled(one.text, facts),
            lang=one.lang,
            fits=one.fits(topic, conversation.lang),
        )
        for one in known
    ]


def in_crisis(services: Services, view: ConversationView) -> list[Offered]:
    """What we answer now, in each crisis that this conversation is about."""
    lang = view.conversation.lang
    ours = [one for one in turned_on(services) if view.item and one.covers(view.item.about)]
    spoken = ((one, spoken_in(one.statement, lang)) for one in ours)
    return [
        Offered(id=one.id, title=one.because, text=one.statement[in_], lang=in_, fits=True)
        for one, in_ in spoken
    ]


def topic_of(view: ConversationView) -> str:
    """What the citizen's last assessed message is about; a person's word counts before detection's.

    Empty when nobody said.
    """
    for one in reversed(view.messages):
        if one.label and one.label.said.topic:
            return one.label.said.topic
        if one.assessment:
            return one.assessment.topic
    return ""
