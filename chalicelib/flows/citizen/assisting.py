"""The intake assistant on live channels: what was written is answered within seconds, by one voice.

    triage ──owed──▶ assist ──▶ answer, kept only while the assistant has the word,
                                nobody holds the item and nothing newer arrived

The queue item stays as it is: the assistant answers, a person decides. So whatever becomes of an
answer of the assistant's, the message waits for a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chalicelib.domain import queue_rules as rules
from chalicelib.domain.conversation import Conversation, Event, KeptMessage
from chalicelib.domain.moments import later
from chalicelib.domain.principal import SYSTEM
from chalicelib.domain.queue_item import QueueItem
from chalicelib.domain.talk import ASSISTANT, REMIND_AFTER, Talk
from chalicelib.errors import ChannelNotApproved, NotFound, StoreUnavailable, TooLong, WindowClosed
from chalicelib.flows.answering.speaking import Words, speak
from chalicelib.flows.citizen.assisted import is_assisted
from chalicelib.flows.citizen.cases import Beginning, open_case
from chalicelib.flows.citizen.hearing import Heard, is_for_assistant, listen, recalled
from chalicelib.flows.citizen.wording import case_words, is_stop, said_in, voice_in
from chalicelib.flows.hinting import tell_everybody
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.proving import code_in, language_of
from chalicelib.intake.engine import Assistant
from chalicelib.log import logger
from chalicelib.store import (
    cases,
    conversations,
    directory,
    kept_messages,
    keys,
    queue,
    talks,
    timeline,
)
from chalicelib.store.codec import to_text
from chalicelib.store.table import ConditionFailed, Key, Operation

TRIES = 5
OURS = frozenset({None, ASSISTANT.id, SYSTEM.id})
"""Who speaks and is no person."""

SAW_DANGER = "De assistent zag in het gesprek dat er gevaar is."


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What the assistant found: the word as it is, the conversation, and what is new in it."""

    talk: Talk
    conversation: Conversation
    item: QueueItem | None
    told: Sequence[KeptMessage]
    new: Sequence[KeptMessage]

    @property
    def voice(self) -> str:
        return voice_in(self.talk, self.conversation)


def assist(services: Services, key: Key) -> None:
    """Answer what is new in a conversation, if the assistant has the word. Safe to run twice.

    Raises ``StoreUnavailable`` when the races never end; the job then comes back.
    """
    subject = keys.subject_of(key)
    for _ in range(TRIES):
        try:
            turn = found_now(services, subject)
            if turn:
                take_turn(services, turn)
            return
        except ConditionFailed:
            continue  # somebody wrote, claimed, or another worker answered: look again
    raise StoreUnavailable("too many writers on one conversation")


def found_now(services: Services, subject: str) -> Turn | None:
    """The conversation as it is; None where there is none any more."""
    now, table = services.now(), services.table
    talk = talks.find(table, subject, now)
    conversation = conversations.find(table, subject, now)
    if talk is None or conversation is None:
        return None
    told = [one for one in kept_messages.listing(table, subject, now) if since(one, talk)]
    new = [one for one in told if is_for_assistant(one) and one.arrival > talk.heard]
    told = [*elsewhere(services, talk), *told]
    item = queue.find(table, subject, now)
    new = sorted(new, key=lambda one: one.arrival)
    return Turn(talk=talk, conversation=conversation, item=item, told=told, new=new)


def elsewhere(services: Services, talk: Talk) -> list[KeptMessage]:
    """What was said of this case in its other conversations: it need not be asked again."""
    now, case = services.now(), talk.case
    others = cases.links(services.table, case, now) if case else []
    return [
        one
        for link in others
        if link.subject != talk.subject
        for one in kept_messages.listing(services.table, link.subject, now)
        if link.holds(one.arrival)
    ]


def since(message: KeptMessage, talk: Talk) -> bool:
    """Whether it belongs to this matter."""
    return message.arrival > talk.since


def take_turn(services: Services, turn: Turn) -> None:
    """Answer, remind, or leave the word to who has it. Raises ``ConditionFailed``."""
    now, talk = services.now(), turn.talk
    if not turn.new:
        remind(services, turn)
        return
    account = directory.find_account(
        services.table, turn.conversation.channel, turn.conversation.account, strong=False
    )
    assistant = services.assistant
    if assistant is None or not is_assisted(services, account, turn.conversation, now):
        settle(services, turn, talk)
    elif talk.owner == "person" or person_spoke(turn):
        settle(services, turn, replace(talk, owner="person"))
    elif all(code_in(one.text) for one in turn.new):
        voice = language_of(services, turn.new[-1].text)
        say(services, turn, talk, said_in(voice, "joined"))
    elif talk.case and any(is_stop(one.text) for one in turn.new):
        say(services, turn, talk, said_in(turn.voice, "stopped"))
    else:
        answer(services, assistant, turn)


