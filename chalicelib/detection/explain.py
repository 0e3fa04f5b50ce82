"""Why, in short Dutch sentences that quote the words found."""

from chalicelib.detection.phrases import Hit
from chalicelib.detection.reading import Reading
from chalicelib.detection.urgency import Outcome
from chalicelib.domain.assessment import Finding

MOST_SHOWN = 5
LONGEST_QUOTE = 80


def emergency_findings(reading: Reading, found: list[Outcome]) -> list[Finding]:
    """A finding for each rule that found its ideas, the heaviest first; silent ones say why."""
    return [
        finding(
            outcome.urgency if outcome.urgency != "geen" else "gedempt",
            outcome.rule.name,
            outcome.score,
            sentence(reading, outcome),
        )
        for outcome in found[:MOST_SHOWN]
    ]


def sentence(reading: Reading, outcome: Outcome) -> str:
    """Which words, what they mean, and what made it weigh more or less."""
    parts = [f"{words(reading, outcome.hits)}: {outcome.rule.because}"]
    parts += [f"{words(reading, (hit,))}: {cue.because}" for cue, hit in outcome.boosts]
    if outcome.dampers:
        parts += [f"maar {words(reading, (hit,))}: {cue.because}" for cue, hit in outcome.dampers]
    return capital("; ".join(parts)) + "."


def words(reading: Reading, hits: tuple[Hit, ...]) -> str:
    """The words as written, quoted; for a rule about the shape of a message just that."""
    quotes = [reading.text.quote(hit.at)[:LONGEST_QUOTE] for hit in hits if hit.at]
    return " en ".join(f'"{quote}"' for quote in dict.fromkeys(quotes)) or "het bericht"


def harmless(reading: Reading) -> Finding:
    """Why nothing urgent was seen."""
    if reading.taken_back:
        quoted = words(reading, reading.taken_back[:2])
        return finding("geen", "figuurlijk", 0.8, f"{quoted} is figuurlijk bedoeld.")
    return finding("geen", "geen_gevaar", 0.5, "Geen woorden die op gevaar of haast wijzen.")


def capital(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]


def finding(name: str, value: str, score: float, because: str) -> Finding:
    """A finding with its score rounded to what a person reads."""
    return Finding(
        name=name, value=value, score=round(min(1.0, max(0.0, score)), 2), because=because
    )
