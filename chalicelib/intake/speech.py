"""The assistant's own sentences, in the citizen's language; to a child in plain words."""

from chalicelib.intake.flow import Flow
from chalicelib.intake.words import words

CHILD = "nl_jij"


def voice_of(lang: str, *, child: bool) -> str:
    """Which set of sentences to speak from; English where a language is not spoken."""
    if lang == "und":
        lang = "nl"
    known = lang if lang in words("texts") else "en"
    return CHILD if known == "nl" and child else known


def sentence(voice: str, name: str, **facts: str) -> str:
    """One sentence."""
    return str(words("texts")[voice][name]).format(**facts)


def question(voice: str, slot: str, flow: Flow | None) -> str:
    """The question for a slot: the flow's own in Dutch, else the general one."""
    own = flow.questions.get(slot) if flow and voice == "nl" else None
    return own or sentence(voice, slot)


def closing(voice: str, flow: Flow | None) -> str:
    """What comes after the last question."""
    own = f"{flow.closing} " if flow and voice == "nl" else ""
    return own + sentence(voice, "closing")
