"""Texts that an agent may want for an answer: our articles, and what colleagues answered before.

What is taken, changed and rejected is counted and moves the order. Nothing is sent from here: a
suggestion becomes a draft, which a person reads, changes and sends.
"""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from chalicelib.detection.stack import EncoderAway
from chalicelib.domain.conversation import KeptMessage
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.draft import Draft
from chalicelib.domain.principal import SYSTEM, Principal
from chalicelib.domain.suggestion import MOST_QUESTIONS, Answered, Tally, Used
from chalicelib.errors import NotFound
from chalicelib.flows.desk.drafting import add_below
from chalicelib.flows.desk.queueing import found
from chalicelib.flows.services import Services
from chalicelib.knowledge.article_meanings import asked, packaged
from chalicelib.knowledge.suggesting import Asked, Candidate, Suggestion, suggested
from chalicelib.store import access_log, administered, deliveries, kept_messages, keys, suggestions
from chalicelib.store.table import ConditionFailed, Key
from chalicelib.writing.masking import masked

SHORTEST = 40
"""An answer of fewer characters ("Dank u wel!") teaches nothing."""

LONGEST_QUESTION = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A suggestion under the name by which it is taken or rejected."""

    name: str
    suggestion: Suggestion


def suggest(services: Services, agent: Principal, subject: str) -> list[Offer]:
    """The likeliest texts for what the citizen asks now. Raises ``NotFound``."""
    agent.must_be_allowed_to("answer")
    now = services.now()
    team = found(services, subject).team
    question = question_in(kept_messages.listing(services.table, subject, now))
    services.table.write(access_log.read(agent, "read_conversation", subject, now))
    if not question:
        return []
    gone = suggestions.all_turned_down(services.table, subject, now)
    offered = [one for one in candidates(services, team) if name_of(one) not in gone]
    return [
        Offer(name=name_of(one.candidate), suggestion=one)
        for one in suggested(read(services, question), offered)
    ]


def question_in(kept: Sequence[KeptMessage]) -> str:
    """What the citizen wrote since our last answer; when nothing, what they wrote last."""
    own = [one for one in kept if not one.deleted_at and one.text]
    last_answer = max((at for at, one in enumerate(own) if one.direction == "out"), default=-1)
    since = [one.text for one in own[last_answer + 1 :] if one.direction == "in"]
    before = [one.text for one in own if one.direction == "in"][-1:]
    return "\n".join(since or before)


def read(services: Services, question: str) -> Asked:
    """The question with its meaning; by its words alone while the encoder is away."""
    try:
        return asked(question, services.meaning)
    except EncoderAway:
        return asked(question, None)


def candidates(services: Services, team: str) -> list[Candidate]:
    """Everything that can be suggested to a team, with what agents did with it."""
    now = services.now()
    tallies = suggestions.tallies(services.table, now)
    known = suggestions.answered(services.table, team, now)
    own = own_articles(services)
    every = [*(one for one in packaged() if one.id not in own), *own.values()]
    every += [as_candidate(one) for one in known]
    return [with_tally(one, tallies.get(name_of(one), Tally())) for one in every]


def own_articles(services: Services) -> dict[str, Candidate]:
    """Articles that colleagues wrote here, by id; one takes the place of a packaged one."""
    items = administered.all_of(services.table, "article")
    return {
        id_: Candidate(
            id=id_,
            source="article",
            title=item["title"],
            text=item["text"],
            asked=tuple(item.get("asks", ())),
            meanings=tuple(item.get("meanings", ())),
        )
        for id_, item in items.items()
    }


def as_candidate(one: Answered) -> Candidate:
    meanings = ("", *one.meanings) if any(one.meanings) else ()
    return Candidate(
        id=one.id, source="answer", title="", text=one.text, asked=one.asked, meanings=meanings
    )


def with_tally(one: Candidate, tally: Tally) -> Candidate:
    return replace(one, taken=tally.taken, edited=tally.edited, rejected=tally.rejected)


def name_of(one: Candidate) -> str:
    return f"{one.source}-{one.id}"


def take(services: Services, agent: Principal, subject: str, name: str) -> Draft:
    """Put the text into the agent's draft, below what they wrote. Raises ``NotFound``."""
    agent.must_be_allowed_to("answer")
    now = services.now()
    team = found(services, subject).team
    text = text_of(services, team, name)
    kept = add_below(services, agent, subject, text)
    used = Used(agent=agent.id, name=name, text=text)
    services.table.write(
        suggestions.used(subject, used, now), *suggestions.counted(name, "taken", now)
    )
    return kept


