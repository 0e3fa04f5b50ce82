"""Every error of the service, in one tree.

Raise them anywhere; translate them in three places only: ``web/answers.py``,
``workers/batch.py`` and ``channels/http.py``.

    WebcareError(message, **facts)          facts are safe to log: no citizens' data
    ├─ Rejected                             the caller must change something; never retried
    │  ├─ BadPayload 400 · NotSignedIn 401
    │  ├─ BadSignature 403 · NotAllowed 403 · ChannelNotApproved 403
    │  ├─ NotFound 404 · TooLarge 413 · InvalidInput 422 ▸ TooMany 429
    │  └─ WindowClosed 422 · TooLong 422    a reply the channel would refuse
    ├─ Conflict 409                         the world moved on: reread, then decide
    │  ├─ AlreadyClaimed(by, until) · ClaimLost · NewerMessages(count)
    │  ├─ TooLate                           an answer that is on its way is not taken back
    │  └─ StaleVersion
    ├─ ChannelError(channel, code, reason)  a platform said no
    │  ├─ ChannelUnavailable                not accepted; try again later
    │  ├─ ChannelThrottled(retry_after)     not accepted; try again then
    │  ├─ OutcomeUnknown                    it may have been accepted: never sent twice
    │  ├─ ChannelRefused                    the agent reads why
    │  └─ ChannelAccessLost                 credentials or permission gone: alarm and banner
    ├─ ReceiverAway 503                     a unit or the centre did not take a card: try again
    ├─ StoreUnavailable 503                 the table or bucket did not answer: try again
    └─ Misconfigured                        at start; names the setting
"""

from datetime import timedelta
from typing import Any, ClassVar


class WebcareError(Exception):
    """The root. ``facts`` end up in logs and answers, so they never hold citizens' data."""

    status: ClassVar[int] = 500

    def __init__(self, message: str, **facts: Any) -> None:
        super().__init__(message)
        self.message = message
        self.facts = facts


class Rejected(WebcareError):
    """The caller must change something before it makes sense to try again."""

    status = 400


class BadPayload(Rejected):
    """The request as a whole cannot be read: not JSON, or JSON of the wrong shape."""


class NotSignedIn(Rejected):
    """No principal could be established."""

    status = 401


class BadSignature(Rejected):
    """The request does not prove that the platform sent it."""

    status = 403


class NotAllowed(Rejected):
    """The principal is known and may not do this."""

    status = 403


class ChannelNotApproved(Rejected):
    """The account is not approved for this use, or its approval has ended."""

    status = 403


class NotFound(Rejected):
    """There is no such thing, or none that the principal may see."""

    status = 404


class TooLarge(Rejected):
    """The body is over the limit; nothing of it was kept."""

    status = 413


class InvalidInput(Rejected):
    """Fields are missing or wrong. ``fields`` maps each name to texts by language."""

    status = 422

    def __init__(self, message: str, fields: dict[str, dict[str, str]]) -> None:
        super().__init__(message, fields=fields)
        self.fields = fields


class TooMany(InvalidInput):
    """More at once than we take from one, or from all together: later it may go well."""

    status = 429


class WindowClosed(Rejected):
    """The channel's reply window has ended: only a template may go out."""

    status = 422


class TooLong(Rejected):
    """The text is longer than the channel allows."""

    status = 422


class Conflict(WebcareError):
    """The world moved on since the caller looked."""

    status = 409


class AlreadyClaimed(Conflict):
    """Somebody else holds the item; ``until`` is an ISO moment."""

    def __init__(self, by: str, until: str, name: str) -> None:
        super().__init__(f"claimed by {name}", by=by, until=until, name=name)
        self.by = by
        self.until = until
        self.name = name


class ClaimLost(Conflict):
    """The caller does not hold the claim (any more)."""


class NewerMessages(Conflict):
    """The citizen wrote again after the agent last looked."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} newer message(s)", count=count)
        self.count = count


class TooLate(Conflict):
    """The answer is on its way to the platform, or there already."""


class StaleVersion(Conflict):
    """The item was changed by somebody else in the meantime."""


class ChannelError(WebcareError):
    """A platform said no. ``code`` is the platform's own."""

    status = 502

    def __init__(self, channel: str, code: str, reason: str) -> None:
        super().__init__(f"{channel}: {reason} ({code})", channel=channel, code=code)
        self.channel = channel
        self.code = code
        self.reason = reason


class ChannelUnavailable(ChannelError):
    """Certainly not accepted; a later attempt may succeed."""


class ChannelThrottled(ChannelError):
    """Certainly not accepted; the platform says when to come back."""

    def __init__(self, channel: str, code: str, reason: str, retry_after: timedelta) -> None:
        super().__init__(channel, code, reason)
        self.retry_after = retry_after


class OutcomeUnknown(ChannelError):
    """The platform may have accepted it. Sending again could reach the citizen twice."""


class ChannelRefused(ChannelError):
    """Not accepted, now or later; the agent reads why."""


class ChannelAccessLost(ChannelError):
    """Our credentials or permission are gone: nothing can be sent or read on this account."""


class ReceiverAway(WebcareError):
    """A unit or the centre did not take a card. Trying again does no harm."""

    status = 503


class TranslatorAway(WebcareError):
    """No translation: none is switched on, it did not answer, or it does not know the language."""

    status = 503


class DrafterAway(WebcareError):
    """No proposal: no language model is switched on, it did not answer, or named no source."""

    status = 503


class StoreUnavailable(WebcareError):
    """The table or the bucket did not answer in time."""

    status = 503


class Misconfigured(WebcareError):
    """A setting is missing or wrong. Raised at start, and names the setting."""
