"""The place finder: a text and what is known around it in, whereabouts with their because out."""

from dataclasses import replace

from chalicelib.detection.locating.gazetteer import Entry, Gazetteer
from chalicelib.detection.locating.meaning import WELL_KNOWN
from chalicelib.detection.locating.pointing import (
    ROAD_CONFIDENCE,
    SOMEWHERE_ALONG,
    along,
    by_postcode,
    pinned,
    points_in,
    postcodes_in,
    road_in,
)
from chalicelib.detection.locating.spotting import spots_in, street_in
from chalicelib.detection.locating.weighing import Option, is_common, options_of
from chalicelib.domain.whereabouts import SURE_ENOUGH, Candidate, Surroundings, Whereabouts

MOST = 6
CLEAR_SHARE = 0.88
"""With less of its name than this, a place is something to ask about."""

ALIKE = 0.9
"""With so much of the confidence of the likeliest, a town elsewhere is as likely."""

SOMEWHERE = 200_000
"""Metres: anywhere in the country."""

REMEMBERED = 0.85
EARLIER = 5
FINE = ("station", "landmark", "buurt", "wijk")


def find(text: str, around: Surroundings, gazetteer: Gazetteer) -> Whereabouts:
    """Where this is about. What the text leaves open may stand in what was said before."""
    told = find_alone(text, around, gazetteer)
    if told.best and told.best.gemeente:
        return told
    before = remembered(text, around, gazetteer)
    if before is None:
        return told
    again = replace(around, gemeente=before.gemeente, unit=before.unit)
    helped = find_alone(text, again, gazetteer)
    if helped.best and helped.best.gemeente:
        return helped
    street = street_in(text, spots_in(text, gazetteer))
    found = (*in_town(text, before, street), *told.candidates)
    return Whereabouts(candidates=found[:MOST])


def find_alone(text: str, around: Surroundings, gazetteer: Gazetteer) -> Whereabouts:
    """Where this is about by its own words."""
    exact = exact_ones(text, gazetteer)
    spots = spots_in(text, gazetteer)
    street = street_in(text, spots)
    options = options_of(spots, text, around, gazetteer)
    ranked = sorted(options, key=lambda option: -option.confidence)
    named = [to_candidate(option, gazetteer) for option in ranked if option.confidence]
    if exact:
        return Whereabouts(candidates=(*exact, *named)[:MOST])
    if not ranked or ranked[0].confidence < SURE_ENOUGH:
        sole = only_one(ranked)
        if sole:
            town = replace(to_candidate(sole, gazetteer), confidence=SURE_ENOUGH)
            return Whereabouts(candidates=tuple(in_town(text, town, street)))
        return unclear(text, ranked, named, street, gazetteer)
    ends = ends_of(ranked)
    if len(ends) > 1 and ranked[0] in ends:
        return halfway(text, ends, named, gazetteer)
    rivals = rivals_of(ranked)
    if len(rivals) > 1:
        return either(rivals, named, gazetteer)
    finest = finest_in(ranked, rivals[0])
    town = to_candidate(finest, gazetteer)
    rest = [candidate for candidate in named if candidate != town]
    found = (*in_town(text, town, street), *rest)[:MOST]
    return Whereabouts(candidates=found, question=which(ranked))


def only_one(ranked: list[Option]) -> Option | None:
    """The one part of a town that is named: who writes "richting de Neude" is not far from it.

    Of a whole town that says too little, and what every town has may be anywhere.
    """
    gemeenten = {one.entry.gemeente for one in ranked}
    if len(gemeenten) != 1 or None in gemeenten:
        return None
    first = ranked[0].entry
    denied = any(one.spot.role == "denied" for one in ranked)
    return None if denied or first.kind not in FINE or is_common(first) else ranked[0]


def exact_ones(text: str, gazetteer: Gazetteer) -> list[Candidate]:
    """Points and postcodes."""
    points = [pinned(*point, gazetteer) for point in points_in(text)]
    codes = [by_postcode(*found, gazetteer) for found in postcodes_in(text, gazetteer)]
    return [*points, *codes]


def finest_in(ranked: list[Option], first: Option) -> Option:
    """The most exact place that was named within the gemeente of the likeliest."""
    within = [
        option
        for option in ranked
        if option.entry.gemeente == first.entry.gemeente and option.confidence >= SURE_ENOUGH
    ]
    fine = [option for option in within if option.entry.kind in FINE and first.entry.gemeente]
    return min(fine, key=lambda option: FINE.index(option.entry.kind)) if fine else first


def in_town(text: str, town: Candidate, street: str | None) -> list[Candidate]:
    """The street or road in this town that the text names, and the town."""
    road = road_in(text)
    if street and street != town.mention:
        because = f"“{street}”, en {town.because}"
        finer = replace(town, name=titled(street), kind="street", mention=street, because=because)
    elif road:
        because = f"de {road.number}, en {town.because}"
        finer = replace(town, name=road.name, kind="road", mention=road.mention, because=because)
    else:
        return [town]
    return [finer, town]


def rivals_of(ranked: list[Option]) -> list[Option]:
    """The likeliest, with the towns elsewhere of which as much is said: "in Almelo of in Borne".

    One that something else points to has no rival.
    """
    here = [one for one in ranked if one.spot.role == "here" and one.confidence >= SURE_ENOUGH]
    first = (here or ranked)[0]
    alike = [one for one in ranked if is_rival(one, first)]
    towns = list({one.entry.gemeente: one for one in reversed(alike)}.values())
    backed = [one for one in alike if one.backed]
    if len({one.entry.gemeente for one in backed}) == 1:
        return backed[:1]
    return towns[::-1]