def reject(services: Services, agent: Principal, subject: str, name: str) -> None:
    """Not this one; it is not shown in this conversation again. Raises ``NotFound``."""
    agent.must_be_allowed_to("answer")
    now = services.now()
    text_of(services, found(services, subject).team, name)
    with contextlib.suppress(ConditionFailed):  # a double click is one opinion
        services.table.write(
            suggestions.turned_down(subject, name, now),
            *suggestions.counted(name, "rejected", now),
        )


def text_of(services: Services, team: str, name: str) -> str:
    """Raises ``NotFound`` when there is no such text any more."""
    for one in candidates(services, team):
        if name_of(one) == name:
            return one.text
    raise NotFound("no such suggestion")


def learn(services: Services, key: Key) -> None:
    """An answer went out: remember it with its question, and settle what was suggested.

    Run twice it learns once. A nudge that is lost loses one example, and nothing else.
    """
    delivery = deliveries.find(services.table, keys.reply_of(key), services.now())
    if delivery is None or not delivery.by_hand or delivery.agent == SYSTEM.id or delivery.template:
        return
    settle(services, delivery)
    if len(delivery.text) >= SHORTEST:
        remember(services, delivery)


def settle(services: Services, delivery: Delivery) -> None:
    """What became of the suggestion that this answer began with, if it did."""
    now = services.now()
    used = suggestions.find_used(services.table, delivery.subject, delivery.agent, now)
    if used is None:
        return
    changed = used.text.strip() not in delivery.text
    counts = suggestions.counted(used.name, "edited", now) if changed else []
    with contextlib.suppress(ConditionFailed):  # settled before
        services.table.write(suggestions.settled(delivery.subject, delivery.agent), *counts)


def remember(services: Services, delivery: Delivery) -> None:
    """Keep the answer with its question, both without what identifies a person."""
    now = services.now()
    conversation = found(services, delivery.subject)
    kept = kept_messages.listing(services.table, delivery.subject, now)
    before = [one for one in kept if one.reply_id != delivery.reply_id]
    question = masked(question_in(before), conversation.author_name)[:LONGEST_QUESTION]
    text = masked(delivery.text, conversation.author_name)
    if not question or text in {one.text for one in packaged()}:
        return  # an article is known already
    id_ = keys.digest(text)
    known = suggestions.find_answered(services.table, conversation.team, id_, now)
    if known and delivery.reply_id in known.replies:
        return
    fresh = Answered(
        id=id_,
        team=conversation.team,
        text=text,
        asked=newest(known.asked if known else (), question),
        meanings=newest(known.meanings if known else (), read(services, question).meaning),
        replies=newest(known.replies if known else (), delivery.reply_id),
        at=now,
        lang=conversation.lang,
    )
    with contextlib.suppress(ConditionFailed):  # learned from another answer just now
        services.table.write(
            suggestions.kept_answered(known, fresh, delivery.channel),
            *suggestions.counted("", "answers", now),
        )


def newest(before: Sequence[str], one: str) -> tuple[str, ...]:
    return (*before, one)[-MOST_QUESTIONS:]


def acceptance(services: Services, principal: Principal) -> Tally:
    """What agents did with suggestions, all days together."""
    principal.must_be_allowed_to("read_queue")
    days = [tally for _, tally in suggestions.days(services.table, services.now())]
    return Tally(
        taken=sum(one.taken for one in days),
        edited=sum(one.edited for one in days),
        rejected=sum(one.rejected for one in days),
        answers=sum(one.answers for one in days),
    )
