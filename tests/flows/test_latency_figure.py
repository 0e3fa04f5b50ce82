"""How long life at risk waited is a figure in the log, which an alarm watches."""

import json

import pytest

from infra.template.alarms import life_at_risk
from tests.conftest import Town


def test_life_at_risk_tells_how_long_it_took(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    town.whatsapp("help er is brand in de flat, er zijn nog kinderen binnen")
    town.clock.forward(seconds=4)
    town.work()
    lines = [line for line in capsys.readouterr().out.splitlines() if "LifeAtRiskSeconds" in line]
    (figure,) = map(json.loads, lines)
    assert figure["LifeAtRiskSeconds"] == [4.0]
    (said,) = figure["_aws"]["CloudWatchMetrics"]
    alarm = life_at_risk()
    assert (said["Namespace"], said["Metrics"][0]["Name"]) == (alarm.namespace, alarm.metric)
    assert said["Dimensions"] == [list(alarm.about)]
    assert {"service": figure["service"]} == alarm.about
