"""What a citizen wrote in another language, and our answer in theirs: asked for by a colleague.

The original stays and is what counts. Numbers and addresses do not leave the house. Where no
translator was joined nothing is translated, and the page says so.
"""

from dataclasses import dataclass

from chalicelib.domain.conversation import KeptMessage
from chalicelib.domain.principal import Principal
from chalicelib.errors import NotFound, TranslatorAway
from chalicelib.flows.desk.queueing import found
from chalicelib.flows.desk.viewing import assessment_of
from chalicelib.flows.hinting import tell
from chalicelib.flows.services import Services
from chalicelib.store import access_log, kept_messages
from chalicelib.writing.withholding import given_back, withheld

OURS = "nl"
UNKNOWN = "und"


@dataclass(frozen=True, slots=True)
class BothWays:
    """An answer as written, in the citizen's language, and from there back in ours."""

    ours: str
    theirs: str
    back: str


def translate_message(services: Services, agent: Principal, subject: str, id_: str) -> None:
    """Put a translation beside a message. Raises ``NotFound`` or ``TranslatorAway``."""
    agent.must_be_allowed_to("read_conversation")
    now = services.now()
    kept = kept_messages.listing(services.table, found(services, subject).subject, now)
    message = next((one for one in kept if one.id == id_ and not one.deleted_at), None)
    if message is None:
        raise NotFound("no such message")
    text = translated(services, message.text, lang_of(message), OURS)
    log = access_log.used(agent, "translate", f"{subject}/{id_}", now)
    services.table.write(kept_messages.translated(message, text), log)
    tell(services, subject)


def for_citizen(services: Services, agent: Principal, subject: str, text: str) -> BothWays:
    """Our answer in the language that the citizen writes, and back. Keeps nothing."""
    agent.must_be_allowed_to("answer")
    lang = found(services, subject).lang
    theirs = translated(services, text, OURS, lang)
    back = translated(services, theirs, lang, OURS)
    services.table.write(access_log.used(agent, "translate", subject, services.now()))
    return BothWays(text, theirs, back)


def lang_of(message: KeptMessage) -> str:
    """As it was recognised."""
    assessed = assessment_of(message)
    return assessed.lang if assessed else UNKNOWN


def translated(services: Services, text: str, source: str, target: str) -> str:
    """Raises ``TranslatorAway``, also where there is none."""
    if services.translator is None:
        raise TranslatorAway("translation is not switched on")
    if not text.strip() or UNKNOWN in (source, target) or source == target:
        raise TranslatorAway("there is nothing to translate")
    bare, kept = withheld(text)
    return given_back(services.translator.translate(bare, source, target), kept)
