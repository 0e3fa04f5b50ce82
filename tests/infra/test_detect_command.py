"""``python -m infra detect``: a line in, a line out."""

import io
import json
from typing import Any

from chalicelib.detection import classifier
from infra.detect import detect_lines


def out_of(*lines: str) -> list[dict[str, Any]]:
    out = io.StringIO()
    assert detect_lines(lines, out, classifier()) == 0
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_message_gives_its_assessment() -> None:
    (said,) = out_of('{"id": "a1", "text": "hij staat beneden ik kan niet bellen"}')
    assert (said["id"], said["emergency"], said["urgency"]) == ("a1", True, "spoed")
    assert {"kind", "topic", "lang", "places", "findings"} <= said.keys()
    assert set(said["findings"][0]) == {"name", "value", "score", "because"}


def test_one_bad_line_never_stops_the_others() -> None:
    good = '{"id": 2, "text": ""}'
    bad = ["{", "[]", '{"id": 7}', '{"id": 8, "text": 5}', '{"id": 9, "text": "x", "earlier": 1}']
    said = out_of(*bad, "", good, '{"id": 3, "text": "\\ud800"}')
    assert [line["id"] for line in said] == [None, None, 7, 8, 9, 2, 3]
    assert all("error" in line for line in said[:5])
    assert not any("error" in line for line in said[5:])


def test_channel_and_earlier_are_known() -> None:
    line = {"id": 1, "text": "er komt nu rook uit", "channel": "x", "earlier": ["auto in brand"]}
    assert out_of(json.dumps(line))[0]["emergency"]


def test_a_huge_text_is_fine() -> None:
    assert out_of(json.dumps({"id": 1, "text": "brand " * 200_000}))[0]["id"] == 1
