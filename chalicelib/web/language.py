"""The words on the screen: texts/nl.json and texts/en.json, and which of them a person reads."""

import json
from functools import cache
from http.cookies import CookieError, SimpleCookie
from pathlib import Path

from chalice.app import Request

from chalicelib.web.requests import query_of

LANGUAGES = ("nl", "en")
COOKIE = "nabij_taal"
A_YEAR = 365 * 24 * 3600

TEXTS = Path(__file__).parent / "texts"


class Words:
    """One language's texts by key: ``words("queue.title")``, with facts filled in."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.texts = texts(lang)

    def __call__(self, key: str, **facts: object) -> str:
        return self.texts[key].format(**facts)

    def pattern(self, key: str) -> str:
        """The text with its places open, for a script to fill in."""
        return self.texts[key]

    def count(self, key: str, number: int, **facts: object) -> str:
        """The text for one or for many."""
        form = "one" if number == 1 else "many"
        return self(f"{key}.{form}", n=number, **facts)

    def known(self, key: str, otherwise: str) -> str:
        """The text, or ``otherwise`` where a newer value has no text yet."""
        return self.texts.get(key, otherwise)

    def names(self, of: str) -> list[str]:
        """What has a name here: ``names("lang")`` are the languages."""
        return [key.partition(".")[2] for key in self.texts if key.startswith(f"{of}.")]

    def __contains__(self, key: str) -> bool:
        return key in self.texts


@cache
def texts(lang: str) -> dict[str, str]:
    """All texts of a language."""
    found: dict[str, str] = json.loads((TEXTS / f"{lang}.json").read_text(encoding="utf-8"))
    return found


@cache
def words_in(lang: str) -> Words:
    return Words(lang)


def words_for(request: Request) -> Words:
    """The language that the reader chose: now, or earlier in a cookie; else Dutch."""
    chosen = chosen_now(request) or chosen_earlier(request)
    return words_in(chosen if chosen in LANGUAGES else LANGUAGES[0])


def chosen_now(request: Request) -> str | None:
    """The language asked for in the address."""
    lang = query_of(request).get("lang")
    return lang if lang in LANGUAGES else None


def chosen_earlier(request: Request) -> str:
    """The language in the cookie, or nothing."""
    try:
        found = SimpleCookie(request.headers.get("cookie", ""))
    except CookieError:
        return ""
    return found[COOKIE].value if COOKIE in found else ""


def remembered(lang: str) -> str:
    """The cookie that keeps a choice for a year."""
    return f"{COOKIE}={lang}; Path=/; Max-Age={A_YEAR}; HttpOnly; SameSite=Lax"
