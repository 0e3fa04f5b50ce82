"""Sending to Mastodon, against the fake server."""

from dataclasses import replace

import pytest

from chalicelib.channels.contract import AccountSettings, Outgoing
from chalicelib.channels.http import Http
from chalicelib.channels.mastodon.channel import Mastodon
from chalicelib.channels.mastodon.rules import RULES, length
from chalicelib.channels.mastodon.send import post_of
from chalicelib.errors import ChannelAccessLost, ChannelError, ChannelRefused, OutcomeUnknown
from infra.fakes.client import Fakes
from tests.channels import sending
from tests.channels.mastodon.refusals import SENDING

OWN = SENDING.account


@pytest.fixture
def http(fakes: Fakes) -> Http:
    return Http({"mastodon": f"{fakes.url}/mastodon"}, timeout_seconds=0.5)


def written(fakes: Fakes, where: str = "mentions", author: str = "72") -> str:
    post = {"account": "90", "author": author, "name": "els@elders.example", "where": where}
    return fakes.post("mastodon", text="klopt dit?", **post)


def answer_to(post: str, text: str = "Ja.", *, public: bool = True) -> Outgoing:
    thread = post if public else None
    return Outgoing(reply_id="r-1", to="72", text=text, in_reply_to=post, thread=thread)


def send(http: Http, outgoing: Outgoing) -> str:
    return Mastodon().send(outgoing, OWN, SENDING.secrets, http).external_id


def failing(http: Http, outgoing: Outgoing) -> ChannelError:
    return sending.failing(Mastodon(), http, outgoing, OWN, SENDING.secrets)


@pytest.mark.parametrize("where", ["public", "unlisted", "private"])
def test_an_answer_is_seen_by_as_many_as_the_post(fakes: Fakes, http: Http, where: str) -> None:
    post = written(fakes, where)
    id = send(http, answer_to(post))
    row = fakes.sent()[-1]
    assert (row["external_id"], row["kind"], row["in_reply_to"]) == (id, where, post)
    assert row["text"] == "@els@elders.example Ja."


@pytest.mark.parametrize("where", ["direct", "public"])
def test_what_is_private_here_never_becomes_public(fakes: Fakes, http: Http, where: str) -> None:
    send(http, answer_to(written(fakes, where), public=False))
    assert fakes.sent()[-1]["kind"] == "direct"


def test_a_private_answer_names_nobody_else(fakes: Fakes, http: Http) -> None:
    before, post = len(fakes.sent()), written(fakes, "direct")
    error = failing(http, answer_to(post, "Vraag het @buur@elders.example", public=False))
    assert (type(error), error.code) == (ChannelRefused, "names-others")
    assert fakes.sent(after=before) == []
    assert send(http, answer_to(post, "Mail info@elders.example", public=False))


def test_who_is_named_already_is_not_named_twice(fakes: Fakes, http: Http) -> None:
    send(http, answer_to(written(fakes), "@els@elders.example ja"))
    assert fakes.sent()[-1]["text"] == "@els@elders.example ja"


def test_a_chain_of_answers_keeps_naming_the_citizen(fakes: Fakes, http: Http) -> None:
    first = send(http, answer_to(written(fakes, "direct"), public=False))
    send(http, answer_to(first, "En verder.", public=False))
    row = fakes.sent()[-1]
    assert (row["text"], row["kind"], row["to"]) == (
        "@els@elders.example En verder.",
        "direct",
        "72",
    )


def test_the_same_answer_again_is_the_same_post(fakes: Fakes, http: Http) -> None:
    outgoing, before = answer_to(written(fakes)), len(fakes.sent())
    fakes.fail(channel="mastodon", mode="timeout_after_acceptance")
    assert type(failing(http, outgoing)) is OutcomeUnknown
    assert send(http, outgoing) == fakes.sent()[-1]["external_id"]
    assert len(fakes.sent(after=before)) == 1
    assert Mastodon().rules.idempotent


def test_parts_of_one_answer_are_posts_of_their_own(fakes: Fakes, http: Http) -> None:
    post, before = written(fakes), len(fakes.sent())
    assert send(http, answer_to(post, "een")) != send(http, answer_to(post, "twee"))
    assert len(fakes.sent(after=before)) == 2


def test_the_longest_text_goes_out_and_the_server_agrees(fakes: Fakes, http: Http) -> None:
    link = "https://elders.example/" + "x" * 100
    room = RULES.longest_text - length(link) - 1
    text = f"{link} " + "👩🏽‍🚒" * room
    assert length(text) == RULES.longest_text
    assert send(http, answer_to(written(fakes), text))


def test_a_longer_one_is_refused_before_it_is_sent(fakes: Fakes, http: Http) -> None:
    before = len(fakes.sent())
    assert failing(http, answer_to(written(fakes), "x" * 500)).code == "too-long"
    assert fakes.sent(after=before) == []


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("", 0),
        ("hallo", 5),
        ("e\u0301", 1),
        ("👨‍👩‍👧‍👦🇳🇱", 2),
        ("zie https://a.example/heel/lang/pad/van/veel/tekens.", 4 + 23 + 1),
        ("http://a.example", 23),
        ("a.example", 9),
        ("info@a.example", 14),
    ],
)
def test_what_mastodon_counts(text: str, counted: int) -> None:
    assert length(text) == counted


@pytest.mark.parametrize("post", [None, "999"])
def test_without_something_to_answer_nothing_is_published(
    fakes: Fakes, http: Http, post: str | None
) -> None:
    before = len(fakes.sent())
    outgoing = replace(answer_to("1"), in_reply_to=post)
    assert type(failing(http, outgoing)) is ChannelRefused
    assert fakes.sent(after=before) == []


def test_who_cannot_be_named_gets_no_answer() -> None:
    with pytest.raises(ChannelRefused):
        post_of(answer_to("1"), {"account": {"id": "55", "acct": "x"}, "visibility": "public"})


def test_an_unknown_circle_of_readers_is_the_smallest() -> None:
    answered = {"account": {"id": "72", "acct": "els"}, "visibility": "kring"}
    assert post_of(answer_to("1"), answered)["visibility"] == "direct"


def test_each_account_says_on_which_server_it_lives() -> None:
    http = Http({"mastodon": "https://{host}"})
    assert type(failing(http, answer_to("1"))) is ChannelAccessLost
    elsewhere = AccountSettings(account="90", settings={"host": "kwaad.example/pad"})
    with pytest.raises(ChannelAccessLost):
        Mastodon().send(answer_to("1"), elsewhere, SENDING.secrets, http)
