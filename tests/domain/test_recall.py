"""The estimate of recall, and how sure it is."""

import random

import pytest

from chalicelib.domain.recall import Tally, recall, wilson


def test_a_share_has_wilsons_range() -> None:
    least, most = wilson(5, 20)
    assert (round(least, 3), round(most, 3)) == (0.1, 0.501)
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(0, 20)[0] == 0.0
    assert wilson(20, 20)[1] == 1.0


def test_what_everybody_judged_is_known() -> None:
    found = recall(Tally(raised=10, judged_raised=10, confirmed=9, low=90, judged_low=90, missed=1))
    assert (found.estimate, found.least, found.most) == (0.9, 0.9, 0.9)


def test_a_small_sample_without_a_miss_proves_little() -> None:
    found = recall(Tally(raised=5, judged_raised=5, confirmed=5, low=1000, judged_low=20))
    assert found.estimate == 1.0
    assert found.most == 1.0
    assert found.least < 0.05


@pytest.mark.parametrize(
    "tally",
    [
        Tally(),
        Tally(raised=3, low=40),
        Tally(raised=3, low=40, judged_low=5),
        Tally(low=40, judged_low=5),
    ],
)
def test_without_enough_there_is_no_estimate(tally: Tally) -> None:
    found = recall(tally)
    assert found.estimate is None
    assert (found.least, found.most) == (0.0, 1.0)


def test_days_add_up() -> None:
    one = Tally(raised=2, judged_raised=1, confirmed=1, low=50, judged_low=20, missed=1)
    assert (one + one).judged_low == 40


def test_the_truth_is_in_the_range_at_least_as_often_as_is_said() -> None:
    dice = random.Random(7)
    inside = 0
    for _ in range(400):
        raised = [dice.random() < 0.7 for _ in range(40)]
        low = [dice.random() < 0.02 for _ in range(400)]
        seen_raised, seen_low = dice.sample(raised, 20), dice.sample(low, 80)
        found = recall(
            Tally(
                raised=40,
                judged_raised=20,
                confirmed=sum(seen_raised),
                low=400,
                judged_low=80,
                missed=sum(seen_low),
            )
        )
        truth = sum(raised) / (sum(raised) + sum(low))
        inside += found.least <= truth <= found.most
    assert inside / 400 >= 0.95
