"""When a conversation is left for a person at once: what detection raises, and a flow's own words.

Detection is the judge of how likely danger is. Some messages mislead it here, because it was not
made for answers to questions: a bare answer (only a place, a time, a look, or "no, nobody is hurt")
that the model alone raises, and a story of a day that has passed, or of a habit. None of these
leaves the flow.
"""

import re
from collections.abc import Sequence

from chalicelib.domain.assessment import Assessment
from chalicelib.intake import harm, what, when, where, who
from chalicelib.intake.facts import LONGEST
from chalicelib.intake.likelihood import by_rules, chance
from chalicelib.intake.matter import Matter

WITH_ENCODER = (0.6, 0.91, 0.915)
TIER_ONE = (0.3, 0.75, 0.8)
"""From which chance on a flow is left: raised by a rule; by the model alone in a first message, in
a later one. Detection's own thresholds look for all there is; they would leave every fifth calm
conversation. Chosen on the open dialogues (docs/flows.md)."""

WORTH_A_WARNING = 0.6

ALWAYS = frozenset({"zelfdoding", "vermissing", "brand", "wapen"})
"""Topics in which a day that has passed takes nothing away."""

PAST = re.compile(
    r"\b(?:soms|per dag|regelmatig|elke keer|gister\w*|eergisteren|vannacht|"
    r"vorige|afgelopen|dit weekend|geleden|"
    r"(?:maan|dins|woens|donder|vrij|zater|zon)dag(?:ochtend|middag|avond|nacht)?)\b",
    re.IGNORECASE,
)

DENIES = re.compile(
    r"\W*(?:nee|neen|no|nope|nein|non|nie|ні|hayır|لا)\b.*"  # noqa: RUF001 - Turkish
    r"\b(?:niet|geen|niks|niets|niemand|nooit|not|nobody|nothing|none|nicht|nichts|kein\w*|"
    r"pas|personne|rien|nikt|nic|yok|değil|أحد|ніхто|немає|nadie|nada|ningun\w*)\b",
    re.IGNORECASE | re.DOTALL,
)
"""An answer that something is not so: it begins with "no", and says not, nobody or nothing."""

ACTS = re.compile(
    r"\b(?:hij|zij|ze|ie|he|she|they|er|sie|il|elle|on|ik (?:hoor|zie|ruik|voel))\b", re.IGNORECASE
)
"""Somebody does something: no bare answer, however short ("hij komt de trap op")."""

LONGEST_DENIAL = 8
"""In words; a longer answer tells something else as well."""

WEAK = "zwak_"
"""How detection names a sign that says little by itself."""


def is_danger(texts: Sequence[str], assessment: Assessment, found: Sequence[Matter]) -> bool:
    """Whether the last message means danger now, so that the flow is left."""
    text = texts[-1][:LONGEST]
    if found and found[0].flow.is_danger(texts[-1]):
        return True
    if not assessment.emergency:
        return False
    first = len(texts) == 1
    answers = not first and not is_ruled(assessment) and (is_bare(text) or is_denial(text))
    if answers or is_past(text, assessment):
        return False
    least = found[0].flow.sure if found else 0.0
    return chance(assessment) >= max(least, bar(assessment, first=first))


def bar(assessment: Assessment, *, first: bool) -> float:
    """How sure detection must be, by who raised it: a rule, or the model alone."""
    by_rule, at_first, later = WITH_ENCODER if "encoder" in assessment.version else TIER_ONE
    if is_ruled(assessment):
        return by_rule
    return at_first if first else later


def is_ruled(assessment: Assessment) -> bool:
    """Whether a rule raised it that says enough by itself, or two that say little."""
    named = [one.value for one in assessment.findings if one.name == "spoed"]
    weak = sum(name.startswith(WEAK) for name in named)
    return by_rules(assessment) and (weak < len(named) or weak > 1)


def is_denial(text: str) -> bool:
    """Whether a message only says that something is not so."""
    return DENIES.match(text) is not None and len(text.split()) <= LONGEST_DENIAL


def is_warned_of(texts: Sequence[str], assessment: Assessment) -> bool:
    """Whether the advice is given although the flow goes on: danger that is not so sure."""
    unsure = by_rules(assessment) or chance(assessment) >= WORTH_A_WARNING
    return assessment.emergency and unsure and not is_bare(texts[-1][:LONGEST])


def is_bare(text: str) -> bool:
    """Whether a message only says where, when, who, or what something looks like."""
    spans = [(place.start, place.end) for place in where.places(text)]
    spans += [match.span() for match in when.FOUND.finditer(text)]
    for pattern in (when.RIGHT_NOW, *who.LOOKING):
        spans += [match.span() for match in pattern.finditer(text)]
    told = what.clauses(text, spans)
    tells = ACTS.search(text) is not None or harm.weapons(text)
    return bool(spans) and not tells and all(map(what.describes, told))


def is_past(text: str, assessment: Assessment) -> bool:
    """Whether a message tells of a day that has passed or a habit, and of nothing going on."""
    told = assessment.topic not in ALWAYS and PAST.search(text) is not None
    return told and not when.is_now(text) and "sinds" not in text.casefold()
