"""More than usual: found soon, told once, seldom false; other systems are told until they know."""

import json
import random
import threading
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest

from chalicelib import wiring
from chalicelib.channels.http import Http
from chalicelib.domain import call as calls
from chalicelib.domain.call import Call
from chalicelib.domain.fact import Fact
from chalicelib.domain.figures import ALL_TEAMS
from chalicelib.domain.moments import later, moment
from chalicelib.domain.rising import Rise, Usual, bound, habit, rise_in
from chalicelib.domain.signal import opened, proposal
from chalicelib.errors import NotAllowed
from chalicelib.flows.figures.counting import count_minutes
from chalicelib.flows.incidents.viewing_crises import view_crises
from chalicelib.flows.listening.calling import make_call
from chalicelib.flows.listening.reading_signals import open_signals, quieten, view_signals
from chalicelib.flows.listening.signalling import watch_rises
from chalicelib.store import figures, keys, signals
from chalicelib.store.figures import Series
from infra.benchmarks import month
from tests.conftest import BEGIN, MARIJKE, SANNE, TOMASZ, WEBHOOK, NobodySignsIn, Town
from tests.dying import dying
from tests.web.visiting import signed_in

HEIGHT = bound(30)


def chance(dice: random.Random, mean: float, minutes: int) -> list[int]:
    return [month.poisson(dice, mean) for _ in range(minutes)]


def test_chance_alone_is_no_rise() -> None:
    dice = random.Random(8)
    usual = [Usual(0.5, 50.0)] * 180
    assert not any(rise_in(chance(dice, 0.5, 180), usual, HEIGHT) for _ in range(100))


@pytest.mark.parametrize(
    ("mean", "burst", "minutes"), [(0.02, 0.7, 15), (0.3, 4.2, 5), (3.0, 8.0, 6)]
)
def test_a_burst_is_found_and_told_in_numbers(mean: float, burst: float, minutes: int) -> None:
    dice = random.Random(5)
    counts = chance(dice, mean, 180 - minutes) + chance(dice, mean + burst, minutes)
    rise = rise_in(counts, [Usual(mean, 50.0)] * 180, HEIGHT)
    assert rise
    assert rise.minutes <= minutes + 12
    assert rise.count > rise.usual + 3 * rise.spread


def test_what_happened_once_is_not_usual() -> None:
    quiet = [[6.0] * 24 for _ in range(27)]
    fire = [6.0] * 20 + [300.0] + [6.0] * 3
    known = habit([*quiet, fire])
    assert known.at(20, 30).mean < 6.5 / 60
    assert known.at(9, 0).mean == pytest.approx(0.1)


def test_an_alternation_of_hours_is_followed_between_their_middles() -> None:
    known = habit([[0.0] * 12 + [60.0] * 12] * 28)
    assert [round(known.at(12, minute).mean, 2) for minute in (0, 15, 30)] == [0.5, 0.75, 1.0]


# --- in the service ------------------------------------------------------------------------------


def usual_days(town: Town, an_hour: int = 6) -> None:
    """Four weeks in which this many came each hour, about noise."""
    now = town.services.now()
    for back in range(1, 29):
        day = later(now, -timedelta(days=back))[:10]
        counts = {"arrived": an_hour, "arrived/topic/geluidsoverlast": an_hour}
        sums = {f"{hour:02}": counts for hour in range(24)}
        series = Series("hour", day, ALL_TEAMS)
        figures.write(town.services.table, figures.written(series, sums, ()))  # type: ignore[arg-type]


def burst(town: Town, number: int, minutes: int = 10) -> None:
    """Facts of messages about noise, spread over the last minutes."""
    now = town.clock()
    facts = [
        Fact(
            what="arrived",
            at=moment(now - timedelta(minutes=minutes) * (one + 1) / (number + 2)),
            id=f"m{one}",
            team="oost",
            channel="whatsapp",
            topic="geluidsoverlast",
        )
        for one in range(number)
    ]
    month.put(town.services.table, facts)
    at = town.services.now()
    count_minutes(town.services, at[:10], later(at, -timedelta(minutes=30))[11:16], at[11:16])


@pytest.mark.parametrize(
    ("usual", "spread", "common"), [(2.5, 1.6, (0, 5)), (3.0, 2.0, (1, 5)), (0.2, 0.5, (0, 1))]
)
def test_what_is_usual_is_told_in_whole_messages(
    usual: float, spread: float, common: tuple[int, int]
) -> None:
    rise = Rise(count=12, minutes=10, usual=usual, spread=spread, sure=3.0)
    assert opened("topic/brand", rise, moment(BEGIN)).common == common


def test_more_than_usual_is_told_once_and_shown_on_the_queue(town: Town) -> None:
    usual_days(town)
    town.clock.forward(minutes=40)
    burst(town, 40)
    (signal,) = watch_rises(town.services)
    watch_rises(town.services)
    assert (signal.series, signal.count) == ("topic/geluidsoverlast", 40)
    assert proposal(signal) == "crisis"
    proposed = view_crises(town.services, MARIJKE).now
    assert [(one.topic, one.state) for one in proposed] == [("geluidsoverlast", "proposed")]
    (told,) = town.pager.warnings
    low, high = signal.common
    assert "onderwerp geluidsoverlast, 40 in" in told
    assert f"gewoon {low} tot {high}" in told
    assert "40 in" in signed_in(town.services, SANNE).get("/wachtrij").text


