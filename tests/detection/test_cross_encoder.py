"""Reading a message beside what others wrote: with the network as it was put together here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.detection.cross_encoder import (
    MOST_EACH,
    MOST_TEXTS,
    MOST_TOLD,
    CrossEncoder,
    fitting,
    paired,
)
from chalicelib.detection.encoder import BEFORE, OWN, Encoder
from infra.encoder.command import FOLDER

FIRE = (
    "Grote brand in een fietsenwinkel aan de Haagdijk, vlammen uit het dak",
    "heel de straat is afgezet en de bewoners staan buiten in de kou",
)
DOG = (
    "Onze hond Saartje is weggelopen bij het bos, bang voor de knallen",
    "ik zag net een bruin hondje bij de vijver lopen",
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    try:
        return Encoder(FOLDER)
    except FileNotFoundError as error:
        pytest.skip(f"{error}: python -m infra encoder")


@pytest.fixture(scope="module")
def cross(encoder: Encoder) -> CrossEncoder:
    return CrossEncoder(encoder)


@pytest.mark.parametrize(
    ("told", "about", "chatter"),
    [
        (FIRE, "is mijn fiets in die winkel nu ook verbrand?", "wanneer is het bureau weer open?"),
        (FIRE, "mag ik mijn huis weer in? ik heb een baby", "hoe vraag ik een paspoort aan?"),
        (DOG, "ik zag hem net lopen, zonder halsband", "mijn paspoort is verlopen, wat nu?"),
        (DOG, "is hij al gevonden? de kinderen huilen", "is de winkel al open vandaag?"),
    ],
)
def test_what_it_is_about_shows_beside_what_others_wrote(
    cross: CrossEncoder, told: tuple[str, ...], about: str, chatter: str
) -> None:
    assert cross.read(about, told) > cross.read(chatter, told)


def test_the_answer_does_not_hang_on_what_else_is_asked(cross: CrossEncoder) -> None:
    text = "mag ik mijn huis weer in?"
    both = cross.same_event(text, [FIRE, DOG])
    assert both == [*cross.same_event(text, [FIRE]), *cross.same_event(text, [DOG])]


def test_a_message_without_words_is_read_too(cross: CrossEncoder) -> None:
    assert len(cross.same_event("🔥🔥", [FIRE])) == 1
    assert cross.same_event("hallo", []) == []


def test_the_message_is_marked_as_such_and_what_others_wrote_too(encoder: Encoder) -> None:
    ids, types = paired(encoder.tokenizer, "is het al uit?", FIRE)
    assert len(ids) == len(types)
    assert types == sorted(types)
    assert set(types) == {OWN, BEFORE}


@given(st.lists(st.integers(0, MOST_EACH), min_size=1, max_size=12))
def test_the_first_is_always_read_and_then_the_latest_that_fit(lengths: list[int]) -> None:
    found = fitting([[0] * length for length in lengths])
    assert found[0] == 0
    assert found == sorted(set(found))
    assert len(found) <= MOST_TEXTS
    assert sum(lengths[at] + 1 for at in found) <= MOST_TOLD
