"""The manager's figures: what they tell, the list behind each, the export, the wallboard."""

import csv
import io
from dataclasses import replace

import pytest

from chalicelib import wiring
from chalicelib.domain.fact import Fact
from chalicelib.domain.waiting import Waiting
from chalicelib.flows.answering.replying import reply
from chalicelib.flows.desk.queueing import claim
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.flows.figures.counting import count_day
from chalicelib.store import figures
from chalicelib.store.sqlite import SqliteTable
from infra.benchmarks import month
from infra.benchmarks.figures import Counting
from tests.conftest import MARIJKE, SANNE, TOMASZ, NobodySignsIn, Town, furnish
from tests.flows.detecting import Scripted, detected_by
from tests.web.test_api import Call, call
from tests.web.visiting import Visitor, signed_in

__all__ = ["call"]


@pytest.fixture
def marijke(town: Town) -> Visitor:
    return signed_in(town.services, MARIJKE)


@pytest.fixture
def evening(town: Town) -> Town:
    """Three citizens wrote; one is in danger, one was answered. The minute was counted."""
    detected_by(town, Scripted())
    for number, text in enumerate(("vraag", "hallo", "er is brand")):
        town.whatsapp(text, author=f"NL.{number}", id_=f"wamid.{number}")
    town.work()
    town.clock.forward(minutes=4)
    subject = next(r.subject for r in view_queue(town.services, SANNE).rows if r.text == "vraag")
    claim(town.services, SANNE, subject)
    seen = view_conversation(town.services, SANNE, subject).newest
    reply(town.services, SANNE, subject, reply_id="r1", text="Ja.", seen=seen)
    town.sweep()
    return town


def test_the_evening_is_on_one_page(evening: Town, marijke: Visitor) -> None:
    text = marijke.get("/cijfers").text
    assert "Geteld om 21:04" in text
    assert "Leven in gevaar 1 Wachten 2 0 opgepakt Wacht het langst 4 min" in text
    assert "Binnengekomen 3 Beantwoord 1" in text
    assert "Op tijd beantwoord 100% Eerste antwoord 3,9 min 90% binnen 3,9 min" in text
    assert "WhatsApp 3 1" in text
    assert "Er zijn nog geen eerdere weken" in text


def test_every_figure_leads_to_what_it_counted(evening: Town, marijke: Visitor) -> None:
    links = [link for link in marijke.get("/cijfers").page.links if "/cijfers/lijst" in link]
    assert len(links) > 15
    for link in links:
        assert marijke.get(link).status == 200, link
    behind = marijke.get("/cijfers/lijst?wat=arrived&dag=2026-11-21&kanaal=whatsapp")
    assert "3 keer" in behind.text
    assert sum("/gesprek/" in link for link in behind.page.links) == 3
    assert "0 keer" in marijke.get("/cijfers/lijst?wat=arrived&dag=2026-11-20").text
    assert "0 keer" in marijke.get("/cijfers/lijst?wat=arrived&dag=2026-11-21&uur=20").text
    assert "1 keer" in marijke.get("/cijfers/lijst?wat=answered&dag=2026-11-21&uur=21").text


@pytest.mark.parametrize(
    "address",
    [
        "/cijfers/lijst?wat=iets",
        "/cijfers/lijst?dag=ooit",
        "/cijfers?team=zuid",
        "/cijfers?periode=9",
    ],
)
def test_what_cannot_be_asked_is_said(town: Town, marijke: Visitor, address: str) -> None:
    assert marijke.get(address).status == 422


def test_a_week_later_there_is_something_to_compare_with(evening: Town) -> None:
    evening.clock.forward(days=7)
    marijke = signed_in(evening.services, MARIJKE)
    text = marijke.get("/cijfers").text
    assert "dezelfde weekdag vorige week, tot dit tijdstip" in text
    assert "Binnengekomen 0 gewoonlijk 0,2" in text, "four of the hour's sixty minutes have passed"
    assert "De telling staat stil" in text
    week = marijke.get("/cijfers?periode=28").text
    assert "Binnengekomen 3" in week
    assert "over 1 hele dag met cijfers" in week


def test_the_same_as_csv_and_as_json(evening: Town, marijke: Visitor, call: Call) -> None:
    seen = marijke.get("/cijfers/export?from=2026-11-21&to=2026-11-21")
    assert seen.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(seen.html)))
    assert {"start": "2026-11-21", "team": "*", "figure": "arrived", "dimension": "channel",
            "value": "whatsapp", "count": "3"} in rows  # fmt: skip
    status, found = call("GET", "/api/v1/figures?from=2026-11-21&to=2026-11-21", who="marijke")
    assert status == 200
    counts = found["figures"][0]["counts"]
    assert (counts["arrived"], counts["arrived/channel/whatsapp"]) == (3, 3)
    assert counts["first_answer_p50_ms"] == pytest.approx(240_000, rel=0.03)
    assert not [path for path in counts if "~" in path or "@" in path]
    assert call("GET", "/api/v1/figures?from=2026-01-01&grain=hour", who="marijke")[0] == 422
    assert call("GET", "/api/v1/figures", who="sanne")[0] == 403


def test_the_wallboard_tells_numbers_and_no_names(evening: Town, marijke: Visitor) -> None:
    seen = marijke.get("/wandbord?team=oost")
    assert "Webcare Oost" in seen.text
    assert "Leven in gevaar 1" in seen.text
    assert "Laatste uur: 3 berichten" in seen.text
    assert "brand" not in seen.html
    assert "Bo" not in seen.text.split()


