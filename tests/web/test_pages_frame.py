"""What holds for all pages: texts, templates, headers, static files, errors."""

import re
from pathlib import Path

import pytest

from chalicelib import errors
from chalicelib.flows.running.overseeing import ACTIONS
from chalicelib.store.access_log import PURPOSES
from chalicelib.web import assets, rendering
from chalicelib.web.language import LANGUAGES, texts
from tests.conftest import SANNE, Town
from tests.web.visiting import Visitor, signed_in

WEB = Path(rendering.__file__).parent
TEMPLATES = sorted(path.name for path in (WEB / "templates").glob("*.html"))
ONE_KEY = re.compile(r"""(?:\bt|words)(?:\.pattern|\.known)?\(\s*f?"([\w.]+)"[,)]""")
COUNTED = re.compile(r"""(?:\bt|words)\.count\(\s*"([\w.]+)\"""")


def sources() -> str:
    files = [*WEB.glob("templates/*.html"), *WEB.glob("*.py"), *WEB.glob("pages/*.py")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_both_languages_say_the_same_things() -> None:
    dutch, english = (texts(lang) for lang in LANGUAGES)
    assert list(dutch) == list(english)
    for key in dutch:
        places = [sorted(re.findall(r"\{(\w+)\}", one[key])) for one in (dutch, english)]
        assert places[0] == places[1], key


def test_every_text_that_is_asked_for_is_there() -> None:
    known = texts("nl")
    asked = set(ONE_KEY.findall(sources()))
    counted = {f"{key}.{form}" for key in COUNTED.findall(sources()) for form in ("one", "many")}
    assert len(asked) > 100
    assert asked | counted <= set(known)


def test_what_was_done_is_told_in_words() -> None:
    told = {f"act.{action}" for action in ACTIONS} | {f"purpose.{one}" for one in PURPOSES}
    assert told <= set(texts("nl"))


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_compiles_and_holds_no_inline_code(name: str) -> None:
    rendering.environment().get_template(name)
    text = (WEB / "templates" / name).read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("address", ["/wachtrij", "/formulier", "/gesprek/niets", "/formulier/x"])
def test_every_page_carries_the_security_headers(town: Town, address: str) -> None:
    headers = signed_in(town.services, SANNE).get(address).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("name", sorted(assets.files()))
def test_static_files_are_kept_for_good_under_their_release(town: Town, name: str) -> None:
    assert town
    seen = Visitor().get(assets.address(name))
    assert seen.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert Visitor().get(f"/static/{name}").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", ["..%2Frendering.py", "niets.css", "%2Fetc%2Fpasswd"])
def test_nothing_else_is_served(town: Town, name: str) -> None:
    assert town
    assert Visitor().get(f"/static/{name}").status == 404


def test_modules_import_each_other_within_one_release(town: Town) -> None:
    assert town
    text = Visitor().get(assets.address("queue.js")).html
    imports = re.findall(r'from "([^"]+)"', text)
    assert imports
    assert all(one.endswith(f".js?v={assets.release()}") for one in imports)


@pytest.mark.parametrize(
    "error",
    [
        errors.NotFound("x"),
        errors.NotAllowed("x"),
        errors.NotSignedIn("x"),
        errors.StoreUnavailable("x"),
        errors.ChannelNotApproved("x"),
        errors.BadPayload("x"),
        errors.InvalidInput("x", {"a": {"nl": "dit ontbreekt", "en": "this is missing"}}),
        errors.WebcareError("x"),
    ],
)
def test_every_error_says_what_to_do(
    town: Town, monkeypatch: pytest.MonkeyPatch, error: errors.WebcareError
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("chalicelib.web.pages.queue.shown_queue", fail)
    seen = signed_in(town.services, SANNE).get("/wachtrij")
    if isinstance(error, errors.NotSignedIn):
        assert seen.place == "/inloggen?next=%2Fwachtrij"
        return
    assert seen.status == error.status
    assert "Is er nu gevaar? Bel 112." in seen.text
    assert ("dit ontbreekt" in seen.text) == isinstance(error, errors.InvalidInput)
