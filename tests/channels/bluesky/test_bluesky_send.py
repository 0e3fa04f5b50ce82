"""Sending to Bluesky, against the fake platform: answers, private messages, sessions, facets."""

from dataclasses import replace

import pytest

from chalicelib.channels.bluesky.channel import Bluesky
from chalicelib.channels.bluesky.facets import facets_of
from chalicelib.channels.bluesky.rules import RULES, length
from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets
from chalicelib.channels.http import Http
from chalicelib.errors import ChannelAccessLost, ChannelError, ChannelRefused, ChannelThrottled
from infra.fakes.bluesky import SIGN_IN
from infra.fakes.client import Fakes
from tests.channels import sending
from tests.channels.bluesky.refusals import CITIZEN, SENDING, THEIRS

OWN = SENDING.account.account
PRIVATE = replace(SENDING.outgoing, thread=None, in_reply_to=None)
ENDED = {"error": "ExpiredToken", "message": "Token has expired"}


@pytest.fixture
def http(fakes: Fakes) -> Http:
    return Http({"bluesky": f"{fakes.url}/bluesky"}, timeout_seconds=0.5)


@pytest.fixture
def nobody_yet(request: pytest.FixtureRequest) -> Secrets:
    """A password under which nobody signed in before."""
    return Secrets(current={"app_password": request.node.name})


def send(http: Http, outgoing: Outgoing, secrets: Secrets = SENDING.secrets) -> str:
    return Bluesky().send(outgoing, SENDING.account, secrets, http).external_id


def failing(
    http: Http, outgoing: Outgoing = SENDING.outgoing, secrets: Secrets = SENDING.secrets
) -> ChannelError:
    return sending.failing(Bluesky(), http, outgoing, SENDING.account, secrets)


def test_an_answer_stands_under_what_it_answers(fakes: Fakes, http: Http) -> None:
    uri = send(http, SENDING.outgoing)
    row = fakes.sent()[-1]
    assert (row["external_id"], row["in_reply_to"], row["to"]) == (uri, THEIRS, CITIZEN)
    assert uri.startswith(f"at://{OWN}/app.bsky.feed.post/")


def test_deep_in_a_thread_the_root_stays_the_root(fakes: Fakes, http: Http) -> None:
    """The fake takes no answer whose root or parent has another digest."""
    root = f"at://{CITIZEN}/app.bsky.feed.post/3kwortel"
    more = {"author": CITIZEN, "reply_to": THEIRS, "thread": root}
    id = fakes.post("bluesky", account=OWN, text="en dit?", **more)
    parent = f"at://{CITIZEN}/app.bsky.feed.post/{id}"
    assert send(http, replace(SENDING.outgoing, in_reply_to=parent, thread=root))


def test_the_next_part_answers_our_own_part(fakes: Fakes, http: Http) -> None:
    first = send(http, SENDING.outgoing)
    send(http, replace(SENDING.outgoing, in_reply_to=first, text="En verder."))
    assert fakes.sent()[-1]["in_reply_to"] == first


def test_a_private_message_goes_to_the_citizen_only(fakes: Fakes, http: Http) -> None:
    send(http, PRIVATE)
    row = fakes.sent()[-1]
    assert (row["to"], row["kind"], row["in_reply_to"]) == (CITIZEN, "private", None)


@pytest.mark.parametrize("post", [None, f"at://{CITIZEN}/app.bsky.feed.post/weg"])
def test_without_something_to_answer_nothing_is_published(
    fakes: Fakes, http: Http, post: str | None
) -> None:
    before = len(fakes.sent())
    assert type(failing(http, replace(SENDING.outgoing, in_reply_to=post))) is ChannelRefused
    assert fakes.sent(after=before) == []


def test_who_closed_their_post_gets_no_answer(fakes: Fakes, http: Http) -> None:
    post = {"uri": THEIRS, "cid": "c", "record": {}, "viewer": {"replyDisabled": True}}
    fakes.fail(channel="bluesky", status=200, body={"posts": [post]}, reads=True)
    assert failing(http).code == "reply-disabled"


@pytest.mark.parametrize(
    ("text", "counted"),
    [("", 0), ("hallo", 5), ("e\u0301", 1), ("🇳🇱", 1), ("👨‍👩‍👧‍👦", 3), ("👨‍👩‍👧‍👦" * 4, 10)],
)
def test_the_tighter_of_signs_and_bytes_is_the_length(text: str, counted: int) -> None:
    assert length(text) == counted


@pytest.mark.parametrize("text", ["é" * 300, "👨‍👩‍👧‍👦" * 119 + "x" * 25])
def test_the_longest_text_goes_out_and_the_platform_agrees(http: Http, text: str) -> None:
    assert length(text) <= RULES.longest_text
    assert send(http, replace(SENDING.outgoing, text=text))


@pytest.mark.parametrize("text", ["é" * 301, "👨‍👩‍👧‍👦" * 121])
def test_a_longer_one_is_refused_before_it_is_sent(fakes: Fakes, http: Http, text: str) -> None:
    before = len(fakes.sent())
    assert failing(http, replace(SENDING.outgoing, text=text)).code == "too-long"
    assert send(http, replace(PRIVATE, text=text))
    assert failing(http, replace(PRIVATE, text=text * 4)).code == "too-long"
    assert len(fakes.sent(after=before)) == 1


