"""An incident counted anew from its members: how many, who, when, where, how it grew."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from chalicelib.domain.assessment import URGENCIES, Topic
from chalicelib.domain.incident import Incident, Member, place_name
from chalicelib.domain.moments import Moment
from chalicelib.incidents.picture import Picture, sure
from chalicelib.incidents.report import Report, Spot

MOST_MOMENTS = 72
"""Ten minutes each: twelve hours of growth."""

TEN_MINUTES = 15
"""Characters of a moment up to its tens of minutes."""

NAMES: dict[str, str] = {
    "fysiek_geweld": "Geweld", "fraude_online": "Fraude online", "vragen_algemeen": "Vraag",
    "overlast_jeugd": "Overlast jeugd", "evenement_orde": "Openbare orde",
    "verdachte_situatie": "Verdachte situatie", "gevonden_verloren": "Gevonden of verloren",
    "aangifte_status": "Aangifte", "huiselijk_geweld": "Huiselijk geweld", "anders": "Voorval",
}  # fmt: skip


def counted(
    before: Incident,
    members: Sequence[Member],
    reports: Sequence[Report],
    picture: Picture,
    now: Moment,
) -> Incident:
    """What is known now. Urgency is only raised; a person lowers it.

    Who answers an appeal of ours is no reporter: it would look as if the event grew.
    """
    own = [one for one in members if one.unasked]
    topic, spot = topic_of(picture, before.topic), spot_of(reports, picture)
    urgent = min((before.urgency, *(one.urgency for one in reports)), key=URGENCIES.index)
    growth = Counter(one.at[:TEN_MINUTES] for one in own)
    place = spot.name.title() if spot else None
    point = f"{spot.lat:.5f},{spot.lon:.5f}" if spot and spot.lat and spot.lon else None
    return replace(
        before,
        topic=topic,
        urgency=urgent,
        emergency=before.emergency or any(one.emergency for one in reports),
        title=titled(topic, place, picture.gemeente),
        first_at=members[0].at,
        latest_at=members[-1].at,
        rolled_at=now,
        messages=len(members),
        reporters=len({one.reporter for one in own}),
        people=len({one.reporter for one in members}),
        media=sum(one.media for one in members),
        answered=answers(members),
        growth=dict(sorted(growth.items())[-MOST_MOMENTS:]),
        channels=dict(Counter(one.channel for one in members)),
        langs=dict(Counter(one.lang for one in members)),
        place=place,
        gemeente=picture.gemeente,
        point=point,
        radius=spot.radius if spot and point else 0,
        version=before.version + 1,
    )


def answers(members: Sequence[Member]) -> dict[str, int]:
    """How many different people answered each appeal."""
    pairs = {(one.answers, one.reporter) for one in members if one.answers}
    return dict(Counter(appeal for appeal, _ in pairs if appeal))


def topic_of(picture: Picture, known: Topic) -> Topic:
    """What most say that it is about; what says nothing counts last."""
    told = {topic: picture.topics.get(topic, 0) for topic in get_args(Topic) if topic != "anders"}
    likeliest: Topic = max(told, key=lambda topic: told[topic])
    return likeliest if told[likeliest] else known


def spot_of(reports: Sequence[Report], picture: Picture) -> Spot | None:
    """The place named most, of the smallest kind; in the gemeente of most."""
    found = [s for one in reports if sure(one) for s in one.spots]
    here = [spot for spot in found if spot.gemeente in (picture.gemeente, None)]
    fine = Counter(spot.name for spot in here if spot.fine)
    counts = fine or Counter(spot.name for spot in here)
    if not counts:
        return None
    name = max(counts, key=lambda one: counts[one])
    named = [spot for spot in here if spot.name == name]
    return max(named, key=lambda spot: spot.gemeente is not None)


def titled(topic: Topic, place: str | None, gemeente: str | None) -> str:
    """What it is called: "Brand, Sluisjesdijk, Rotterdam"."""
    what = NAMES.get(topic, topic.replace("_", " ").capitalize())
    return ", ".join(part for part in (what, place_name(place, gemeente)) if part)
