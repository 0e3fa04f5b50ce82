"""What the writer added, without the quoted tail of the conversation before it.

Only a tail is folded: where somebody answers in between the quotes, all of it stays.
"""

import re

_HEADS = {
    "Op ": re.compile(r"Op .*(schreef|geschreven).*:"),
    "On ": re.compile(r"On .*wrote.*:"),
    "Am ": re.compile(r"Am .*(schrieb|geschrieben).*:"),
    "Le ": re.compile(r"Le .*écrit.*:"),
}
"""How mail programs introduce what they quote, by the word that the line begins with."""

_STAMPED = re.compile(r"[@<]|\b\d{1,2}[:.]\d{2}\b|\b20\d{2}\b")
"""A program names an address, a clock time or a year; "op 12 mei schreef mijn ex:" does not."""

_ORIGINAL = re.compile(
    r"-{2,} ?(Oorspronkelijk bericht|Original Message|Ursprüngliche Nachricht|"
    r"Message d'origine) ?-{2,}",
    re.IGNORECASE,
)
_BLOCK = re.compile(
    r"(Van|From|Von|De): .*\n(Verzonden|Datum|Sent|Date|Gesendet|Envoyé): .*\n"
    r"(.*\n){0,3}?(Onderwerp|Subject|Betreff|Objet): "
)
"""Outlook's heading above what it quotes."""

_RULE = re.compile(r"_{10,}")
"""What Outlook draws above that heading."""

_FORWARDED = re.compile(r"(fwd?|fw|doorst|tr|wg)\s*:", re.IGNORECASE)

_LONGEST_HEAD = 400


def own_words(text: str, subject: str) -> str:
    """The text without its quoted tail; what is forwarded is no quote but the message."""
    lines = text.split("\n")
    own = "\n".join(_without_rule(lines[: _tail(lines)])).strip()
    return text.strip() if not own and _FORWARDED.match(subject) else own


def _tail(lines: list[str]) -> int:
    """The line that the quoted tail begins at; the number of lines when there is none."""
    even = _even_from(lines)
    for at, line in enumerate(lines):
        if _ORIGINAL.fullmatch(line.strip()) or _is_heading(lines, at):
            return at
        size = _head(lines, at)
        if size and even[at + size]:
            return at
    return _marked(lines)


def _without_rule(lines: list[str]) -> list[str]:
    """Without the line that Outlook draws above what it quotes."""
    kept = [at for at, line in enumerate(lines) if line.strip()]
    last = kept[-1] if kept else 0
    return lines[:last] if kept and _RULE.fullmatch(lines[last].strip()) else lines


def _is_heading(lines: list[str], at: int) -> bool:
    if not lines[at].startswith(("Van: ", "From: ", "Von: ", "De: ")):
        return False
    return at > 0 and bool(_BLOCK.match("\n".join(lines[at : at + 6]) + "\n"))


def _head(lines: list[str], at: int) -> int:
    """Over how many lines an attribution stands here; 0 when there is none.

    Where no program's stamp is in it, only marks show that what follows is a quote: a citizen may
    cite a threat.
    """
    pattern = _HEADS.get(lines[at][:3])
    if pattern is None:
        return 0
    for size in (1, 2, 3):
        head = " ".join(line.strip() for line in lines[at : at + size])
        if len(head) > _LONGEST_HEAD:
            return 0
        if pattern.fullmatch(head) and (_STAMPED.search(head) or _is_marked(lines[at + size :])):
            return size
    return 0


def _is_marked(lines: list[str]) -> bool:
    """Whether what follows begins with a quotation mark."""
    return next((line for line in lines if line.strip()), "").startswith(">")


def _even_from(lines: list[str]) -> list[bool]:
    """From each line on: whether all of it is marked, or nothing (some programs mark nothing)."""
    kinds: set[bool] = set()
    even = [True]
    for line in reversed(lines):
        if line.strip():
            kinds.add(line.startswith(">"))
        even.append(len(kinds) < 2)  # noqa: PLR2004 one kind only
    return even[::-1]


def _marked(lines: list[str]) -> int:
    """Where marked lines at the very end begin."""
    at = len(lines)
    while at and (not lines[at - 1].strip() or lines[at - 1].startswith(">")):
        at -= 1
    return at
