from chalicelib.domain.moments import later, seconds
from chalicelib.domain.retention import KEPT, NO_LONGER, expires_at

NOW = "2027-01-15T08:00:00.000Z"


def test_words_from_youtube_go_before_its_thirty_days_are_over() -> None:
    assert NO_LONGER["youtube"].days < 30
    for kind in ("message", "conversation", "queue_item"):
        assert expires_at(kind, NOW, "youtube") == seconds(later(NOW, NO_LONGER["youtube"]))


def test_other_words_are_kept_as_long_as_the_table_says() -> None:
    assert expires_at("message", NOW, "telegram") == seconds(later(NOW, KEPT["message"]))
    assert expires_at("message", NOW) == seconds(later(NOW, KEPT["message"]))


def test_what_is_kept_shorter_by_itself_stays_shorter() -> None:
    assert expires_at("envelope", NOW, "youtube") == seconds(later(NOW, KEPT["envelope"]))
