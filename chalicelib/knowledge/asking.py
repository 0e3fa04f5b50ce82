"""One question answered from our own articles, with its door; or a question back, or a person.

Nothing is made up and nothing is passed on to another institution: the citizen is shown the way.
A text is told in Dutch; in other languages the fixed sentences are, with the Dutch text below.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chalicelib.detection import EncoderAway
from chalicelib.detection.reading import reading_of
from chalicelib.detection.stack import Classify
from chalicelib.domain.assessment import Assessment, Context
from chalicelib.domain.message import Message
from chalicelib.knowledge.articles import Article
from chalicelib.knowledge.doors import WITHOUT_ADDRESS, DoorCode, doors
from chalicelib.knowledge.finding import Meaning, fitting, likeness
from chalicelib.knowledge.ideas import ideas_in
from chalicelib.knowledge.learned import PROBE, Learned, by_learning, fits_encoder
from chalicelib.knowledge.signpost import Signpost, signpost
from chalicelib.knowledge.texts import say, spoken

CHANNEL = "webchat"
SENSITIVE: frozenset[DoorCode] = frozenset({"113", "veilig_thuis", "csg", "kindertelefoon"})
"""Where danger may be near: the way to 112 is always told as well."""

MOST_SUGGESTED = 3
LONGEST = 4_000
"""Of a question no more is read for its door; detection reads all."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What answering needs: detection, and the encoder's meaning of a text where it is."""

    classify: Classify
    meaning: Meaning | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the citizen is told. ``article`` is None when none fits; ``because``: telling words."""

    door: DoorCode
    answer: str
    article: str | None
    confidence: float
    lang: str
    because: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question read: what detection says, where it belongs, and the articles that fit."""

    assessment: Assessment
    post: Signpost
    fits: Sequence[tuple[Article, float]]

    @property
    def article(self) -> Article | None:
        """The best article of its door."""
        return next((each for each, _ in self.fits if each.door == self.post.door), None)


def ask(text: str, desk: Desk) -> Answer:
    """The answer to one question."""
    asked = consider(text, desk)
    post, lang = asked.post, asked.assessment.lang
    article = asked.article if is_answered(asked) else None
    said = " ".join(filter(None, sentences(asked, article, lang)))
    name = article.id if article else None
    return Answer(post.door, said, name, post.confidence, lang, post.because)


def suggest(text: str, desk: Desk) -> list[Article]:
    """The articles that an agent may want for this message, the likeliest first."""
    return [article for article, _ in consider(text, desk).fits[:MOST_SUGGESTED]]


def consider(text: str, desk: Desk) -> Asked:
    """Read one question; half a character, as broken JSON may hold, is no part of it."""
    text = text.encode(errors="ignore").decode()
    message = Message(external_id="ask", author_id=None, text=text, kind="text", timestamp=None)
    assessment = desk.classify(message, Context(channel=CHANNEL))
    reading = reading_of(text[:LONGEST])
    ideas = ideas_in(reading.text, reading.spoken.present)
    alike, learned = meant(text[:LONGEST], desk.meaning if reading.text.tokens else None)
    return Asked(assessment, signpost(ideas, alike, assessment, learned), fitting(ideas, alike))


def meant(text: str, meaning: Meaning | None) -> tuple[Mapping[str, float], Learned]:
    """How much each article is like it, and what was learned; words if the encoder is away."""
    try:
        learns = meaning is not None and fits_encoder(meaning(PROBE))
        learned = by_learning(text, meaning(text) if meaning and learns else None)
        return likeness(text, meaning), learned
    except EncoderAway:
        return likeness(text, None), by_learning(text, None)


def is_answered(asked: Asked) -> bool:
    """Whether one door is shown, with its article; what we refuse has none."""
    return asked.post.door == "112" or (asked.post.is_sure and asked.post.door != "offlimits")


def sentences(asked: Asked, article: Article | None, lang: str) -> list[str]:
    """What is said, sentence by sentence."""
    door = asked.post.door
    if door == "112":
        return [say(lang, "emergency"), *advice(asked, article, lang)]
    if door == "offlimits" and not asked.post.is_guess:
        return [*warning(asked, lang), say(lang, "offlimits"), say(lang, "person")]
    if not is_answered(asked):
        return [*warning(asked, lang), *unsure(asked.post, lang), say(lang, "person")]
    if article is None:
        return [*warning(asked, lang), *way_to(door, lang), say(lang, "more"), say(lang, "person")]
    return [*warning(asked, lang), *told(article, lang), say(lang, "person")]


def advice(asked: Asked, article: Article | None, lang: str) -> list[str]:
    """What to do until help is there, as far as there is a reviewed text for it."""
    if article and spoken(lang) == "nl":
        return [article.text]
    return [say(lang, "fire")] if asked.assessment.topic == "brand" else []


def warning(asked: Asked, lang: str) -> list[str]:
    """The way to 112, wherever detection saw danger or danger may be near."""
    near = asked.assessment.emergency or asked.post.door in SENSITIVE
    return [say(lang, "danger")] if near else []


def unsure(post: Signpost, lang: str) -> list[str]:
    """The two likeliest doors, unless they are mere guesses, and a question back."""
    codes = () if post.is_guess else (post.door, post.other)
    known = [doors()[code] for code in codes if code and code in doors()]
    both = [f"{door.name} ({door.phone}, {door.web})" for door in known]
    two = [say(lang, "two", one=both[0], other=both[1])] if len(both) > 1 else []
    return [*two, say(lang, "more")]


def told(article: Article, lang: str) -> list[str]:
    """The article; before it, in another language, the way to its door."""
    if spoken(lang) == "nl":
        return [article.text]
    return [*way_to(article.door, lang), say(lang, "dutch"), article.text]


def way_to(code: DoorCode, lang: str) -> list[str]:
    """Where a door is, in the citizen's language."""
    if code in WITHOUT_ADDRESS:
        return []
    door = doors()[code]
    return [say(lang, "point", name=door.name, phone=door.phone, web=door.web)]