# --- sessions ------------------------------------------------------------------------------------


def test_one_sign_in_is_enough_for_many_answers(
    fakes: Fakes, http: Http, nobody_yet: Secrets
) -> None:
    send(http, SENDING.outgoing, nobody_yet)
    fakes.fail(channel=SIGN_IN, status=500)
    send(http, SENDING.outgoing, nobody_yet)
    assert len(fakes.failures()) == 1


def test_a_session_that_ended_is_renewed_and_the_answer_goes_out_once(
    fakes: Fakes, http: Http, nobody_yet: Secrets
) -> None:
    send(http, SENDING.outgoing, nobody_yet)
    before = len(fakes.sent())
    fakes.fail(channel="bluesky", status=400, body=ENDED)
    send(http, SENDING.outgoing, nobody_yet)
    assert len(fakes.sent(after=before)) == 1


def test_a_session_that_cannot_be_renewed_is_begun_anew(
    fakes: Fakes, http: Http, nobody_yet: Secrets
) -> None:
    send(http, SENDING.outgoing, nobody_yet)
    fakes.fail(channel="bluesky", status=400, body=ENDED)
    fakes.fail(channel=SIGN_IN, status=400, body={**ENDED, "message": "Token has been revoked"})
    assert send(http, SENDING.outgoing, nobody_yet)
    assert fakes.failures() == []


def test_ended_twice_is_lost_access(fakes: Fakes, http: Http) -> None:
    fakes.fail(channel="bluesky", status=400, body=ENDED, times=2)
    assert failing(http).code == "ExpiredToken"


@pytest.mark.parametrize(
    ("refusal", "means"),
    [
        ((401, {"error": "AuthFactorTokenRequired", "message": "x"}), ChannelAccessLost),
        ((401, {"error": "AccountTakedown", "message": "x"}), ChannelAccessLost),
        ((200, {"active": False, "status": "suspended", "accessJwt": "a"}), ChannelAccessLost),
        ((429, {"error": "RateLimitExceeded"}), ChannelThrottled),
    ],
)
def test_who_cannot_sign_in_sends_nothing(
    fakes: Fakes,
    http: Http,
    nobody_yet: Secrets,
    refusal: tuple[int, object],
    means: type[ChannelError],
) -> None:
    before, (status, body) = len(fakes.sent()), refusal
    fakes.fail(channel=SIGN_IN, status=status, body=body)
    assert type(failing(http, secrets=nobody_yet)) is means
    assert fakes.sent(after=before) == []


def test_a_revoked_password_is_lost_access(http: Http) -> None:
    error = failing(http, secrets=Secrets(current={"app_password": "verlopen"}))
    assert (type(error), error.code) == (ChannelAccessLost, "AuthenticationRequired")


def test_a_sign_in_uses_the_name_that_was_set(
    fakes: Fakes, http: Http, nobody_yet: Secrets
) -> None:
    """The fake makes the session of whoever signs in: as another, our posts would be refused."""
    named = AccountSettings(account=OWN, settings={"handle": "iemand.anders.example"})
    with pytest.raises(ChannelRefused):
        Bluesky().send(SENDING.outgoing, named, nobody_yet, http)


# --- facets --------------------------------------------------------------------------------------


def covered(text: str) -> list[tuple[str, str]]:
    """What each facet covers, by its bytes, and what it says."""
    found = facets_of(text, lambda name: f"did:web:{name}" if name.endswith("example") else None)
    assert all(facet["index"]["byteStart"] < facet["index"]["byteEnd"] for facet in found)
    return [
        (
            text.encode()[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode(),
            next(value for name, value in facet["features"][0].items() if name != "$type"),
        )
        for facet in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("niets", []),
        (
            "👩🏽‍🚒 é https://a.example/pad?x=1.",
            [("https://a.example/pad?x=1", "https://a.example/pad?x=1")],
        ),
        ("(https://a.example)", [("https://a.example", "https://a.example")]),
        ("https://a.example/b_(c)", [("https://a.example/b_(c)", "https://a.example/b_(c)")]),
        ("hoi @els.example!", [("@els.example", "did:web:els.example")]),
        ("hoi @niemand.test", []),
        ("mail info@els.example", []),
        ("ü #brand en #1 en #1brand", [("#brand", "brand"), ("#1brand", "1brand")]),
        ("https://a.example/#brand", [("https://a.example/#brand", "https://a.example/#brand")]),
        ("http://x", [("http://x", "http://x")]),
    ],
)
def test_facets_cover_their_bytes(text: str, expected: list[tuple[str, str]]) -> None:
    assert covered(text) == expected


def test_names_and_links_are_told_to_the_platform(http: Http) -> None:
    text = "👩🏽‍🚒 dag @els.example, zie https://a.example/é #brand"
    assert send(http, replace(SENDING.outgoing, text=text))
