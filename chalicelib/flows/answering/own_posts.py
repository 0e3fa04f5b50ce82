"""A post of our own: proposed, seen by other eyes, planned, and sent by deliveries like any answer.

What citizens write below it comes in as always: it names our post as its thread.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chalicelib.channels import splitting
from chalicelib.domain.account import Account
from chalicelib.domain.conversation import KeptMessage
from chalicelib.domain.moments import Moment
from chalicelib.domain.own_post import OwnPost, must_be_other_eyes
from chalicelib.domain.principal import Principal
from chalicelib.errors import InvalidInput, NotFound, StaleVersion
from chalicelib.flows import nudges
from chalicelib.flows.services import Services
from chalicelib.store import access_log, directory, kept_messages, keys, own_posts
from chalicelib.store.table import ConditionFailed
from chalicelib.writing.leaks import Leak, leaks

LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class PostPreview:
    """How the text goes out on one account; ``fits`` when the channel takes all of its parts."""

    account: Account
    parts: tuple[str, ...]
    fits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PostView:
    """A post with what became of it on each account, and what should not be in it."""

    post: OwnPost
    sent: list[KeptMessage]
    leaks: tuple[Leak, ...]
    mine: bool


def name_of(account: Account) -> str:
    return f"{account.channel}/{account.account}"


def accounts_for(services: Services, principal: Principal) -> list[Account]:
    """Where this colleague may propose a post: approved for it, on a channel that takes posts."""
    now = services.now()
    found = [
        one
        for one in directory.accounts(services.table)
        if one.channel in services.channels and services.channel(one.channel).rules.posts
        if one.approved_for("publish", now) and principal.team in ("", one.team)
    ]
    return sorted(found, key=name_of)


def preview(
    services: Services, principal: Principal, text: str, accounts: Sequence[str]
) -> list[PostPreview]:
    """By the rules by which it is cut when it leaves."""
    principal.must_be_allowed_to("answer")
    chosen = [one for one in accounts_for(services, principal) if name_of(one) in accounts]
    return [previewed(services, one, text) for one in chosen]


def previewed(services: Services, account: Account, text: str) -> PostPreview:
    rules = services.channel(account.channel).rules
    fits = not splitting.is_too_long(text, rules)
    return PostPreview(account, splitting.parts(text, rules), fits)


def propose(
    services: Services,
    principal: Principal,
    *,
    id_: str,
    text: str,
    accounts: Sequence[str],
    planned_at: Moment | None,
) -> OwnPost:
    """Lay it before a colleague, once for each id. Raises ``InvalidInput``."""
    shown, now = preview(services, principal, text, accounts), services.now()
    check(text, shown, planned_at, now)
    post = OwnPost(
        id=id_,
        team=principal.team,
        text=text.strip(),
        accounts=tuple(name_of(one.account) for one in shown),
        by=principal.id,
        name=principal.name,
        at=now,
        planned_at=planned_at,
    )
    log = access_log.used(principal, "propose_post", id_, now)
    try:
        services.table.write(own_posts.proposed(post, now), log)
    except ConditionFailed:
        return found(services, id_)
    return post


def check(text: str, shown: Sequence[PostPreview], planned_at: Moment | None, now: Moment) -> None:
    """Raises ``InvalidInput`` naming what is missing or does not fit."""
    wrong: dict[str, dict[str, str]] = {}
    if not 0 < len(text.strip()) <= LONGEST:
        wrong["text"] = {"nl": "Schrijf eerst een bericht.", "en": "Write a post first."}
    if not shown:
        wrong["accounts"] = {"nl": "Kies waar het komt te staan.", "en": "Choose where it goes."}
    too_long = ", ".join(one.account.name for one in shown if not one.fits)
    if too_long:
        wrong["text"] = {"nl": f"Te lang voor {too_long}.", "en": f"Too long for {too_long}."}
    if planned_at and planned_at <= now:
        wrong["planned"] = {"nl": "Dat moment is voorbij.", "en": "That moment has passed."}
    if wrong:
        raise InvalidInput("not a post", wrong)


def view_posts(services: Services, principal: Principal) -> list[PostView]:
    """The team's, or those of all teams for who belongs to none."""
    principal.must_be_allowed_to("read_queue")
    now = services.now()
    teams = (
        [principal.team] if principal.team else [one.id for one in directory.teams(services.table)]
    )
    found_ = [post for team in teams for post in own_posts.of_team(services.table, team, now)]
    return [
        PostView(
            post=post,
            sent=kept_messages.listing(services.table, post.subject, now),
            leaks=leaks(post.text, [post.name]),
            mine=post.by == principal.id,
        )
        for post in sorted(found_, key=lambda one: one.at, reverse=True)
    ]


def approve(services: Services, principal: Principal, id_: str) -> OwnPost:
    """Other eyes saw it: it leaves now, or when it was planned. Raises ``NotAllowed``."""
    principal.must_be_allowed_to("coordinate")
    post, now = found(services, id_), services.now()
    must_be_other_eyes(post.by, principal)
    if post.state != "proposed":
        raise StaleVersion("this was decided before")
    due_at = max(now, post.planned_at or now)
    after = replace(
        post,
        state="approved",
        approved_by=principal.id,
        approved_name=principal.name,
        due_at=due_at,
    )
    change(services, principal, post, after, "approve_post")
    if due_at == now:
        services.jobs.send("deliver", nudges.post(keys.own_post(id_)))
    return after


def stop(services: Services, principal: Principal, id_: str) -> OwnPost:
    """It does not leave. Raises ``StaleVersion`` when it left."""
    principal.must_be_allowed_to("read_queue")
    post = found(services, id_)
    if post.by != principal.id:
        principal.must_be_allowed_to("coordinate")
    if post.state not in ("proposed", "approved"):
        raise StaleVersion("it left, or was stopped before")
    after = replace(
        post,
        state="stopped",
        due_at=None,
        stopped_by=principal.id,
        stopped_name=principal.name,
    )
    change(services, principal, post, after, "stop_post")
    return after


def change(
    services: Services,
    principal: Principal,
    before: OwnPost,
    after: OwnPost,
    action: access_log.Action,
) -> None:
    now = services.now()
    log = access_log.used(principal, action, before.id, now)
    try:
        services.table.write(own_posts.changed(before, after, now), log)
    except ConditionFailed:
        raise StaleVersion("somebody decided on it just now") from None


def found(services: Services, id_: str) -> OwnPost:
    """Raises ``NotFound``."""
    post = own_posts.find(services.table, keys.own_post(id_), services.now())
    if post is None:
        raise NotFound("no such post")
    return post
