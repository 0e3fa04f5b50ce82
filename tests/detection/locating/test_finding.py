"""What the finder does with what people write, on the names that come with the source."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.detection.locating.finding import find
from chalicelib.detection.locating.gazetteer import SHIPPED, Gazetteer, beside, opened
from chalicelib.domain.whereabouts import Surroundings, Whereabouts

NAMES = opened(beside() / SHIPPED)
NOWHERE = Surroundings()


def found(text: str, around: Surroundings = NOWHERE) -> Whereabouts:
    return find(text, around, NAMES)


def gemeente(text: str, around: Surroundings = NOWHERE) -> str | None:
    best = found(text, around).best
    return best.gemeente if best else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vechtpartij in hengelo", "Hengelo"),
        ("Vanavond weer bommen in Hglo", "Hengelo"),
        ("auto in brand #DenHaag", "'s-Gravenhage"),
        ("iemand neergestoken in 020", "Amsterdam"),
        ("er is ingebroken in Alphen a/d Rijn", "Alphen aan den Rijn"),
        ("brand in Devneter", "Deventer"),
        ("Trein van Arnhem staat stil", "Arnhem"),
        ("In Best is een auto bekrast", "Best"),
        ("spookrijder A1 bij Deventer", "Deventer"),
        ("Stalbrand Barneveld, zwarte rook", "Barneveld"),
        ("auto in de fik twekkelerveld", "Enschede"),
        ("Lasonder slaapt niet, feestje bij de studenten", "Enschede"),
        ("melder gaat af, veldhuizen ede", "Ede"),
        ("weer vuurwerk, soest birkstraat", "Soest"),
        ("in de Zutphense Lijsterlaan wordt geslagen", "Zutphen"),
        ("Arnhemmers: hoe vraag ik dit aan?", "Arnhem"),
        ("Ede'de patlama oldu", "Ede"),
        ("EDE 😱 een flat ontploft", "Ede"),
        ("is de spoedpost in den bosch open", "'s-Hertogenbosch"),
        ("Wagen klem in Etten-Leur", "Etten-Leur"),
        ("Ongeluk bij De Jouwer", "De Fryske Marren"),
        ("man over railing papendrechtse brug", "Dordrecht"),
        ("sloep gezonken op sneekermeer", "Súdwest-Fryslân"),
    ],
)
def test_a_place_is_known_however_it_is_written(text: str, expected: str) -> None:
    assert gemeente(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "dat is best eng",
        "echt niet normaal",
        "Mijn naam is Jan van Wageningen",
        "mevrouw Van Dalen is haar poes kwijt",
        "Zijn jullie vanavond bereikbaar?",
        "bel me op 020-1234567",
        "ze bellen niet terug om te bellen",
        "ik wacht op het station een half uur",
        "van de gemeente, wie betaalt dat dan?",
        "mail naar hengelo@voorbeeld.nl",
        "Op deze dag braken de dijken in Zeeland door",
        "Ajax wint weer niet, Amsterdamse trots",
        "ze trappen op jongen die op de grond ligt",
        "Barneveld 12, daar woont de buurman",
        "zitten we gezellig op de brink",
        "",
    ],
)
def test_a_word_a_surname_and_a_number_are_no_places(text: str) -> None:
    assert gemeente(text) is None


def test_where_it_happens_goes_before_where_somebody_lives() -> None:
    assert gemeente("Ik woon in Hengelo maar het gebeurde in Borne") == "Borne"


def test_a_place_that_is_denied_is_not_meant() -> None:
    assert gemeente("niet in Hengelo maar in Enschede!") == "Enschede"


@pytest.mark.parametrize(
    "text",
    [
        "water op straat, Damstraat hoek Kanaalstraat",
        "op de Honigkamp een auto in de hens",
        "bij de Peppel zijn stoffen gemengd",
        "Iedereen rent weg bij de Pieter",
        "Feest in Etten-Heuvel",
        "De rook hangt hier als een tweede Helmond",
        "het lijkt op Zandvoort, zo hard rijden ze",
        "is dat die van Breda?",
        "de Utrecht-fans gooien met stenen",
        "Steekpartij in Nijmegen EN eentje in Arnhem??",
        "A6 net na Lelystad richting Emmeloord, auto's op elkaar",
        "Avondspits: Zwolle-Meppel 7 km",
    ],
)
def test_what_is_like_a_place_or_one_of_several_is_none(text: str) -> None:
    assert gemeente(text) is None


def test_which_of_two_towns_is_told_by_here_and_by_what_was_said_before() -> None:
    assert gemeente("brand in Hengelo, het stinkt hier in Almelo nog") == "Almelo"
    before = Surroundings(earlier=("Hoe is het in Arnhem?",))
    assert gemeente("Steekpartij in Nijmegen EN eentje in Arnhem", before) == "Arnhem"


def test_a_name_that_many_places_bear_leads_to_a_question() -> None:
    where = found("Er is een gaslek in Beek")
    assert where.best is None
    assert where.question is not None
    assert len({(one.lat, one.lon) for one in where.candidates}) > 1


def test_the_province_behind_a_name_settles_it() -> None:
    assert gemeente("inbraak in Hengelo Gld") == "Bronckhorst"


def test_the_region_of_the_account_settles_it() -> None:
    assert gemeente("gaslek in Beek", Surroundings(unit="Limburg")) == "Beek"


def test_a_street_alone_is_asked_about() -> None:
    where = found("weer herrie in de Dorpsstraat")
    assert where.named is not None
    assert (where.named.name, where.named.gemeente) == ("Dorpsstraat", None)
    assert where.question == "In welke plaats is Dorpsstraat?"


def test_a_street_is_in_the_town_that_was_named_before() -> None:
    best = found("bij de kamperfoelieweg", Surroundings(earlier=("ik woon in Hengelo",))).best
    assert best is not None
    assert (best.name, best.gemeente, best.unit) == ("Kamperfoelieweg", "Hengelo", "Oost-Nederland")
    assert "elders in dit gesprek" in best.because


def test_what_was_said_of_another_place_tells_nothing_of_a_road() -> None:
    before = Surroundings(earlier=("Brand in Zwolle is meester",))
    assert gemeente("Laatste voertuigen zijn van de A1 gehaald", before) is None
    before = Surroundings(earlier=("ongeval A1 bij Deventer",))
    assert gemeente("A1 weer vrij", before) == "Deventer"


def test_a_road_keeps_its_post_and_side_and_has_no_gemeente() -> None:
    where = found("ongeluk A12 hmp 102,3 rechts")
    assert where.named is not None
    assert where.named.name == "A12 hmp 102,3 rechts"
    assert where.named.gemeente is None
    assert where.question is not None


def test_a_road_within_one_unit_has_that_unit() -> None:
    where = found("spookrijder op de A35")
    assert where.named is not None
    assert where.named.unit == "Oost-Nederland"


def test_the_place_that_a_road_goes_to_is_not_where_it_is() -> None:
    assert gemeente("slingerende auto op de A28 richting Groningen") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ze rennen met messen richting de Neude", "Utrecht"),
        ("die lui komen uit Kanaleneiland en ze gooien met stenen", "Utrecht"),
        ("ze rennen richting de Neude, of naar Moerwijk", None),
        ("niet op de Neude", None),
        ("ze komen uit Utrecht en gaan naar huis", None),
    ],
)
def test_the_only_part_of_a_town_that_is_named_is_where_it_is(
    text: str, expected: str | None
) -> None:
    assert gemeente(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Is de A50 al open? Ik moet om zes uur in Hattem zijn",
        "de rook is tot in Hengelo te zien",
        "vrachtwagen geschaard van Zwolle naar Meppel",
        "de rook trekt richting Schiedam en Vlaardingen",
    ],
)
def test_where_somebody_has_to_be_or_a_way_leads_is_not_where_it_is(text: str) -> None:
    assert gemeente(text) is None


def test_between_two_gemeenten_is_asked_about_and_has_the_unit_of_both() -> None:
    where = found("A50 dicht tussen Epe en Heerde")
    assert where.named is not None
    assert (where.named.name, where.named.gemeente) == ("A50", None)
    assert where.named.unit == "Oost-Nederland"
    assert where.question is not None


def test_a_shared_point_is_exact() -> None:
    best = found("ik ben hier: 52.2658, 6.7931").best
    assert best is not None
    assert (best.gemeente, best.radius) == ("Hengelo", 50)


def test_a_point_at_sea_has_no_gemeente() -> None:
    assert gemeente("53.5000, 3.1000") is None


def test_a_postcode_is_exact(full: Gazetteer) -> None:
    best = find("inbraak, 7551 AB nr 12", NOWHERE, full).best
    assert best is not None
    assert (best.kind, best.gemeente) == ("postcode", "Hengelo")


def test_a_buurt_needs_something_else_that_points_there(full: Gazetteer) -> None:
    alone, backed = "racen in de Heemradenbuurt", "racen in de Heemradenbuurt in Heerhugowaard"
    assert find(alone, NOWHERE, full).best is None
    best = find(backed, NOWHERE, full).best
    assert best is not None
    assert best.gemeente == "Dijk en Waard"


def test_a_year_is_no_postcode(full: Gazetteer) -> None:
    assert find("In 2024 ben ik al eens bestolen", NOWHERE, full).best is None


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    where = found(text)
    assert all(0 < one.confidence <= 1 and one.because for one in where.candidates)
    assert where.best is None or where.best == where.candidates[0]
