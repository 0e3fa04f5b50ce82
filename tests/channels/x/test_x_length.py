"""How X counts, sign by sign."""

import pytest

from chalicelib.channels.x.length import weighted_length


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("Goedemiddag", 11),
        ("één café", 8),
        ("e\u0301e\u0301n", 3),  # counted as one sign each, as X composes them first
        ("Добрый вечер", 12),
        ("مرحبا", 5),
        ("你好", 4),
        ("こんにちは", 10),
        ("“Ja” \N{EN DASH} nee…", 12),
        ("€ 5", 4),  # outside the light ranges
        ("🚲", 2),
        ("👩🏽‍🚒", 2),
        ("👨‍👩‍👧‍👦", 2),
        ("🇳🇱", 2),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2),
        ("1️⃣", 2),
        ("❤️", 2),
        ("👍🏿👍🏿", 4),
        ("https://www.politie.example/aangifte-doen?x=1#y", 23),
        ("kijk op https://a.example/b.", 8 + 23 + 1),
        ("zie politie.nl/contact en meld.nl", 4 + 23 + 4 + 23),
        ("mail naar wij@politie.nl", 24),
        ("om 17.30 uur, nr. 4.5", 21),
        ("het is klaar.Dan", 16),
        ("1 2 3 # *", 9),
    ],
)
def test_the_weight_of_a_text(text: str, length: int) -> None:
    assert weighted_length(text) == length


def test_a_text_of_twice_the_length_can_fit() -> None:
    assert weighted_length("https://politie.example/" + "a" * 400) == 23
