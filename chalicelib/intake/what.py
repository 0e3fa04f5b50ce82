"""What it is about: the clauses that carry the matter, without greeting, place and time."""

import re
from collections.abc import Sequence

from chalicelib.intake.phrase_book import signals
from chalicelib.intake.words import words

MOST_WORDS = 30
CLAUSE = re.compile(r"(?<!\d)[.](?!\d)\s*|(?<=\d)[.]\s+|[!?;\n]+\s*|,\s+|\s+(?:maar|want)\s+")
SENTENCE = re.compile(r"[^.!?]+(?:[.](?=\d)[^.!?]*)*[.!?]*")
GREETING = re.compile(
    r"^\W*(?:(?:hoi|hallo|hey|hi|yo|help|goede?(?:morgen|middag|navond|ndag)|geachte \w+(?:/\w+)?|"
    r"beste \w+|l\.s\.|sorry|ja|nee|ok|oke|"
    r"o|oh|en|wacht|dus|nou)\b[\s,!.]*)+",
    re.IGNORECASE,
)
LEAD = re.compile(
    r"^(?:ik wil (?:graag )?(?:een )?(?:aangifte doen|tip geven|melding doen|klacht indienen|"
    r"doorgeven|melden)(?: van| over| dat)?|"
    r"ik (?:heb|ben|word|wil|zag|denk dat(?: er| het)?)(?: net| nu| even| graag)?|er (?:is|zijn|"
    r"wordt|zit|ligt|staat|loopt|was|zat)(?: hier)?(?: nu| steeds)?|"
    r"(?:het|dat) (?:is|was|gaat om)|we hebben|wij hebben|die|hij|ze) ",
    re.IGNORECASE,
)
POSSESSIVE = re.compile(r"\b(?:mijn|mn|m'n|onze|ons)\b ?", re.IGNORECASE)
LEFT_OVER = re.compile(
    r"(?:[\s,]*\b(?:in|op|bij|aan|uit|van|de|het|een|onze|ons|langs|achter|voor|en|te|ter|nu|net|"
    r"at|rond|om|ergens|is|denk|ik)\b)+[\s,]*$",
    re.IGNORECASE,
)
ASKS = re.compile(
    r"^(?:wat|waar|wie|hoe|wanneer|bij wie|moet|mag|kan|kun|kunnen|kunt|is er|wil|wilt|can|bel|"
    r"waarom|blijf|je kan|u kunt)\b",
    re.IGNORECASE,
)
STATUS = re.compile(
    r"\b(?:aangifte|zaak|melding|openingstijden|afspraak|verlengen|bezwaar|vergunning|"
    r"hulp)\b",
    re.IGNORECASE,
)
EMPTY = frozenset(
    [
        "ja",
        "nee",
        "ok",
        "oke",
        "top",
        "graag",
        "zo",
        "hoor",
        "dat",
        "dit",
        "het",
        "is",
        "was",
        "klopt",
        "niet",
        "ik",
        "ben",
        "en",
        "de",
        "een",
        "in",
        "op",
        "van",
        "nu",
        "er",
        "al",
        "wel",
    ]
)
FEWEST = 2
LONG_WORD = 8
"""A single word so long tells something."""

FEWEST_DUTCH = 3
DUTCH = frozenset(
    [
        "de",
        "het",
        "een",
        "is",
        "niet",
        "mijn",
        "ik",
        "en",
        "er",
        "op",
        "van",
        "was",
        "met",
        "zijn",
        "heb",
        "aan",
        "ook",
        "naar",
        "bij",
        "voor",
    ]
)
AMOUNT = re.compile(r"\b\d+(?:[.,]\d+)? ?euro\b|€", re.IGNORECASE)
ABOUT_ME = re.compile(
    r"^(?:ik|ben|heet|naam)\b.{0,14}\d|^(?:ik )?(?:heet [A-Z]|schaam|durf|ben bang|weet|hoop|"
    r"hoor)\b",
    re.IGNORECASE,
)


def things_in(text: str, sort: str) -> list[str]:
    """The Dutch names of the things or colours that a text names, whatever its language."""
    said = {word.strip(".,!?").casefold() for word in text.split()}
    return [name for name, ways in words("things")[sort].items() if said & set(ways.split())]


def in_dutch_words(texts: Sequence[str], title: str) -> str:
    """The matter of a conversation in another language: its colours, things and topic."""
    text = " ".join(texts)
    known = set(title.split())
    things = [thing for thing in things_in(text, "things") if thing not in known | {"geld"}]
    parts = [*things_in(text, "colours"), *things, title]
    return " ".join(dict.fromkeys(" ".join(parts).split()))


def is_dutch(text: str) -> bool:
    """Whether enough Dutch small words stand in a text, whatever its language is taken for."""
    said = [word.strip(".,!?").casefold() for word in text.split()]
    return sum(word in DUTCH for word in said) >= FEWEST_DUTCH


def clauses(text: str, blanks: Sequence[tuple[int, int]]) -> list[str]:
    """The parts of a message that say something, with these stretches left out."""
    kept = []
    for sentence in SENTENCE.finditer(blanked(text, blanks)):
        asked = sentence.group().strip().endswith("?")
        parts = [clause for part in CLAUSE.split(sentence.group()) if (clause := tidied(part))]
        for at, clause in enumerate(parts, 1):
            if tells(clause, asked=asked and at == len(parts)):
                kept.append(clause)
    return kept


def blanked(text: str, blanks: Sequence[tuple[int, int]]) -> str:
    """With a mark where something was that stands in another slot."""
    for start, end in sorted(blanks, reverse=True):
        head = LEFT_OVER.sub("", text[:start])
        text = f"{head} {text[end:].lstrip()}"
    return text


def tidied(part: str) -> str:
    """Without greeting, "ik wil aangifte doen van", and loose words at the end."""
    clause = GREETING.sub("", part.strip(" ,.-"))
    clause = POSSESSIVE.sub("", LEAD.sub("", clause))
    return re.sub(r"\s+", " ", LEFT_OVER.sub("", clause)).strip(" ,.-")


def tells(clause: str, *, asked: bool) -> bool:
    """Whether a clause says something of the matter."""
    content = [word for word in re.findall(r"[\w€-]+", clause.casefold()) if word not in EMPTY]
    telling = describes(clause) or len(clause) >= LONG_WORD
    if len(content) < FEWEST and not (content and telling):
        return False
    if ABOUT_ME.search(clause) or signals().names(clause) & {
        "thanks",
        "abuse",
        "person",
        "unsure",
        "correcting",
    }:
        return False
    return not (asked or ASKS.search(clause)) or STATUS.search(clause) is not None


def describes(clause: str) -> bool:
    """Whether it names a thing, a colour or an amount."""
    named = things_in(clause, "things") or things_in(clause, "colours")
    return bool(named) or AMOUNT.search(clause) is not None


def rendered(found: Sequence[str]) -> str:
    """The clauses, the first ones first, no longer than a person reads at a glance."""
    kept: list[str] = []
    for clause in dict.fromkeys(found):
        if any(clause.casefold() in one.casefold() for one in kept):
            continue
        if kept and sum(len(one.split()) for one in (*kept, clause)) > MOST_WORDS:
            break
        kept.append(clause)
    return ", ".join(kept)
