"""A post of ours goes out when its moment comes, and is known again by what stands under it."""

from collections.abc import Iterator
from dataclasses import replace

from chalicelib.channels import splitting
from chalicelib.channels.limits import Rules
from chalicelib.domain.conversation import Conversation, KeptMessage
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.moments import Moment
from chalicelib.domain.own_post import OWN, OwnPost
from chalicelib.domain.principal import Principal
from chalicelib.flows import nudges
from chalicelib.flows.answering.writing_out import Said, our_messages, to_deliveries
from chalicelib.flows.services import Services
from chalicelib.store import deliveries, kept_messages, keys, own_posts, references
from chalicelib.store.table import ConditionFailed, Key, Operation


def release(services: Services, key: Key) -> None:
    """Its moment came: a delivery for each account. Safe to run twice; who stops it first wins."""
    post, now = own_posts.find(services.table, key, services.now()), services.now()
    if post is None or post.state != "approved" or (post.due_at or now) > now:
        return
    made = list(deliveries_of(services, post))
    out = own_posts.changed(post, replace(post, state="out", due_at=None, out_at=now), now)
    try:
        services.table.write(out, *writes_of(made, now))
    except ConditionFailed:
        return  # stopped, or another worker was first
    for _, delivery in made:
        if delivery.due_at:
            job = nudges.delivery(keys.delivery(delivery.reply_id))
            services.jobs.send("deliver", job)


def writes_of(made: list[tuple[KeptMessage, Delivery]], now: Moment) -> Iterator[Operation]:
    for message, delivery in made:
        yield kept_messages.written(message, now)
        yield deliveries.first(delivery, now)


def deliveries_of(services: Services, post: OwnPost) -> Iterator[tuple[KeptMessage, Delivery]]:
    """Each part on each account, as it is sent and as it is kept."""
    author = Principal(id=post.by, name=post.name, role="agent", team=post.team)
    for name in post.accounts:
        channel, _, account = name.partition("/")
        rules: Rules = services.channel(channel).rules
        said = Said(keys.digest("post", post.id, name), splitting.parts(post.text, rules))
        place = place_of(post, channel, account)
        messages = our_messages(place, author, said, services.now())
        made = to_deliveries(place, messages, author, rules)
        yield from zip(messages, (replace(one, post=True) for one in made), strict=True)


def place_of(post: OwnPost, channel: str, account: str) -> Conversation:
    """What an answer would stand in; a post of ours has nobody whom it is to."""
    return Conversation(
        subject=post.subject,
        channel=channel,
        account=account,
        team=post.team,
        contact="",
        author_id="",
        opened_at=post.at,
        newest="",
        newest_mark="",
        inbound_at=post.at,
        lang="nl",
        thread=OWN,
    )


def post_above(services: Services, conversation: Conversation) -> OwnPost | None:
    """The post of ours under which a citizen writes; None when it stands under another."""
    if conversation.thread is None:
        return None
    now = services.now()
    place = keys.reference(conversation.channel, conversation.account, conversation.thread)
    known = references.find(services.table, place, now)
    ours = (
        deliveries.find(services.table, known.reply_id, now) if known and known.reply_id else None
    )
    if ours is None or not ours.post:
        return None
    return own_posts.find(services.table, keys.own_post(ours.subject.removeprefix("own-")), now)
