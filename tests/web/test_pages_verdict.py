"""Is this assessment right? By a form that works without a script, in both languages."""

import pytest

from chalicelib.flows.desk.queueing import claim
from chalicelib.flows.desk.viewing import view_conversation, view_queue
from tests.conftest import MARIJKE, SANNE, YOUSSEF, Town
from tests.flows.detecting import Scripted, detected_by
from tests.web.visiting import Visitor, signed_in


@pytest.fixture
def sanne(town: Town) -> Visitor:
    return signed_in(town.services, SANNE)


def asked(town: Town, text: str = "Is het bureau open?") -> tuple[str, str]:
    """A citizen asked something: the conversation's address, and the message's id."""
    detected_by(town, Scripted())
    town.whatsapp(text)
    town.work()
    subject = view_queue(town.services, SANNE).rows[0].subject
    message = view_conversation(town.services, SANNE, subject).messages[0].message
    return f"/gesprek/{subject}", message.id


def test_yes_keeps_what_detection_said_as_said_by_a_person(town: Town, sanne: Visitor) -> None:
    address, message = asked(town)
    page = sanne.get(address)
    assert "Klopt dit?" in page.text
    fields = {name: page.page.fields[name] for name in ("message", "urgency", "kind", "topic")}
    assert fields["message"] == message
    after = sanne.follow(sanne.post(f"{address}/klopt", **fields))
    assert "Je oordeel is bewaard." in after.text
    assert "Sanne de Wit vond dat dit klopt, 21:00" in after.text


def test_no_opens_a_form_and_what_is_chosen_is_told(town: Town, sanne: Visitor) -> None:
    address, message = asked(town)
    (link,) = [one for one in sanne.get(address).page.links if "verbeter" in one]
    form = sanne.get(link.partition("#")[0])
    assert "Wat is dit bericht?" in form.text
    assert 'data-source="' + address + f'/berichten?verbeter={message}"' in form.html
    chosen = {"urgency": "nu", "kind": "klacht", "topic": "drugs", "lang": "en"}
    after = sanne.follow(sanne.post(f"{address}/klopt", message=message, **chosen))
    assert "Sanne de Wit zei: Nu, klacht, drugs, Engels, 21:00" in after.text
    assert "Sanne de Wit verbeterde de inschatting: Nu, klacht, drugs, Engels" in after.text
    assert "Wat is dit bericht?" not in after.text


def test_an_emergency_after_all_is_on_the_screen_at_once(town: Town, sanne: Visitor) -> None:
    address, message = asked(town)
    after = sanne.follow(sanne.post(f"{address}/klopt", message=message, urgency="spoed"))
    assert "Leven in gevaar" in after.text
    assert "Een medewerker zegt dat dit zo dringend is." in after.text


def test_a_colleague_who_holds_it_is_no_hindrance(town: Town, sanne: Visitor) -> None:
    address, message = asked(town)
    claim(town.services, YOUSSEF, address.rpartition("/")[2])
    assert sanne.post(f"{address}/klopt", message=message, urgency="later").status == 303


def test_what_cannot_be_is_refused_in_words(town: Town, sanne: Visitor) -> None:
    address, message = asked(town)
    page = sanne.post(f"{address}/klopt", message=message, urgency="heel")
    assert page.status == 422
    assert "kies een van de mogelijkheden" in page.text
    assert sanne.post(f"{address}/klopt", message="niets", urgency="nu").status == 404
    assert sanne.get(f"{address}?verbeter=niets").status == 200


def test_who_only_reads_sees_what_was_said_and_is_asked_nothing(town: Town, sanne: Visitor) -> None:
    address, message = asked(town)
    sanne.post(f"{address}/klopt", message=message, urgency="nu")
    page = signed_in(town.services, MARIJKE).get(address)
    assert "Sanne de Wit zei: Nu" in page.text
    assert "Klopt dit?" not in page.text
    assert f"{address}/klopt" not in page.page.actions


def test_in_english_too(town: Town, sanne: Visitor) -> None:
    address, message = asked(town)
    sanne.get(f"{address}?lang=en")
    assert "Is this right?" in sanne.get(address).text
    sanne.post(f"{address}/klopt", message=message, urgency="nu")
    assert "Sanne de Wit said: Now" in sanne.get(address).text


def test_another_site_cannot_say_it(town: Town, sanne: Visitor) -> None:
    address, message = asked(town)
    refused = sanne.post(f"{address}/klopt", _from="cross-site", message=message, urgency="nu")
    assert refused.status == 403


def test_a_provisional_assessment_says_so(town: Town, sanne: Visitor) -> None:
    detected_by(town, Scripted(away=True))
    town.whatsapp("Is het bureau open?")
    town.work()
    subject = view_queue(town.services, SANNE).rows[0].subject
    assert "Voorlopig" in sanne.get(f"/gesprek/{subject}").text
