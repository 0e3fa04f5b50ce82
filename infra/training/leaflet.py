"""The leaflet (bijsluiter): what detection can and cannot do, for who works with it.

In Dutch, generated from the same decisions as the report.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from infra.training.measuring import MEASURES, Decisions, figure
from infra.training.opinions import Decision

FEWEST = 20
"""A group with fewer emergencies gets no figure: its interval would be as wide as the scale."""

MOST_MISSED = 25
LONGEST = 110

VOICES = {
    "kind": r"\bkind|jongen|meisje|scholier",
    "oudere": r"\boud|\boma|\bopa|weduw|bejaard|\b[789]\d\b",
    "Brabants": r"brab|tilburg|eindhoven|den bosch|breda",
    "Limburgs": r"limb|kerkra|maastr|venlo|heerlen",
    "Gronings": r"gron|delfzijl",
    "Fries": r"fries|fryslân|leeuward",
    "Twents en Achterhoeks": r"twent|achterhoek|almelo|enschede",
    "Vlaams": r"vlaam|vlaming|antwerp|\bgent\b|belg",
    "straattaal": r"straat|rapper|drill|hangj|jongere",
    "Nederlands als tweede taal": r"tweede|broken|migrant|vluchteling|arbeidsmigrant|nt2",
}
"""Who was imagined to write, told from the author's own note."""


def text(decisions: Sequence[Decision]) -> str:
    """The whole leaflet, in Markdown."""
    return HEAD.format(
        total=len(decisions),
        overall=groups("", {"alle berichten": decisions}),
        languages=groups("taal", by(decisions, lambda one: one.message.lang)),
        topics=groups("onderwerp", by(decisions, lambda one: one.message.labels["topic"])),
        hard=hard(decisions),
        voices=groups("wie schrijft", by_voice(decisions)),
        channels=groups("kanaal", by(decisions, lambda one: one.message.channel)),
        curve=curve(decisions),
        missed=missed(decisions),
        alarms=alarms(decisions),
    )


def by(decisions: Sequence[Decision], key: Callable[[Decision], str]) -> dict[str, list[Decision]]:
    """In groups, by name."""
    found: dict[str, list[Decision]] = {}
    for one in sorted(decisions, key=key):
        found.setdefault(key(one), []).append(one)
    return found


def by_voice(decisions: Sequence[Decision]) -> dict[str, list[Decision]]:
    """Dutch messages by who was imagined to write them; one message may be in two groups."""
    dutch = [one for one in decisions if one.message.lang in {"nl", "mixed"}]
    return {
        name: [one for one in dutch if re.search(known, one.message.voice.lower())]
        for name, known in VOICES.items()
    }


def groups(name: str, by_name: Mapping[str, Decisions]) -> str:
    """A row a group: what is found, what is false alarm."""
    lines = [
        f"| {name} | berichten | spoed gevonden | of aan een mens voorgelegd | alarm terecht |"
    ]
    lines.append("|---|---|---|---|---|")
    for each, of in by_name.items():
        real = sum(one.message.emergency for one in of)
        cells = [
            str(figure(MEASURES[key], of))
            for key in ("recall", "recall with a person's look", "precision")
        ]
        shown = cells if real >= FEWEST else ["te weinig om te meten"] + ["-"] * 2
        lines.append(f"| {each} | {len(of)}, waarvan {real} spoed | {' | '.join(shown)} |")
    return "\n".join(lines)


def hard(decisions: Sequence[Decision]) -> str:
    """The messages written to deceive."""
    found = figure(MEASURES["hard positives found"], decisions)
    alarms = figure(MEASURES["false alarms on hard negatives"], decisions)
    return (
        f"- Van spoed die fluistert of zich verbergt wordt {found} gevonden.\n"
        "- Bij onschuldige berichten vol gevaar (film, voetbal, nieuws, grap) gaat "
        f"{alarms} ten onrechte af."
    )


def curve(decisions: Sequence[Decision]) -> str:
    """How often it was an emergency when so much of a chance was given."""
    lines = ["| kans die detectie gaf | berichten | was spoed |", "|---|---|---|"]
    for step in range(10):
        of = [one for one in decisions if min(9, int(one.chance * 10)) == step]
        if of:
            real = sum(one.message.emergency for one in of) / len(of)
            bar = "█" * round(real * 20)
            lines.append(f"| {step * 10}-{step * 10 + 10} % | {len(of)} | {real:.0%} {bar} |")
    return "\n".join(lines)


def missed(decisions: Sequence[Decision]) -> str:
    """The emergencies that detection was surest to be none."""
    lost = [
        one for one in decisions if one.message.emergency and not one.emergency and not one.doubted
    ]
    lost.sort(key=lambda one: one.chance)
    return listed(lost[:MOST_MISSED])


def alarms(decisions: Sequence[Decision]) -> str:
    """The harmless messages that detection was surest to be an emergency."""
    false = [one for one in decisions if one.emergency and not one.message.emergency]
    false.sort(key=lambda one: -one.chance)
    return listed(false[:MOST_MISSED])


def listed(decisions: Sequence[Decision]) -> str:
    """As quotes, without line breaks."""
    return "\n".join(
        f"- ({one.message.lang}) {' '.join(one.message.text.split())[:LONGEST]}"
        for one in decisions
    )


HEAD = """\
# Bijsluiter van de detectie

Geschreven door `python -m infra train --report`; niet met de hand wijzigen.

**Waarvoor.** Detectie zet een bericht waarin gevaar klinkt bovenaan de wachtrij en zegt waarom.
Een mens beslist. Detectie verbergt niets, sluit niets en stuurt niemand.

**Waarvoor niet.** Niet om berichten ongelezen te laten: wat laag staat kan spoed zijn. Niet om
iets over de schrijver te zeggen. Niet als bewijs.

**Hoe gemeten.** Op {total} verzonnen berichten van schrijvers (sessies van een taalmodel) die de
modellen niet gelezen hadden; een derde is spoed, een derde is geschreven om te misleiden. Echte
berichten zijn anders: de dagelijkse blinde steekproef meet die. Tussen haakjes het 95
%-betrouwbaarheidsinterval.

## Hoe goed

{overall}

{hard}

## Per taal

{languages}

## Per onderwerp

{topics}

## Per schrijver (Nederlands)

Wie de schrijver is, is bedacht door wie het bericht schreef. Groepen zijn klein; let op de
intervallen.

{voices}

## Per kanaal

{channels}

## Klopt de kans die detectie geeft?

{curve}

## Bekende missers: spoed die niet werd gezien, ook niet als twijfel

{missed}

## Bekende valse alarmen

{alarms}
"""
