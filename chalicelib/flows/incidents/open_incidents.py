"""What matching reads of the open incidents: all their pictures, kept for two seconds.

In a storm nearly every message joins what is known already, so that not each has to read all of it.
"""

from chalicelib.flows.briefly import Briefly
from chalicelib.flows.services import Services
from chalicelib.incidents.matching import Open
from chalicelib.incidents.picture import Picture
from chalicelib.store import incidents
from chalicelib.store.codec import from_text


def read_open(services: Services, *, strong: bool = False) -> list[Open]:
    """Every open incident, read now."""
    found = incidents.pictures(services.table, services.now(), strong=strong)
    return [Open(id=name, picture=from_text(Picture, text)) for name, text in found]


OPEN = Briefly(read_open)


def forget_open(services: Services) -> None:
    """A picture was changed here: the next message reads it."""
    OPEN.forget(services)
