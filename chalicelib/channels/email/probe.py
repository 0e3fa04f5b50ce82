"""Whether SES lets us send, and how much of the day's quota is used (SES v2, GetAccount).

Whether mail reaches us SES does not tell here: ``quiet_hours`` watches that.
"""

from chalicelib.channels.email.errors import error_of
from chalicelib.channels.email.rules import NAME
from chalicelib.channels.http import Answer, Http
from chalicelib.channels.offers import Probed
from chalicelib.channels.taming import number_of, text_of
from chalicelib.errors import ChannelAccessLost

PATH = "/v2/email/account"
WARNED = {"PROBATION": "Amazon SES houdt onze mail in het oog: te veel mail kwam terug"}
"""What an enforcement status short of a stop means; ``HEALTHY`` and any other say nothing."""


def probe(http: Http) -> Probed:
    """Ask. Raises the ``ChannelError`` family."""
    answer = http.request(NAME, "GET", PATH)
    if not 200 <= answer.status < 300:  # noqa: PLR2004
        raise error_of(answer)
    said = answer.json()
    status = text_of(said, "EnforcementStatus")
    if said.get("SendingEnabled") is False or status == "SHUTDOWN":
        raise ChannelAccessLost(NAME, "sending-off", "Amazon SES heeft ons versturen stilgezet")
    return Probed(trouble=WARNED.get(status), used_percent=used_percent(answer))


def used_percent(answer: Answer) -> int | None:
    """Of what may be sent in 24 hours; None where there is no end to it."""
    quota = answer.json().get("SendQuota")
    most, sent = number_of(quota, "Max24HourSend"), number_of(quota, "SentLast24Hours")
    return int(100 * sent / most) if most and most > 0 and sent is not None else None
