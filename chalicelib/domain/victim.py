"""Who was harmed by a crime has rights of their own, and says what they want to be told, and how.

The rights are those of the Dutch Code of Criminal Procedure, articles 51a to 51h (read on
wetten.overheid.nl as general knowledge: to be checked before going live).
"""

from dataclasses import dataclass
from typing import Literal, get_args

from chalicelib.domain.assessment import Topic

HARMED: frozenset[Topic] = frozenset({
    "fysiek_geweld", "wapen", "inbraak", "diefstal", "overval", "verkeersongeval",
    "huiselijk_geweld", "bedreiging", "zeden", "fraude_online", "vernieling", "discriminatie",
})  # fmt: skip
"""Topics in which the citizen is likely to be a victim."""

RIGHTS = ("information", "help", "interpreter", "protection", "damage", "company")

Tell = Literal["all", "main", "nothing"]
How = Literal["channel", "call", "dossier"]

TELLS: tuple[Tell, ...] = get_args(Tell)
HOWS: tuple[How, ...] = get_args(How)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wants:
    """What a victim wants to be told, in which way, and whether they asked for help."""

    tell: Tell
    how: How
    help: bool = False
