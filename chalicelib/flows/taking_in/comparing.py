"""What a photo says of itself, laid beside what its message says."""

from collections.abc import Sequence

from chalicelib.detection.locating.gazetteer import at_hand
from chalicelib.detection.locating.pointing import pinned
from chalicelib.domain.contradiction import Contradiction, contradiction
from chalicelib.domain.conversation import KeptMessage
from chalicelib.domain.media import Evidence, KeptMedia
from chalicelib.domain.whereabouts import Candidate
from chalicelib.flows.assessing.locating import locate
from chalicelib.flows.services import Services
from chalicelib.store.codec import from_text


def contradictions(
    services: Services, message: KeptMessage, files: Sequence[KeptMedia]
) -> dict[str, Contradiction]:
    """By the file's id, for those of a citizen's message that say otherwise than it does."""
    told = {one.id: from_text(Evidence, one.evidence) for one in files if one.evidence}
    if message.direction != "in" or not told:
        return {}
    anywhere = any(evidence.lat is not None for evidence in told.values())
    where = locate(services, message).best if anywhere else None
    found = {
        id_: contradiction(evidence, place_of(evidence), where, message.at)
        for id_, evidence in told.items()
    }
    return {id_: one for id_, one in found.items() if one is not None}


def place_of(evidence: Evidence) -> Candidate | None:
    """The place that we know nearest to the photo's point."""
    if evidence.lat is None or evidence.lon is None:
        return None
    return pinned(evidence.lat, evidence.lon, "", at_hand())
