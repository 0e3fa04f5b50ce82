"""The report of a citizen's own investigation: to keep as PDF, and handed in to the police."""

from collections.abc import Iterator, Sequence

from chalicelib.channels.chat.rules import LONGEST_TEXT
from chalicelib.channels.own_pages import UPLOADS
from chalicelib.domain.investigation import Found
from chalicelib.domain.sniffing import UNKNOWN
from chalicelib.flows.citizen.adding import add, bring
from chalicelib.flows.citizen.doors import CITIZEN, Visit
from chalicelib.flows.citizen.investigated import title_of, told_in
from chalicelib.flows.citizen.investigating import Own, must_have, note_handed_in
from chalicelib.flows.desk.opening import Opened
from chalicelib.flows.services import Services
from chalicelib.store import access_log
from chalicelib.store.bucket import disposition

PDF_NAME = "eigen-onderzoek.pdf"
CUT = "\n… De rest staat in het bestand."


def as_pdf(services: Services, inside: Visit) -> Opened:
    """What was found so far, to keep or to take along. Raises ``NotFound``."""
    found = must_have(services, inside)
    seen = access_log.read(CITIZEN, "read_case", f"{inside.case.number} pdf", services.now())
    services.table.write(seen)
    return Opened(mime=UNKNOWN, shown_as=disposition(PDF_NAME, inline=False), body=pdf(found))


def pdf(found: Own) -> bytes:
    from chalicelib.writing.pdf import Block, pdf_of  # noqa: PLC0415 only who asks pays for it

    title = title_of(found.kind)
    told = (Block(tag, text) for tag, text in told_in(found.kept, found.kind))
    return pdf_of(title, "nl-NL", [Block("H1", title), *told])


def as_text(found: Own) -> str:
    """The same in plain lines: the words as they were written, in any script."""
    told = [title_of(found.kind), *(text for _, text in told_in(found.kept, found.kind))]
    whole = "\n".join(told)
    return whole if len(whole) <= LONGEST_TEXT else whole[: LONGEST_TEXT - len(CUT)] + CUT


def hand_in(services: Services, inside: Visit, message_id: str) -> None:
    """As messages of the citizen's, once for each ``message_id``: a person of the team reads them.

    Raises ``NotFound``, or what adding to a dossier raises.
    """
    found = must_have(services, inside)
    report = pdf(found)
    first = Found(key=bring(services, inside, PDF_NAME, report), name=PDF_NAME, step="")
    for number, files in enumerate(in_messages([first, *found.kept.files]), start=1):
        add(
            services,
            inside,
            as_text(found) if number == 1 else f"{title_of(found.kind)}, deel {number}",
            message_id=f"{message_id}-{number}",
            files=[{"key": one.key, "name": one.name} for one in files],
        )
    note_handed_in(services, inside, report)


def in_messages(files: Sequence[Found]) -> Iterator[Sequence[Found]]:
    """As many at a time as one message holds."""
    for start in range(0, len(files), UPLOADS.most):
        yield files[start : start + UPLOADS.most]
