"""Untrusted JSON cannot surprise its reader."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.channels import taming
from chalicelib.channels.moments import epoch_of, iso_of
from chalicelib.domain.message import Location
from chalicelib.errors import BadPayload

json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda children: (
        st.lists(children, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "address", "name"]), children)
    ),
    max_leaves=8,
)


@given(value=json_like)
def test_each_reader_gives_its_own_type_whatever_it_is_handed(value: Any) -> None:
    assert isinstance(taming.dict_of(value, "a", "b"), dict)
    assert isinstance(taming.list_of(value, "a"), list)
    assert isinstance(taming.items_of(value, "a"), list)
    assert isinstance(taming.text_of(value, "a", "b"), str)
    assert isinstance(taming.id_of(value, "a"), str | None)
    assert isinstance(taming.name_of(value, "a"), str | None)
    assert isinstance(taming.number_of(value, "a"), float | None)
    assert isinstance(taming.location_of(value, "a", "b"), Location | None)
    assert isinstance(epoch_of(value, "a"), datetime | None)
    assert isinstance(iso_of(value, "a"), datetime | None)


@pytest.mark.parametrize(
    ("value", "elements"), [({}, 0), ({"a": None}, 0), ({"a": []}, 0), ({"a": [1, 2]}, 2)]
)
def test_a_list_is_its_elements(value: Any, elements: int) -> None:
    assert len(taming.items_of(value, "a")) == elements


def test_what_should_have_been_a_list_is_one_element() -> None:
    assert taming.items_of({"a": "junk"}, "a") == ["junk"]


def test_a_whole_number_may_be_an_id_but_a_truth_may_not() -> None:
    assert taming.id_of({"a": 31600000041}, "a") == "31600000041"
    assert taming.id_of({"a": True}, "a") is None
    assert taming.id_of({"a": " "}, "a") is None


def test_text_stays_as_it_is_but_for_half_a_pair() -> None:
    decomposed = " e\N{COMBINING ACUTE ACCENT}\n\N{RIGHT-TO-LEFT OVERRIDE} "
    assert taming.text_of({"a": decomposed}, "a") == decomposed
    assert taming.text_of({"a": "x\udc00y"}, "a") == "x\N{REPLACEMENT CHARACTER}y"


@pytest.mark.parametrize("number", [float("nan"), float("inf"), True, "veel", "", [1], 10**400])
def test_no_finite_number_is_none(number: Any) -> None:
    assert taming.number_of({"a": number}, "a") is None


def test_the_deepest_level_is_read_and_the_next_is_refused() -> None:
    deep = b"[" * taming.DEEPEST_LEVEL + b"]" * taming.DEEPEST_LEVEL
    assert taming.read_json(deep)
    with pytest.raises(BadPayload):
        taming.read_json(b"[" + deep + b"]")


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe\x00", b"{", b"\x80", b"[" * 100_000, b" " * (taming.LARGEST_BODY + 1)]
)
def test_bytes_that_are_no_json_are_refused_as_a_whole(body: bytes) -> None:
    with pytest.raises(BadPayload):
        taming.read_json(body)


def test_other_json_is_read_but_is_no_object() -> None:
    assert taming.read_json(b"[NaN, 1e999, " + b"9" * 5000 + b"]")
    with pytest.raises(BadPayload):
        taming.read_object(b"[]")


@pytest.mark.parametrize(
    ("written", "second"),
    [
        (1800000000, 0),
        ("1800000000", 0),
        (1800000000999, 0),
        (1800000001.99, 1),
    ],
)
def test_epochs_are_truncated(written: object, second: int) -> None:
    expected = datetime(2027, 1, 15, 8, 0, second, tzinfo=UTC)
    assert epoch_of({"at": written}, "at") == expected


@pytest.mark.parametrize("written", [0, -5, "", None, {}, 1e300, "9" * 50, True])
def test_what_is_no_epoch_is_none(written: object) -> None:
    assert epoch_of({"at": written}, "at") is None


@pytest.mark.parametrize("written", ["", "gisteren", 5, "0001-01-01T00:00:00+14:00", "2027-02-30"])
def test_what_is_no_iso_moment_is_none(written: object) -> None:
    assert iso_of({"at": written}, "at") is None
