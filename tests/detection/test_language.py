# ruff: noqa: RUF001 - look-alike letters are the subject

from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.detection import language
from chalicelib.detection.normalise import read


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("hij staat beneden ik kan niet bellen", "nl"),
        ("please send someone, he is in the house", "en"),
        ("ich kann nicht sprechen er hört mich", "de"),
        ("je peux pas parler il est à côté", "fr"),
        ("konuşamam kocam yan odada", "tr"),
        ("ارجوكم ساعدونا", "ar"),
        ("nie mogę rozmawiać", "pl"),
        ("не можу говорити, чоловік поруч", "uk"),
        ("помогите, он бьёт меня, это не мой муж был", "ru"),
        ("no puedo hablar, mi marido está al lado", "es"),
        ("politie", "nl"),
        ("👍🔥", "und"),
        ("112", "und"),
        ("", "und"),
        ("救命啊", "und"),
    ],
)
def test_the_language_of_a_message(text: str, code: str) -> None:
    spoken = language.recognise(read(text))
    assert spoken.code == code
    assert spoken.because


def test_a_language_never_hides_another() -> None:
    present = language.recognise(read("abi ze vechten met bıçak voor de deur")).present
    assert {"nl", "tr", "en"} <= set(present)


def test_many_threads_may_ask_at_once() -> None:
    language.profiles.cache_clear()
    texts = ["zzgl qwv", "brzz knal pffft", "lorem ipsum dolor"] * 8
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda text: language.recognise(read(text)).code, texts))
    assert answers == answers[:3] * 8
