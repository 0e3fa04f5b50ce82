"""What a citizen's own investigation looks like as a report, and the files that belong to it."""

from collections.abc import Iterator
from typing import Literal

from chalicelib.domain.case_number import in_threes
from chalicelib.domain.investigation import Found, Investigation
from chalicelib.domain.media import KeptMedia
from chalicelib.errors import InvalidInput, NotFound
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.bringing_in_parts import coming
from chalicelib.investigation.guide import Kind, Step

NO_REPORT = (
    "Dit is geen aangifte. Aangifte doet u op politie.nl/aangifte, of u belt 0900-8844 voor een "
    "afspraak. Wat hier staat, kunt u daarbij gebruiken."
)

AGAIN = {"nl": "Voeg het bestand opnieuw toe.", "en": "Add the file again."}


def brought_by(services: Services, file: Found) -> KeptMedia:
    """The file as it is kept. Raises ``InvalidInput`` where it is no longer there."""
    try:
        kept = coming(services, file.key)
    except NotFound:
        raise InvalidInput("no such file", {"files": AGAIN}) from None
    if kept.state != "stored":
        raise InvalidInput("not all of it is here", {"files": AGAIN})
    return kept


def told_in(kept: Investigation, kind: Kind) -> Iterator[tuple[Literal["H2", "P"], str]]:
    """Headings (``H2``) and paragraphs (``P``) of what was found, in Dutch."""
    yield "P", f"Nummer van de melding: {in_threes(kept.number)}"
    yield "P", NO_REPORT
    for step in kind.steps:
        files = [one.name for one in kept.files if one.step == step.name]
        if step.is_begun(kept.answers) or files:
            yield "H2", step.title["nl"]
            for text in (*told_at(step, kept), *(f"Bestand: {name}" for name in files)):
                yield "P", text


def told_at(step: Step, kept: Investigation) -> Iterator[str]:
    for _, row in step.places(kept.answers):
        for key, field in row:
            if kept.answers.get(key):
                yield f"{field.label['nl']} {kept.answers[key]}"


def title_of(kind: Kind) -> str:
    return f"Eigen onderzoek: {kind.title['nl'].lower()}"
