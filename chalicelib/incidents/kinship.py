"""Topics that one event may be told under: a fire in a car is fire, or damage, or fireworks."""

from chalicelib.domain.assessment import Topic

FAMILIES: tuple[frozenset[Topic], ...] = (
    frozenset({"brand", "vuurwerk", "vernieling"}),
    frozenset({"fysiek_geweld", "wapen", "bedreiging", "overval"}),
    frozenset({"inbraak", "diefstal", "verdachte_situatie", "overval"}),
    frozenset({"verkeersongeval", "verkeersoverlast"}),
    frozenset({"overlast_jeugd", "geluidsoverlast", "vuurwerk", "burenruzie"}),
    frozenset({"evenement_orde", "overlast_jeugd", "vernieling", "fysiek_geweld"}),
    frozenset({"vermissing", "zelfdoding", "gevonden_verloren"}),
)


def kin(one: str, other: str) -> bool:
    """Whether both may be said of one event."""
    return one == other or any(one in family and other in family for family in FAMILIES)
