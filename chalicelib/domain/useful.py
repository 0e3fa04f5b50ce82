"""A message of an incident that somebody found useful: a mark, which can be taken back."""

from dataclasses import dataclass

from chalicelib.domain.moments import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Useful:
    """``by`` (a colleague's ``name``) found it useful ``at`` that moment.

    ``appeal`` is the appeal of ours that it answers: then asking helped. Its words are not here.
    """

    incident: str
    message: str
    reporter: str
    by: str
    name: str
    at: Moment
    appeal: str | None = None
