"""``python -m infra ask``: a line in, a line out."""

import io
import json
from typing import Any

from chalicelib.detection import classifier
from chalicelib.knowledge import Desk
from infra.ask import answer_lines


def out_of(*lines: str) -> list[dict[str, Any]]:
    out = io.StringIO()
    assert answer_lines(lines, out, Desk(classifier())) == 0
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_question_gives_its_door_and_answer() -> None:
    (said,) = out_of('{"id": "q1", "text": "Hoe verleng ik mijn verblijfsvergunning?"}')
    assert set(said) == {"id", "door", "answer", "article", "confidence", "lang"}
    assert (said["id"], said["door"], said["article"]) == ("q1", "ind", "verblijf")
    assert 0 < said["confidence"] <= 1


def test_one_bad_line_never_stops_the_others() -> None:
    said = out_of("{", "[]", '{"id": 7}', '{"id": 8, "text": 5}', "", '{"id": 9, "text": "hallo"}')
    assert [line["id"] for line in said] == [None, None, 7, 8, 9]
    assert ["error" in line for line in said] == [True] * 4 + [False]
