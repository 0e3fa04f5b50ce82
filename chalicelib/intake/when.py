"""When it was: the expressions of time in a text, hours on the clock of twenty-four."""

import re
from dataclasses import dataclass

from chalicelib.intake.words import words

DAYS = r"(?:maan|dins|woens|donder|vrij|zater|zon)dag"
MONTHS = (
    "(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)"
)
PARTS = r"(?:ochtend|morgen|middag|avond|nacht)"
NUMBER = r"(?:\d{1,3}|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|half|paar|enkele)"
UNIT = r"(?:minuten|minuut|kwartier|uur|uren|dagen|dag|weken|week|maanden|maand|jaar)"
NAMED_HOUR = r"(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf)"
PART_OF_HOUR = r"(?:half|kwart (?:over|voor)|(?:vijf|tien|twintig) (?:over|voor)(?: half)?)"
HOUR = rf"(?:\d{{1,2}}(?:[:.]\d\d)?|{PART_OF_HOUR} {NAMED_HOUR}|{NAMED_HOUR})"

EACH = rf"(?:elke|iedere|ieder|elk) (?:{DAYS}{PARTS}?|{PARTS}|dag|week|weekend|keer)"
LAST = (
    rf"(?:afgelopen|vorige?|deze|dit) (?:week(?: {DAYS})?|maand|weekend|nacht|{DAYS}{PARTS}?|jaar)"
)
DAY = (
    rf"\b(?:{EACH}|{LAST}|eergisteren|gister(?:en)?(?:{PARTS}|\s{PARTS})?|van(?:ochtend|morgen|"
    rf"middag|"
    rf"avond|nacht|daag)|{DAYS}{PARTS}?|'s nachts|s nachts|\d{{1,2}} {MONTHS}|in {MONTHS})\b"
)
CLOCK = (
    rf"\b(?:tussen {HOUR}(?: uur)? en {HOUR}(?: uur)?|(?:om|rond|omstreeks|tot|vanaf|na|"
    rf"voor) {HOUR} uur|"
    rf"(?:om|rond|omstreeks) (?:\d{{1,2}}(?:[:.]\d\d)?|{PART_OF_HOUR} {NAMED_HOUR})(?=[ ,.]|$))"
)
LONG = (
    rf"\b(?:(?:sinds|al) (?:een )?{NUMBER} {UNIT}|al (?:weken|maanden|dagen|jaren|uren)|"
    rf"(?:een )?{NUMBER} {UNIT} geleden|sinds {DAY[2:]})"
)
NOW = r"\b(?:nu|op dit moment|momenteel|zojuist|net|right now|jetzt|şu anda|зараз|الآن|ahora)\b"
SEEN = rf"{DAY} (?:pas |toen )?ontdekt\w*"
FOUND = re.compile(
    f"(?P<found>{SEEN})|(?P<long>{LONG})|(?P<day>{DAY})|(?P<clock>{CLOCK})", re.IGNORECASE
)
RIGHT_NOW = re.compile(NOW, re.IGNORECASE)
NOT_NOW = re.compile(
    r"\b(?:en|dus|maar|wat|moet ik|doe ik) nu\b|\bnu (?:we|weer)\b|\bnet als\b", re.IGNORECASE
)
DISCOVERED = re.compile(r"(?:pas |toen )?ontdekt\w*")
ERGENS = re.compile(r"\bergens\s+", re.IGNORECASE)
DIGITS = re.compile(r"\d{1,2}(?=[:.]\d\d| uur| en |$)")
NOON = 12


@dataclass(frozen=True, slots=True)
class Moment:
    """One expression: which sort, and the words."""

    sort: str
    text: str


def moments(text: str) -> list[Moment]:
    """The expressions of time in a text, in order."""
    plain = ERGENS.sub("", in_dutch(text))
    found = [
        Moment(str(match.lastgroup), DISCOVERED.sub("ontdekt", match.group().strip(" ,.")))
        for match in FOUND.finditer(plain)
    ]
    return [Moment(one.sort, on_the_clock(one.text, found)) for one in found]


def is_now(text: str) -> bool:
    """Whether something is said to be going on."""
    return RIGHT_NOW.search(NOT_NOW.sub("", text)) is not None


def in_dutch(text: str) -> str:
    """The words for time of other languages in Dutch."""
    for dutch, foreign in words("moments").items():
        for word in foreign.split(";"):
            if word != "hier" or "'" in text or "volé" in text:  # hier: French only
                text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", dutch, text, flags=re.IGNORECASE)
    return text


def on_the_clock(text: str, beside: list[Moment]) -> str:
    """``tussen 2 en 5`` of an afternoon is between 14 and 17."""
    said = " ".join(moment.text for moment in beside).casefold()
    late = "middag" in said or "avond" in said
    if not late or not re.search(HOUR, text) or "nacht" in said:
        return text
    return DIGITS.sub(lambda hour: later(int(hour.group())), text)


def later(hour: int) -> str:
    """An hour after noon."""
    return str(hour + NOON if hour < NOON else hour)


def rendered(found: list[Moment]) -> str:
    """The moments as one phrase: ``gistermiddag tussen 14 en 17 uur``."""
    order = {"day": 0, "clock": 1, "long": 2, "found": 3}
    texts = [moment.text for moment in sorted(found, key=lambda one: order[one.sort])]
    joined = " ".join(dict.fromkeys(texts))
    hours = re.fullmatch(r".*\d", joined) and any(one.sort == "clock" for one in found)
    return f"{joined} uur" if hours else joined


def merged(known: list[Moment], new: list[Moment], *, corrects: bool) -> list[Moment]:
    """What is known of the time after a message: a correction replaces, more detail adds."""
    if corrects and new:
        sorts = {moment.sort for moment in new}
        return [one for one in known if one.sort not in sorts] + first_of_each(new)
    have = {moment.sort for moment in known}
    return known + [moment for moment in first_of_each(new) if moment.sort not in have]


def first_of_each(new: list[Moment]) -> list[Moment]:
    """The first of each sort."""
    return list({moment.sort: moment for moment in reversed(new)}.values())
