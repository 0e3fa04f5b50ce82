"""Moments sort as text the way times sort."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.moments import instant, later, moment, rounded_up, seconds
from chalicelib.domain.retention import KEPT, expires_at

times = st.datetimes(datetime(1970, 1, 1), datetime(9000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 hypothesis adds the zone


@given(times, times)
def test_earlier_is_smaller(one: datetime, other: datetime) -> None:
    cut_one, cut_other = (t.replace(microsecond=t.microsecond // 1000 * 1000) for t in (one, other))
    assert (moment(one) < moment(other)) == (cut_one < cut_other)


@given(times)
def test_a_moment_says_the_same_time_again(time: datetime) -> None:
    assert moment(instant(moment(time))) == moment(time)


@given(times, st.sampled_from((15, 30)))
def test_rounded_up_is_the_first_such_time_from_it_on(time: datetime, minutes: int) -> None:
    at = moment(time)
    found = rounded_up(at, minutes)
    assert at <= found < later(at, timedelta(minutes=minutes))
    assert seconds(found) % (minutes * 60) == 0
    assert found.endswith(":00.000Z")


def test_everything_that_is_kept_goes_one_day() -> None:
    at = "2026-11-21T20:00:00.000Z"
    for kind in KEPT:
        assert expires_at(kind, at) == seconds(later(at, KEPT[kind])) > seconds(at)
    assert KEPT["envelope"] > timedelta(days=8), "longer than the platforms' longest retry"
    assert KEPT["reference"] >= KEPT["message"], "or a repeat would be shown again"
