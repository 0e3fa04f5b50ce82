"""An agent keeps a view of the queue under a name, and throws it away."""

from chalicelib.domain.principal import Principal
from chalicelib.domain.queue_filter import LONGEST_NAME, MOST_VIEWS, QueueFilter, SavedView
from chalicelib.errors import InvalidInput
from chalicelib.flows.services import Services
from chalicelib.store import saved_views


def views_of(services: Services, agent: Principal) -> list[SavedView]:
    """The agent's own, by name."""
    agent.must_be_allowed_to("read_queue")
    return sorted(saved_views.of_agent(services.table, agent.id), key=lambda one: one.name)


def keep_view(services: Services, agent: Principal, name: str, wanted: QueueFilter) -> SavedView:
    """The same name again replaces it. Raises ``InvalidInput``."""
    agent.must_be_allowed_to("read_queue")
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or "#" in name:
        size = {"nl": f"1 tot {LONGEST_NAME} tekens", "en": f"1 to {LONGEST_NAME} characters"}
        raise InvalidInput("not a name", {"name": size})
    known = {one.name for one in views_of(services, agent)}
    if len(known | {name}) > MOST_VIEWS:
        many = {"nl": f"hoogstens {MOST_VIEWS} weergaven", "en": f"at most {MOST_VIEWS} views"}
        raise InvalidInput("too many views", {"name": many})
    view = SavedView(agent=agent.id, name=name, filter=wanted)
    services.table.write(saved_views.kept(view))
    return view


def forget_view(services: Services, agent: Principal, name: str) -> None:
    """Gone; it is fine when it was gone already."""
    agent.must_be_allowed_to("read_queue")
    if name:
        services.table.write(saved_views.gone(agent.id, name))
