"""Sending as a page, under both its names, against the fake platform."""

import time
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.channels.contract import AccountSettings, Channel, Outgoing, Secrets
from chalicelib.channels.facebook.channel import Facebook
from chalicelib.channels.http import Http
from chalicelib.channels.messenger.channel import Messenger
from chalicelib.channels.offers import FetchesMedia, Gestures, Probed, Probes, Subscribes
from chalicelib.domain.media import Media
from chalicelib.errors import ChannelRefused
from infra.fakes.client import Fakes
from tests.channels import sending

PAGE, CITIZEN, POST = "330000000000001", "6100000000000007", "330000000000001_9"
SETTINGS = AccountSettings(account=PAGE)
SECRETS = Secrets(current={"access_token": "een-sleutel"})

NAMES = pytest.mark.parametrize("channel", [Facebook(), Messenger()], ids=lambda one: one.name)


@pytest.fixture
def http(fakes: Fakes) -> Http:
    return Http(
        {name: f"{fakes.url}/{name}" for name in ("facebook", "messenger")}, timeout_seconds=0.3
    )


def private(text: str = "Ja, tot vijf uur.", **more: Any) -> Outgoing:
    return sending.outgoing(CITIZEN, text, **more)


def public(text: str = "Dat was een oefening.", **more: Any) -> Outgoing:
    return private(text, **{"thread": POST, "in_reply_to": "9_301", **more})


def refused(channel: Channel, http: Http, outgoing: Outgoing) -> ChannelRefused:
    error = sending.failing(channel, http, outgoing, SETTINGS, SECRETS)
    assert isinstance(error, ChannelRefused)
    return error


def probed(channel: Probes, http: Http) -> Probed:
    """What the platform tells of our access."""
    found = channel.probe("", SETTINGS, SECRETS, http)
    assert found
    return found


def row_of(channel: Channel, fakes: Fakes, http: Http, outgoing: Outgoing) -> dict[str, Any]:
    """What the platform took."""
    before = len(fakes.sent())
    sent = channel.send(outgoing, SETTINGS, SECRETS, http)
    (row,) = fakes.sent(after=before)
    assert (row["channel"], row["external_id"]) == (channel.name, sent.external_id)
    return row


@NAMES
def test_a_private_answer_reaches_the_citizen_under_our_own_id(
    channel: Channel, fakes: Fakes, http: Http
) -> None:
    row = row_of(channel, fakes, http, private())
    assert (row["account"], row["to"], row["reply_id"]) == (PAGE, CITIZEN, "reply-1")
    assert (row["kind"], row["text"]) == ("text", "Ja, tot vijf uur.")


@NAMES
def test_choices_stand_below_a_private_answer(channel: Channel, fakes: Fakes, http: Http) -> None:
    row = row_of(channel, fakes, http, private(choices=("Ja", "Nee")))
    assert (row["text"], row["choices"]) == ("Ja, tot vijf uur.", ["Ja", "Nee"])


@NAMES
@pytest.mark.parametrize("choices", [("a" * 21,), tuple(map(str, range(14)))])
def test_the_platform_refuses_choices_beyond_its_rules(
    channel: Channel, http: Http, choices: tuple[str, ...]
) -> None:
    assert refused(channel, http, private(choices=choices)).code == "100"


@NAMES
def test_a_public_answer_stands_under_the_comment(
    channel: Channel, fakes: Fakes, http: Http
) -> None:
    row = row_of(channel, fakes, http, public())
    assert (row["kind"], row["in_reply_to"]) == ("comment", "9_301")


def test_a_visitors_post_is_answered_below_it(fakes: Fakes, http: Http) -> None:
    row = row_of(Facebook(), fakes, http, public(in_reply_to=POST))
    assert (row["kind"], row["in_reply_to"]) == ("comment", POST)


@NAMES
def test_a_comment_can_be_answered_in_private_once(
    channel: Channel, fakes: Fakes, http: Http
) -> None:
    asked = public(privately=True, in_reply_to=f"9_{time.time_ns()}")
    row = row_of(channel, fakes, http, asked)
    assert (row["kind"], row["in_reply_to"]) == ("private_reply", asked.in_reply_to)
    assert "al privé" in refused(channel, http, asked).reason


def test_a_visitors_post_can_be_answered_in_private(fakes: Fakes, http: Http) -> None:
    post = f"330000000000001_{time.time_ns()}"
    row = row_of(Facebook(), fakes, http, public(thread=post, in_reply_to=post, privately=True))
    assert (row["kind"], row["in_reply_to"]) == ("private_reply", post)