def is_rival(one: Option, first: Option) -> bool:
    """Whether as much is said of it as of the first, by another name."""
    other = one.spot.start != first.spot.start and one.entry.gemeente != first.entry.gemeente
    alike = one.spot.role == first.spot.role and one.confidence >= ALIKE * first.confidence
    return one is first or (other and alike and one.entry.weight >= WELL_KNOWN)


def either(rivals: list[Option], named: list[Candidate], gazetteer: Gazetteer) -> Whereabouts:
    """One of these towns, and nobody can say which; the unit, where all are in one."""
    units = {gazetteer.unit_of(one.entry.gemeente) for one in rivals}
    names = " of ".join(one.entry.name for one in rivals)
    one_of = replace(
        to_candidate(rivals[0], gazetteer), name=names, gemeente=None,
        unit=units.pop() if len(units) == 1 else None, lat=None, lon=None,
        radius=SOMEWHERE_ALONG, because=f"{names} wordt genoemd",
    )  # fmt: skip
    return Whereabouts(candidates=(one_of, *named)[:MOST], question=f"Waar is dat: {names}?")


def ends_of(ranked: list[Option]) -> list[Option]:
    """Between which places it is said to be: the likeliest of each gemeente."""
    ends = [one for one in ranked if one.spot.role == "between" and one.confidence >= SURE_ENOUGH]
    return list({one.entry.gemeente: one for one in reversed(ends)}.values())


def halfway(
    text: str, ends: list[Option], named: list[Candidate], gazetteer: Gazetteer
) -> Whereabouts:
    """Between places in two gemeenten nobody can say in which; the unit may be the same."""
    units = {gazetteer.unit_of(one.entry.gemeente) for one in ends}
    names = [one.entry.name for one in ends]
    road = road_in(text)
    between = Candidate(
        name=road.name if road else f"tussen {' en '.join(names)}", kind="road",
        mention=road.mention if road else names[0], gemeente=None,
        unit=units.pop() if len(units) == 1 else None, lat=None, lon=None,
        radius=SOMEWHERE_ALONG, confidence=ROAD_CONFIDENCE,
        because=f"tussen {' en '.join(names)}",
    )  # fmt: skip
    asking = f"Waar is dat precies: dichter bij {' of bij '.join(names)}?"
    return Whereabouts(candidates=(between, *named)[:MOST], question=asking)


def unclear(
    text: str,
    ranked: list[Option],
    named: list[Candidate],
    street: str | None,
    gazetteer: Gazetteer,
) -> Whereabouts:
    """Nothing to go by alone: the road if there is one, and what to ask."""
    road = road_in(text)
    if road:
        found = (along(road, gazetteer), *named)[:MOST]
        asking = f"Bij welke plaats of afrit is dat, op de {road.number}?"
        return Whereabouts(candidates=found, question=asking)
    if street:
        found = (nowhere_yet(street), *named)[:MOST]
        return Whereabouts(candidates=found, question=f"In welke plaats is {titled(street)}?")
    return Whereabouts(candidates=tuple(named[:MOST]), question=which(ranked))


def nowhere_yet(street: str) -> Candidate:
    """A street of which the town is not told."""
    return Candidate(
        name=titled(street), kind="street", mention=street, gemeente=None, unit=None, lat=None,
        lon=None, radius=SOMEWHERE, confidence=SURE_ENOUGH,
        because=f"“{street}”, zonder plaats erbij",
    )  # fmt: skip


def titled(street: str) -> str:
    """As on its sign: with a capital."""
    return street[:1].upper() + street[1:]


def which(ranked: list[Option]) -> str | None:
    """What to ask when the likeliest name is borne by other places too."""
    if not ranked or ranked[0].share >= CLEAR_SHARE:
        return None
    first = ranked[0]
    rivals = [option for option in ranked if option.spot == first.spot][:3]
    names = [f"{one.entry.name} ({belongs_to(one.entry)})" for one in rivals]
    return f"Welk {first.entry.name} is bedoeld: {' of '.join(names)}?"


def belongs_to(entry: Entry) -> str:
    """Its gemeente, in words."""
    return f"gemeente {entry.gemeente}" if entry.gemeente else "gemeente onbekend"


def to_candidate(option: Option, gazetteer: Gazetteer) -> Candidate:
    entry, spot = option.entry, option.spot
    name = f"Station {entry.name}" if spot.station and entry.kind == "place" else entry.name
    slip = ", met een tikfout" if spot.slip else ""
    return Candidate(
        name=name, kind="station" if spot.station else entry.kind, mention=spot.mention,
        gemeente=entry.gemeente, unit=gazetteer.unit_of(entry.gemeente), lat=entry.lat,
        lon=entry.lon, radius=entry.radius, confidence=round(option.confidence, 3),
        because=f"“{spot.mention}” is {name}, {belongs_to(entry)}{slip}",
    )  # fmt: skip


def remembered(text: str, around: Surroundings, gazetteer: Gazetteer) -> Candidate | None:
    """The place that was last clear before; for a road, what was said of it."""
    bare = replace(around, earlier=())
    for said in reversed(around.earlier[-EARLIER:]):
        best = find_alone(said, bare, gazetteer).best
        if best and best.gemeente and same_road(text, said):
            because = f"elders in dit gesprek: {best.because}"
            less = max(SURE_ENOUGH, round(best.confidence * REMEMBERED, 3))
            return replace(best, confidence=less, because=because)
    return None


def same_road(text: str, said: str) -> bool:
    """Whether what was said may be of the road that this text names, where it names one."""
    road, other = road_in(text), road_in(said)
    return road is None or (other is not None and other.number == road.number)
