"""Labels leave the house only where training is approved, without who wrote and masked."""

import io
import json
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.account import Approval
from chalicelib.domain.label import Said
from chalicelib.errors import Misconfigured
from chalicelib.flows.assessing.correcting import correct
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from chalicelib.store import access_log, directory
from chalicelib.writing.masking import masked
from infra.labels import export
from infra.training.corpus import labelled
from tests.conftest import SANNE, WHATSAPP, YOUSSEF, Town, account

DAY = "2026-11-21"
FIRST = "Ik ben Bram, bel 06 12345678, is het bureau open?"


def approve(town: Town, until: str) -> None:
    """Somebody approved this account for training, until then."""
    training = Approval(until=until, by="M. Bos", ground="proef met labels")
    known = account("whatsapp", WHATSAPP)
    approvals = {**known.approvals, "train": training}
    town.services.table.write(directory.kept_account(replace(known, approvals=approvals)))


@pytest.fixture
def corrected(town: Town) -> Town:
    """A citizen wrote, and an agent said what it was."""
    contacts = [{"profile": {"name": "Bram Jansen"}, "user_id": "NL.1"}]
    message = {"type": "text", "text": {"body": FIRST}, "id": "wamid.1", "from_user_id": "NL.1"}
    town.deliver_whatsapp(message, contacts=contacts)
    town.work()
    say(town, Said(urgency="nu", kind="klacht"))
    return town


def say(town: Town, said: Said, who: Any = SANNE) -> None:
    (row,) = view_queue(town.services, SANNE).rows
    message = view_conversation(town.services, SANNE, row.subject).messages[0].message
    correct(town.services, who, row.subject, message.id, said)


def lines(town: Town) -> list[dict[str, Any]]:
    out = io.StringIO()
    assert export(town.services, DAY, "marijke", out) == 0
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_nothing_leaves_without_an_approval_that_runs(
    corrected: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lines(corrected) == []
    assert "not approved for training" in capsys.readouterr().err
    approve(corrected, "2026-11-21T19:00:00.000Z")
    assert lines(corrected) == []
    approve(corrected, "2027-01-01T00:00:00.000Z")
    assert len(lines(corrected)) == 1


def test_a_line_is_one_that_training_reads(corrected: Town) -> None:
    approve(corrected, "2027-01-01T00:00:00.000Z")
    (line,) = lines(corrected)
    read = labelled("labels", json.dumps(line))
    assert (read.labels["urgency"], read.labels["kind"]) == ("nu", "klacht")
    assert (read.labels["emergency"], read.channel, read.lang) == ("nee", "whatsapp", "nl")
    assert "topic" not in read.labels, "nobody judged it, so it teaches nothing"


def test_a_line_says_where_the_label_came_from_and_not_whose_message_it_is(
    corrected: Town,
) -> None:
    approve(corrected, "2027-01-01T00:00:00.000Z")
    (line,) = lines(corrected)
    assert line["text"] == "Ik ben [naam], bel [telefoon], is het bureau open?"
    assert (line["source"], line["judged"]) == ("correction", ["emergency", "urgency", "kind"])
    assert line["detected"]["version"]
    assert line["labelled_at"].startswith(DAY)
    assert line["destroy_by"].startswith("2027-11-22")
    assert not {"sanne", "Sanne", "NL.1", "Jansen"} & set(json.dumps(line).split('"'))


def test_of_two_opinions_the_later_counts_and_what_it_left_out_stays(corrected: Town) -> None:
    approve(corrected, "2027-01-01T00:00:00.000Z")
    corrected.clock.forward(minutes=1)
    say(corrected, Said(urgency="later"), YOUSSEF)
    (line,) = lines(corrected)
    assert (line["urgency"], line["kind"]) == ("later", "klacht")


def test_the_words_are_gone_when_the_message_is(corrected: Town) -> None:
    approve(corrected, "2028-01-01T00:00:00.000Z")
    corrected.clock.forward(days=367)
    assert lines(corrected) == []


def test_an_export_is_in_the_log_of_use(corrected: Town) -> None:
    lines(corrected)
    now = corrected.services.now()
    used = [(u.actor, u.action) for u in access_log.lines(corrected.services.table, DAY, now)]
    assert ("marijke", "export_labels") in used


def test_a_day_is_a_day(town: Town) -> None:
    with pytest.raises(Misconfigured):
        export(town.services, "gisteren", "marijke", io.StringIO())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("mail naar j.de-vries+x@ziggo.nl graag", "mail naar [e-mail] graag"),
        ("bel 0612345678 of +31 6 12 34 56 78", "bel [telefoon] of [telefoon]"),
        ("zie https://t.co/abc en @truus_12", "zie [link] en [naam]"),
        ("BSN 123456782", "BSN [nummer]"),
        ("rekening NL91 ABNA 0417 1643 00", "rekening [rekening]"),
        ("zwarte Golf, 12-ABC-3", "zwarte Golf, [kenteken]"),
        ("op 7511 JA 12 brandt het", "op [adres] brandt het"),
        ("op de A1 bij 104,3 om 23:15, 2 auto's", "op de A1 bij 104,3 om 23:15, 2 auto's"),
        ("bel 112!", "bel 112!"),
    ],
)
def test_patterns_mask_what_identifies_and_leave_what_matters(text: str, shown: str) -> None:
    assert masked(text) == shown
