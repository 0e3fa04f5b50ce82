"""What can be held of training without training: its figures, its copies, what it may read."""

import importlib.util
import subprocess
import sys
from dataclasses import fields, replace

import pytest

from chalicelib.detection.mending import FILE
from chalicelib.domain.assessment import Topic
from infra.encoder.command import MODEL
from infra.training import known_words
from infra.training.augment import MARK, typed
from infra.training.corpus import ORDINARY, Labelled, batches, dealt, load, ordinary
from infra.training.extracting import ROOT, extract
from infra.training.measuring import figure, macro_f1, precision, recall
from infra.training.opinions import Decision

CALM = {"emergency": "nee", "urgency": "geen", "kind": "overig", "topic": "anders"}
URGENT = {"emergency": "ja", "urgency": "spoed", "kind": "melding", "topic": "brand"}


def message(number: int, *, real: bool) -> Labelled:
    return Labelled(f"m-{number}", "test", "tekst", "sms", "nl", URGENT if real else CALM)


def decided(number: int, *, real: bool, said: bool) -> Decision:
    urgency = "spoed" if said else "geen"
    return Decision(message(number, real=real), float(said), urgency, "melding", "brand", "nl")


def test_precision_and_recall_with_their_intervals() -> None:
    known = [(True, True)] * 6 + [(True, False)] * 2 + [(False, True)] * 4 + [(False, False)] * 8
    decisions = [decided(at, real=real, said=said) for at, (real, said) in enumerate(known)]
    assert precision(decisions) == pytest.approx(0.6)
    assert recall(decisions) == pytest.approx(0.75)
    found = figure(recall, decisions)
    assert found.low < 0.75 < found.high
    assert found == figure(recall, decisions)
    assert str(figure(recall, [])) == "-"


def test_macro_f1_counts_every_answer_alike() -> None:
    assert macro_f1(["a", "a", "a", "b"], ["a", "a", "a", "a"]) == pytest.approx((6 / 7) / 2)


def test_a_copy_with_typing_errors_is_marked_and_always_the_same() -> None:
    text = "er staat iemand beneden in de keuken te schreeuwen en niemand durft naar binnen"
    each = [Labelled(f"x-{number}", "x", text, "sms", "nl", {}) for number in range(20)]
    copies = [typed(one) for one in each]
    assert copies == [typed(one) for one in each]
    assert all(copy.id.endswith(MARK) for copy in copies)
    assert len({copy.text for copy in copies}) > 10


def test_the_words_that_are_known_are_those_of_the_corpus() -> None:
    everything = [one for batch in batches().values() for one in batch] + dealt()[0]
    assert (MODEL / FILE).read_text("utf-8") == known_words.table(everything)


def test_what_gives_a_label_away_is_left_behind() -> None:
    """A voice is kept to measure by; models read the text and what came before it."""
    assert not {"tone", "who", "immediacy"} & {field.name for field in fields(Labelled)}
    one = replace(batches()["aster"][0], voice="een kind", note="HP: fluistert")
    assert one.before == batches()["aster"][0].before
    alike = [extract("de keuken staat in brand", "sms") for _ in range(2)]
    assert alike[0] == alike[1]


def test_every_label_is_of_the_trade() -> None:
    known = set(Topic.__args__)  # type: ignore[attr-defined]
    each = [one for batch in batches().values() for one in batch]
    each += [one for name in ORDINARY for one in ordinary(name)]
    assert {one.labels["topic"] for one in each} <= known
    assert len({one.id for one in each}) == len(each)


def test_shared_messages_are_no_training_data() -> None:
    trained = {one.text for batch in batches().values() for one in batch}
    trained |= {one.text for name in ORDINARY for one in ordinary(name)}
    shared = ROOT.parent / "shared" / "examples"
    if not shared.exists():
        pytest.skip(f"NOT CHECKED against the shared examples: {shared} is not here")
    said = {one.text for one in load(shared / "messages.jsonl")}
    for name in ("more_nl.tsv", "more_languages.tsv"):
        said |= {line.split("\t")[-1] for line in (shared / name).read_text().splitlines()}
    assert not trained & said


def test_without_its_requirements_training_says_what_it_needs() -> None:
    if importlib.util.find_spec("sklearn"):
        pytest.skip("the training requirements are installed here")
    command = [sys.executable, "-m", "infra", "train"]
    done = subprocess.run(  # noqa: S603 - our own command
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "requirements-train.txt" in done.stderr
