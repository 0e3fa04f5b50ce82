"""After closing one question; who is not satisfied comes back to the team."""

from chalicelib.domain.survey import Invited, Rated, summed
from chalicelib.flows.citizen.surveying import last_months, view_satisfaction
from chalicelib.flows.desk.queueing import claim, finish
from chalicelib.flows.desk.viewing import view_queue
from tests.citizen.conftest import Square
from tests.conftest import MARIJKE, SANNE
from tests.web.visiting import Visitor, signed_in

STOLEN = "Mijn zwarte fiets is gisteren gestolen in Enschede"


def closed(square: Square) -> Visitor:
    square.writes(STOLEN)
    visitor = square.inside()
    assert "Hoe goed hebben wij u geholpen?" not in visitor.get("/melding").text
    subject = view_queue(square.town.services, SANNE).rows[0].subject
    claim(square.town.services, SANNE, subject)
    finish(square.town.services, SANNE, subject)
    square.town.work()
    return visitor


def said(square: Square, visitor: Visitor, score: str, words: str = "") -> None:
    page = visitor.get("/melding")
    assert "Hoe goed hebben wij u geholpen?" in page.text
    square.town.clock.forward(seconds=5)
    fields = {"score": score, "woorden": words, "message_id": page.page.fields["message_id"]}
    visitor.post("/melding/hoe-ging-het", **fields)
    square.town.work()


def test_who_is_satisfied_is_asked_once(square: Square) -> None:
    visitor = closed(square)
    said(square, visitor, "5", "Snel geholpen")
    assert "Hoe goed hebben wij u geholpen?" not in visitor.get("/melding").text
    assert list(view_queue(square.town.services, SANNE).rows) == []
    view = view_satisfaction(square.town.services, MARIJKE)
    whole = view.rows[0]
    assert (whole.topic, whole.invited, whole.answered, whole.satisfied) == ("", 1, 1, 1)
    page = signed_in(square.town.services, MARIJKE).get("/tevredenheid")
    assert "Snel geholpen" in page.text
    assert "Minder dan 5 antwoorden" in page.text


def test_who_is_not_comes_back_to_the_team(square: Square) -> None:
    visitor = closed(square)
    said(square, visitor, "1", "Niemand belde terug")
    (row,) = view_queue(square.town.services, SANNE).rows
    assert "Niemand belde terug" in row.text
    assert "Wij hebben uw bericht" in visitor.get("/melding").text


def test_a_score_outside_the_five_is_none(square: Square) -> None:
    visitor = closed(square)
    assert visitor.post("/melding/hoe-ging-het", score="6", message_id="m").status == 422


def test_shares_are_told_with_response_and_range() -> None:
    asked = [Invited(number=str(n), team="oost", topic="diefstal", at="") for n in range(20)]
    rated = [Rated(number=str(n), score=5 if n < 8 else 1, text="", at="") for n in range(10)]
    whole, topic = summed(asked, rated)
    assert (whole.topic, topic.topic) == ("", "diefstal")
    assert (whole.response, whole.share, whole.enough) == (0.5, 0.8, True)
    least, most = whole.range
    assert 0.4 < least < 0.8 < most < 1


def test_months_go_back_over_new_year() -> None:
    assert last_months("2027-01-15T08:00:00.000Z") == ("2027-01", "2026-12", "2026-11")
