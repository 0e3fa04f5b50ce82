"""Reading YouTube page by page (channels.md 10): the newest threads about our channel.

    cursor {"counts"}                   the newest threads, and how many replies each had
    cursor {"counts", "seen", "token"}  in the middle: older new threads wait behind ``token``
    cursor {…, "replies"}               threads of which some replies did not come along
    and what ``looking_again`` and ``units`` remember

A new reply does not bring its thread to the top. So the newest page shows every time which counts
changed, and the round of known comments, once a day, shows it of older threads; the same round is
the refresh that the terms ask for, and finds what was edited or deleted.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from chalicelib.channels import looking_again
from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.http import Answer, Http
from chalicelib.channels.looking_again import Place, read_at
from chalicelib.channels.offers import PolledPage, Stream
from chalicelib.channels.taming import id_of, items_of, list_of, number_of, text_of
from chalicelib.channels.youtube import units
from chalicelib.channels.youtube.client import ask
from chalicelib.channels.youtube.rules import NAME
from chalicelib.errors import ChannelRefused, ChannelUnavailable

COMMENTS = "comments"
EVERY = timedelta(minutes=5)
PAGE = 100
AT_ONCE = 50
"""What YouTube gives back of comments asked for by id."""

REMEMBERED = 500
THREADS = 300

Query = Mapping[str, str]
Ours = tuple[AccountSettings, Secrets, Http]
"""Whom we are, for requests."""


def streams(settings: AccountSettings) -> tuple[Stream, ...]:
    """All comments about our channel and its videos."""
    every = settings.seconds("poll_seconds", EVERY)
    return (Stream(name=COMMENTS, use="answer", every=every),)


def fetch(
    stream: str, cursor: str | None, settings: AccountSettings, secrets: Secrets, http: Http
) -> PolledPage:
    """One page of the one stream that there is. Raises the ``ChannelError`` family."""
    del stream
    place: Place = json.loads(cursor or "{}")
    ours = (settings, secrets, http)
    if place.get("replies"):
        return _read_replies(place, ours)
    if "token" not in place and looking_again.is_time(place, settings):
        return _look_again(place, ours)
    return _read_threads(place, ours, first=cursor is None)


def _read_threads(place: Place, ours: Ours, *, first: bool) -> PolledPage:
    query = {
        "part": "snippet,replies",
        "allThreadsRelatedToChannelId": ours[0].account,
        "order": "time",
        "maxResults": str(PAGE),
        **({"pageToken": place["token"]} if "token" in place else {}),
    }
    answer, page = _asked("commentThreads", query, ours)
    known = place.get("counts", {})
    found = _counts(page)
    changed = [id for id, count in found.items() if known.get(id) != count]
    after = _moved(place, found, text_of(answer.json(), "nextPageToken"), first=first)
    partial = [] if first else [id for id in _partial(page) if id in changed]
    after |= looking_again.remembered(place, _ids(page), answer, REMEMBERED)
    after["replies"] = [*place.get("replies", []), *partial]
    return _page(answer, "commentThreads", query, (place, after), ours, items=len(changed))


def _moved(place: Place, found: dict[str, int], token: str, *, first: bool) -> Place:
    """Where to read on. The very first time one page is enough: we begin now, not years ago."""
    known = place.get("counts", {})
    seen = {**place.get("seen", {}), **found}
    rest = {name: place[name] for name in ("again",) if name in place}
    if token and not first and not known.keys() & found.keys():
        return {**rest, "counts": known, "seen": seen, "token": token}
    merged = {**seen, **{id: count for id, count in known.items() if id not in seen}}
    return {**rest, "counts": dict(list(merged.items())[:THREADS])}


def _read_replies(place: Place, ours: Ours) -> PolledPage:
    thread, *others = place["replies"]
    query = {
        "part": "snippet",
        "parentId": thread,
        "maxResults": str(PAGE),
        **({"pageToken": place["further"]} if place.get("further") else {}),
    }
    try:
        answer, page = _asked("comments", query, ours)
    except ChannelRefused:  # the thread was taken back meanwhile; its round will tell
        rest = {**place, "replies": others, "further": ""}
        return PolledPage(body=b"", request="", items=0, cursor=json.dumps(rest), more=True)
    token = text_of(answer.json(), "nextPageToken")
    after = {**place, **looking_again.remembered(place, _ids(page), answer, REMEMBERED)}
    after |= {"replies": place["replies"] if token else others, "further": token}
    return _page(answer, "comments", query, (place, after), ours, items=len(page))


def _look_again(place: Place, ours: Ours) -> PolledPage:
    """Known comments as they are now: threads apart from replies, which have a dot in their id."""
    left = looking_again.still_to_ask(place)
    threads = [id for id in left if "." not in id]
    asked = (threads or left)[:AT_ONCE]
    path = "commentThreads" if threads else "comments"
    part = "snippet,replies" if threads else "snippet"
    query = {"part": part, "id": ",".join(asked)}
    answer, page = _asked(path, query, ours)
    there = [id for one in page if (id := id_of(one, "id"))]
    after = looking_again.looked(place, asked, there, answer)
    if threads:
        known, found = place.get("counts", {}), _counts(page)
        still = {id: found.get(id, count) for id, count in known.items()}
        after["counts"] = {id: still[id] for id in still if id in found or id not in asked}
        grown = [id for id in _partial(page) if known.get(id) != found[id]]
        after["replies"] = [*place.get("replies", []), *grown]
    return _page(answer, path, query, (place, after), ours, items=len(asked))


def _asked(path: str, query: Query, ours: Ours) -> tuple[Answer, list[Any]]:
    settings, secrets, http = ours
    plain = {**query, "textFormat": "plainText"}
    answer = ask("GET", path, plain, settings=settings, secrets=secrets, http=http)
    page = answer.json()
    if "kind" not in page and "items" not in page:
        raise ChannelUnavailable(NAME, "no-page", "YouTube gaf een onleesbare bladzijde")
    return answer, list_of(page, "items")


def _page(
    answer: Answer, path: str, query: Query, moved: tuple[Place, Place], ours: Ours, *, items: int
) -> PolledPage:
    before, after = moved
    place = {**after, **units.counted(before, read_at(answer))}
    waits = "token" in place or place.get("replies") or place.get("again")
    shown = "&".join(f"{name}={value}" for name, value in query.items())
    return PolledPage(
        body=answer.body,
        request=f"GET /youtube/v3/{path}?{shown}&textFormat=plainText",
        items=items,
        cursor=json.dumps(place),
        more=bool(waits),
        pause=units.pause(place, read_at(answer), ours[0]),
    )


def _counts(page: Iterable[Any]) -> dict[str, int]:
    """How many replies each thread has."""
    return {
        id: int(number_of(one, "snippet", "totalReplyCount") or 0)
        for one in page
        if (id := id_of(one, "id"))
    }


def _partial(page: Iterable[Any]) -> list[str]:
    """Threads of which some replies did not come along."""
    counts = _counts(page)
    along = {id_of(one, "id"): len(items_of(one, "replies", "comments")) for one in page}
    return [id for id, count in counts.items() if count > along.get(id, 0)]


def _ids(page: Iterable[Any]) -> list[str]:
    """Every comment on a page: threads, and the replies that came along."""
    found = [id_of(one, "id") for one in page]
    found += [id_of(reply, "id") for one in page for reply in items_of(one, "replies", "comments")]
    return [id for id in found if id]
