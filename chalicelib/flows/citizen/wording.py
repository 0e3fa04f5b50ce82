"""What the service says of a case, in the citizen's language and without what it is about."""

from chalicelib.domain.case_number import in_threes
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.talk import Talk
from chalicelib.flows.services import Services
from chalicelib.intake.state import State
from chalicelib.intake.words import words
from chalicelib.store import cases, talks
from chalicelib.store.codec import from_text

STOP = frozenset({
    "stop", "stoppen", "afmelden", "uitschrijven", "unsubscribe", "opt-out", "optout", "stopp",
    "abmelden", "arrêt", "arret", "arrêter", "dur", "durdur", "توقف", "قف", "إيقاف", "zatrzymaj",
    "wypisz", "стоп", "зупинити", "відписатися", "parar", "alto", "baja",
})  # fmt: skip
"""The usual word in each language that the service speaks."""


def said_in(voice: str, name: str, **facts: str) -> str:
    """One sentence about a case."""
    return spoken_from("dossier", voice, name, **facts)


def spoken_from(book: str, voice: str, name: str, **facts: str) -> str:
    """One sentence; Dutch where we do not know the language, English where we do not speak it."""
    known = words(book)
    spoken = "nl" if voice == "und" else voice if voice in known else "en"
    return str(known[spoken][name]).format(**facts)


def voice_in(talk: Talk | None, conversation: Conversation) -> str:
    """The language of a conversation as the assistant holds it: one word does not change it."""
    if talk is None or talk.state is None:
        return conversation.lang
    return from_text(State, talk.state).lang


def case_words(services: Services, channel: str, voice: str, number: str) -> str:
    """The number and the way to the dossier: a link follows, or stands on the page itself."""
    on_our_page = services.channel(channel).rules.on_our_page
    return said_in(voice, "page" if on_our_page else "link", number=in_threes(number))


def is_stop(text: str) -> bool:
    """Whether a message says nothing but that no more news is wanted."""
    return text.strip().strip(".!").casefold() in STOP


def stops_news(services: Services, subject: str, text: str) -> bool:
    """Whether the citizen asks for no more news of their case; then it is so from now on."""
    if not is_stop(text):
        return False
    now = services.now()
    talk = talks.find(services.table, subject, now)
    case = cases.find(services.table, talk.case, now) if talk and talk.case else None
    if case is None:
        return False
    services.table.write(cases.changed(case, updates=False))
    return True
