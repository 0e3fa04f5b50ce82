"""What others wrote is read where all else leaves in doubt which event a message is about."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from chalicelib import wiring
from chalicelib.detection import EncoderAway
from chalicelib.domain.moments import Moment
from chalicelib.flows.assessing.reading_beside import beside
from chalicelib.flows.incidents.open_incidents import read_open
from chalicelib.flows.services import SameEvent
from chalicelib.incidents.matching import Open, doubted, match
from chalicelib.incidents.picture import picture_of
from chalicelib.incidents.report import Report
from chalicelib.incidents.scoring import Weights, weights
from chalicelib.store import kept_messages, keys
from tests.conftest import Town
from tests.incidents.test_in_the_service import FIRE, SMOKE, open_ones, tell

QUESTION = "Mijn straat in Enschede is afgezet, mag ik mijn huis weer in? Ik heb een baby."


def report(number: int, *words: str) -> Report:
    return Report(
        message=f"m{number}", subject=f"s{number}", reporter=f"r{number}",
        at=Moment(f"2026-06-12T14:{number:02}:00.000Z"), topic="brand", kind="melding",
        urgency="spoed", words=words,
    )  # fmt: skip


def told_by(*numbers: int) -> Open:
    return Open(id=f"inc-{numbers[0]:02}", picture=picture_of(report(one) for one in numbers))


@dataclass(frozen=True)
class Says:
    """Somebody who reads: always this, and notes what they were asked."""

    answer: float = 0.0
    asked: list[tuple[str, list[list[str]]]] = field(default_factory=list)

    def same_event(self, text: str, told: Sequence[Sequence[str]]) -> list[float]:
        self.asked.append((text, [list(one) for one in told]))
        return [self.answer] * len(told)


def away(text: str, told: Sequence[Sequence[str]]) -> list[float]:
    raise EncoderAway(len(text) + len(told))


def read_by(city: Town, same_event: SameEvent | None) -> Town:
    """The same town, in which this reads."""
    city = replace(city, services=replace(city.services, same_event=same_event))
    wiring.use(wiring.House(services=city.services, sign_in=wiring.sign_in()))
    return city


@pytest.fixture
def scale() -> Weights:
    return weights()


def middle(scale: Weights) -> float:
    return (scale.reading.above + scale.reading.below) / 2


def test_only_what_is_in_doubt_is_read_and_the_likeliest_first(scale: Weights) -> None:
    doubt, least = middle(scale), scale.reading.above
    many = [(doubt + number / 100, told_by(number)) for number in range(scale.reading.most + 2)]
    read: list[str] = []

    def reading(candidates: Sequence[Open]) -> list[float]:
        read.extend(one.id for one in candidates)
        return [1.0] * len(candidates)

    said = doubted(report(40), [*many, (least - 1, told_by(30))], scale, reading)
    assert read == [one.id for _, one in reversed(many)][: scale.reading.most]
    assert set(said) == set(read)


def test_nothing_is_read_where_one_is_plain(scale: Weights) -> None:
    plain = (scale.reading.below, told_by(1))
    doubt = (middle(scale), told_by(2))
    assert doubted(report(40), [plain, doubt], scale, lambda _: [9.0]) == {}


def test_what_the_same_citizen_told_is_not_read(scale: Weights) -> None:
    assert doubted(report(1), [(middle(scale), told_by(1, 2))], scale, lambda _: [9.0]) == {}


def test_what_reads_as_the_same_becomes_likelier(scale: Weights) -> None:
    score = middle(scale)
    one = told_by(1, 2)
    less = doubted(report(40), [(score, one)], scale, lambda _: [-4.0])
    more = doubted(report(40), [(score, one)], scale, lambda _: [4.0])
    assert more[one.id] > less[one.id]


def test_a_message_joins_because_it_reads_so() -> None:
    first = [report(1, "fietsenwinkel", "haagdijk"), report(2, "fietsenwinkel", "haagdijk")]
    fire = Open(id="inc-1", picture=picture_of(first))
    asks = replace(report(9, "huis", "baby"), kind="vraag", urgency="later", refers=True)
    assert match(asks, [fire]) is None
    found = match(asks, [fire], lambda _: [20.0])
    assert found is not None
    assert "past bij wat anderen erover schreven" in found.because


def test_what_others_wrote_is_read_from_their_messages(city: Town) -> None:
    tell(city, FIRE, SMOKE)
    says = Says(answer=20.0)
    tell(read_by(city, says.same_event), QUESTION)
    (incident,) = open_ones(city)
    assert (QUESTION, [[FIRE, SMOKE]]) in says.asked
    assert incident.messages == 3


@pytest.mark.parametrize("reads", [Says(answer=-20.0).same_event, away, None])
def test_what_reads_otherwise_or_is_unread_stands_alone(
    city: Town, reads: SameEvent | None
) -> None:
    tell(city, FIRE, SMOKE)
    tell(read_by(city, reads), QUESTION)
    (incident,) = open_ones(city)
    assert incident.messages == 2


def test_what_was_taken_back_is_not_read(city: Town) -> None:
    tell(city, FIRE, SMOKE)
    says, now = Says(), city.services.now()
    services = replace(city.services, same_event=says.same_event)
    (one,) = read_open(services)
    reads = beside(services, QUESTION)
    assert reads is not None
    for source, left in zip(one.picture.sources, ([[SMOKE]], []), strict=True):
        key = keys.message(source.subject, source.at, source.message)
        message = kept_messages.find(services.table, key, now)
        assert message is not None
        services.table.write(kept_messages.deleted(message, now))
        assert reads([one]) == ([0.0] if left else [None])
        assert [told for _, told in says.asked[-1:]] == [[[SMOKE]]]


def test_a_message_without_words_is_read_by_nobody(city: Town) -> None:
    services = replace(city.services, same_event=Says().same_event)
    assert beside(services, " ") is None
    assert beside(replace(services, same_event=None), QUESTION) is None