def test_who_dies_before_a_signal_is_kept_leaves_it_to_the_next_minute(town: Town) -> None:
    usual_days(town)
    town.clock.forward(minutes=40)
    burst(town, 40)
    with dying(town, lambda operation: operation.key == keys.signal("topic/geluidsoverlast")):
        watch_rises(town.services)
    watch_rises(town.services)
    watch_rises(town.services)
    assert len(view_crises(town.services, MARIJKE).now) == 1
    assert len(town.pager.warnings) == 2


def test_a_rise_that_becomes_a_flood_proposes_the_crisis_switch(town: Town) -> None:
    usual_days(town)
    town.clock.forward(minutes=40)
    burst(town, 20)
    (signal,) = watch_rises(town.services)
    assert proposal(signal) == "incident"
    assert view_crises(town.services, MARIJKE).now == []
    burst(town, 60)
    (signal,) = watch_rises(town.services)
    assert proposal(signal) == "crisis"
    assert [one.topic for one in view_crises(town.services, MARIJKE).now] == ["geluidsoverlast"]
    assert len(town.pager.warnings) == 1


def test_as_much_as_usual_is_no_signal(town: Town) -> None:
    usual_days(town, an_hour=240)
    town.clock.forward(minutes=40)
    burst(town, 40)
    assert watch_rises(town.services) == []


def test_it_is_quiet_when_somebody_says_so_and_over_when_nothing_rises(town: Town) -> None:
    usual_days(town)
    town.clock.forward(minutes=40)
    burst(town, 40)
    watch_rises(town.services)
    with pytest.raises(NotAllowed):
        quieten(town.services, TOMASZ, "topic/geluidsoverlast", 1)
    quieten(town.services, SANNE, "topic/geluidsoverlast", 1)
    assert open_signals(town.services, SANNE) == []
    assert "Stil tot" in signed_in(town.services, SANNE).get("/signalen").text
    town.clock.forward(hours=5)
    watch_rises(town.services)
    standing, past = view_signals(town.services, MARIJKE)
    assert (standing, [one.series for one in past]) == ([], ["topic/geluidsoverlast"])


def test_a_signal_of_what_nobody_watches_any_more_is_over_too(town: Town) -> None:
    now = town.services.now()
    ended = opened("search/ended", Rise(42, 10, 3.0, 2.0, 1.0), now)
    town.services.table.write(signals.opened(ended))
    watch_rises(town.services)
    assert open_signals(town.services, SANNE) == [ended]
    town.clock.forward(minutes=40)
    watch_rises(town.services)
    standing, past = view_signals(town.services, MARIJKE)
    assert (standing, [one.series for one in past]) == ([], ["search/ended"])


# --- other systems -------------------------------------------------------------------------------


def test_a_call_is_signed_as_the_standard_says() -> None:
    """With the example that the standard's own libraries are tested with."""
    call = Call(
        id="msg_p5jXN8AQM9LWM0D4loKWxJek", body='{"test": 2432232314}', made_at="", next_at=""
    )
    said = calls.headers(call, WEBHOOK, "2021-02-25T15:02:10.000Z")
    assert said["webhook-timestamp"] == "1614265330"
    assert said["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


class Listener(BaseHTTPRequestHandler):
    """Another system, which says no the first time."""

    heard: ClassVar[list[tuple[str, bytes]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.heard.append((self.headers["webhook-id"], body))
        self.send_response(503 if len(self.heard) == 1 else 204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Not in the tests' output."""


def test_a_signal_is_told_to_another_system_until_it_has_it(town: Town) -> None:
    Listener.heard.clear()
    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/signals"
        http = Http({**town.services.http.base_urls, "webhook": url})
        town.services = replace(town.services, http=http)
        wiring.use(wiring.House(services=town.services, sign_in=NobodySignsIn()))
        usual_days(town)
        town.clock.forward(minutes=40)
        burst(town, 40)
        watch_rises(town.services)
        town.work()
        town.clock.forward(seconds=31)
        town.sweep()
        town.sweep()
        server.shutdown()
    assert len(Listener.heard) == 2
    assert len({id_ for id_, _ in Listener.heard}) == 1
    assert json.loads(Listener.heard[1][1])["count"] == 40


def test_a_call_that_nobody_takes_is_tried_for_two_hours_and_then_given_up(town: Town) -> None:
    now = town.services.now()
    call = Call(id="c1", body=json.dumps({"type": "signal.opened"}), made_at=now, next_at=now)
    town.services.table.write(signals.owed(call))
    for _ in range(calls.MOST_ATTEMPTS):
        make_call(town.services, keys.call("c1"))
        town.clock.forward(hours=2)
    (dead,) = signals.dead_calls(town.services.table, town.services.now())
    assert (dead.attempts, dead.reason) == (8, "geen sleutel om te ondertekenen")
    tomasz = signed_in(town.services, TOMASZ)
    assert "geen sleutel" in tomasz.get("/signalen").text
    assert "opnieuw doorgegeven" in tomasz.follow(tomasz.post("/signalen", opnieuw="c1")).text
