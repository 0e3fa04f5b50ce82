"""The kill journey, small: the full one is ``python -m infra bench kill``."""

from infra.benchmarks import kill


def test_nothing_is_lost_doubled_or_sent_twice_when_the_process_is_killed() -> None:
    found = kill.measure(lambda _: None, envelopes=120, times=3, kills=4)
    assert found["deliveries"] == 360
    assert (found["lost"], found["duplicates"], found["sent_twice"]) == (0, 0, 0)
    assert (found["accepted"], found["owed"]) == (120, 0)
    assert found["kills"] == 4