@pytest.mark.parametrize("privately", [False, True])
def test_an_answer_to_nothing_would_be_a_post_of_our_own(
    fakes: Fakes, http: Http, *, privately: bool
) -> None:
    before = len(fakes.sent())
    error = refused(Facebook(), http, public(in_reply_to=None, privately=privately))
    assert (error.code, fakes.sent(after=before)) == ("no-post", [])


@NAMES
def test_after_a_day_only_what_is_written_by_hand_goes_out(
    channel: Channel, fakes: Fakes, http: Http
) -> None:
    two_days_ago = time.time() - 2 * 86_400
    fakes.post(channel.name, account=PAGE, author=CITIZEN, text="hoi", at=two_days_ago)
    assert refused(channel, http, private()).code == "10/2018278"
    row = row_of(channel, fakes, http, private(after_window=True))
    assert row["kind"] == "human_agent"


@NAMES
def test_after_a_week_nothing_goes_out(channel: Channel, fakes: Fakes, http: Http) -> None:
    eight_days_ago = time.time() - 8 * 86_400
    fakes.post(channel.name, account=PAGE, author=CITIZEN, text="hoi", at=eight_days_ago)
    assert refused(channel, http, private(after_window=True)).code == "10/2018278"


@NAMES
def test_the_windows_are_known_before_sending(channel: Channel) -> None:
    limits = channel.rules.within(None)
    assert (limits.window, limits.by_hand) == (timedelta(hours=24), timedelta(days=7))
    assert (channel.rules.within(POST).window, channel.rules.privately) == (None, timedelta(days=7))


@NAMES
@pytest.mark.parametrize(("thread", "longest"), [(None, 2000), (POST, 8000)])
def test_the_longest_text_fits_and_one_more_is_not_tried(
    channel: Channel, fakes: Fakes, http: Http, thread: str | None, longest: int
) -> None:
    assert channel.rules.within(thread).longest_text == longest
    row_of(channel, fakes, http, public("é" * longest, thread=thread))
    before = len(fakes.sent())
    error = refused(channel, http, public("é" * (longest + 1), thread=thread))
    assert (error.code, fakes.sent(after=before)) == ("too-long", [])


def test_a_private_answer_to_a_comment_is_measured_as_private(fakes: Fakes, http: Http) -> None:
    asked = public("é" * 2001, privately=True)
    assert refused(Facebook(), http, asked).code == "too-long"


@NAMES
@pytest.mark.parametrize(
    ("what", "action"),
    [("seen", "mark_seen"), ("typing", "typing_on"), ("no longer typing", "typing_off")],
)
def test_the_citizen_sees_that_somebody_is_there(
    channel: Gestures, fakes: Fakes, http: Http, what: Any, action: str
) -> None:
    channel.gesture(what, CITIZEN, SETTINGS, SECRETS, http)
    assert fakes.read()[-1]["external_id"] == f"{action}:{CITIZEN}"


def test_a_citizen_whom_the_platform_does_not_know(http: Http) -> None:
    stranger = sending.outgoing("niemand", "hoi")
    assert refused(Messenger(), http, stranger).code == "100/2018001"


def test_an_empty_text_is_refused_by_the_platform(http: Http) -> None:
    assert refused(Messenger(), http, private(" ")).code == "100"


def test_a_strange_account_cannot_leave_its_place_in_the_path(fakes: Fakes, http: Http) -> None:
    before = len(fakes.sent())
    odd = AccountSettings(account="../me")
    with pytest.raises(ChannelRefused):
        Messenger().send(private(), odd, SECRETS, http)
    assert fakes.sent(after=before) == []


def test_the_api_version_is_a_setting(fakes: Fakes, http: Http) -> None:
    newer = AccountSettings(account=PAGE, settings={"api_version": "v27.0"})
    assert Messenger().send(private(), newer, SECRETS, http).external_id


@NAMES
def test_the_platform_is_asked_whether_it_delivers_to_us(
    channel: Probes, fakes: Fakes, http: Http
) -> None:
    assert isinstance(channel, Subscribes)
    assert probed(channel, http).subscribed
    channel.subscribe("", SETTINGS, SECRETS, http)
    assert probed(channel, http).used_percent == 12


@NAMES
def test_a_file_is_fetched_from_metas_own_hosts_only(channel: FetchesMedia, http: Http) -> None:
    elsewhere = Media(kind="image", url="https://cdn.example/1")
    with pytest.raises(ChannelRefused, match="vreemd adres"):
        channel.fetch_media(elsewhere, SETTINGS, SECRETS, http)
