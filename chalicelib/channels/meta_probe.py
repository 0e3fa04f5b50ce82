"""Meta's answer to whether our access is well: the token, and whether the app hears of our account.

Three layers of subscription must stand (channels.md 5.1). The last, for each page or business
account, is the one that Meta takes away after an hour of failed deliveries; we make it again.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from chalicelib.channels.http import Answer, Http
from chalicelib.channels.offers import Probed
from chalicelib.channels.taming import dict_of, id_of, items_of, number_of
from chalicelib.errors import ChannelAccessLost


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """Meta's Graph as one account reaches it.

    ``version`` begins each path (``/v26.0``). ``subscriber`` is what the app is subscribed to, a
    page or WhatsApp's business account, None where nobody told; ``fields`` what a page is to tell
    of. ``accepted`` gives the answer back, or raises the channel's own words for a refusal.
    """

    channel: str
    version: str
    token: str = field(repr=False)
    accepted: Callable[[Answer], Answer]
    subscriber: str | None = None
    fields: tuple[str, ...] = ()

    def ask(self, http: Http, method: str, path: str) -> Answer:
        """One request. Raises the ``ChannelError`` family."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return self.accepted(
            http.request(self.channel, method, f"{self.version}/{path}", headers=headers)
        )


def probe(graph: Graph, http: Http) -> Probed:
    """Until when the token is good, and whether we are subscribed."""
    about = graph.ask(http, "GET", f"debug_token?input_token={quote(graph.token, safe='')}")
    token = dict_of(about.json(), "data")
    if token.get("is_valid") is False:
        raise ChannelAccessLost(graph.channel, "190", "onze toegang is verlopen of ingetrokken")
    return Probed(
        token_until=until_of(token),
        subscribed=is_subscribed(graph, http, id_of(token, "app_id")),
        used_percent=used_percent(about),
    )


def until_of(token: dict[str, Any]) -> datetime | None:
    """The first end of two: of the token, and of our access to data. 0 stands for never."""
    ends = (number_of(token, name) for name in ("expires_at", "data_access_expires_at"))
    known = [end for end in ends if end]
    return datetime.fromtimestamp(min(known), UTC) if known else None


def is_subscribed(graph: Graph, http: Http, app: str | None) -> bool | None:
    """Whether our own app is among those that hear of the account; another's is no comfort."""
    if graph.subscriber is None:
        return None
    answer = graph.ask(http, "GET", f"{quote(graph.subscriber, safe='')}/subscribed_apps")
    apps = items_of(answer.json(), "data")
    ids = {id_of(one, "id") or id_of(one, "whatsapp_business_api_data", "id") for one in apps}
    return app in ids if app else bool(apps)


def subscribe(graph: Graph, http: Http) -> None:
    """Subscribe our app to the account."""
    if graph.subscriber is None:
        return
    wanted = f"?subscribed_fields={','.join(graph.fields)}" if graph.fields else ""
    graph.ask(http, "POST", f"{quote(graph.subscriber, safe='')}/subscribed_apps{wanted}")


def used_percent(answer: Answer) -> int | None:
    """The fullest of Meta's meters: calls, time or processor time. None when it tells nothing."""
    try:
        meters = json.loads(answer.headers.get("x-app-usage", ""))
    except ValueError:
        return None
    names = ("call_count", "total_time", "total_cputime")
    found = [number_of(meters, name) for name in names]
    return max((int(one) for one in found if one is not None), default=None)