READING = ("/cijfers", "/cijfers?periode=28", "/wandbord", "/vooruit", "/cijfers/openbaar")


def test_pages_read_as_often_however_much_happened(town: Town) -> None:
    """Nothing scans: ten times as many messages are the same keys, and the same sums."""
    assert read_for(town, 20) == read_for(town, 200)


def read_for(town: Town, messages: int) -> dict[str, int]:
    """How often each page reads after an evening on which so many messages came."""
    table = Counting(SqliteTable(":memory:"))
    services = replace(town.services, table=table)
    furnish(services)
    wiring.use(wiring.House(services=services, sign_in=NobodySignsIn()))
    for minute in range(20):
        facts = [arrived(minute, number) for number in range(messages // 20)]
        month.put(table, facts)
    count_day(services, "2026-11-21")
    marijke = signed_in(services, MARIJKE, idle=True)
    found = {}
    for address in READING:
        table.reads = 0
        assert marijke.get(address).status == 200
        found[address] = table.reads
    return found


def arrived(minute: int, number: int) -> Fact:
    at = f"2026-11-21T19:{minute:02}:00.000Z"
    return Fact(what="arrived", at=at, id=f"{minute}-{number}", team="oost", channel="x", took=9)


def test_the_public_figures_need_no_sign_in(evening: Town, call: Call) -> None:
    count_day(evening.services, "2026-11-21")
    text = Visitor().get("/cijfers/openbaar").text
    assert "Verloren berichten 0" in text
    assert "Op 3 leveringen in 1 dagen" in text
    assert "Elke nacht nagekeken, het laatst over 21 nov" in text
    assert "Dubbel getoonde berichten 0" in text
    assert "Gevonden spoed –" in text  # noqa: RUF001
    status, found = call("GET", "/api/v1/figures/public", who="")
    assert status == 200
    assert (found["lost"], found["shown_twice"], found["latency"]["messages"]) == (0, 0, 3)
    assert found["latency"]["p95"] == 0


def test_what_was_never_read_counts_as_lost(town: Town) -> None:
    town.whatsapp("hallo")
    town.clock.forward(hours=8)
    count_day(town.services, "2026-11-21")
    assert "Verloren berichten 1" in Visitor().get("/cijfers/openbaar").text


def test_only_who_leads_reads_the_figures(town: Town) -> None:
    for address in ("/cijfers", "/wandbord", "/cijfers/lijst", "/cijfers/export"):
        assert signed_in(town.services, SANNE).get(address).status == 403
        assert signed_in(town.services, TOMASZ).get(address).status == 403


def test_looking_ahead_needs_a_day_and_says_so(evening: Town, marijke: Visitor) -> None:
    assert "Er is nog geen hele dag geteld" in marijke.get("/vooruit").text
    subject = next(r.subject for r in view_queue(evening.services, SANNE).rows if r.text == "hallo")
    claim(evening.services, SANNE, subject)
    seen = view_conversation(evening.services, SANNE, subject).newest
    evening.clock.forward(minutes=6)
    reply(evening.services, SANNE, subject, reply_id="r2", text="Dag.", seen=seen)
    evening.sweep()
    evening.clock.forward(hours=12)
    later = signed_in(evening.services, MARIJKE)
    text = later.get("/vooruit").text
    assert "Verwacht uit 1 dagen; een zaak kost gemiddeld 3" in text
    assert "Met 3 medewerkers is er de hele dienst genoeg" in later.get("/vooruit?mensen=3").text
    assert later.get("/vooruit?mensen=veel").status == 422
    assert later.get("/vooruit?doel=100").status == 422
    assert signed_in(evening.services, SANNE).get("/vooruit").status == 403


def test_who_has_room_can_help_the_team_that_is_short(town: Town) -> None:
    """Oost expects twelve an hour, each for twenty minutes; two people in Noord are at work."""
    for day in ("2026-11-14", "2026-11-20"):
        for hour in range(24):
            month.put(town.services.table, worked(f"{day}T{hour:02}", "oost", range(0, 60, 5)))
        count_day(town.services, day)
    month.put(town.services.table, worked("2026-11-20T03", "noord", range(1)))
    count_day(town.services, "2026-11-20")
    now = town.services.now()
    at_work = Waiting(team="noord", at=now, waiting=2, held=2, people=2)
    town.services.table.write(figures.waits(at_work, now))
    marijke = signed_in(town.services, MARIJKE)
    text = marijke.get("/vooruit?team=oost&mensen=1").text
    assert "erbij nodig vanaf" in text
    assert "Webcare Noord heeft dan ruimte: nu 2 aan het werk" in text
    assert "Er zijn nog maar 3 hele dagen geteld" in text
    assert "is er de hele dienst genoeg" in marijke.get("/vooruit?team=oost&mensen=9").text
    assert "erbij nodig vanaf" in marijke.get("/vooruit?team=oost&mensen=9&drukker=900").text


def worked(hour: str, team: str, minutes: range) -> list[Fact]:
    """In each of these minutes one came in and one was answered, after twenty minutes' work."""
    found = []
    for minute in minutes:
        at, id_ = f"{hour}:{minute:02}:00.000Z", f"{team}-{hour}-{minute}"
        found.append(Fact(what="arrived", at=at, id=f"{id_}-in", team=team, channel="x"))
        answered = Fact(what="answered", at=at, id=f"{id_}-out", team=team, channel="x")
        found.append(replace(answered, mark="in_time", worked=1_200_000))
    return found
