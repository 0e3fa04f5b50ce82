"""Each night a few messages of a team's day are drawn, for people to judge blind.

Some by lot, raised and not raised, from which recall is estimated; some because detection doubted.
"""

from datetime import timedelta

from chalicelib.domain.moments import later
from chalicelib.domain.sample import Lot, LotSource, Place, Sample, drawn
from chalicelib.flows import nudges
from chalicelib.flows.services import Services
from chalicelib.log import logger
from chalicelib.store import assessed, directory, keys, samples
from chalicelib.store.table import ConditionFailed

DRAWN_BETWEEN = ("01", "06")
"""Hours of the night, UTC, in which the sweeper sees to it that yesterday was drawn."""


def begin_drawing(services: Services) -> None:
    """At night, have yesterday drawn for every team that has no sample of it yet."""
    now = services.now()
    begin, end = DRAWN_BETWEEN
    if not begin <= now[11:13] < end:
        return
    day = later(now, -timedelta(days=1))[:10]
    for team in directory.teams(services.table):
        if samples.find(services.table, team.id, day, now) is None:
            job = nudges.sample(keys.sample(team.id, day))
            services.jobs.send(nudges.LANE_OF["sample"], job)


def draw(services: Services, team: str, day: str) -> Sample | None:
    """Draw a team's day, once; None when that was done. Drawing twice gives the same."""
    now = services.now()
    places = list(assessed.of_day(services.table, team, day, now))
    lots = [to_lot(team, day, place, source) for place, source in drawn(places, services.sizes)]
    raised = sum(place.raised for place in places)
    sample = Sample(
        team=team,
        day=day,
        drawn_at=now,
        raised=raised,
        low=len(places) - raised,
    )
    try:
        services.table.write(*samples.drawn(sample, lots))
    except ConditionFailed:
        return None
    logger.info("drawn", team=team, day=day, lots=len(lots), of=len(places))
    return sample


def to_lot(team: str, day: str, place: Place, source: LotSource) -> Lot:
    """The lot, at a place in the order that tells nothing of why it was drawn."""
    return Lot(
        team=team,
        day=day,
        order=keys.digest("order", place.subject, place.message_sk),
        subject=place.subject,
        message_sk=place.message_sk,
        source=source,
        raised=place.raised,
    )
