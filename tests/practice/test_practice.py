"""A team practises: marked everywhere, reaching nothing real, and talked over afterwards."""

import json
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import pytest

from chalicelib import wiring
from chalicelib.domain.account import Account
from chalicelib.domain.practice import PracticeRound
from chalicelib.domain.principal import Principal
from chalicelib.errors import Misconfigured, NotFound
from chalicelib.flows.answering.replying import reply
from chalicelib.flows.desk.queueing import claim, finish
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.flows.running.debriefing import view_debrief
from chalicelib.settings import Settings
from chalicelib.store import directory, practice
from infra.local.stage import prepared
from infra.practice.play import WAYS
from infra.practice.reading import EVENING, begin, read
from infra.run import own_stage
from tests.conftest import MARIJKE, SANNE, YOUSSEF, NobodySignsIn, Town, X, account
from tests.web.visiting import Visitor, signed_in

FATIMA = Principal(id="fatima", name="Fatima Kaya", role="coordinator", team="oost")
EVENINGS = Path(__file__).parents[1] / "incidents" / "evenings"

FIRE = "help er is brand bij de buren, er zijn kinderen binnen"
HOURS = "Hoe laat is het bureau morgen open?"
OWN_CASE = "Ik hoor niets over mijn aangifte, mijn ex staat voor de deur"
SILENT = "Opa zit al een uur zo raar op zijn stoel en praat niet meer"


@pytest.fixture
def team(town: Town) -> Town:
    """A town that practises."""
    town.services = replace(town.services, practice=True)
    wiring.use(wiring.House(services=town.services, sign_in=NobodySignsIn()))
    town.services.table.write(directory.kept_agent(FATIMA))
    return town


def evening(town: Town, folder: Path, *told: tuple[str, str, str, bool, str]) -> PracticeRound:
    """A round of these lines: channel, text, urgency, emergency, audience."""
    lines = [
        json.dumps({"id": f"m{number}", "at": f"2026-03-01T20:{number:02}:00+01:00",
                    "channel": channel, "author": f"Bo {number}", "text": text,
                    "urgency": urgency, "emergency": emergency, "audience": audience})
        for number, (channel, text, urgency, emergency, audience) in enumerate(told)
    ]  # fmt: skip
    file = folder / "proef.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return begin(town.services.table, file, 4, town.services.now())


def arrives(town: Town, round_: PracticeRound, number: int) -> str:
    """A line comes in by WhatsApp or as a mention on X; its conversation."""
    services = town.services
    line = practice.lines(services.table, round_, services.now())[number]
    services.table.write(practice.posted(line, services.now()))
    if line.channel == "x":
        town.fakes.post("x", account=X, author=f"66000{number}", text=line.text,
                        at=int(town.clock.at.timestamp()))  # fmt: skip
        town.clock.forward(minutes=2)
        town.sweep()
    else:
        town.whatsapp(line.text, author=f"NL.{number}")
    town.work()
    rows = view_queue(services, SANNE).rows
    return next(row.subject for row in rows if row.text == line.text)


def answers(town: Town, agent: Principal, subject: str, text: str) -> None:
    claim(town.services, agent, subject)
    newest = view_conversation(town.services, agent, subject).newest
    reply(town.services, agent, subject, reply_id=f"r-{subject[:40]}", text=text, seen=newest)
    town.work()


def test_the_debrief_tells_what_was_done_beside_what_it_was(team: Town, tmp_path: Path) -> None:
    round_ = evening(
        team, tmp_path,
        ("whatsapp", FIRE, "spoed", True, ""), ("whatsapp", HOURS, "later", False, ""),
        ("whatsapp", SILENT, "spoed", True, ""), ("whatsapp", "nog te komen", "geen", False, ""),
    )  # fmt: skip
    fire = arrives(team, round_, 0)
    team.clock.forward(seconds=30)
    answers(team, SANNE, fire, "Bel nu 112. Ga naar buiten.")
    arrives(team, round_, 1)
    arrives(team, round_, 2)
    team.clock.forward(minutes=6)

    found = view_debrief(team.services, FATIMA).found
    assert found
    assert (found.arrived, found.to_come, found.on_the_way) == (3, 1, 0)
    assert (found.emergencies, found.helped) == (2, 1)
    assert found.team.typical_answered == 30_000
    assert [one.line.text for one in found.missed] == [SILENT]
    assert [one.line.text for one in found.waiting] == [HOURS]
    assert [(one.by, one.answered, one.typical_answered) for one in found.agents] == [
        ("sanne", 1, 30_000)
    ]


def test_one_colleagues_figures_are_for_them_and_who_coordinates(
    team: Town, tmp_path: Path
) -> None:
    round_ = evening(team, tmp_path, ("whatsapp", FIRE, "spoed", True, ""))
    answers(team, SANNE, arrives(team, round_, 0), "Bel nu 112.")
    seen = {
        who.id: [one.by for one in found.agents]
        for who in (SANNE, YOUSSEF, FATIMA, MARIJKE)
        if (found := view_debrief(team.services, who).found)
    }
    assert seen == {"sanne": ["sanne"], "youssef": [], "fatima": ["sanne"], "marijke": ["sanne"]}


