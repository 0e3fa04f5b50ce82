"""What a page's refusals mean: the table that it shares with Messenger and Instagram."""

from chalicelib.channels.facebook.rules import NAME
from chalicelib.channels.meta_codes import codes_of

CODES = codes_of(NAME, "Facebook")
