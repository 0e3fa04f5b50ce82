# ruff: noqa: RUF001 - look-alike letters are the subject

import pytest

from chalicelib.detection.normalise import HEAD, LONGEST, read


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("Één", "een"),
        ("heeelp", "help"),
        ("voooor", "voor"),
        ("m3s", "mes"),
        ("w@pen", "wapen"),
        ("m'n", "mn"),
        ("m’n", "mn"),
        ("h\u200be\u00adl\u2060p", "help"),
        ("𝐡𝐞𝐥𝐩", "help"),
        ("ＨＥＬＰ", "help"),
        ("İstanbul", "istanbul"),
        ("kızım", "kizim"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("أرجوكم", "ارجوكم"),
        ("النَّجدة", "النجده"),
        ("їжак", "їжак"),
        ("A27", "#weg"),
        ("2019", "#jaartal"),
    ],
)
def test_one_word_however_it_is_typed(typed: str, form: str) -> None:
    (token,) = read(typed).tokens
    assert form in token.forms


def test_links_addresses_and_names_are_no_words() -> None:
    words = [
        token.forms[0] for token in read("@jan kijk https://x.nl/brand of a.b@brand.nl").tokens
    ]
    assert words == ["kijk", "of"]


def test_what_is_quoted_is_as_it_was_written() -> None:
    text = read("Hij heeft écht een MES bij zich")
    assert text.quote((1, 4)) == "heeft … MES"


def test_a_long_text_is_read_at_both_ends() -> None:
    text = read("begin " + "x " * LONGEST + "einde")
    words = [token.forms[0] for token in text.tokens]
    assert (words[0], words[-1]) == ("begin", "einde")
    assert len(text.shown) <= LONGEST + HEAD
