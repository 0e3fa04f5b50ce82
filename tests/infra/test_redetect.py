"""History read by another detection: what would have differed, and nothing changes."""

import io
import json
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.errors import Misconfigured
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.store import kept_messages
from infra.opened import looking_only, services_at
from infra.redetect import redetect
from tests.conftest import SANNE, Town
from tests.flows.detecting import Scripted, detected_by

DAY = "2026-11-21"


@pytest.fixture
def evening(town: Town) -> Town:
    """Three citizens wrote."""
    detected_by(town, Scripted())
    for number, text in enumerate(("Hoe laat open?", "er is brand", "het water stijgt snel")):
        town.whatsapp(text, author=f"NL.{number}")
    town.work()
    return town


def found(town: Town, detection: Scripted, most: int = 100) -> list[dict[str, Any]]:
    out = io.StringIO()
    other = replace(town.services, classify=detection)
    redetect(looking_only(other), DAY, most, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_same_detection_says_the_same(evening: Town) -> None:
    assert found(evening, Scripted()) == [{"read": 3, "differ": 0, "transitions": {}}]


def test_what_would_have_differed_with_old_and_new(evening: Town) -> None:
    line, counts = found(evening, Scripted(urgent=("brand", "water")))
    assert (line["was"]["urgency"], line["now"]["urgency"]) == ("later", "spoed")
    assert {"kind", "topic", "because", "version"} <= line["now"].keys()
    assert "text" not in line
    assert counts == {"read": 3, "differ": 1, "transitions": {"urgency later → spoed": 1}}


def test_nothing_changes(evening: Town) -> None:
    before = view_queue(evening.services, SANNE).rows
    found(evening, Scripted(urgent=("open", "water")))
    assert view_queue(evening.services, SANNE).rows == before
    message = view_conversation(evening.services, SANNE, before[0].subject).messages[0].message
    looking = looking_only(evening.services)
    with pytest.raises(Misconfigured):
        looking.table.write(kept_messages.deleted(message, evening.services.now()))


def test_it_stops_where_it_is_told(evening: Town) -> None:
    assert found(evening, Scripted(), most=2)[-1]["read"] == 2


def test_a_folder_without_tables_is_named(tmp_path: Any) -> None:
    with pytest.raises(Misconfigured, match=r"table\.sqlite"):
        services_at(tmp_path)
