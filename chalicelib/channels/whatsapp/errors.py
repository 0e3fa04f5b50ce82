"""What WhatsApp's refusals mean for a delivery: as Graph refuses, with a table of its own."""

from chalicelib.channels import meta_errors
from chalicelib.channels.http import Answer
from chalicelib.channels.meta_errors import Codes
from chalicelib.channels.whatsapp import codes
from chalicelib.channels.whatsapp.rules import NAME
from chalicelib.errors import ChannelError

CODES = Codes(
    channel=NAME,
    platform="WhatsApp",
    unavailable=codes.UNAVAILABLE,
    throttled=codes.THROTTLED,
    access_lost=codes.ACCESS_LOST,
    refused=codes.REFUSED,
    no_permission=codes.NO_PERMISSION,
)


def error_of(answer: Answer) -> ChannelError:
    """What this refusal means. Made, not raised: the caller knows where."""
    return meta_errors.error_of(answer, CODES)
