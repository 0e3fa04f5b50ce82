"""Own posts: other eyes before anything leaves, a moment, a way to stop it, and what comes back."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.moments import Moment, later
from chalicelib.domain.own_post import OwnPost
from chalicelib.domain.principal import Principal
from chalicelib.errors import InvalidInput, NotAllowed, StaleVersion
from chalicelib.flows.answering.own_posts import approve, preview, propose, stop, view_posts
from chalicelib.flows.answering.releasing_posts import post_above
from chalicelib.flows.assessing.beginning import opened_by
from chalicelib.store import directory, own_posts
from tests.conftest import MARIJKE, SANNE, Town, account

TEXT = "Vanavond staan we met de hondenbrigade op de Grote Markt."
ALL = ("bluesky/did:plc:ons", "facebook/710", "mastodon/90", "x/50")
Sent = Callable[[], list[dict[str, Any]]]
COORDINATOR = Principal(id="fatima", name="Fatima Kaya", role="coordinator", team="oost")


@pytest.fixture
def street(town: Town) -> Town:
    for name in ALL:
        channel, _, id_ = name.partition("/")
        ours = account(channel, id_)
        ours.approvals["publish"] = ours.approvals["answer"]
        town.services.table.write(directory.kept_account(ours))
    return town


def proposed(
    town: Town, accounts: Sequence[str] = ALL, planned_at: Moment | None = None, text: str = TEXT
) -> OwnPost:
    town.written += 1
    return propose(
        town.services,
        SANNE,
        id_=f"p{town.written}",
        text=text,
        accounts=accounts,
        planned_at=planned_at,
    )


@pytest.fixture
def sent(town: Town) -> Sent:
    """What the platforms took since this test began."""
    before = len(town.fakes.sent())
    return lambda: town.fakes.sent()[before:]


def test_nothing_leaves_before_another_colleague_saw_it(street: Town, sent: Sent) -> None:
    post = proposed(street)
    street.sweep()
    assert sent() == []
    with pytest.raises(NotAllowed):
        approve(street.services, SANNE, post.id)
    with pytest.raises(NotAllowed):
        approve(street.services, replace(COORDINATOR, id=SANNE.id), post.id)
    approve(street.services, COORDINATOR, post.id)
    street.work()
    left = {row["channel"]: row["text"] for row in sent()}
    assert left == dict.fromkeys(("bluesky", "facebook", "mastodon", "x"), TEXT)
    (view,) = view_posts(street.services, MARIJKE)
    assert view.post.state == "out"
    assert [one.state for one in view.sent] == ["sent"] * 4
    street.sweep()
    assert len(sent()) == 4


def test_it_leaves_at_its_moment_unless_somebody_stops_it(street: Town, sent: Sent) -> None:
    tomorrow = later(street.services.now(), timedelta(days=1))
    for id_ in [proposed(street, ["x/50"], tomorrow).id for _ in range(2)]:
        approve(street.services, COORDINATOR, id_)
    street.sweep()
    assert sent() == []
    stop(street.services, SANNE, "p1")
    street.clock.forward(days=1, minutes=1)
    street.sweep()
    assert len(sent()) == 1
    with pytest.raises(StaleVersion):
        stop(street.services, COORDINATOR, "p2")


def test_a_long_text_is_a_thread_where_the_channel_has_them(street: Town, sent: Sent) -> None:
    text = " ".join(["Dit is een lange zin over de verkeersafzetting."] * 12)
    shown = {one.account.channel: one for one in preview(street.services, SANNE, text, ALL)}
    assert len(shown["facebook"].parts) == 1
    assert len(shown["x"].parts) > 1
    approve(street.services, COORDINATOR, proposed(street, ["x/50"], text=text).id)
    for _ in range(3):
        street.work()
        street.clock.forward(seconds=5)
    first, second, *_ = sent()
    assert second["in_reply_to"] == first["external_id"]


def test_what_does_not_fit_or_has_no_approval_is_refused(street: Town) -> None:
    wrong: tuple[dict[str, Any], ...] = (
        {"text": " "},
        {"accounts": []},
        {"accounts": ["whatsapp/700100200300"]},
        {"text": "x" * 3_900, "accounts": ["bluesky/did:plc:ons"]},
        {"planned_at": street.services.now()},
    )
    for one in wrong:
        with pytest.raises(InvalidInput):
            proposed(street, **one)


def test_what_citizens_write_below_it_names_our_post(street: Town, sent: Sent) -> None:
    post = proposed(street, ["facebook/710"])
    approve(street.services, COORDINATOR, post.id)
    street.work()
    (view,) = view_posts(street.services, SANNE)
    (row,) = sent()
    below = replace(view.sent[0], direction="in", thread=row["external_id"], author_id="c-1")
    above = post_above(street.services, opened_by(below, post.team))
    assert above is not None
    assert above.id == post.id


def test_only_the_last_ones_are_listed_newest_first(
    street: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_posts, "SHOWN", 2)
    posts = []
    for _ in range(3):
        posts.append(proposed(street))
        street.clock.forward(minutes=1)
    listed = own_posts.of_team(street.services.table, SANNE.team, street.services.now())
    assert [one.id for one in listed] == [posts[2].id, posts[1].id]
