"""How an answer would go out, while it is written: its parts, each as long as the platform says."""

from dataclasses import dataclass, replace

from chalicelib.channels import splitting
from chalicelib.domain.principal import Principal
from chalicelib.flows.answering.elsewhere import limits_of
from chalicelib.flows.desk.queueing import found
from chalicelib.flows.services import Services


@dataclass(frozen=True, slots=True)
class Part:
    """One message of the answer, and how long it is by the platform's own count."""

    text: str
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """``left`` is what the last part still holds; below 0 so much is too long.

    ``thread``: each part is an answer to the one before, so that readers see them as one.
    """

    parts: tuple[Part, ...]
    longest: int
    most: int
    left: int
    thread: bool


def preview(
    services: Services, agent: Principal, subject: str, text: str, *, privately: bool = False
) -> Preview:
    """What would go out, by the very rules by which it will. Keeps nothing; raises ``NotFound``.

    ``privately``: as a private answer to something public, which is one message.
    """
    agent.must_be_allowed_to("answer")
    conversation = found(services, subject)
    rules = limits_of(services, conversation)
    if privately:
        rules = replace(rules.within(None), most_parts=1)
    parts = tuple(Part(one, rules.measure(one)) for one in splitting.parts(text, rules))
    too_many = sum(part.length for part in parts[rules.most_parts :])
    return Preview(
        parts=parts,
        longest=rules.longest_text,
        most=rules.most_parts,
        left=-too_many if too_many else rules.longest_text - parts[-1].length,
        thread=rules.chains,
    )
