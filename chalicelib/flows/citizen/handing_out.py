"""Everything of a case, handed out to the citizen: as data and as text that can be read.

The text is Dutch, the language of the record; the citizen's own words stand as they wrote them.
"""

from typing import Any

from chalicelib.domain.case import CaseItem
from chalicelib.domain.case_number import in_threes
from chalicelib.flows.citizen.doors import CITIZEN, Visit
from chalicelib.flows.citizen.dossier import DossierView, SaidHere, view_dossier
from chalicelib.flows.citizen.handing_in import as_text
from chalicelib.flows.citizen.investigating import own
from chalicelib.flows.services import Services
from chalicelib.store import access_log, cases, investigations

STATES = {
    "received": "ontvangen",
    "in_hand": "in behandeling",
    "answered": "beantwoord",
    "closed": "afgerond",
    "withdrawn": "ingetrokken",
}

WHAT = {
    "opened": "De melding is ontvangen.",
    "claimed": "Een medewerker is ermee bezig.",
    "handed_over": "Een ander team nam het over.",
    "finished": "De melding is afgerond.",
    "partner_shared": "Wij deelden een deel van uw melding met een partner:",
    "partner_ended": "Het delen is gestopt:",
    "passed_received": "Een eenheid van de politie heeft de melding.",
    "passed_under_way": "Die eenheid is ermee bezig.",
    "passed_done": "Die eenheid heeft de melding afgehandeld.",
    "withdrawn": "U trok de melding in.",
    "shared": "U deelde een deel.",
    "share_ended": "U stopte met delen.",
    "closed_doors": "U sloot alle links.",
    "joined": "U ging verder op een ander kanaal.",
    "updates_off": "U wilde geen berichten meer over de voortgang.",
    "updates_on": "U wilde weer berichten over de voortgang.",
    "erasure_asked": "U vroeg om te wissen.",
    "erased": "De gegevens zijn gewist.",
    "erasure_refused": "Uw verzoek om te wissen is afgewezen.",
    "downloaded": "U haalde uw gegevens op.",
    "handed_in": "U leverde uw eigen onderzoek in.",
    "rated": "U zei hoe het ging.",
    "appointed": "U maakte een afspraak.",
    "called_off": "U zei uw afspraak af.",
    "wishes": "U zei wat u van ons wilt horen.",
    "talked": "U sprak een medewerker. De medewerker schreef op:",
}

FORMAT = "nabij.dossier/1"


def everything(services: Services, inside: Visit) -> dict[str, Any]:
    """All that we hold of this case and may tell, as plain data."""
    view, now = view_dossier(services, inside), services.now()
    services.table.write(
        cases.did(view.case.number, CaseItem(what="downloaded", at=now)),
        access_log.used(CITIZEN, "read_case", f"{view.case.number} download", now),
    )
    return {
        "format": FORMAT,
        "number": in_threes(view.case.number),
        "state": view.state,
        "team": view.team,
        "opened_at": view.case.opened_at,
        "made_at": now,
        "channels": view.channels,
        "messages": [message_of(one) for one in view.messages],
        "timeline": [{"what": one.what, "at": one.at, "text": one.text} for one in view.story],
        "investigation": investigation_of(services, inside),
        "held": [{"what": one.what, "count": one.count, "until": one.until} for one in view.held],
    }


def investigation_of(services: Services, inside: Visit) -> dict[str, Any] | None:
    """What the citizen looked into by themselves."""
    kept = investigations.find(services.table, inside.case.number, services.now())
    if kept is None:
        return None
    files = [{"name": one.name, "step": one.step} for one in kept.files]
    handed_in = kept.handed_in.at if kept.handed_in else None
    return {
        "kind": kept.kind,
        "begun_at": kept.begun_at,
        "saved_at": kept.saved_at,
        "answers": kept.answers,
        "files": files,
        "handed_in_at": handed_in,
    }


def message_of(said: SaidHere) -> dict[str, Any]:
    message = said.message
    return {
        "at": message.at,
        "by": "you" if message.direction == "in" else "us",
        "channel": message.channel,
        "text": message.text,
        "files": [
            {"name": one.given.name, "type": one.mime, "bytes": one.size, "sha256": one.sha256}
            for one in said.files
        ],
    }


def as_readable(services: Services, inside: Visit) -> str:
    """The same as a text of plain lines."""
    view = view_dossier(services, inside)
    found = own(services, inside.case)
    looked_into = ["", as_text(found)] if found else []
    told = [*head_of(view), "", *story_of(view), "", *messages_of(view), *looked_into, ""]
    return "\n".join(told)


def head_of(view: DossierView) -> list[str]:
    return [
        f"Nummer {in_threes(view.case.number)}",
        f"Stand: {STATES[view.state]}",
        f"Bij: {view.team}",
        f"Begonnen: {view.case.opened_at}",
    ]


def story_of(view: DossierView) -> list[str]:
    told = (f"{one.at}  {WHAT.get(one.what, one.what)} {one.text}".rstrip() for one in view.story)
    return ["Wat er gebeurde", *told]


def messages_of(view: DossierView) -> list[str]:
    lines = ["Berichten"]
    for one in view.messages:
        who = "U" if one.message.direction == "in" else "Wij"
        lines += [f"{one.message.at}  {who} ({one.message.channel})", one.message.text, ""]
    return lines
