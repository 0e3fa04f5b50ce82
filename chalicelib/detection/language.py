"""In which language somebody writes. For routing and showing; never a gate that drops a message.

Script decides first, then votes of small function words and telling letters, and only when these
are undecided langdetect, with nothing but our nine profiles (a closed set: it otherwise takes
short Dutch for Afrikaans). Its draws are seeded, so that the same text gives the same answer.
"""

import threading
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from chalicelib.detection.lexicon import LANGUAGES, about
from chalicelib.detection.normalise import Text

UNKNOWN = "und"
LATIN = tuple(code for code in LANGUAGES if code not in {"ar", "uk"})
NAMES = {
    "nl": "Nederlands", "en": "Engels", "de": "Duits", "fr": "Frans", "tr": "Turks",
    "ar": "Arabisch", "pl": "Pools", "uk": "Oekraïens", "es": "Spaans", "ru": "Russisch",
    UNKNOWN: "onbekend",
}  # fmt: skip

SCRIPTS = (
    ("latin", range(0x250)),
    ("cyrillic", range(0x400, 0x530)),
    ("arabic", range(0x600, 0x780)),
    ("latin", range(0x1E00, 0x1F00)),
    ("arabic", range(0xFB50, 0xFF00)),
)

FEWEST_LETTERS = 2
CLEAR_LEAD = 1.5
"""The first language needs this many times the votes of the second to win without langdetect."""

FEWEST_VOTES = 1.5
MOST_ASKED = 2_000
"""So many characters tell the language; more only cost time."""

SURE_ENOUGH = 0.7
"""Below this langdetect is not believed about a text without votes: Dutch is then the guess."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The language, how sure (0-1), why in Dutch, and every language that may occur in the text."""

    code: str
    score: float
    because: str
    present: tuple[str, ...]


def recognise(text: Text) -> Spoken:
    """The language of the text; ``und`` when it has no letters to speak of."""
    scripts = count_scripts(text.shown)
    if sum(scripts.values()) < FEWEST_LETTERS:
        return Spoken(UNKNOWN, 1.0, "Geen woorden om een taal aan te herkennen.", LATIN)
    script = max(scripts, key=lambda name: scripts[name])
    present = tuple(present_in(scripts))
    if script == "other":
        return Spoken(UNKNOWN, 0.5, "Een schrift dat niet herkend wordt.", present)
    if script == "arabic":
        return Spoken("ar", 0.9, "Arabisch schrift.", present)
    if script == "cyrillic":
        return cyrillic(text.shown, present)
    return latin(text, present)


def count_scripts(shown: str) -> dict[str, int]:
    """How many letters of each script."""
    counts = {"latin": 0, "arabic": 0, "cyrillic": 0, "other": 0}
    if shown.isascii():
        counts["latin"] = sum(map(str.isalpha, shown))
        return counts
    for letter in filter(str.isalpha, shown):
        counts[script_of(ord(letter))] += 1
    return counts


def script_of(code: int) -> str:
    """The script that a letter belongs to."""
    return next((name for name, letters in SCRIPTS if code in letters), "other")


def present_in(scripts: dict[str, int]) -> list[str]:
    """The languages whose script occurs at all."""
    found = [code for code in LATIN if scripts["latin"]]
    return found + ["ar"] * bool(scripts["arabic"]) + ["uk"] * bool(scripts["cyrillic"])


def cyrillic(shown: str, present: tuple[str, ...]) -> Spoken:
    """Ukrainian, unless letters stand there that only Russian has."""
    small = shown.casefold()
    if any(letter in small for letter in "ыэъё") and not any(letter in small for letter in "іїєґ"):
        return Spoken("ru", 0.8, "Cyrillisch schrift met Russische letters.", present)
    return Spoken("uk", 0.9, "Cyrillisch schrift.", present)


def latin(text: Text, scripts: tuple[str, ...]) -> Spoken:
    """One of the seven languages in Latin script, by votes and if need be langdetect."""
    votes, words = count_votes(text)
    others = tuple(code for code in scripts if code not in LATIN)
    (first, most), (_, second) = sorted(votes.items(), key=lambda vote: -vote[1])[:2]
    present = tuple(code for code in LATIN if votes[code] >= 1) or LATIN
    alone = most >= 1 and not second
    if alone or (most >= FEWEST_VOTES and most >= CLEAR_LEAD * second):
        quoted = ", ".join(f'"{word}"' for word in words[first][:3])
        because = f"{NAMES[first]}: {quoted}." if quoted else f"Letters van het {NAMES[first]}."
        return Spoken(first, min(1.0, 0.7 + most / 20), because, with_usual(present + others))
    guess, score = ask_langdetect(text.shown)
    if most < 1 and score < SURE_ENOUGH:
        return Spoken("nl", 0.3, "Te kort om zeker te zijn; Nederlands is de gok.", LATIN + others)
    known = present if most >= 1 else LATIN
    return Spoken(
        guess, score, f"{NAMES[guess]}, naar lettercombinaties.", with_usual(known + others)
    )


def with_usual(present: tuple[str, ...]) -> tuple[str, ...]:
    """Dutch and English are mixed into everything here, so they are always read."""
    return tuple(dict.fromkeys((*present, "nl", "en")))


def count_votes(text: Text) -> tuple[dict[str, float], dict[str, list[str]]]:
    """Votes a language, and the words that gave them; a word that several share counts less."""
    votes = dict.fromkeys(LATIN, 0.0)
    words: dict[str, list[str]] = {code: [] for code in LATIN}
    for word in dict.fromkeys(token.forms[0] for token in text.tokens):
        speakers = speakers_of().get(word, ())
        for code in speakers:
            votes[code] += 1 / len(speakers)
            words[code].append(word)
    telling = set(text.shown.casefold()) - ASCII
    for code in LATIN:
        votes[code] += len(telling & about(code).letters)
    return votes, words


ASCII = frozenset(map(chr, range(128)))


@cache
def speakers_of() -> dict[str, tuple[str, ...]]:
    """Which languages a function word belongs to."""
    spoken = {code: about(code).function_words for code in LATIN}
    words = frozenset[str]().union(*spoken.values())
    return {word: tuple(code for code in LATIN if word in spoken[code]) for word in words}


LOADING = threading.Lock()


@cache
def profiles() -> Any:
    """The nine profiles of langdetect, which it reads and never changes."""
    from langdetect.detector_factory import DetectorFactory  # noqa: PLC0415 - slow, rarely needed

    factory = DetectorFactory()
    factory.seed = 0
    folder = files("langdetect") / "profiles"
    factory.load_json_profile([(folder / code).read_text("utf-8") for code in LANGUAGES])
    return factory


def ask_langdetect(shown: str) -> tuple[str, float]:
    """The best of the nine and its probability; Dutch with nought when it has no idea."""
    from langdetect.lang_detect_exception import LangDetectException  # noqa: PLC0415 - see above

    with LOADING:
        factory = profiles()
    detector = factory.create()
    detector.append(shown[:MOST_ASKED].casefold())
    try:
        best = detector.get_probabilities()
    except LangDetectException:
        best = []
    best = [guess for guess in best if guess.lang in LATIN]
    return (best[0].lang, best[0].prob) if best else ("nl", 0.0)
