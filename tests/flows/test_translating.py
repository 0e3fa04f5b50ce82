"""Translation: asked for, beside the original, without numbers; and plainly off where it is off."""

from dataclasses import dataclass, field, replace

import pytest

from chalicelib import wiring
from chalicelib.errors import TranslatorAway
from chalicelib.flows.desk.translating import for_citizen, translate_message
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from tests.conftest import SANNE, NobodySignsIn, Town
from tests.web.visiting import signed_in

TEXT = "My bicycle was stolen near the station, please call me on 06 12345678, what should I do?"


@dataclass
class Shouts:
    """A translator of one trick, which remembers what left the house."""

    asked: list[tuple[str, str, str]] = field(default_factory=list)

    def translate(self, text: str, source: str, target: str) -> str:
        self.asked.append((text, source, target))
        return text.upper()


@pytest.fixture
def shouts(town: Town) -> Shouts:
    found = Shouts()
    town.services = replace(town.services, translator=found)
    wiring.use(wiring.House(services=town.services, sign_in=NobodySignsIn()))
    town.whatsapp(TEXT)
    town.work()
    return found


def subject(town: Town) -> str:
    return view_queue(town.services, SANNE).rows[0].subject


def test_the_translation_stands_beside_the_original_and_no_number_left(
    town: Town, shouts: Shouts
) -> None:
    one = subject(town)
    sanne = signed_in(town.services, SANNE)
    assert "Vertaal naar het Nederlands" in sanne.get(f"/gesprek/{one}").text
    (message,) = [view.message for view in view_conversation(town.services, SANNE, one).messages]
    shown = sanne.follow(sanne.post(f"/gesprek/{one}/vertaal", bericht=message.id)).text
    assert TEXT in shown
    assert TEXT.upper() in shown, "what was withheld is put back here"
    assert "Vertaald door een computer" in shown
    ((left, source, target),) = shouts.asked
    assert (source, target) == ("en", "nl")
    assert "12345678" not in left


def test_our_answer_goes_there_and_back(town: Town, shouts: Shouts) -> None:
    both = for_citizen(town.services, SANNE, subject(town), "Bel 0900-8844, of doe aangifte.")
    assert both.ours == "Bel 0900-8844, of doe aangifte."
    assert [(source, target) for _, source, target in shouts.asked] == [("nl", "en"), ("en", "nl")]
    sanne = signed_in(town.services, SANNE)
    sanne.post(f"/gesprek/{subject(town)}/oppakken")
    shown = sanne.post(f"/gesprek/{subject(town)}/antwoord", text="Doe aangifte.", vertalen="ja")
    assert shown.page.fields["text"] == "DOE AANGIFTE."
    assert "Terugvertaald" in shown.text


def test_what_the_citizen_takes_back_is_not_kept_in_translation(town: Town, shouts: Shouts) -> None:
    assert shouts.asked == []
    one = subject(town)
    (message,) = [view.message for view in view_conversation(town.services, SANNE, one).messages]
    translate_message(town.services, SANNE, one, message.id)
    removed = {"type": "revoke", "revoke": {"original_message_id": "wamid.1"}}
    town.deliver_whatsapp({"id": "wamid.2", "from_user_id": "NL.1001", **removed})
    town.work()
    (message,) = [view.message for view in view_conversation(town.services, SANNE, one).messages]
    assert (message.text, message.translation) == ("", None)


def test_where_it_is_off_the_page_says_so(town: Town) -> None:
    town.whatsapp(TEXT)
    town.work()
    one = subject(town)
    assert "Vertalen staat niet aan." in signed_in(town.services, SANNE).get(f"/gesprek/{one}").text
    with pytest.raises(TranslatorAway):
        for_citizen(town.services, SANNE, one, "Doe aangifte.")
