"""The assistant: honest that it is automated, quick to a person, silent about nothing."""

from chalicelib.detection import classifier
from chalicelib.domain.assessment import Context
from chalicelib.domain.message import Message
from chalicelib.intake.engine import Assistant, outcome
from chalicelib.intake.state import Pointed, Said, State
from chalicelib.web.sentences import advice
from tests.intake.measuring import dialogues

CLASSIFY = classifier("model")
ASSISTANT = Assistant(advice())


def talk(
    *texts: str, channels: tuple[str, ...] = (), assistant: Assistant = ASSISTANT, pin: str = ""
) -> tuple[State, list[str]]:
    """A conversation, and what was answered."""
    state, replies = State(), []
    for at, text in enumerate(texts):
        channel = channels[at] if channels else "whatsapp"
        message = Message(external_id="m", author_id=None, text=text, kind="text", timestamp=None)
        assessment = CLASSIFY(message, Context(channel=channel, earlier=state.texts))
        said = Said(text=text, channel=channel, assessment=assessment, pin=pin)
        state, reply = assistant.answer(state, said)
        replies.append(reply)
    return state, replies


def test_it_says_at_first_contact_that_it_is_automated() -> None:
    _, replies = talk("mijn fiets is gestolen", "gisteren in Utrecht")
    assert "automatische assistent" in replies[0]
    assert "automatische assistent" not in replies[1]


def test_it_says_so_again_on_another_channel() -> None:
    _, replies = talk("mijn fiets is gestolen", "in Utrecht", channels=("webchat", "whatsapp"))
    assert "automatische assistent" in replies[1]


def test_it_asks_only_what_is_not_known_yet() -> None:
    _, replies = talk("Mijn rode fiets is gisteren gestolen in de Javastraat in Amsterdam")
    assert "Waar is het" not in replies[0]
    assert "Wanneer" not in replies[0]
    assert "Hebt u iemand gezien" in replies[0]


def test_danger_leaves_the_flow_at_once() -> None:
    state, replies = talk("mijn fiets is gestolen", "hij steekt nu iemand neer met een mes help")
    assert replies[1].startswith(advice()["nl"])
    found = outcome(state)
    assert (found.emergency_turn, found.kind, found.handover) == (1, "nood", True)
    assert found.signpost == "112"


def test_the_advice_is_in_the_language_of_the_citizen() -> None:
    _, (reply,) = talk("help a man is stabbing someone with a knife right now")
    assert reply.startswith(advice()["en"])


def test_a_false_bank_employee_at_the_door_is_danger() -> None:
    state, _ = talk(
        "De bank belde dat ik mijn pasje moet doorknippen", "er staat nu iemand voor de deur"
    )
    assert state.emergency_turn == 1


def test_who_wants_a_person_gets_a_person() -> None:
    state, replies = talk("Ik wil een medewerker spreken")
    assert state.handover
    assert "medewerker" in replies[0]


def test_abuse_goes_to_a_person() -> None:
    state, replies = talk("klootzakken")
    assert state.handover
    assert "boos" in replies[0]


def test_silence_is_answered_and_nothing_more() -> None:
    state, replies = talk("hoi", "", "...")
    assert "later gewoon verder" in replies[2]
    assert not state.handover
    assert not outcome(state).slots


def test_unsure_twice_goes_to_a_person() -> None:
    state, _ = talk("hallo", "weet ik niet", "geen idee")
    assert state.handover


def test_a_child_is_spoken_to_as_a_child() -> None:
    _, replies = talk("ik ben 11 en mijn fiets is gestolen")
    assert "volwassene" in replies[0]
    assert "Je schrijft" in replies[0]


def test_another_language_halfway_is_followed() -> None:
    _, replies = talk("my bike was stolen yesterday", "sorry ik ga verder in het nederlands hoor")
    assert "automated" in replies[0]
    assert "Dank u" in replies[1] or "aangepast" in replies[1]


def test_a_second_matter_is_noticed() -> None:
    _, replies = talk("Mijn fiets is gestolen. En ik wil een klacht indienen over een agent.")
    assert "ook iets anders" in replies[0]


def test_a_shared_place_is_where_it_is() -> None:
    state, _ = talk("mijn fiets is gestolen", pin="Stationsplein, Gouda")
    assert outcome(state).slots["where"] == "Stationsplein, Gouda"


def test_the_signpost_is_shown_and_kept() -> None:
    pointing = Assistant(advice(), lambda _: Pointed("gemeente", "Gemeente"))
    state, replies = talk("Er is een losse stoeptegel in Nijmegen", assistant=pointing)
    assert outcome(state).signpost == "gemeente"
    assert "Gemeente" in replies[0]


def test_what_the_police_takes_in_is_sent_nowhere() -> None:
    pointing = Assistant(advice(), lambda _: Pointed("gemeente", "Gemeente"))
    state, _ = talk("mijn fiets is gestolen", assistant=pointing)
    assert outcome(state).signpost is None


def test_a_turn_leaves_the_state_before_it_as_it_was() -> None:
    before, _ = talk("mijn fiets is gestolen")
    kept = before.said
    assessment = before.said[0].assessment
    ASSISTANT.answer(before, Said(text="in Utrecht", channel="sms", assessment=assessment))
    assert before.said is kept
    assert len(before.said) == 1


def test_there_are_dialogues_enough_and_a_third_is_apart() -> None:
    own, apart = len(dialogues("open")), len(dialogues("apart"))
    assert own + apart >= 120
    assert apart >= (own + apart) // 3
