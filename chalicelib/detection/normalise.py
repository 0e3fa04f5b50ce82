"""From what somebody typed to words that can be looked up, however it was typed.

Accents, capitals, invisible characters, stretched letters ("heeelp") and figures for letters
("m3s") make no difference to what is found. What is shown to a person is cut from ``shown``, so
that a because quotes the words as they were written.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from importlib.resources import files

LETTERS = "letters.toml"
DOT_ABOVE = 0x307
"""What is left of a Turkish capital İ as a small letter."""

LONGEST = 10_000
"""Longer texts are read at their head and tail only: a cry for help stands at either end."""

HEAD = 6_000

NO_PAUSE, COMMA, FULL_STOP = 0, 1, 2
"""What stands before a word: nothing, a pause, or the end of a sentence."""

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u0640\u064b-\u065f\u0670\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u201b\u0060\u00b4\u02bc\u2032\u02b9", "'"))
NOT_WORDS = re.compile(
    r"https?://\S{1,2000}|www\.\S{1,2000}|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{2,20}|(?<!\w)@\w{1,50}"
)
SIGN_FOR_LETTER = re.compile(r"(?<=[^\W\d_])[@$](?=[^\W\d_])")
WORD = re.compile(
    r"[^\W_]+(?:'[^\W_]+)*|[\u2600-\u27bf\u2b50\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff]"
)
ELISION = frozenset(
    {"j", "l", "d", "n", "s", "c", "m", "t", "qu", "jusqu", "lorsqu", "puisqu", "quelqu", "aujourd"}
)
SHORTEST_AFTER_ELISION = 2
STRETCHED = re.compile(r"(.)\1{2,}")
FIGURES = str.maketrans("013457", "oieast")
FIGURE_INSIDE = re.compile(r"[^\W\d_][013457]+[^\W\d_]")

CLASSES = {
    "#getal": re.compile(r"\d{1,4}"),
    "#jaartal": re.compile(r"1[0-9]\d\d|20\d\d"),
    "#weg": re.compile(r"[an]\d{1,3}"),
}
"""Words that are known by their look, as phrases name them."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word or emoji: the spellings to look up and where it stands in ``Text.shown``."""

    forms: tuple[str, ...]
    start: int
    end: int
    pause: int


@dataclass(frozen=True, slots=True)
class Text:
    """A message made ready for reading."""

    shown: str
    tokens: tuple[Token, ...]

    def quote(self, at: tuple[int, ...]) -> str:
        """The words at these places as they were written, skipped words as an ellipsis."""
        parts: list[str] = []
        for before, now in zip((at[0] - 1, *at), at, strict=False):
            if now != before + 1:
                parts.append("…")
            parts.append(self.shown[self.tokens[now].start : self.tokens[now].end])
        return " ".join(parts)


def read(raw: str) -> Text:
    """The text as shown and as words, in bounded time whatever was sent."""
    shown = tidy(raw)
    tokens: list[Token] = []
    end = 0
    for found in WORD.finditer(shown):
        pause = pause_in(shown[end : found.start()])
        end = found.end()
        tokens.extend(split(found.group(), found.start(), pause))
    return Text(shown, tuple(tokens))


def tidy(raw: str) -> str:
    """Without invisible characters, addresses and links; bounded."""
    text = " ".join(INVISIBLE.sub("", raw).split())
    if len(text) > LONGEST:
        text = f"{text[:HEAD]} . {text[HEAD - LONGEST :]}"
    text = unicodedata.normalize("NFKC", text.translate(APOSTROPHES))[: LONGEST + HEAD]
    text = NOT_WORDS.sub(" ", text)
    return SIGN_FOR_LETTER.sub(lambda sign: "a" if sign.group() == "@" else "s", text)


def pause_in(between: str) -> int:
    """How strongly the characters between two words part them. Three dots do not."""
    if len(between) == 1:
        return NO_PAUSE if between in " -/'" else pause_sign(between)
    if "!" in between or "?" in between or ";" in between:
        return FULL_STOP
    if between.count(".") == 1:
        return FULL_STOP
    return COMMA if between.strip() else NO_PAUSE


def pause_sign(sign: str) -> int:
    """The pause of a single character that is neither a space nor a joiner."""
    if sign in ".!?;":
        return FULL_STOP
    return NO_PAUSE if sign.isspace() else COMMA


def split(word: str, start: int, pause: int) -> list[Token]:
    """One token, or two for a French elision: j'ai, d'un, qu'il."""
    head, quote, tail = word.partition("'")
    if quote and len(tail) >= SHORTEST_AFTER_ELISION and head.casefold() in ELISION:
        middle = start + len(head) + 1
        rest = Token(spellings(tail), middle, start + len(word), NO_PAUSE)
        return [Token(spellings(head), start, middle - 1, pause), rest]
    return [Token(spellings(word), start, start + len(word), pause)]


def spellings(word: str) -> tuple[str, ...]:
    """The forms under which a word is looked up; the plain one first."""
    plain = fold(word)
    if plain.isalpha() and not STRETCHED.search(plain):
        return (plain,)
    forms = [plain]
    if STRETCHED.search(plain) and not plain.isdigit():
        forms += [STRETCHED.sub(r"\1", plain), STRETCHED.sub(r"\1\1", plain)]
    if FIGURE_INSIDE.search(plain):
        forms.append(plain.translate(FIGURES))
    forms += [name for name, looks in CLASSES.items() if looks.fullmatch(plain)]
    return tuple(dict.fromkeys(forms))


def fold(word: str) -> str:
    """Small letters without accents; Arabic letters in their plain shape."""
    word = word.replace("'", "").casefold()
    return word if word.isascii() else word.translate(PLAIN_LETTERS)


def plain_letters() -> dict[int, str | None]:
    """Each accented Latin letter to its base, and the letters that have no such base."""
    table: dict[int, str | None] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            table[code] = base.lower()
    said = tomllib.loads((files("chalicelib.detection") / "words" / LETTERS).read_text("utf-8"))
    pairs = (pair.split("=") for script in said.values() for pair in script.split())
    return table | {ord(letter): plain for letter, plain in pairs} | {DOT_ABOVE: ""}


PLAIN_LETTERS = plain_letters()
