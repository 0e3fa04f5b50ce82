"""A citizen looks into their own matter, step by step, and hands that in to the police.

    begin (with what the conversation told) ──▶ save a step, as often as one likes ──▶ hand in:
    messages of theirs in the case, with the report as PDF and the files, so that a person reads it

It prepares an aangifte and never is one.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from chalicelib.domain.case import Case, CaseItem
from chalicelib.domain.investigation import MOST_FILES, Found, HandedIn, Investigation
from chalicelib.domain.media import KeptMedia
from chalicelib.domain.moments import later
from chalicelib.domain.retention import KEPT
from chalicelib.errors import InvalidInput, NotFound, StoreUnavailable
from chalicelib.flows import nudges
from chalicelib.flows.citizen.doors import CITIZEN, Visit
from chalicelib.flows.citizen.dossier import links_of
from chalicelib.flows.citizen.hearing import collected
from chalicelib.flows.citizen.investigated import brought_by
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.attached import to_be_destroyed
from chalicelib.intake.engine import Outcome
from chalicelib.investigation.guide import Kind, Step, filled_from, kind_for, kinds
from chalicelib.store import access_log, cases, investigations, media
from chalicelib.store.table import ConditionFailed, Operation

TRIES = 5

Edit = Callable[[Investigation], Investigation]


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """The investigation with its steps, and how complete it is, of a hundred."""

    kept: Investigation
    kind: Kind
    complete: int

    @property
    def changed(self) -> bool:
        """Whether something was saved since it was handed in."""
        handed_in = self.kept.handed_in
        return handed_in is not None and handed_in.at < self.kept.saved_at

    def files_of(self, step: Step) -> list[Found]:
        return [one for one in self.kept.files if one.step == step.name]


def choices() -> tuple[Kind, ...]:
    """What can be looked into."""
    return tuple(kinds().values())


def own(services: Services, case: Case) -> Own | None:
    """What was begun, if anything was."""
    kept = investigations.find(services.table, case.number, services.now())
    if kept is None:
        return None
    kind = kinds()[kept.kind]
    return Own(kept=kept, kind=kind, complete=kind.complete(kept.answers))


def must_have(services: Services, inside: Visit) -> Own:
    """Raises ``NotFound`` where nothing was begun."""
    found = own(services, inside.case)
    if found is None:
        raise NotFound("nothing was begun")
    return found


def heard(services: Services, case: Case) -> list[Outcome]:
    """What the assistant gathered in the conversations of this case."""
    told = (collected(services, link.subject) for link in links_of(services, case))
    return [one for one in told if one]


def likely(services: Services, case: Case) -> str:
    """The kind that the conversations are about; empty where that is none of these."""
    found = (kind_for(one.topic) for one in heard(services, case))
    return next((one.name for one in found if one), "")


def begin(services: Services, inside: Visit, kind: str) -> None:
    """With what was told already. Begun before: another kind, and what was filled in stays.

    Raises ``InvalidInput`` for a kind that we do not know, ``NotFound`` where nothing is added.
    """
    chosen, case, now = kinds().get(kind), inside.case, services.now()
    if chosen is None:
        wrong = {"nl": "Kies wat er is gebeurd.", "en": "Choose what happened."}
        raise InvalidInput("no such kind", {"kind": wrong})
    if case.chat is None or case.erased_at:
        raise NotFound("nothing can be added here")
    slots: dict[str, str] = {}
    for one in heard(services, case):
        slots = {**one.slots, **slots}
    told = filled_from(chosen, slots)
    empty = Investigation(number=case.number, kind=kind, begun_at=now, saved_at=now)
    change(services, inside, empty, lambda kept: replace(
        kept, kind=kind, answers={**told, **kept.answers}
    ))  # fmt: skip


def change(
    services: Services,
    inside: Visit,
    empty: Investigation | None,
    edit: Edit,
    *others: Operation,
) -> None:
    """Save an edit of it as it is now, and the ``others`` with it.

    Raises ``NotFound`` where there is none and no ``empty``.
    """
    number = inside.case.number
    for _ in range(TRIES):
        now = services.now()
        kept = investigations.find(services.table, number, now)
        before = kept or empty
        if before is None:
            raise NotFound("nothing was begun")
        after = replace(edit(before), saved_at=now)
        log = access_log.used(CITIZEN, "change_case", number, now)
        try:
            services.table.write(investigations.saved(kept, after), log, *others)
        except ConditionFailed:
            continue  # saved in another window
        return
    raise StoreUnavailable("it could not be saved")


def save_step(
    services: Services,
    inside: Visit,
    name: str,
    told: Mapping[str, str],
    files: Sequence[tuple[str, str]],
) -> None:
    """What is filled in at one step, and the files that belong to it (key and name).

    Raises ``NotFound``, or ``InvalidInput`` when it is too long, too much, or no longer there.
    """
    begun = must_have(services, inside)
    step = begun.kind.step(name)
    if step is None:
        raise NotFound("no such step")
    answers = read_answers(step, begun.kept.answers, told)
    brought = dict(files) if step.files else {}
    found = [Found(key=key, name=called, step=name) for key, called in brought.items()]
    others = [one for one in begun.kept.files if one.step != name]
    if len(found) + len(others) > MOST_FILES:
        most = {"nl": f"Hoogstens {MOST_FILES} bestanden.", "en": f"At most {MOST_FILES} files."}
        raise InvalidInput("too many files", {"files": most})
    stay = [brought_by(services, one) for one in found]
    gone = still_there(services, [one for one in begun.files_of(step) if one.key not in brought])
    change(services, inside, None, lambda kept: replace(
        kept,
        answers={key: text for key, text in {**kept.answers, **answers}.items() if text},
        files=tuple(one for one in kept.files if one.step != name) + tuple(found),
    ), *kept_with_case(services, stay), *destroyed(services, gone))  # fmt: skip
    begin_destroying(services, gone)


def read_answers(step: Step, known: Mapping[str, str], told: Mapping[str, str]) -> dict[str, str]:
    """The answers of this step, and no other. Raises ``InvalidInput``."""
    fields = {key: one for _, row in step.places({**known, **told}) for key, one in row}
    answers = {key: told[key].strip() for key in fields if key in told}
    wrong = {
        key: {
            "nl": f"{fields[key].label['nl']} Hoogstens {fields[key].longest} tekens.",
            "en": f"{fields[key].label['en']} At most {fields[key].longest} characters.",
        }
        for key, text in answers.items()
        if len(text) > fields[key].longest
    }
    if wrong:
        raise InvalidInput("too long", wrong)
    return answers


def kept_with_case(services: Services, stay: Sequence[KeptMedia]) -> list[Operation]:
    """As long as the case, instead of a day."""
    ends_at = later(services.now(), KEPT["case"])
    return [media.saved(one, replace(one, ends_at=ends_at, due_at=ends_at)) for one in stay]


def destroyed(services: Services, gone: Sequence[KeptMedia]) -> list[Operation]:
    """Due from now: the sweeper finds them where nobody is told."""
    return [media.saved(one, to_be_destroyed(one, services.now())) for one in gone]


def begin_destroying(services: Services, gone: Sequence[KeptMedia]) -> None:
    """Their bytes go within moments."""
    for one in gone:
        services.jobs.send("media", nudges.media(media.key_of(one)))


def still_there(services: Services, files: Sequence[Found]) -> list[KeptMedia]:
    """Those of these files that were not destroyed before."""
    there: dict[str, KeptMedia] = {}
    for one in files:
        with suppress(InvalidInput):
            there[one.key] = brought_by(services, one)
    return list(there.values())


def forget(services: Services, case: Case) -> None:
    """Nothing of it is left. Safe to run twice."""
    kept = investigations.find(services.table, case.number, services.now())
    if kept:
        gone = still_there(services, kept.files)
        services.table.write(investigations.gone(case.number), *destroyed(services, gone))
        begin_destroying(services, gone)


def note_handed_in(services: Services, inside: Visit, report: bytes) -> None:
    """The receipt: when, and the digest of the report."""
    now, digest = services.now(), hashlib.sha256(report).hexdigest()
    told = cases.did(inside.case.number, CaseItem(what="handed_in", at=now))
    change(services, inside, None, lambda kept: replace(
        kept, handed_in=HandedIn(at=services.now(), digest=digest)
    ), told)  # fmt: skip
