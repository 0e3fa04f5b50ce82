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

_DATED = re.compile(r"[0-9@<]")
"""A program names a date or an address; a citizen's own "op de muur schreef iemand:" does not."""

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

_FORWARDED = re.compile(r"(fwd?|fw|doorst|tr|wg)\s*:", re.IGNORECASE)

_LONGEST_HEAD = 400


def own_words(text: str, subject: str) -> str:
    """The text without its quoted tail; what is forwarded is no quote but the message."""
    lines = text.split("\n")
    own = "\n".join(lines[: _tail(lines)]).strip()
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


def _is_heading(lines: list[str], at: int) -> bool:
    if not lines[at].startswith(("Van: ", "From: ", "Von: ", "De: ")):
        return False
    return at > 0 and bool(_BLOCK.match("\n".join(lines[at : at + 6]) + "\n"))


def _head(lines: list[str], at: int) -> int:
    """Over how many lines an attribution stands here; 0 when there is none."""
    pattern = _HEADS.get(lines[at][:3])
    if pattern is None:
        return 0
    for size in (1, 2, 3):
        head = " ".join(line.strip() for line in lines[at : at + size])
        if len(head) > _LONGEST_HEAD:
            return 0
        if pattern.fullmatch(head) and _DATED.search(head):
            return size
    return 0


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
