"""PURE: an RSS 2.0 or Atom feed to messages, of which those are kept that hold the search's words.

    <rss><channel><item><title/><link/><guid/><pubDate/><description/></item></channel></rss>
    <feed><entry><title/><link href=""/><id/><updated/><summary/></entry></feed>       (RFC 4287)

Read by the standard library behind defusedxml, which praw brings along: no entities, no doctype
that fetches anything. feedparser would also read feeds that are no XML; sites that we choose have
none, and one that breaks is seen as an unreadable source.
"""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from chalicelib.channels.contract import AccountSettings, Raw
from chalicelib.channels.gathering import Gathering
from chalicelib.channels.html_text import text_of_html
from chalicelib.channels.moments import iso_of
from chalicelib.channels.taming import LARGEST_BODY, text_of
from chalicelib.domain.message import Message, Parsed
from chalicelib.domain.query import holds
from chalicelib.errors import BadPayload

FOR = " FOR "
"""What stands in a page's request between the address and the words that are looked for."""

LONGEST = 4_000


def parse(raw: Raw, settings: AccountSettings) -> Parsed:
    """Everything in these bytes. Raises ``BadPayload`` for a refusal, or what is no feed."""
    if not 200 <= raw.response_status < 300:  # noqa: PLR2004
        raise BadPayload("the site refused", status=raw.response_status)
    root = read_feed(raw.body)
    _, _, wanted = text_of(dict(raw.request), "line").partition(FOR)
    site = words_of(child(root, "title")) or words_of(child(child(root, "channel"), "title"))
    found = Gathering()
    for element in entries_in(root):
        gather(element, wanted, site or settings.account, found)
    return found.parsed()


def read_feed(body: bytes) -> Element:
    """The feed in these bytes. Raises ``BadPayload``."""
    if len(body) > LARGEST_BODY:
        raise BadPayload("body too large", bytes=len(body))
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise BadPayload("body is no XML", reason=type(error).__name__) from error
    if local(root) not in ("rss", "feed", "RDF"):
        raise BadPayload("not a feed", root=local(root)[:40])
    return root


def entries_in(root: Element) -> list[Element]:
    """What is published, in the feed's own order."""
    return [one for one in root.iter() if local(one) in ("item", "entry")]


def id_in(element: Element) -> str:
    """What the site knows it by."""
    return words_of(child(element, "guid")) or words_of(child(element, "id")) or link_in(element)


def gather(element: Element, wanted: str, site: str, found: Gathering) -> None:
    id_, title = id_in(element), words_of(child(element, "title"))
    summary = words_of(child(element, "description")) or words_of(child(element, "summary"))
    text = "\n\n".join(part for part in (title, summary, link_in(element)) if part)[:LONGEST]
    if not id_:
        found.ignore("element without an id")
    elif wanted and not holds(text, [wanted]):
        found.ignore("about something else")
    else:
        found.add(
            Message(
                external_id=id_,
                author_id=site,
                author_name=site,
                text=text,
                kind="mention",
                timestamp=written_at(element),
                thread=id_,
            )
        )


def written_at(element: Element) -> datetime | None:
    """RSS writes dates as mail does, Atom as ISO 8601."""
    said = words_of(child(element, "pubDate"))
    try:
        found = parsedate_to_datetime(said) if said else None
    except ValueError:
        found = None
    if found is None:
        dates: dict[str, Any] = {
            name: words_of(child(element, name)) for name in ("published", "updated", "date")
        }
        return iso_of(dates, "published") or iso_of(dates, "updated") or iso_of(dates, "date")
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    return aware.astimezone(UTC).replace(microsecond=0)


def link_in(element: Element) -> str:
    link = child(element, "link")
    if link is None:
        return ""
    return (link.get("href") or link.text or "").strip()


def words_of(element: Element | None) -> str:
    """Its text, without HTML."""
    return "" if element is None else text_of_html("".join(element.itertext())).strip()


def child(element: Element | None, name: str) -> Element | None:
    """The first child of this name, whatever its namespace."""
    if element is None:
        return None
    return next((one for one in element if local(one) == name), None)


def local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