def person_spoke(turn: Turn) -> bool:
    """Whether a colleague holds the item, or answered in this matter already."""
    if turn.item and turn.item.claimed_by:
        return True
    here = (one for one in turn.told if one.subject == turn.talk.subject)
    return any(one.direction == "out" and one.by not in OURS for one in here)


def settle(services: Services, turn: Turn, after: Talk) -> None:
    """Nothing is said; what is new waits on the queue, as it did."""
    heard = turn.new[-1].arrival if turn.new else turn.talk.heard
    done = replace(after, heard=heard, remind_at=None)
    services.table.write(talks.saved(turn.talk, done, services.now()))


def answer(services: Services, assistant: Assistant, turn: Turn) -> None:
    """What the assistant makes of what is new. Raises ``ConditionFailed``."""
    before = recalled(turn.talk, turn.told)
    heard = listen(assistant, before, turn.new)
    danger = heard.state.emergency_turn is not None and before.emergency_turn is None
    owner = "waiting" if heard.state.handover else turn.talk.owner
    after = replace(turn.talk, owner=owner, state=to_text(replace(heard.state, said=())))
    if turn.talk.owner == "waiting" and not danger:
        settle(services, turn, after)  # it said that a person comes, and says it once
        return
    if danger:
        say(services, turn, after, heard.reply, *raised(services, turn), yields=False)
        tell_everybody(services, turn.conversation.subject)
        return
    if heard.asks:
        after = replace(after, remind_at=later(services.now(), REMIND_AFTER))
    say_with_case(services, turn, after, heard)


def raised(services: Services, turn: Turn) -> tuple[Operation, ...]:
    """The item in the life-at-risk lane, where it is not yet."""
    item, now = turn.item, services.now()
    if item is None or item.emergency:
        return ()
    open_item = replace(item, answered=False, snoozed_until=None)
    judged = rules.judge(open_item, emergency=True, now=now)
    event = Event(what="raised", at=now, by=ASSISTANT.id, name=ASSISTANT.name, text=SAW_DANGER)
    return (
        queue.saved(item, replace(judged, because=SAW_DANGER), now),
        timeline.happened(item.subject, event),
    )


def say_with_case(services: Services, turn: Turn, after: Talk, heard: Heard) -> None:
    """The answer; once also the number and the way to the dossier, unless that is not safe."""
    if heard.safe_first and not turn.talk.told_case:
        text = f"{heard.reply}\n\n{said_in(heard.voice, 'safe')}"
        say(services, turn, replace(after, told_case=True), text)
        return
    if turn.talk.told_case:
        say(services, turn, after, heard.reply)
        return
    case = open_case(services, beginning(turn.conversation, heard.state.lang))
    if turn.talk.case is None:
        turn = replace(turn, talk=replace(turn.talk, case=case.number))
        after = replace(after, case=case.number)
    words = case_words(services, turn.conversation.channel, heard.voice, case.number)
    told = replace(after, told_case=True)
    say(services, turn, told, f"{heard.reply}\n\n{words}", opens=case.number)


def beginning(conversation: Conversation, lang: str) -> Beginning:
    own_chat = conversation.channel == "chat"
    return Beginning(
        subject=conversation.subject,
        channel=conversation.channel,
        account=conversation.account,
        team=conversation.team,
        lang=lang,
        session=conversation.author_id if own_chat else None,
    )


def say(
    services: Services,
    turn: Turn,
    after: Talk,
    text: str,
    *others: Operation,
    opens: str | None = None,
    yields: bool = True,
) -> None:
    """Keep it under all that must hold. Raises ``ConditionFailed``."""
    now, talk = services.now(), turn.talk
    heard = turn.new[-1].arrival if turn.new else talk.heard
    words = Words(
        reply_id=keys.digest("assistant", talk.subject, heard, str(talk.turn)),
        text=text,
        opens="link" if opens else None,
        case=opens,
        yields=yields,
    )
    item_held = (
        ()
        if any_on(others, keys.queue_item(talk.subject))
        else (talks.nobody_claims(talk.subject),)
    )
    try:
        speak(
            services,
            turn.conversation,
            words,
            talks.saved(talk, replace(after, heard=heard), now),
            conversations.nothing_newer(turn.conversation),
            *item_held,
            *others,
        )
    except (WindowClosed, TooLong, ChannelNotApproved, NotFound) as error:
        logger.warning("the assistant could not speak", why=type(error).__name__)
        settle(services, turn, after)


def any_on(operations: Sequence[Operation], key: Key) -> bool:
    return any(one.key == key for one in operations)


def remind(services: Services, turn: Turn) -> None:
    """A question of ours stands unanswered: once more, and never again."""
    talk, now = turn.talk, services.now()
    if talk.remind_at and talk.remind_at > now:
        return
    done = replace(talk, remind_at=None)
    if talk.remind_at is None or talk.owner != "assistant" or person_spoke(turn):
        services.table.write(talks.saved(talk, done, now))
        return
    say(services, turn, done, said_in(turn.voice, "remind"))
