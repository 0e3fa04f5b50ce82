"""A language model proposes an answer from our own articles; off unless the organisation approved.

It reads the question without what identifies a person, and the articles that were found for it.
What names no article that it was given is thrown away. An agent reads it with its source, and
takes it into their draft or not: nothing is ever sent by itself.
"""

from dataclasses import dataclass

from chalicelib.domain.draft import Draft
from chalicelib.domain.principal import Principal
from chalicelib.domain.proposal import Article, Drafted
from chalicelib.errors import DrafterAway
from chalicelib.flows.desk.drafting import add_below
from chalicelib.flows.desk.queueing import found
from chalicelib.flows.desk.suggesting import question_in, suggest
from chalicelib.flows.services import Services
from chalicelib.knowledge.suggesting import Candidate
from chalicelib.store import access_log, kept_messages
from chalicelib.writing.masking import masked


@dataclass(frozen=True, slots=True)
class Proposal:
    """A text by the model, and the articles that it used."""

    text: str
    sources: tuple[Candidate, ...]


def propose(services: Services, agent: Principal, subject: str) -> Proposal:
    """Ask for one. Raises ``DrafterAway``, also where there is no model or nothing usable."""
    if services.drafter is None:
        raise DrafterAway("no language model is switched on")
    now, conversation = services.now(), found(services, subject)
    offered = [one.suggestion.candidate for one in suggest(services, agent, subject)]
    articles = {one.id: one for one in offered if one.source == "article"}
    if not articles:
        raise DrafterAway("there is no article to answer from")
    kept = kept_messages.listing(services.table, subject, now)
    question = masked(question_in(kept), conversation.author_name)
    services.table.write(access_log.used(agent, "ask_model", subject, now))
    said = services.drafter.draft(
        question, [Article(one.id, one.text) for one in articles.values()]
    )
    return cited(said, articles)


def cited(said: Drafted, articles: dict[str, Candidate]) -> Proposal:
    """Only what rests on articles that it was given. Raises ``DrafterAway``."""
    if not said.text.strip() or not said.articles or not set(said.articles) <= set(articles):
        raise DrafterAway("the language model named no article of ours")
    return Proposal(said.text.strip(), tuple(articles[id_] for id_ in dict.fromkeys(said.articles)))


def take(services: Services, agent: Principal, subject: str, text: str) -> Draft:
    """Put a proposal below what the agent wrote; they change it and send it, or do not."""
    agent.must_be_allowed_to("answer")
    return add_below(services, agent, subject, text.strip())
