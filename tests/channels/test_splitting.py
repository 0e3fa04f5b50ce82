"""An answer in parts: nothing gets lost, no limit is broken, and a part ends where one pauses."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chalicelib.channels.graphemes import graphemes
from chalicelib.channels.limits import Rules
from chalicelib.channels.registry import CHANNELS
from chalicelib.channels.splitting import fitting, is_too_long, parts

FAMILY = "👩🏽‍🚒👨‍👩‍👧‍👦🇳🇱🏴󠁧󠁢󠁥󠁮󠁧󠁿1️⃣e\N{COMBINING ACUTE ACCENT}한नि\r\n"


def all_rules() -> Iterator[tuple[str, Rules]]:
    """What every channel in the registry allows, in public and in private."""
    for name, channel in CHANNELS.items():
        yield name, channel.rules
        if channel.rules.private:
            yield f"{name} in private", channel.rules.private


EVERYWHERE = dict(all_rules())

words = st.one_of(
    st.text(max_size=12),
    st.text(alphabet=FAMILY, max_size=12),
    st.sampled_from(
        ["Goedemiddag. ", "en toen?\n\n", "https://politie.example/aangifte?a=1 ", " "]
    ),
)
texts = st.lists(words, max_size=60).map("".join)


def written(text: str) -> str:
    """What is not blank: where one message ends and the next begins, a blank may be gone."""
    return "".join(text.split())


def narrowed(rules: Rules, longest: int) -> Rules:
    """The same rules with a limit that short texts reach, and parts in plenty."""
    return replace(rules, longest_text=longest, most_parts=1000)


@settings(max_examples=400, deadline=None)
@given(name=st.sampled_from(sorted(EVERYWHERE)), text=texts, longest=st.integers(30, 120))
def test_nothing_is_lost_and_no_limit_is_broken_on_any_channel(
    name: str, text: str, longest: int
) -> None:
    rules = narrowed(EVERYWHERE[name], longest)
    found = parts(text, rules)
    assert written("".join(found)) == written(text)
    assert all(map(fitting(rules), found))
    assert all(part.strip() for part in found) or found == (text,)
    assert not is_too_long(text, rules)


@settings(max_examples=300, deadline=None)
@given(text=texts, longest=st.integers(30, 120))
@example(text=FAMILY * 20, longest=30)
def test_no_sign_is_cut_in_two(text: str, longest: int) -> None:
    rules = Rules(longest_text=longest, most_parts=1000)
    if max(map(len, graphemes(text)), default=0) > longest:
        return
    found = [sign for part in parts(text, rules) for sign in graphemes(part)]
    assert [one for one in found if one.strip()] == [s for s in graphemes(text) if s.strip()]


@settings(max_examples=100, deadline=None)
@given(name=st.sampled_from(sorted(EVERYWHERE)), text=texts)
def test_with_the_channels_own_rules_what_is_too_long_is_said_so(name: str, text: str) -> None:
    rules = EVERYWHERE[name]
    long = (text or "a") * (1 + rules.longest_text * rules.most_parts // max(1, len(text)))
    found = parts(long, rules)
    assert written("".join(found)) == written(long)
    fit = all(map(fitting(rules), found)) and len(found) <= rules.most_parts
    assert is_too_long(long, rules) is not fit


@pytest.mark.parametrize(
    "expected",
    [
        ["kort"],
        [""],
        ["Eerste zin hier. ", "Tweede zin die er niet bij ", "past."],
        ["Een alinea hier.\n\n", "Daarna nog. ", "En dan weer verderop"],
        ["Daarna nog wat, of niet? ", "“Zeker!” zei de tweede."],
        ["woord woord woord woord woord ", "woord"],
        ["a. ", "b" * 29],
        ["a" * 30, "a" * 30, "a" * 5],
    ],
)
def test_a_part_ends_where_a_reader_would_pause(expected: list[str]) -> None:
    rules = Rules(longest_text=30, most_parts=9)
    assert [*parts("".join(expected), rules)] == expected


def test_a_message_of_blanks_only_is_left_out() -> None:
    rules = Rules(longest_text=30, most_parts=9)
    assert parts("a" * 30 + " " * 90 + "b", rules) == ("a" * 30, "b")


def test_a_link_is_never_cut_on_x() -> None:
    link = "https://politie.example/" + "a" * 400
    rules = EVERYWHERE["x"]
    found = parts("woord " * 46 + link, rules)
    assert [part for part in found if link in part] == [link]


def test_a_sign_that_is_too_long_by_itself_is_cut_between_its_marks() -> None:
    text = "z" + "\N{COMBINING ACUTE ACCENT}" * 70
    rules = Rules(longest_text=30, most_parts=9)
    assert "".join(parts(text, rules)) == text
    assert not is_too_long(text, rules)


def test_what_does_not_go_into_the_last_part_is_one_part_more() -> None:
    rules = Rules(longest_text=30, most_parts=2)
    assert [len(part) for part in parts("a" * 100, rules)] == [30, 30, 40]
    assert is_too_long("a" * 100, rules)
    assert not is_too_long("a" * 60, rules)


def test_where_an_answer_is_one_message_it_stays_whole() -> None:
    rules = Rules(longest_text=30)
    assert parts("a" * 31, rules) == ("a" * 31,)
    assert is_too_long("a" * 31, rules)
