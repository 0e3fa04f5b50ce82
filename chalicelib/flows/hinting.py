"""Tell open pages that a list changed. They fetch; when the socket is down they poll.

A hint says which conversation and up to which moment ("cursor"); never what it is about.
"""

import json

from chalicelib.domain.moments import Moment
from chalicelib.flows.incidents.standing_crises import neighbours
from chalicelib.flows.services import Services
from chalicelib.store import changes, conversations, directory, keys, queue


def tell(services: Services, subject: str, *teams: str) -> None:
    """Hint that a conversation changed, to its team and the ``teams`` given."""
    conversation = conversations.find(services.table, subject, services.now())
    tell_teams(services, subject, *teams, conversation.team if conversation else "")


def tell_teams(services: Services, subject: str, *teams: str) -> None:
    """Hint to these teams, and to who works with them in a crisis; an empty name is nobody's."""
    now = services.now()
    own = {*teams} - {""}
    for team in sorted(own.union(*(neighbours(services, one) for one in own))):
        tell_team(services, team, subject, now)


def tell_visitor(services: Services, channel: str, account: str, handle: str) -> None:
    """Hint to the citizen's own page that there is something to read. A lost hint does no harm."""
    now, watched = services.now(), keys.visitor_list(channel, account, handle)
    text = json.dumps({"changed": channel, "cursor": now})
    for connection in changes.connections(services.table, watched, now):
        if not services.hints.send(connection, text):
            services.table.write(changes.disconnected(watched, connection))


def tell_everybody(services: Services, subject: str) -> None:
    """Life at risk: every team must look."""
    now = services.now()
    services.table.write(changes.changed(queue.LIFE, subject, now))
    for team in directory.teams(services.table):
        tell_team(services, team.id, subject, now)


def tell_who_is_here(services: Services, subject: str, team: str) -> None:
    """Somebody came, left or began to type. No list changed, so nothing is noted."""
    text = json.dumps({"here": subject})
    for connection in changes.connections(services.table, team, services.now()):
        services.hints.send(connection, text)


def tell_team(services: Services, team: str, subject: str, now: Moment) -> None:
    """Note the change, then hint to whoever of the team has a page open."""
    services.table.write(changes.changed(team, subject, now))
    text = json.dumps({"changed": team, "subject": subject, "cursor": now})
    for connection in changes.connections(services.table, team, now):
        if not services.hints.send(connection, text):
            services.table.write(changes.disconnected(team, connection))
