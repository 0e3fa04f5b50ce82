"""Who is in the story: the writer's age and name, their relatives, and people who were seen."""

import re
from collections.abc import Iterator

from chalicelib.intake.words import either, words

PEOPLE = words("people")
COLOURS = "|".join(
    re.escape(word) for said in words("things")["colours"].values() for word in said.split()
)
RELATION = either(PEOPLE["relations"])
PERSON = either(PEOPLE["persons"])
CLOTHES = rf"\w*{either(PEOPLE['clothes'])}"
RIDES = either(PEOPLE["vehicles"])
COUNT = either(PEOPLE["counts"])
AGE = r"(?:,? (?:van )?\(?(\d{1,2})\)?(?: jaar)?(?: oud)?(?! ?(?:uur|euro|minuten|dagen|weken|:)))"

OWN_AGE = re.compile(
    r"\b(?:ik ben|ben|i am|i'm|ich bin) (?:pas |al )?(\d{1,2})(?: jaar)?\b(?! (?:uur|euro|min|"
    r"dagen|weken|km))",
    re.IGNORECASE,
)
ALONE = re.compile(
    r"\b(?:ben|zit|woon) (?:hier |helemaal |nu )*alleen\b|\balleen thuis\b", re.IGNORECASE
)
OWN_NAME = re.compile(
    r"\b(?:[Ii]k heet|[Mm]ijn naam is|[Mm]y name is) ([A-ZÀ-Ý][\w-]+(?: [A-ZÀ-Ý][\w-]+)?)"
)
NAMED = re.compile(
    r"\b(?:[Hh]ij|[Zz]e|[Zz]ij|[Vv]erkoper|[Dd]ader) (heet|noemt zich) ([A-ZÀ-Ý][\w-]+)"
)
RELATIVE = re.compile(
    rf"(?<!tegen )(?<!of moet )\b(?:mijn|m'n|mn|ons|onze|een) (?:\w+e )?({RELATION})\b{AGE}?",
    re.IGNORECASE,
)
OF_MINE = re.compile(rf"\b({RELATION}) van mij\b", re.IGNORECASE)
SEEN = re.compile(
    rf"\b(?:{COUNT}(?: van {COUNT})? )+{PERSON}\b(?: jongens| jongeren)?(?: van een jaar of \d+)?"
    rf"(?: (?:met|in) (?:een )?(?:(?:{COLOURS}|lange|donkere|"
    rf"lichte) )?\w+(?: en (?:een )?{CLOTHES})?"
    rf"| op (?:een )?{RIDES})?",
    re.IGNORECASE,
)
WITH = re.compile(
    rf"\b{PERSON}(?: van (?:een jaar of |rond de |ongeveer )?\d{{1,2}}(?: jaar)?)?"
    rf" (?:met|in) (?:een )?(?:(?:{COLOURS}) )?[\w]+(?: en {CLOTHES})?",
    re.IGNORECASE,
)
CARRIES = re.compile(
    rf"(?:\b(?:draagt|droeg|heeft|had) )(?:een )?((?:\w+e? )?{CLOTHES}(?: op| aan)?"
    rf"(?: en (?:een )?(?:\w+e )?{CLOTHES})?)\b",
    re.IGNORECASE,
)
HAIR = re.compile(
    rf"\b(?:(?:{COLOURS}|blond|kort|lang|donker|krullend)e? ){{1,2}}haar\b", re.IGNORECASE
)
WEARING = re.compile(
    rf"\b(?:(?:{COLOURS}|bruin|donkere|lichte)\w* )(?:leren )?{CLOTHES}\b", re.IGNORECASE
)
LOOKS = re.compile(r"\b(?:kaal|kale man|getatoeëerd|gezet|slank)\b", re.IGNORECASE)
LOOKING = (SEEN, WITH, CARRIES, WEARING, HAIR, LOOKS)
"""Those who were seen, and what they look like."""

BARE = frozenset(
    {"een man", "een vrouw", "de man", "man", "een kind", "kinderen", "een meisje", "een jongen"}
)
QUESTION = re.compile(r"[^.!?]*\?")


def people(text: str) -> list[str]:
    """Everybody in a text, in short phrases; questions tell nothing."""
    told = QUESTION.sub(" ", text)
    return [*writer(text), *relatives(told), *seen(told)]


def writer(text: str) -> Iterator[str]:
    """The one who writes."""
    age, alone, name = OWN_AGE.search(text), ALONE.search(text), OWN_NAME.search(text)
    if age:
        yield f"melder is {age.group(1)} jaar" + (" en alleen" if alone else "")
    elif alone:
        yield "melder is alleen"
    if name:
        yield f"melder heet {name.group(1)}"


def relatives(text: str) -> Iterator[str]:
    """Those who are the writer's."""
    for match in RELATIVE.finditer(text):
        own = not match.group().casefold().startswith("een ")
        if own or match.group(1).casefold() in {"vriendin", "vriend", "collega"}:
            age = f", {match.group(2)} jaar" if match.group(2) else ""
            yield f"{match.group(1).casefold()} van melder{age}"
    yield from (f"{match.group(1).casefold()} van melder" for match in OF_MINE.finditer(text))


def seen(text: str) -> Iterator[str]:
    """Those who were seen, and what they look like."""
    taken: list[str] = []
    for pattern in LOOKING:
        for match in pattern.finditer(text):
            said = (match.group(1) if pattern.groups else match.group()).strip()
            if said.casefold() not in BARE and not any(said in one for one in taken):
                taken.append(said)
    yield from taken
    yield from (f"{how} {name}" for how, name in NAMED.findall(text))


def merged(known: list[str], new: list[str]) -> list[str]:
    """Without what was said already."""
    for one in new:
        if not any(one.casefold() in other.casefold() for other in known):
            known = [other for other in known if other.casefold() not in one.casefold()] + [one]
    return known
