"""What a screen reader is told of a page, from the browser's own accessibility tree."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import CDPSession, Page

NAMED_PLACES = frozenset({"complementary", "navigation", "region"})
SPEAKS_AT = {"alert": "assertive", "status": "polite"}
MAY_BE_NAMELESS = frozenset({"RootWebArea", "alert", "listitem", "main"})
"""What can take the focus by a script only: the page, what went wrong, a message one jumps to."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One node: ``live`` is how it breaks in when it changes."""

    role: str
    name: str
    level: int
    live: str
    focusable: bool


def heard(page: Page) -> list[Heard]:
    """Everything that is not hidden from a screen reader, in its order."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [told(node) for node in nodes if not node["ignored"]]


def heard_now(session: CDPSession) -> Heard:
    """What has the focus."""
    focused = session.send("Runtime.evaluate", {"expression": "document.activeElement"})
    asked = {"objectId": focused["result"]["objectId"], "fetchRelatives": False}
    return told(session.send("Accessibility.getPartialAXTree", asked)["nodes"][0])


def told(node: dict[str, Any]) -> Heard:
    facts = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
    return Heard(
        role=node["role"]["value"],
        name=node.get("name", {}).get("value", ""),
        level=facts.get("level", 0),
        live=facts.get("live", ""),
        focusable=facts.get("focusable", False),
    )


def unheard(page: Page) -> list[str]:
    """What whoever cannot see would miss: places, headings, names, how changes are told."""
    nodes = heard(page)
    found = [f"{what}: {one}" for one in nodes for what in amiss(one)]
    if not page.title().endswith("Nabij") or not page.locator("html[lang]").count():
        found.append(f"no title or language: {page.title()}")
    if any(one.role == "dialog" for one in nodes):
        return found  # the page behind it is not there until it is closed
    return found + misplaced(nodes)


def amiss(one: Heard) -> list[str]:
    """What is wrong with this node by itself."""
    found = {
        "a place without a name": one.role in NAMED_PLACES and not one.name,
        "no name": one.focusable and not one.name and one.role not in MAY_BE_NAMELESS,
        "tells at the wrong moment": SPEAKS_AT.get(one.role, one.live) != one.live,
    }
    return [what for what, wrong in found.items() if wrong]


def misplaced(nodes: list[Heard]) -> list[str]:
    """One main place, at most one banner, and one heading that says where one is."""
    roles = Counter(one.role for one in nodes)
    first = [one.name for one in nodes if one.role == "heading" and one.level == 1]
    found = {
        f"{roles['main']} times main": roles["main"] != 1,
        f"{roles['banner']} times banner": roles["banner"] > 1,
        f"headings of the first level: {first}": len(first) != 1 or not first[0],
    }
    return [what for what, wrong in found.items() if wrong]
