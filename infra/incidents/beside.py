"""Reading beside each other the messages of a recorded evening, in memory."""

from collections.abc import Callable, Mapping, Sequence

from chalicelib.detection.cross_encoder import CrossEncoder
from chalicelib.detection.encoder import Encoder
from chalicelib.incidents.matching import Open, ReadBeside
from chalicelib.incidents.report import Report


def reading(texts: Mapping[str, str], encoder: Encoder) -> Callable[[Report], ReadBeside]:
    """How reports of an evening read beside others, by the texts of its messages.

    No pair is read twice, however often the evening is played.
    """
    cross, known = CrossEncoder(encoder), dict[tuple[str, ...], float]()

    def once(report: Report, one: Open) -> float:
        told = [source.message for source in one.picture.sources]
        key = (report.message, *told)
        if key not in known:
            known[key] = cross.read(texts[report.message], [texts[name] for name in told])
        return known[key]

    def beside(report: Report) -> ReadBeside:
        def read(candidates: Sequence[Open]) -> list[float | None]:
            return [once(report, one) for one in candidates]

        return read

    return beside
