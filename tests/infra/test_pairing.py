"""What the cross-encoder learns of an evening, and how what it reads is weighed."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest

from chalicelib.domain.moments import Moment
from chalicelib.incidents.matching import Open, ReadBeside
from chalicelib.incidents.report import Report
from chalicelib.incidents.scoring import weights
from infra.incidents.doubting import BOUNDS, Doubts, weighed
from infra.incidents.pairing import NEAREST, Pair, pairs

TRUTH = {f"m{number}": ("fire", "flood", None)[number % 3] for number in range(60)}


def report(number: int) -> Report:
    """Every third message is about the fire, every third about the flood, the rest is chatter."""
    about = TRUTH[f"m{number}"]
    return Report(
        message=f"m{number}", subject=f"s{number % 50}", reporter=f"r{number % 50}",
        at=Moment(f"2026-06-12T14:{number:02}:00.000Z"), kind="melding", urgency="nu",
        topic="brand" if about == "fire" else "anders",
        words=(about, f"w{number % 7}") if about else (f"w{number % 7}",),
    )  # fmt: skip


REPORTS = [report(number) for number in range(60)]


@pytest.fixture(scope="module")
def learned() -> list[Pair]:
    return list(pairs({"eve": (REPORTS, TRUTH)}, Random(1)))


def test_what_is_the_same_is_labelled_so_and_nothing_else(learned: list[Pair]) -> None:
    assert any(pair.same for pair in learned)
    for pair in learned:
        own = TRUTH[pair.message]
        same = own is not None and {TRUTH[name] for name in pair.told} == {own}
        assert pair.same == same


def test_nobody_is_read_beside_themselves(learned: list[Pair]) -> None:
    subjects = {one.message: one.subject for one in REPORTS}
    for pair in learned:
        assert subjects[pair.message] not in {subjects[name] for name in pair.told}


def test_of_each_message_few_are_learned(learned: list[Pair]) -> None:
    for one in REPORTS:
        own = [pair for pair in learned if pair.message == one.message]
        assert sum(pair.same for pair in own) <= 1
        assert sum(not pair.same for pair in own) <= NEAREST + 1


def reading(*, truly: bool) -> list[Doubts]:
    def beside(report: Report) -> ReadBeside:
        def read(candidates: Sequence[Open]) -> list[float | None]:
            own = TRUTH[report.message]
            same = [TRUTH[one.picture.sources[0].message] == own for one in candidates]
            odd = int(report.message[1:]) % 2
            return [3.0 if (one and own if truly else odd) else -3.0 for one in same]

        return read

    return [(REPORTS, TRUTH, beside)]


def test_who_reads_well_is_believed_and_who_guesses_is_not() -> None:
    scale = replace(weights(), reading=BOUNDS)
    good = weighed(reading(truly=True), scale).reading
    poor = weighed(reading(truly=False), scale).reading
    assert good.read > 0.5
    assert good.read > 3 * abs(poor.read)
