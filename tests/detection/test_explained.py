"""What an agent reads of the rules, and how they count a conversation."""

from functools import partial

from tests.detection.cases import assess

by_rules = partial(assess, model=False)


def test_because_quotes_the_words_and_says_what_they_mean() -> None:
    said = by_rules("veel rook in het trappenhuis, kinderen zijn nog binnen")
    assert said.findings[0].name == "spoed"
    assert '"rook' in said.findings[0].because or '"veel rook' in said.findings[0].because
    assert "binnen" in said.findings[0].because


def test_a_damper_is_named_with_its_words() -> None:
    said = by_rules("in die film op netflix heeft hij een mes in zijn hand")
    assert said.urgency == "geen"
    assert '"film"' in said.findings[0].because


def test_figurative_words_are_named() -> None:
    said = by_rules("ik ga dood van het lachen")
    assert "figuurlijk" in said.findings[0].because


def test_a_fire_report_makes_what_follows_an_emergency() -> None:
    said = by_rules("er komt nu ook rook uit", ["auto staat in brand bij de Lidl"])
    assert said.emergency


def test_an_address_after_an_emergency_belongs_to_it() -> None:
    earlier = ["mijn vriend slaat me, ik zit in de badkamer"]
    said = by_rules("Lijsterstraat 14 in Almere", earlier)
    assert said.emergency
    assert said.findings[0].value == "vervolg"


def test_thanks_after_an_emergency_are_thanks() -> None:
    earlier = ["mijn vader ademt niet meer, Dorpsstraat 8"]
    assert not by_rules("bedankt agent, jullie waren er zo snel", earlier).emergency


def test_a_danger_in_two_messages_adds_up() -> None:
    assert not by_rules("hij komt zo thuis").emergency
    earlier = ["ik ben zo bang, hij heeft mijn telefoon afgepakt"]
    assert by_rules("hij komt zo thuis, we zitten hier", earlier).emergency


def test_coded_orders_need_an_address() -> None:
    assert by_rules("een grote pizza salami graag, Vermeerstraat 88").emergency
    assert not by_rules("zin in pizza vanavond?").emergency


def test_what_somebody_else_is_quoted_saying_is_no_danger() -> None:
    assert not by_rules(
        "mooi citaat: 'er staat een man met een mes in mijn huis', blz 12"
    ).emergency
    assert by_rules("hij appt nu 'ik ga je vermoorden' en staat voor de deur").emergency
    assert by_rules("'help er staat een man met een mes in mijn huis'").emergency
