"""A rule as colleagues set it up, and as it is followed; what is wrong with one, in clear words."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from chalicelib.domain.administered import Record, Wrong
from chalicelib.routing.rule import Broken, DeskKind, Hours, Rule

Said = tuple[str, str]
"""What is wrong, in Dutch and in English."""


SEVERAL = ("topics", "urgencies", "channels", "langs", "places")
"""The conditions that may have several values."""


def rule_of(id_: str, record: Mapping[str, Any]) -> Rule | Broken:
    """The rule in a record, or why it cannot be followed; never an error."""
    name = str(record.get("name") or id_)
    order = str(record.get("order", ""))
    version = record.get("version", 0)
    rank = int(order) if order.isascii() and order.isdigit() else 0
    if not rank:
        return Broken(id=id_, name=name, order=0, trouble="zonder volgorde")
    if not record.get("team"):
        return Broken(id=id_, name=name, order=rank, trouble="zonder team")
    if odd := next((one for one in SEVERAL if not is_several(record.get(one))), ""):
        return Broken(id=id_, name=name, order=rank, trouble=f"onleesbaar veld {odd}")
    full_at = str(record.get("full_at") or "0")
    return Rule(
        id=id_,
        name=name,
        order=rank,
        version=version if isinstance(version, int) else 0,
        topics=several(record, "topics"),
        urgencies=several(record, "urgencies"),
        channels=several(record, "channels"),
        langs=several(record, "langs"),
        places=frozenset(place.casefold() for place in several(record, "places")),
        hours=cast("Hours", str(record.get("hours") or "")),
        team=str(record["team"]),
        overflow=str(record.get("overflow") or ""),
        full_at=int(full_at) if full_at.isascii() and full_at.isdigit() else 0,
        desk=cast("DeskKind", str(record.get("desk") or "")),
    )


def is_several(value: object) -> bool:
    return value is None or isinstance(value, str | list)


def several(record: Mapping[str, Any], name: str) -> frozenset[str]:
    value = record.get(name) or ()
    return frozenset([value] if isinstance(value, str) else [str(one) for one in value])


def in_order(rules: Sequence[Rule | Broken]) -> list[Rule | Broken]:
    """By their order; what has none is looked at first, since nobody knows where it belongs."""
    return sorted(rules, key=lambda rule: (rule.order, rule.id))


def problems(
    id_: str, record: Record, others: Sequence[Rule | Broken], is_place: Callable[[str], bool]
) -> Wrong:
    """What a rule cannot be kept for, beside what is wrong with its fields."""
    wrong = Wrong()
    rule = rule_of(id_, record)
    if isinstance(rule, Broken):
        return wrong  # its fields say so already
    for name, said in (
        ("places", unknown_places(several(record, "places"), is_place)),
        ("order", same_order(rule, others) or never_reached(rule, others)),
        ("overflow", wrong_overflow(rule)),
        ("full_at", half_overflow(rule)),
    ):
        if said:
            wrong.say(name, *said)
    return wrong


def unknown_places(places: frozenset[str], is_place: Callable[[str], bool]) -> Said | None:
    unknown = ", ".join(sorted(place for place in places if not is_place(place.casefold())))
    if not unknown:
        return None
    return (
        f"Geen gemeente of eenheid: {unknown}.",
        f"No gemeente or police unit: {unknown}.",
    )


def same_order(rule: Rule, others: Sequence[Rule | Broken]) -> Said | None:
    for other in others:
        if other.order == rule.order:
            return (
                f"Regel '{other.name}' heeft al volgorde {rule.order}.",
                f"Rule '{other.name}' has order {rule.order} already.",
            )
    return None


def never_reached(rule: Rule, others: Sequence[Rule | Broken]) -> Said | None:
    """An earlier rule that takes all that this one would."""
    for other in others:
        if isinstance(other, Rule) and other.order < rule.order and takes_all_of(other, rule):
            return (
                f"Komt nooit aan de beurt: regel '{other.name}' ({other.order}) gaat altijd voor.",
                f"Never reached: rule '{other.name}' ({other.order}) always goes first.",
            )
    return None


def takes_all_of(earlier: Rule, later: Rule) -> bool:
    """Whether nothing is left for the later one."""
    pairs = (
        (earlier.topics, later.topics),
        (earlier.urgencies, later.urgencies),
        (earlier.channels, later.channels),
        (earlier.langs, later.langs),
        (earlier.places, later.places),
    )
    wider = all(not wide or (narrow and narrow <= wide) for wide, narrow in pairs)
    return wider and earlier.hours in ("", later.hours)


def wrong_overflow(rule: Rule) -> Said | None:
    if rule.overflow and rule.overflow == rule.team:
        return "Kies een ander team dan het team zelf.", "Choose another team than the team itself."
    if rule.full_at and not rule.overflow:
        return "Kies het team dat het dan overneemt.", "Choose the team that takes over then."
    return None


def half_overflow(rule: Rule) -> Said | None:
    if rule.overflow and not rule.full_at:
        return "Vul in vanaf hoeveel wachtende.", "Fill in from how many waiting on."
    return None
