"""Where a message goes, and how what comes late changes what was thought before."""

from dataclasses import replace

from chalicelib import wiring
from chalicelib.detection import classify
from chalicelib.domain.assessment import Assessment, Context
from chalicelib.domain.message import Message
from chalicelib.flows.answering.replying import reply
from chalicelib.flows.desk.queueing import claim
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from tests.conftest import NOOR, SANNE, NobodySignsIn, Town


def only_after_a_fire(message: Message, context: Context) -> Assessment:
    """Smoke is danger when a fire was spoken of before; as a rule that context decides."""
    danger = "rook" in message.text and any("vuurtje" in text for text in context.earlier)
    thought = classify(message, context)
    return replace(
        thought, emergency=danger, urgency="spoed" if danger else "later", version="test"
    )


def test_a_late_message_can_make_a_later_one_an_emergency(town: Town) -> None:
    town.services = replace(town.services, classify=only_after_a_fire)
    wiring.use(wiring.House(services=town.services, sign_in=NobodySignsIn()))
    at = int(town.clock.at.timestamp())
    town.whatsapp("er komt nu ook rook", timestamp=str(at))
    town.work()
    (row,) = view_queue(town.services, SANNE).rows
    assert not row.emergency
    town.clock.forward(minutes=10)
    town.whatsapp("ze hebben een vuurtje gemaakt op de trap", timestamp=str(at - 30))
    town.work()
    (row,) = view_queue(town.services, NOOR).rows
    assert (row.emergency, row.urgency) == (True, "spoed")
    told = view_conversation(town.services, SANNE, row.subject).timeline
    assert [event.what for event in told] == ["opened", "raised"]


def test_an_answered_conversation_waits_again_when_the_citizen_writes(town: Town) -> None:
    town.whatsapp("Is het bureau open?")
    town.work()
    (row,) = view_queue(town.services, SANNE).rows
    claim(town.services, SANNE, row.subject)
    seen = view_conversation(town.services, SANNE, row.subject).newest
    reply(town.services, SANNE, row.subject, reply_id="tri-1", text="Ja.", seen=seen)
    town.work()
    assert view_queue(town.services, SANNE).rows[0].answered
    town.whatsapp("En morgen?")
    town.work()
    (row,) = view_queue(town.services, SANNE).rows
    assert (row.answered, row.text, row.claimed_by) == (False, "En morgen?", "sanne")


def test_a_thumb_is_no_work(town: Town) -> None:
    id_ = town.whatsapp("Dank u wel alvast")
    town.work()
    before = view_queue(town.services, SANNE).rows
    town.clock.forward(seconds=1)
    reaction = {"message_id": id_, "emoji": "👍"}
    town.deliver_whatsapp(
        {"id": "wamid.r", "from_user_id": "NL.1001", "type": "reaction", "reaction": reaction}
    )
    town.work()
    assert view_queue(town.services, SANNE).rows == before
    shown = view_conversation(town.services, SANNE, before[0].subject).messages
    assert [one.message.text for one in shown] == ["Dank u wel alvast", "👍"]


def test_our_own_words_are_no_sign_of_danger(town: Town) -> None:
    heard: list[tuple[str, ...]] = []

    def listening(message: Message, context: Context) -> Assessment:
        heard.append(context.earlier)
        return classify(message, context)

    town.services = replace(town.services, classify=listening)
    wiring.use(wiring.House(services=town.services, sign_in=NobodySignsIn()))
    town.whatsapp("Hallo")
    town.work()
    (row,) = view_queue(town.services, SANNE).rows
    claim(town.services, SANNE, row.subject)
    seen = view_conversation(town.services, SANNE, row.subject).newest
    text = "Is er brand of gevaar? Bel 112."
    reply(town.services, SANNE, row.subject, reply_id="tri-2", text=text, seen=seen)
    town.clock.forward(seconds=5)
    town.whatsapp("Nee hoor")
    town.work()
    assert heard == [(), ("Hallo",)]
