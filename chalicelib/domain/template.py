"""Message templates: what may still go out when a reply window has ended, approved beforehand.

A template is a text with places to fill in, each by its name: ``{{1}}`` or ``{{zaaknummer}}``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from chalicelib.errors import InvalidInput

TemplateState = Literal["approved", "waiting", "refused", "paused", "disabled"]

LONGEST_VALUE = 600
"""Characters that go into one place; the whole has a limit of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One template in one language, as the platform keeps it for an account.

    ``usable`` is False when it has something that we do not fill in, such as a picture on top.
    """

    channel: str
    account: str
    name: str
    language: str
    state: TemplateState
    category: str = ""
    header: str = ""
    body: str = ""
    footer: str = ""
    buttons: tuple[str, ...] = ()
    usable: bool = True
    longest: int = 1024

    @property
    def places(self) -> tuple[str, ...]:
        """What must be filled in, in the order of reading, each name once."""
        return tuple(dict.fromkeys((*places_in(self.header), *places_in(self.body))))

    @property
    def may_be_sent(self) -> bool:
        """Whether an agent can use it now."""
        return self.state == "approved" and self.usable


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledTemplate:
    """A template on its way: which one, and what was filled in, by the name of its place."""

    name: str
    language: str
    header: tuple[tuple[str, str], ...] = ()
    body: tuple[tuple[str, str], ...] = ()


def shown(template: Template, values: Mapping[str, str]) -> str:
    """What the citizen reads; a place without a value stays as it is, so that it stands out."""
    parts = (filled(template.header, values), filled(template.body, values), template.footer)
    return "\n\n".join(part for part in parts if part)


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with what was filled in; what was not stays as it is."""
    return "".join(
        values.get(piece.place, "").strip() or piece.text if piece.place else piece.text
        for piece in pieces_of(text)
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a template as it is written; ``place`` is its name when it is filled in."""

    text: str
    place: str = ""


def pieces_of(text: str) -> list[Piece]:
    """A template's text in stretches, in order; joined they are the text."""
    before, *rest = text.split("{{")
    found = [Piece(before)]
    for one in rest:
        name, closing, after = one.partition("}}")
        is_place = bool(closing) and name.strip().replace("_", "").isalnum()
        found.append(Piece(f"{{{{{name}{closing}", name.strip() if is_place else ""))
        found.append(Piece(after))
    return found


def places_in(text: str) -> list[str]:
    """The names of what is to be filled in, each as often as it stands there."""
    return [piece.place for piece in pieces_of(text) if piece.place]


def fill(template: Template, values: Mapping[str, str]) -> FilledTemplate:
    """The template with these values. Raises ``InvalidInput`` naming each place that is wrong."""
    must_be_filled(template, values)
    return FilledTemplate(
        name=template.name,
        language=template.language,
        header=said_in(template.header, values),
        body=said_in(template.body, values),
    )


def said_in(text: str, values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What goes into the places of this text: numbered ones in the order of their numbers."""
    names = sorted(dict.fromkeys(places_in(text)), key=number_of)
    return tuple((name, values[name].strip()) for name in names)


def number_of(name: str) -> int:
    return int(name) if name.isdigit() else 0


def must_be_filled(template: Template, values: Mapping[str, str]) -> None:
    """Everything that the platform would refuse. Raises ``InvalidInput``."""
    if not template.may_be_sent:
        gone = {"nl": "dit sjabloon kan nu niet", "en": "this template cannot be used now"}
        raise InvalidInput("not a usable template", {"template": gone})
    wrong = {name: why for name in template.places if (why := problem_with(values.get(name, "")))}
    if wrong:
        raise InvalidInput("the template is not filled in", wrong)
    if len(filled(template.body, values)) > template.longest:
        long = {"nl": "het ingevulde sjabloon is te lang", "en": "the filled template is too long"}
        raise InvalidInput("the filled template is too long", {"template": long})


def problem_with(value: str) -> dict[str, str] | None:
    """Meta takes no line ends, tabs or more than four spaces in a row in what is filled in."""
    said = value.strip()
    if not said:
        return {"nl": "vul dit in", "en": "fill this in"}
    if len(said) > LONGEST_VALUE:
        return {"nl": f"hoogstens {LONGEST_VALUE} tekens", "en": f"at most {LONGEST_VALUE}"}
    if any(sign in said for sign in ("\n", "\r", "\t", " " * 5)):
        return {"nl": "op één regel, zonder tabs", "en": "on one line, without tabs"}
    return None