def test_a_public_answer_about_somebodys_own_matter_is_pointed_out(
    team: Town, tmp_path: Path
) -> None:
    read_often: Account = replace(account("x", X), settings={"euros_per_month": "10"})
    team.services.table.write(directory.kept_account(read_often))
    team.fakes.post("x", account=X, author="1", text="van eerder", at=0)
    team.sweep()
    round_ = evening(
        team, tmp_path,
        ("x", OWN_CASE, "nu", False, "private"), ("x", HOURS, "later", False, ""),
        ("whatsapp", "en mijn zaak?", "later", False, "private"),
    )  # fmt: skip
    answers(team, SANNE, arrives(team, round_, 0), "We hebben uw aangifte gevonden.")
    answers(team, SANNE, arrives(team, round_, 1), "Om negen uur. Bel anders 06 12345678.")
    answers(team, SANNE, arrives(team, round_, 2), "Uw zaak loopt.")
    found = view_debrief(team.services, FATIMA).found
    assert found
    told = {one.text[:8]: one.why for one in found.misdirected}
    assert told == {"We hebbe": ("private",), "Om negen": ("phone",)}


def test_what_is_finished_without_an_answer_waits_no_longer(team: Town, tmp_path: Path) -> None:
    round_ = evening(team, tmp_path, ("whatsapp", HOURS, "later", False, ""))
    subject = arrives(team, round_, 0)
    claim(team.services, SANNE, subject)
    finish(team.services, SANNE, subject)
    found = view_debrief(team.services, SANNE).found
    assert found
    assert found.waiting == ()


def test_every_screen_says_that_it_is_practice(team: Town, tmp_path: Path) -> None:
    round_ = evening(team, tmp_path, ("whatsapp", FIRE, "spoed", True, ""))
    subject = arrives(team, round_, 0)
    sanne = signed_in(team.services, SANNE)
    pages = [
        *(sanne.get(one) for one in ("/wachtrij", f"/gesprek/{subject}", "/oefening")),
        *(
            Visitor().get(one)
            for one in ("/formulier", "/melding", "/cijfers/openbaar", "/uitgelogd")
        ),
        sanne.get("/gesprek/niets"),
    ]
    for seen in pages:
        assert seen.title.startswith("OEFENING"), seen.text[:80]
        assert "Niets hier is echt, en niets gaat naar buiten." in seen.text


def test_a_service_that_does_not_practise_shows_no_mark_and_has_no_debrief(town: Town) -> None:
    sanne = signed_in(town.services, SANNE)
    seen = sanne.get("/wachtrij")
    assert "OEFENING" not in seen.html
    assert sanne.get("/oefening").status == 404
    with pytest.raises(NotFound):
        view_debrief(town.services, SANNE)


HERE = {"NABIJ_ENGINE": "embedded", "NABIJ_DATA": "/x", "NABIJ_PUBLIC_URL": "http://127.0.0.1:1"}
NAMES = ("whatsapp", "x", "telegram", "reddit", "messenger", "facebook", "instagram", "mastodon",
         "bluesky", "youtube", "email", "sms", "news", "objects")  # fmt: skip
FAKES = {"NABIJ_PLATFORM_URLS": json.dumps(dict.fromkeys(NAMES, "http://127.0.0.1:2"))}


@pytest.mark.parametrize(
    "wrong",
    [
        {"NABIJ_PLATFORM_URLS": "{}"},
        {"NABIJ_PLATFORM_URLS": json.dumps(dict.fromkeys(NAMES, "http://127.0.0.1.evil.example"))},
        {"NABIJ_ENGINE": "aws"},
        {"NABIJ_TABLE": "nabij-table"},
        {"NABIJ_SECRETS": "nabij"},
        {"NABIJ_ENCODER": "function:nabij-encoder"},
        {"NABIJ_OIDC_ISSUER": "https://sign-in.example"},
        {"NABIJ_PUBLIC_URL": "https://nabij.example"},
        {"NABIJ_VIDEO_URL": "https://meet.example"},
    ],
)
def test_practice_refuses_whatever_is_not_of_this_machine(wrong: dict[str, str]) -> None:
    here = {**HERE, **FAKES, "NABIJ_PRACTICE": "yes"}
    assert Settings.from_environment(here).practice
    with pytest.raises(Misconfigured, match="practice"):
        Settings.from_environment({**here, **wrong})


def test_the_command_refuses_too_and_never_shares_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Namespace(practice=EVENING, pace=4, port=None, data=tmp_path / "een", no_demo=False,
                      reddit=False)  # fmt: skip
    assert own_stage(asked).settings().practice
    prepared(tmp_path / "twee", 1, 2, demo=True)
    with pytest.raises(Misconfigured, match="folder of its own"):
        own_stage(Namespace(**{**vars(asked), "data": tmp_path / "twee"}))
    monkeypatch.setenv("NABIJ_TABLE", "nabij-table")
    with pytest.raises(Misconfigured, match="NABIJ_TABLE"):
        own_stage(asked)


@pytest.mark.parametrize("file", [EVENING, *sorted(EVENINGS.glob("*.jsonl"))], ids=lambda f: f.stem)
def test_the_recorded_evenings_can_be_practised_on(file: Path) -> None:
    lines = read(file, "2026-11-21T20:00:00.000Z")
    assert [line.after for line in lines] == sorted(line.after for line in lines)
    assert {line.channel for line in lines} <= {*WAYS, "reddit"}
    assert any(line.emergency for line in lines)


ODD = '{"at": "2026-01-01T20:00:00+01:00", "channel": "x", "author": "", "text": "", "urgency": ""}'


@pytest.mark.parametrize("text", ["geen json", "{}", ODD, ""])
def test_an_evening_without_labels_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "avond.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Misconfigured):
        read(file, "2026-11-21T20:00:00.000Z")
